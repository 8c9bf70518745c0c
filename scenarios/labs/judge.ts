import { explain } from '#scenarios/explain/explain.ts'
import type { Picture } from '#scenarios/explain/picture.ts'
import { DialpadUser } from '#scenarios/explain/records.ts'
import { at } from './bench.ts'
import type { Lab } from './lab.ts'

export interface Verdict {
  readonly mended: boolean
  /** What was found, in sentences: names and states. */
  readonly found: readonly string[]
}

/**
 * Whether a lab is mended: its fault is not there any more, whichever way it was mended, no other one came of it, and whoever
 * was to have an account has one, or has none. By state alone, never by what was clicked.
 */
export function judgeLab({ fault, working, gone }: Lab, picture: Picture): Verdict {
  const { findings } = explain(picture)
  const own = findings.filter((each) => each.fault === fault)
  const others = findings.filter((each) => each.fault !== fault)
  const states = new Map(
    picture.dialpad.of('users', DialpadUser).map(({ emails, state }) => [emails[0]?.toLowerCase(), state]),
  )
  const found = [
    ...own.flatMap(({ evidence }) => evidence),
    ...others.map(({ headline }) => `Something else is wrong now: ${headline}`),
    ...(working === undefined || states.get(at(working)) === 'active' || states.get(at(working)) === 'pending'
      ? []
      : [`${at(working)} has no working account in Dialpad: ${states.get(at(working)) ?? 'not there'}.`]),
    ...(gone === undefined || !['active', 'pending'].includes(states.get(at(gone)) ?? '')
      ? []
      : [`${at(gone)} still has a working account in Dialpad.`]),
  ]
  return { mended: found.length === 0, found: found.length === 0 ? ['The fault is not there any more.'] : found }
}
