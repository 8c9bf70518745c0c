import type { ApiToken } from './records.ts'

/** A token nobody uses for so long is revoked; every use begins the time anew. */
const UNUSED_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** The virtual instant a token expires if it is not used until then, ISO. */
export function expiryOf({ created, lastUsed }: Pick<ApiToken, 'created' | 'lastUsed'>): string {
  return new Date(Date.parse(lastUsed ?? created) + UNUSED_DAYS * DAY_MS).toISOString()
}

/** Whether a token's time has run out. Computed when asked, never scheduled. */
export function isExpired(token: Pick<ApiToken, 'created' | 'lastUsed'>, nowMs: number): boolean {
  return nowMs >= Date.parse(expiryOf(token))
}
