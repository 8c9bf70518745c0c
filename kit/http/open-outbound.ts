import { createTraceId, currentContext, traceparentOf } from '#kit/context.ts'
import { REDACTED } from '#kit/journal/redact.ts'
import type { Journal, JournalMessage } from '#kit/journal.ts'
import type { Urls } from '#kit/system/system.ts'
import { createAgents, exchange } from './exchange.ts'
import { isLoopback, ownOrigins } from './origins.ts'
import { type Outbound, OutboundFailure } from './outbound.ts'
import { elapsedMs } from './record.ts'

export interface OutboundDeps {
  readonly urls: Urls
  readonly journal: Journal
  /** Host as typed to the local origin that answers instead. */
  readonly aliases: () => Readonly<Record<string, string>>
  /** Hosts the user added to the allow-list: `host` for any port, `host:port` for one. */
  readonly hosts: () => readonly string[]
  /** Longest wait for an answer, milliseconds; `undefined`: as long as each request says. */
  readonly timeoutMs?: () => number | undefined
  /** Certificate of the local authority, PEM: trusted from our own origins, and from nobody else. */
  readonly ca?: string
}

export interface OpenedOutbound extends Outbound {
  /** End all connections. */
  close(): void
}

const CONTROL_PATH = /^\/_kit(\/|$)/i

interface Target {
  readonly url: URL
  /** One of our own systems: told the trace. */
  readonly own: boolean
}

/**
 * Open the one way out. Redirects are not followed, host names are compared as text, and only `localhost` and literal
 * addresses count as loopback, so no name server decides what is allowed.
 */
export function openOutbound({ urls, journal, aliases, hosts, timeoutMs, ca }: OutboundDeps): OpenedOutbound {
  const agents = createAgents()
  const ownAgents = ca === undefined ? agents : createAgents(ca)
  const own = ownOrigins(urls)
  const longest = (asked: number): number => Math.min(asked, timeoutMs?.() ?? asked)

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
    const target = new URL(alias ?? url)
    // Set one by one: a path that begins with `//` would name a host if it were resolved against the alias.
    target.pathname = url.pathname
    target.search = url.search
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

  return {
    async send(request) {
      const traceId = currentContext()?.traceId ?? createTraceId()
      const startedAt = performance.now()
      let recorded = true
      const note = (response: JournalMessage, outcome: string, sentHeaders?: Record<string, string>): void => {
        if (!recorded) return
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
          response: withoutCredential(response, sentHeaders?.['authorization']),
          durationMs: elapsedMs(startedAt),
          ...(request.subject === undefined ? {} : { subject: request.subject }),
        })
      }
      let headers: Record<string, string> | undefined
      try {
        const target = resolve(request.url)
        // As on the receiving side: the control API is no part of the products' story.
        recorded = !(target.own && CONTROL_PATH.test(target.url.pathname))
        headers = {
          ...lowerCase(request.headers),
          ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
          ...(target.own ? { traceparent: traceparentOf(traceId) } : {}),
        }
        const response = await exchange(
          target.own ? ownAgents : agents,
          target.url,
          { ...request, timeoutMs: longest(request.timeoutMs) },
          headers,
        )
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
      for (const each of new Set([agents, ownAgents])) {
        each['http:'].destroy()
        each['https:'].destroy()
      }
    },
  }
}

/** Credentials shorter than this are somebody's mistake; hiding every `a` of an answer would hide the mistake. */
const SHORTEST_CREDENTIAL = 8

/** A server that repeats the credential it was sent must not bring it into the journal. */
function withoutCredential(response: JournalMessage, authorization: string | undefined): JournalMessage {
  const credential = authorization?.slice(authorization.indexOf(' ') + 1) ?? ''
  if (credential.length < SHORTEST_CREDENTIAL) return response
  const { body, headers } = response
  const isRepeated =
    body?.includes(credential) || Object.values(headers ?? {}).some((value) => value.includes(credential))
  if (!isRepeated) return response
  const clean = (text: string): string => text.replaceAll(credential, REDACTED)
  return {
    ...response,
    ...(body === undefined ? {} : { body: clean(body) }),
    ...(headers === undefined
      ? {}
      : { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])) }),
  }
}

const WORDS = {
  refused: 'not allowed',
  timeout: 'timeout',
  connection: 'no connection',
  protocol: 'unreadable answer',
  'invalid-url': 'invalid address',
} as const

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
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
