import type { Finding } from './walkthrough.ts'

/** A finding that is as it should be when every condition holds. */
export function finding(found: string, ...conditions: readonly boolean[]): Finding {
  return { ok: conditions.every(Boolean), found }
}

/** What was looked for is not there at all. */
export function missing(what: string): Finding {
  return { ok: false, found: `There is no ${what}.` }
}
