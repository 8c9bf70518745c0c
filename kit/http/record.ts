import type { IncomingMessage } from 'node:http'
import type { Request, RequestHandler, Response } from 'express'
import { createTraceId, currentContext, runInContext, traceIdOf } from '#kit/context.ts'
import type { Journal, JournalKind, JournalMessage, JournalVerdict } from '#kit/journal.ts'

/** Body bytes kept for the journal, which cuts at 64 kB itself and looks a little further for secrets across the cut. */
const KEPT_BYTES = 80 * 1024 + 1

const TEXT =
  /^(text\/|application\/(.*\+)?(json|xml)\b|application\/x-www-form-urlencoded\b|application\/(javascript|jwt)\b)/i

/** In any case of letters, as paths are routed. */
const NOT_RECORDED = /^\/(_kit|_assets)(\/|$)|^\/favicon\.ico$/i

/** A page asking whether it is still true (`data-live`) is nobody's doing: a journal of these would bury what people did. */
function isRefresh(req: IncomingMessage): boolean {
  return req.method === 'GET' && req.headers['hx-request'] === 'true'
}

/** Give every request its context: the caller's trace, or a new one. */
export function requestContext(): RequestHandler {
  return (req, _res, next) => {
    const header = req.headers['traceparent']
    runInContext({ traceId: traceIdOf(typeof header === 'string' ? header : undefined) ?? createTraceId() }, next)
  }
}

/**
 * Declare what kind of exchange the requests below are: `router.use(recordAs('scim'))`.
 * @param subject Whom a request is about, if that can be told from the request alone; see also {@link nameSubject}.
 */
export function recordAs(kind: JournalKind, subject?: (req: Request) => string | undefined): RequestHandler {
  return (req, _res, next) => {
    const context = currentContext()
    if (context !== undefined) {
      context.recordKind = kind
      const name = subject?.(req)
      if (name !== undefined) context.recordSubject = name
    }
    next()
  }
}

/** Say whom the running request is about, once that is known. */
export function nameSubject(subject: string): void {
  const context = currentContext()
  if (context !== undefined) context.recordSubject = subject
}

/** The path of the running request is itself a secret, as that of a link sent by mail: the journal gets `shown` for its address. */
export function withholdAddress(shown: string): void {
  const context = currentContext()
  if (context !== undefined) context.recordPath = shown
}

/** The answer to the running request shows a secret just made: keep its body out of the journal, its length apart. */
export function withholdAnswer(): void {
  const context = currentContext()
  if (context !== undefined) context.withholdAnswer = true
}

/** Say what was found out about a signed message of the running exchange: its entry in the journal tells it. */
export function noteVerdict(verdict: JournalVerdict): void {
  const context = currentContext()
  if (context !== undefined) context.recordVerdict = verdict
}

/** Wall milliseconds since `startedAt` (of `performance.now()`), to a tenth: a duration is the same in any time. */
export function elapsedMs(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10
}

/** Keeps the first bytes of a body of text, and counts the rest. */
interface Tap {
  add(chunk: unknown, encoding?: unknown): void
  message(contentType: string | undefined): Pick<JournalMessage, 'body' | 'bodyLength'>
}

function createTap(): Tap {
  /** A body that came as one piece of text, as most do, is kept as it is. */
  let whole: string | undefined
  const chunks: Buffer[] = []
  let kept = 0
  let length = 0

  function keep(bytes: Uint8Array): void {
    if (kept >= KEPT_BYTES) return
    const part = Buffer.from(bytes.subarray(0, KEPT_BYTES - kept))
    chunks.push(part)
    kept += part.length
  }

  function text(): string {
    if (whole !== undefined && length <= KEPT_BYTES) return whole
    if (whole !== undefined) return Buffer.from(whole).toString('utf8', 0, KEPT_BYTES)
    return Buffer.concat(chunks).toString('utf8')
  }

  return {
    add(chunk, encoding) {
      if (typeof chunk === 'string' && length === 0 && (typeof encoding !== 'string' || /^utf-?8$/i.test(encoding))) {
        whole = chunk
        length = Buffer.byteLength(chunk)
        return
      }
      const bytes =
        typeof chunk === 'string'
          ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
          : chunk instanceof Uint8Array
            ? chunk
            : undefined
      if (bytes === undefined || bytes.length === 0) return
      if (whole !== undefined) {
        keep(Buffer.from(whole))
        whole = undefined
      }
      length += bytes.length
      keep(bytes)
    },
    message(contentType) {
      if (length === 0) return {}
      return TEXT.test(contentType ?? '') ? { body: text(), bodyLength: length } : { bodyLength: length }
    },
  }
}

