import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { Exchange } from './certificate.ts'
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

/** Waited where nothing readable was asked for, milliseconds. */
const UNASKED_PAUSE_MS = 1000

/**
 * What the `Retry-After` of an answer asks for (RFC 9110 §10.2.3), in milliseconds, a minute at most; a second where nothing
 * readable was asked. An instant counts from the answer's own `Date`: the kit's clock may be far ahead of the server's.
 */
export function pauseAsked(limited: Pick<Exchange, 'retryAfter' | 'date'> | undefined): number {
  const { retryAfter = '', date = '' } = limited ?? {}
  const text = retryAfter.trim()
  const after = Date.parse(text) - Date.parse(date)
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Number.isNaN(after) ? UNASKED_PAUSE_MS : after
  return Math.min(Math.max(asked, 0), LONGEST_PAUSE_MS)
}
