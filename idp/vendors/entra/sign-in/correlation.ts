import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import { currentContext } from '#kit/context.ts'

/**
 * The correlation id: one name for all requests of a sign-in, on its error pages, in its token errors and in the sign-in logs. The client
 * may choose it, as its libraries do; otherwise the first request's trace is the name.
 */

/** Parameter and header a client names its sign-in by; kept with the authorization request under the same name. */
export const CORRELATION = 'client-request-id'

/** Header by which a client asks to be told the name with the answer. */
const RETURN_CORRELATION = 'return-client-request-id'

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The correlation id of what goes on now. */
export function correlationId(): string {
  const context = currentContext()
  return context?.namedBy ?? guidOfTrace(context?.traceId) ?? randomUUID()
}

/** Let what goes on now have this correlation id. Absent, or no GUID: it keeps its own. */
export function correlateBy(id: string | undefined): void {
  const context = currentContext()
  if (context !== undefined && id !== undefined && GUID.test(id)) context.namedBy = id.toLowerCase()
}

/** The correlation id a client asks for: in the address, the form or a header. `undefined` when it asks for none. */
export function askedCorrelation({ query, body, headers }: Pick<Request, 'query' | 'body' | 'headers'>) {
  const form: unknown = body
  const posted = typeof form === 'object' && form !== null ? (form as Record<string, unknown>)[CORRELATION] : undefined
  const asked = [query[CORRELATION], posted, headers[CORRELATION]]
  return asked.find((each): each is string => typeof each === 'string' && GUID.test(each))
}

/** The headers of an answer that tell a client its correlation id, where it asked to be told. */
export function correlationHeaders({ headers }: Pick<Request, 'headers'>): Readonly<Record<string, string>> {
  return headers[RETURN_CORRELATION] === 'true' ? { [CORRELATION]: correlationId() } : {}
}

/** A trace id in the form of a GUID. */
function guidOfTrace(traceId: string | undefined): string | undefined {
  return traceId?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
