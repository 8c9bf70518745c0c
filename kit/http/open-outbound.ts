import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { createTraceId, currentContext, traceparentOf } from '#kit/context.ts'
import type { Journal, JournalMessage } from '#kit/journal.ts'
import type { Urls } from '#kit/system/system.ts'
import { isLoopback, ownOrigins } from './origins.ts'
import { type Outbound, OutboundFailure, type OutboundRequest, type OutboundResponse } from './outbound.ts'

/** Largest answer that is read, bytes. */
const MAX_RESPONSE_BYTES = 5_000_000

/** Open connections to one server at a time. */
const MAX_SOCKETS = 64

export interface OutboundDeps {
  readonly urls: Urls
  readonly journal: Journal
  /** Host as typed to the local origin that answers instead. */
  readonly aliases: () => Readonly<Record<string, string>>
  /** Hosts the user added to the allow-list: `host` for any port, `host:port` for one. */
  readonly hosts: () => readonly string[]
}

export interface OpenedOutbound extends Outbound {
  /** End all connections. */
  close(): void
}

interface Target {
  readonly url: URL
  /** One of our own systems: told the trace. */
  readonly own: boolean
}

/** `localhost` without asking a resolver; the server may listen on either family. */
const lookupLoopback: LookupFunction = (_hostname, options, callback) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  if (options.all === true) callback(null, addresses)
  else if (options.family === 6) callback(null, '::1', 6)
  else callback(null, '127.0.0.1', 4)
}

/**
 * Open the one way out. Redirects are not followed, host names are compared as text, and only `localhost` and literal
 * addresses count as loopback, so no name server decides what is allowed.
 */
export function openOutbound({ urls, journal, aliases, hosts }: OutboundDeps): OpenedOutbound {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
  }
  const own = ownOrigins(urls)

  /** @throws {OutboundFailure} `invalid-url` or `refused`. */
  function resolve(typed: string): Target {
    if (!URL.canParse(typed)) throw new OutboundFailure('invalid-url', 'This is not a complete web address.')
    const url = new URL(typed)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new OutboundFailure('invalid-url', `The address must start with https:// or http://, not ${url.protocol}`)
    }
    if (url.username !== '' || url.password !== '') {
      throw new OutboundFailure('invalid-url', 'The address must not contain a user name or password.')
    }
    url.hash = ''
    const map = aliases()
    const alias = Object.hasOwn(map, url.host) ? map[url.host] : undefined
    const target = alias === undefined ? url : new URL(`${url.pathname}${url.search}`, alias)
    const isOwn = own.has(target.origin)
    const allowed =
      isOwn || isLoopback(target.hostname) || hosts().some((host) => host === target.hostname || host === target.host)
    if (!allowed) {
      throw new OutboundFailure(
        'refused',
        `Calls to ${target.host} are not allowed: nothing leaves this machine unless its host is on the allow-list.`,
      )
    }
    return { url: target, own: isOwn }
  }

  function exchange(
    target: Target,
    request: OutboundRequest,
    headers: Record<string, string>,
  ): Promise<OutboundResponse> {
    const { url } = target
    const secure = url.protocol === 'https:'
    return new Promise((settle, fail) => {
      const ended = new AbortController()
      const timer = setTimeout(
        () => stop(new OutboundFailure('timeout', `No answer from ${url.host} within ${request.timeoutMs} ms.`)),
        request.timeoutMs,
      )
      const onAbort = (): void =>
        stop(new OutboundFailure('timeout', `The call to ${url.host} was ended before an answer came.`))
      const clear = (): void => {
        clearTimeout(timer)
        request.signal?.removeEventListener('abort', onAbort)
      }
      const stop = (failure: OutboundFailure): void => {
        clear()
        fail(failure)
        ended.abort()
      }
      if (request.signal?.aborted) return onAbort()
      request.signal?.addEventListener('abort', onAbort, { once: true })

      const call = (secure ? https : http).request(
        url,
        {
          method: request.method,
          headers,
          agent: secure ? agents['https:'] : agents['http:'],
          signal: ended.signal,
          ...(url.hostname === 'localhost' ? { lookup: lookupLoopback } : {}),
        },
        (answer) => {
          const chunks: Buffer[] = []
          let bytes = 0
          answer.on('data', (chunk: Buffer) => {
            bytes += chunk.length
            if (bytes > MAX_RESPONSE_BYTES) {
              stop(
                new OutboundFailure(
                  'protocol',
                  `The answer of ${url.host} is larger than ${MAX_RESPONSE_BYTES} bytes.`,
                ),
              )
              return
            }
            chunks.push(chunk)
          })
          answer.on('error', (error) => stop(failureOf(error, url)))
          answer.on('end', () => {
            clear()
            settle({
              status: answer.statusCode ?? 0,
              headers: flatten(answer.headers),
              body: Buffer.concat(chunks).toString('utf8'),
            })
          })
        },
      )
      call.on('error', (error) => stop(failureOf(error, url)))
      call.end(request.body)
    })
  }

  return {
    async send(request) {
      const traceId = currentContext()?.traceId ?? createTraceId()
      const note = (response: JournalMessage, outcome: string, sentHeaders?: Record<string, string>): void => {
        journal.record({
          kind: 'http-out',
          correlationId: traceId,
          title: `${request.method} ${withoutQuery(request.url)} → ${outcome}`,
          request: {
            method: request.method,
            url: withoutCredentials(request.url),
            headers: sentHeaders ?? lowerCase(request.headers),
            ...(request.body === undefined ? {} : { body: request.body, bodyLength: Buffer.byteLength(request.body) }),
          },
          response,
          ...(request.subject === undefined ? {} : { subject: request.subject }),
        })
      }
      let headers: Record<string, string> | undefined
      try {
        const target = resolve(request.url)
        headers = {
          ...lowerCase(request.headers),
          ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
          ...(target.own ? { traceparent: traceparentOf(traceId) } : {}),
        }
        const response = await exchange(target, request, headers)
        const { status, body } = response
        note({ status, headers: response.headers, body, bodyLength: Buffer.byteLength(body) }, String(status), headers)
        return response
      } catch (error) {
        const failure =
          error instanceof OutboundFailure
            ? error
            : new OutboundFailure('protocol', 'The request could not be sent.', { cause: error })
        note({ error: failure.message }, WORDS[failure.kind], headers)
        throw failure
      }
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

const WORDS = {
  refused: 'not allowed',
  timeout: 'timeout',
  connection: 'no connection',
  protocol: 'unreadable answer',
  'invalid-url': 'invalid address',
} as const

function failureOf(error: Error, url: URL): OutboundFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('HPE_')) {
    return new OutboundFailure('protocol', `${url.host} did not answer in HTTP.`, { cause: error })
  }
  const reason = CONNECTION_WORDS[code] ?? 'the connection failed'
  return new OutboundFailure('connection', `${url.host}: ${reason}.`, { cause: error })
}

const CONNECTION_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before an answer came',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function withoutQuery(typed: string): string {
  if (!URL.canParse(typed)) return 'an unreadable address'
  const url = new URL(typed)
  return `${url.protocol}//${url.host}${url.pathname}`
}

function withoutCredentials(typed: string): string {
  if (!URL.canParse(typed)) return typed
  const url = new URL(typed)
  url.username = ''
  url.password = ''
  return url.href
}
