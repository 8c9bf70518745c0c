import type { z } from 'zod'
import type { FaultRecord } from '#kit/system/collections.ts'
import type { SystemReading } from '../reading/read-system.ts'
import {
  DialpadChange,
  DialpadCompany,
  DialpadGroup,
  DialpadKey,
  DialpadOffice,
  DialpadUser,
} from '../records/dialpad.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const OFFICE_FIELDS = ['physicalDeliveryOfficeName', 'officeName', 'department'] as const

/** Offices whose seats are counted: one call each. */
const MOST_OFFICES = 100

/** License new people get unless told otherwise. */
const USUAL_LICENCE = 'talk'

export type DialpadPerson = z.infer<typeof DialpadUser>
export type Office = z.infer<typeof DialpadOffice>

/** Whom the directories speak of: looked up one by one, however many there are. */
export interface Wanted {
  readonly accountIds: readonly string[]
  readonly addresses: readonly string[]
  readonly groupIds: readonly string[]
}

/** The company at Dialpad, in the words a diagnosis speaks. */
export interface DialpadSide {
  /** The first company; absent before anybody has signed up. */
  readonly company: z.infer<typeof DialpadCompany> | undefined
  readonly offices: readonly Office[]
  /** Not deleted. Of very many, some. */
  readonly people: readonly DialpadPerson[]
  readonly keys: readonly z.infer<typeof DialpadKey>[]
  /** Changes of offices, oldest first. */
  readonly officeChanges: readonly z.infer<typeof DialpadChange>[]
  /** Offices without a license left for new people. */
  readonly fullOffices: readonly Office[]
  readonly faults: readonly FaultRecord[]
  readonly now: string
  /** Of accounts a directory knows, owners of keys, and some others. */
  byId(id: string): DialpadPerson | undefined
  /** By any address of theirs, deleted people left out: of whom a directory asks for, and some others. */
  byAddress(address: string): DialpadPerson | undefined
  /** Of groups a directory knows. */
  group(id: string): z.infer<typeof DialpadGroup> | undefined
  /** What an identity provider has said about the office, by attribute. */
  officeWords(person: DialpadPerson): Readonly<Record<string, string>>
  /** Of these, the one the company reads: that of its Office Specification Field, else the first other that is filled in. */
  officeAsked(words: Readonly<Record<string, string | undefined>>): string | undefined
}

/** Gather what there is to say of the company, and of whom the directories speak of. */
export async function gatherDialpad(read: SystemReading, wanted: Wanted): Promise<DialpadSide> {
  const companies = await read.first('companies', DialpadCompany, 'companies')
  const [company] = companies.records
  const own = (index: string, what: string) => ({ index, values: company === undefined ? [] : [company.id], what })
  const [offices, visible, keys, groups] = await Promise.all([
    read.filed('offices', DialpadOffice, own('company', 'offices')),
    read.filed('users', DialpadUser, own('visible', 'people')),
    read.filed('apiKeys', DialpadKey, own('company', 'API keys')),
    read.byKeys('groups', DialpadGroup, wanted.groupIds),
  ])
  const seen = new Set(visible.records.map(({ id }) => id))
  const [byIds, byAddresses, changes, full] = await Promise.all([
    read.byKeys(
      'users',
      DialpadUser,
      [...wanted.accountIds, ...keys.records.map(({ createdBy }) => createdBy)].filter((id) => !seen.has(id)),
    ),
    visible.isWhole
      ? undefined
      : read.filed('users', DialpadUser, {
          index: 'email',
          values: wanted.addresses.map((address) => address.toLowerCase()),
          what: 'people by address',
        }),
    read.filed('changeLog', DialpadChange, {
      index: 'target',
      values: offices.records.map(({ id }) => id),
      what: 'changes of offices',
    }),
    fullOffices(read, offices.records.slice(0, MOST_OFFICES)),
  ])
  const everybody = [...visible.records, ...byIds, ...(byAddresses?.records ?? [])]
  const byId = new Map(everybody.map((person) => [person.id, person]))
  const byAddress = new Map(
    everybody
      .filter(({ state }) => state !== 'deleted')
      .flatMap((person) => person.emails.map((email) => [email.toLowerCase(), person] as const)),
  )
  const groupById = new Map(groups.map((group) => [group.id, group]))
  return {
    company,
    people: visible.records,
    now: read.now,
    faults: read.faults,
    offices: offices.records,
    keys: keys.records,
    officeChanges: changes.records,
    fullOffices: full,
    byId: (id) => byId.get(id),
    byAddress: (address) => byAddress.get(address.toLowerCase()),
    group: (id) => groupById.get(id),
    officeWords({ scimExtras }) {
      const extension = scimExtras[ENTERPRISE]
      if (typeof extension !== 'object' || extension === null) return {}
      const entries = Object.entries(extension).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
      return Object.fromEntries(entries)
    },
    officeAsked(words) {
      const field = company?.scim.officeField ?? OFFICE_FIELDS[0]
      return [field, ...OFFICE_FIELDS].map((name) => words[name]).find((value) => value !== undefined && value !== '')
    },
  }
}

/** An office that owns seats without end is never full. */
async function fullOffices(read: SystemReading, offices: readonly Office[]): Promise<readonly Office[]> {
  const counted = await Promise.all(
    offices.map(async (office) => {
      const owned = office.seats[USUAL_LICENCE]
      if (owned === null) return []
      const taken = await read.count('users', 'seat', `${office.id}/${USUAL_LICENCE}`)
      return (owned ?? 0) - taken <= 0 ? [office] : []
    }),
  )
  return counted.flat()
}
