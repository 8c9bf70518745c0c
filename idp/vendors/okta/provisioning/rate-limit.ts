import type { QueuePause } from '../apps/records.ts'

/** Waiting after 429 (reference sheet 2.8): as long as asked, five minutes when nothing is understood, each repeat twice as long. */

const UNASKED_SECONDS = 300

/** Attempts at one job, the first included; then it has failed for good. */
export const MOST_ATTEMPTS = 10

/** @returns the pause, or `undefined` when there were attempts enough. */
export function nextPause(
  before: QueuePause | undefined,
  askedSeconds: number | null,
  nowMs: number,
): QueuePause | undefined {
  const waits = (before?.waits ?? 0) + 1
  if (waits >= MOST_ATTEMPTS) return undefined
  const asked = askedSeconds ?? UNASKED_SECONDS
  const waitSeconds = before === undefined ? asked : Math.max(asked, before.waitSeconds * 2)
  return { until: new Date(nowMs + waitSeconds * 1000).toISOString(), waits, waitSeconds }
}
