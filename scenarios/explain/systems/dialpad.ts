import type { z } from 'zod'
import type { Picture } from '../picture.ts'
import { DialpadChange, DialpadCompany, DialpadGroup, DialpadKey, DialpadOffice, DialpadUser } from '../records.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const OFFICE_FIELDS = ['physicalDeliveryOfficeName', 'officeName', 'department'] as const

export type DialpadPerson = z.infer<typeof DialpadUser>
export type Office = z.infer<typeof DialpadOffice>

/** The company at Dialpad, in the words a diagnosis speaks. */
export interface DialpadSide {
  /** The first company; absent before anybody has signed up. */
  readonly company: z.infer<typeof DialpadCompany> | undefined
  readonly offices: readonly Office[]
  readonly people: readonly DialpadPerson[]
  readonly keys: readonly z.infer<typeof DialpadKey>[]
  readonly groups: readonly z.infer<typeof DialpadGroup>[]
  /** Oldest first. */
  readonly changes: readonly z.infer<typeof DialpadChange>[]
  readonly now: string
  byId(id: string): DialpadPerson | undefined
  /** By any address of theirs, deleted people left out. */
  byAddress(address: string): DialpadPerson | undefined
  /** Licenses of a type that an office has left for new people; `Infinity` where they have no end. */
  freeSeats(office: Office, licence: string): number
  /** What an identity provider has said about the office, by attribute. */
  officeWords(person: DialpadPerson): Readonly<Record<string, string>>
  /** Of these, the one the company reads: that of its Office Specification Field, else the first other that is filled in. */
  officeAsked(words: Readonly<Record<string, string | undefined>>): string | undefined
}

/** Make the view of a picture. */
export function dialpadSide({ dialpad }: Picture): DialpadSide {
  const [company] = dialpad.of('companies', DialpadCompany)
  const own = <T extends { readonly companyId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ companyId }) => companyId === company?.id)
  const people = own(dialpad.of('users', DialpadUser))
  const byId = new Map(people.map((person) => [person.id, person]))
  const byAddress = new Map(
    people
      .filter(({ state }) => state !== 'deleted')
      .flatMap((person) => person.emails.map((email) => [email.toLowerCase(), person] as const)),
  )
  return {
    company,
    people,
    now: dialpad.now,
    offices: own(dialpad.of('offices', DialpadOffice)),
    keys: own(dialpad.of('apiKeys', DialpadKey)),
    groups: own(dialpad.of('groups', DialpadGroup)),
    changes: dialpad.of('changeLog', DialpadChange),
    byId: (id) => byId.get(id),
    byAddress: (address) => byAddress.get(address.toLowerCase()),
    freeSeats(office, licence) {
      const owned = office.seats[licence] ?? (licence in office.seats ? Number.POSITIVE_INFINITY : 0)
      const taken = people.filter(
        (each) =>
          each.officeId === office.id &&
          each.licence === licence &&
          (each.state === 'active' || each.state === 'pending'),
      ).length
      return owned - taken
    },
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
