import type { Switches } from '#kit/ledger.ts'

/** Switch of the ledger: by how much the clock that dates answers is wrong (reference sheet 8.2, last row). */
export const ANSWER_CLOCK = 'saml-clock'

const MINUTE_MS = 60_000

/** Wall milliseconds by that clock. */
export function answerNowMs(switches: Switches, wallMs: number = Date.now()): number {
  switch (switches.value(ANSWER_CLOCK)) {
    case 'ten-minutes-slow':
      return wallMs - 10 * MINUTE_MS
    case 'ten-minutes-fast':
      return wallMs + 10 * MINUTE_MS
    default:
      return wallMs
  }
}