/** See the body go by, whoever reads it and however. A request without one has nothing to see. */
function tapRequest(req: IncomingMessage): Tap | undefined {
  if (!hasBody(req)) return undefined
  const tap = createTap()
  const emit = req.emit
  req.emit = function tappedEmit(this: IncomingMessage, event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'data') tap.add(args[0])
    return Reflect.apply(emit, this, [event, ...args]) as boolean
  }
  return tap
}

function tapResponse(res: Response, onEnd: () => void): Tap {
  const tap = createTap()
  const { write, end } = res
  res.write = function tappedWrite(this: Response, ...args: unknown[]): boolean {
    if (!isEventStream(res)) tap.add(args[0], args[1])
    return Reflect.apply(write, this, args) as boolean
  } as typeof res.write
  res.end = function tappedEnd(this: Response, ...args: unknown[]): Response {
    if (typeof args[0] !== 'function') tap.add(args[0], args[1])
    // Before the answer can be seen: who has it finds it in the journal.
    onEnd()
    return Reflect.apply(end, this, args) as Response
  } as typeof res.end
  return tap
}

/** RFC 9112 §6.3: a request has a body when it says how long it is, or that it comes in chunks. */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

const isEventStream = (res: Response): boolean =>
  String(res.getHeader('content-type') ?? '').startsWith('text/event-stream')

/**
 * Journal every exchange when its answer goes out, or its connection is gone: method, address, headers and text bodies, which
 * the journal redacts. Not the control API, static files and event streams: they are no part of the product's story.
 */
export function recordExchanges(journal: Journal): RequestHandler {
  return (req, res, next) => {
    if (NOT_RECORDED.test(req.path) || isRefresh(req)) {
      next()
      return
    }
    const context = currentContext()
    const { method, originalUrl, path } = req
    const startedAt = performance.now()
    let recorded = false

    function record(outcome: string, response: JournalMessage): void {
      if (recorded || isEventStream(res)) return
      recorded = true
      journal.record({
        kind: context?.recordKind ?? 'http-in',
        title: `${method} ${context?.recordPath ?? path} → ${outcome}`,
        ...(context === undefined ? {} : { correlationId: context.traceId }),
        ...(context?.recordSubject === undefined ? {} : { subject: context.recordSubject }),
        request: {
          method,
          url: context?.recordPath ?? originalUrl,
          headers: requestHeaders(req),
          ...requestTap?.message(req.headers['content-type']),
        },
        response,
        durationMs: elapsedMs(startedAt),
        ...(context?.recordVerdict === undefined ? {} : { verdict: context.recordVerdict }),
      })
    }

    const requestTap = tapRequest(req)
    const responseTap = tapResponse(res, () => {
      const { statusCode } = res
      record(String(statusCode), {
        status: statusCode,
        headers: responseHeaders(res),
        ...responseTap.message(context?.withholdAnswer ? undefined : String(res.getHeader('content-type') ?? '')),
      })
    })
    res.once('close', () => record('no answer', { error: 'the connection was closed before there was an answer' }))
    next()
  }
}

/** Node joins what comes more than once, but for `set-cookie`, which no request has and no journal keeps. */
function requestHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  if (headers['set-cookie'] === undefined) return headers as Record<string, string>
  const { 'set-cookie': _, ...texts } = headers
  return texts as Record<string, string>
}

function responseHeaders(res: Response): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const name of res.getHeaderNames()) {
    const value = res.getHeader(name)
    if (value !== undefined) texts[name] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return texts
}
