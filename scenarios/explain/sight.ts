import type { ControlClient } from '#scenarios/library/control-client.ts'
import { MOST_RECORDS, readSystem, type SystemReading } from './reading/read-system.ts'
import { EntraUser } from './records/entra.ts'
import { type DialpadPerson, type DialpadSide, gatherDialpad } from './systems/dialpad.ts'
import { type EntraSide, gatherEntra } from './systems/entra.ts'
import { gatherOkta, type OktaSide } from './systems/okta.ts'

/** The running world at a moment, in the words diagnosers speak: what a diagnosis reads, and nothing else. */
export interface Sight {
  readonly entra: EntraSide
  readonly okta: OktaSide
  readonly dialpad: DialpadSide
  /** Accounts made for somebody of Entra who is not even in its recycle bin; looked for where the mapping deletes nobody. */
  readonly orphans: readonly DialpadPerson[]
  /** What the identity providers hand out wrong from now on. */
  readonly flaws: readonly Flaw[]
  /** Calls of the directories that were refused or not answered, newest first. */
  readonly refused: readonly string[]
  /** What was looked at in part, by system: `entra: members of assigned groups (2000 of 100000)`. */
  readonly partly: readonly string[]
}

/** Something an identity provider hands out wrong, until a rule is used up. */
export interface Flaw {
  /** `Entra`, `Okta` */
  readonly label: string
  /** The operation: `oidc.id-token`. */
  readonly on: string
  readonly flaw: string
  readonly used: number
}

export type SightClients = Readonly<Record<'entra' | 'okta' | 'dialpad', ControlClient>>

/**
 * Look at the three products. The work is bounded: of people, accounts and failures at most `most` are looked at, whatever the size of the
 * tenants; what belongs to them in the other systems is looked up one by one.
 *
 * @throws when one of them does not answer.
 */
export async function lookAtWorld(clients: SightClients, { most = MOST_RECORDS } = {}): Promise<Sight> {
  const [readEntra, readOkta, readDialpad] = await Promise.all([
    readSystem(clients.entra, most),
    readSystem(clients.okta, most),
    readSystem(clients.dialpad, most),
  ])
  const [entra, okta] = await Promise.all([gatherEntra(readEntra), gatherOkta(readOkta)])
  const dialpad = await gatherDialpad(readDialpad, {
    accountIds: [
      ...entra.links.map(({ targetId }) => targetId),
      ...[...okta.assigned, ...okta.former].flatMap(({ externalId }) => externalId ?? []),
    ],
    addresses: entra.inScope.filter(({ id }) => entra.link(id) === undefined).map((person) => person.userPrincipalName),
    groupIds: [
      ...entra.groupLinks.map(({ targetId }) => targetId),
      ...okta.pushes.flatMap(({ targetGroupId }) => targetGroupId ?? []),
    ],
  })
  const orphans = entra.job?.schema.users.actions.delete === false ? await findOrphans(readEntra, dialpad.people) : []
  return {
    entra,
    okta,
    dialpad,
    orphans,
    flaws: [...flawsOf('Entra', readEntra), ...flawsOf('Okta', readOkta)],
    refused: [...readEntra.refused, ...readOkta.refused],
    partly: Object.entries({ entra: readEntra, okta: readOkta, dialpad: readDialpad }).flatMap(([system, read]) =>
      read.partly().map((what) => `${system}: ${what}`),
    ),
  }
}

async function findOrphans(read: SystemReading, accounts: readonly DialpadPerson[]): Promise<readonly DialpadPerson[]> {
  const sourceOf = ({ scimExtras: { externalId } }: DialpadPerson): string | undefined =>
    typeof externalId === 'string' ? externalId : undefined
  const known = await read.byKeys(
    'users',
    EntraUser,
    accounts.flatMap((account) => sourceOf(account) ?? []),
  )
  const ids = new Set(known.map(({ id }) => id))
  return accounts.filter((account) => {
    const source = sourceOf(account)
    return source !== undefined && !ids.has(source)
  })
}

function flawsOf(label: string, { faults }: SystemReading): readonly Flaw[] {
  return faults.flatMap(({ on, effect: { flaw }, times, used }) =>
    flaw === undefined || (times !== undefined && used >= times) ? [] : [{ label, on, flaw, used }],
  )
}
