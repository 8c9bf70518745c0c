import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'
import type { JournalKind, JournalVerdict } from '#kit/journal.ts'

/**
 * What is going on right now, carried along every `await`: the trace id by which everything that belongs together is
 * found again, and the journal entry that caused it. One context per request, and one per piece of due work.
 */
export interface ExchangeContext {
  /** W3C trace id: 32 lower-case hexadecimal digits, not all zero. */
  readonly traceId: string
  /** Number of the journal entry that caused what happens now. */
  readonly causeSeq?: number
  /** By which people are told to name the exchange, where that is not its trace: a GUID that several exchanges may share. */
  namedBy?: string
  /** How the exchange is to be journalled: set by the router that understands it, read when the answer is out. */
  recordKind?: JournalKind
  /** Whom the exchange is about. */
  recordSubject?: string
  /** Stands in the journal for the address of the exchange, whose path is a secret. */
  recordPath?: string
  /** The answer shows a secret: its body is not for the journal. */
  withholdAnswer?: true
  /** What was found out about a signed message of the exchange. */
  recordVerdict?: JournalVerdict
}

const storage = new AsyncLocalStorage<ExchangeContext>()

/** The context of the running request or due work; `undefined` outside of both. */
export function currentContext(): ExchangeContext | undefined {
  return storage.getStore()
}

/** Run `action`, and everything it awaits, within `context`. */
export function runInContext<R>(context: ExchangeContext, action: () => R): R {
  return storage.run(context, action)
}

/** A fresh W3C trace id. (A random UUID without its dashes: it comes from a pool, several times as fast as asking for bytes.) */
export function createTraceId(): string {
  return randomUUID().replaceAll('-', '')
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/

/** The trace id of a `traceparent` header; `undefined` when the header is absent or malformed (W3C Trace Context §3.2). */
export function traceIdOf(header: string | undefined): string | undefined {
  const match = header === undefined ? null : TRACEPARENT.exec(header.trim())
  if (match === null) return undefined
  // Version 00 has exactly four fields; only later versions may append more.
  if (match[2] !== undefined && header?.trim().startsWith('00')) return undefined
  return match[1]
}

/** A `traceparent` header of version 00 with a fresh span id, sampled. */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`
}
