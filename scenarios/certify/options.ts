import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import type { Sheet } from './sheet.ts'

/** What the walk of one client works on. */
export interface Course {
  /** The kit's own system whose engine is let loose. */
  readonly control: ControlClient
  readonly server: ServerUnderTest
  readonly token: string
  /** Begins every name this client makes. */
  readonly prefix: string
  readonly domain: string
  /** How many plain members the group has beside nobody else. */
  readonly members: number
  readonly sheet: Sheet
  /** Told of everything the client or certify made, so that it can be taken away. */
  readonly remember: (kind: 'Users' | 'Groups', idOrName: { readonly id: string } | { readonly name: string }) => void
  /** Wait so many milliseconds of wall time: the server asked for it. */
  readonly pause: (ms: number) => Promise<void>
}

/** Longest wait for a server that asks for patience, milliseconds of wall time. */
const LONGEST_PAUSE_MS = 60_000

/** What a `Retry-After` asks for, in milliseconds, a minute at most; nothing readable is a second. */
export function pauseAsked(retryAfter: string | undefined, nowMs: number): number {
  const text = retryAfter?.trim() ?? ''
  const at = Date.parse(text)
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Number.isNaN(at) ? 1000 : at - nowMs
  return Math.min(Math.max(asked, 0), LONGEST_PAUSE_MS)
}
