import { explain } from '#scenarios/explain/explain.ts'
import type { Sight } from '#scenarios/explain/sight.ts'
import type { Lab } from './lab.ts'

export interface Verdict {
  readonly mended: boolean
  /** What was found, in sentences: names and states. */
  readonly found: readonly string[]
}

/**
 * Whether a lab is mended: its fault is not there any more, whichever way it was mended, and no other one came of it. A fault that is
 * merely not seen does not count: the connection the world began with must work, and what the lab's checks ask for must be so. By state
 * alone, never by what was clicked.
 */
export function judgeLab(lab: Lab, sight: Sight): Verdict {
  const { findings, news } = explain(sight)
  const found = [
    ...[...findings, ...news].filter(({ fault }) => fault === lab.fault).flatMap(({ evidence }) => evidence),
    ...findings
      .filter(({ fault }) => fault !== lab.fault)
      .map(({ headline }) => `Something else is wrong now: ${headline}`),
    ...deadConnection(lab, sight),
    ...lab.checks.flatMap((check) => check(sight) ?? []),
  ]
  return { mended: found.length === 0, found: found.length === 0 ? ['The fault is not there any more.'] : found }
}

/** Who is not provisioned at all has no faults of provisioning. */
function deadConnection({ world }: Lab, { entra, okta }: Sight): readonly string[] {
  if (world === 'connected-entra' && !entra.works) return ['Provisioning from Entra to Dialpad does not run.']
  if (world === 'connected-okta' && !okta.works) return ['Provisioning from Okta to Dialpad does not work.']
  return []
}
