import { type Sight, seeing } from '#scenarios/explain/diagnoser.ts'
import { explain } from '#scenarios/explain/explain.ts'
import type { Picture } from '#scenarios/explain/picture.ts'
import { OktaUser } from '#scenarios/explain/records.ts'
import { at } from './bench.ts'
import type { Lab } from './lab.ts'

export interface Verdict {
  readonly mended: boolean
  /** What was found, in sentences: names and states. */
  readonly found: readonly string[]
}

/**
 * Whether a lab is mended: its fault is not there any more, whichever way it was mended, and no other one came of it. A fault that is
 * merely not seen does not count: the connection the world began with must work, whoever was to have an account in Dialpad must
 * have one, or none, and what was to arrive must be there. By state alone, never by what was clicked.
 */
export function judgeLab(lab: Lab, picture: Picture): Verdict {
  const { findings } = explain(picture)
  const sight = seeing(picture)
  const found = [
    ...findings.filter(({ fault }) => fault === lab.fault).flatMap(({ evidence }) => evidence),
    ...findings
      .filter(({ fault }) => fault !== lab.fault)
      .map(({ headline }) => `Something else is wrong now: ${headline}`),
    ...deadConnection(lab, sight),
    ...wrongAccounts(lab, sight),
    ...oldTitle(lab, sight),
  ]
  return { mended: found.length === 0, found: found.length === 0 ? ['The fault is not there any more.'] : found }
}

/** Who is not provisioned at all has no faults of provisioning. */
function deadConnection({ world }: Lab, { entra, okta }: Sight): readonly string[] {
  if (world === 'connected-entra' && !entra.works) return ['Provisioning from Entra to Dialpad does not run.']
  if (world === 'connected-okta' && !okta.works) return ['Provisioning from Okta to Dialpad does not work.']
  return []
}

function wrongAccounts({ working, gone }: Lab, { dialpad }: Sight): readonly string[] {
  const stateOf = (handle: string): string => dialpad.byAddress(at(handle))?.state ?? 'not there'
  const works = (handle: string): boolean => ['active', 'pending'].includes(stateOf(handle))
  return [
    ...(working === undefined || works(working)
      ? []
      : [`${at(working)} has no working account in Dialpad: ${stateOf(working)}.`]),
    ...(gone === undefined || !works(gone) ? [] : [`${at(gone)} still has a working account in Dialpad.`]),
  ]
}

/** Allowing changes again is half of it: what was missed has to arrive. */
function oldTitle({ product, working, arrives }: Lab, { entra, picture, dialpad }: Sight): readonly string[] {
  if (arrives !== 'title' || working === undefined) return []
  const address = at(working)
  const wanted =
    product === 'Okta'
      ? picture.okta.of('users', OktaUser).find(({ profile }) => profile.login === address)?.profile['title']
      : entra.people.find(({ userPrincipalName }) => userPrincipalName === address)?.jobTitle
  const held = dialpad.byAddress(address)?.title
  if (held === wanted) return []
  return [`The title of ${address} is "${wanted ?? ''}" in ${product} and "${held ?? ''}" in Dialpad.`]
}
