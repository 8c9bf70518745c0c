import { STATUS_CODES } from 'node:http'
import type { JournalMessage, JournalVerdict } from '#kit/journal.ts'
import type { Urls } from '#kit/system/system.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import { samlMessageOf } from '../timeline/saml-message.ts'

/** An HTTP archive, version 1.2: what browsers and other tools open. Members that begin with `_` are ours. */
export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly comment: string
    readonly entries: readonly HarEntry[]
    /** Messages that were noted beside the exchanges, decoded; their exchange has the same trace. */
    readonly _saml: readonly HarSaml[]
  }
}

interface HarPair {
  readonly name: string
  readonly value: string
}

/** A SAML message in plain XML, the values of its signatures withheld. */
export interface HarSaml {
  readonly message: string
  readonly id: string
  readonly xml: string
  readonly system: string
  readonly title: string
  readonly at: string
  readonly _trace: string
  readonly verdict?: JournalVerdict
}

export interface HarEntry {
  /** Wall time, ISO 8601. */
  readonly startedDateTime: string
  /** Milliseconds. */
  readonly time: number
  readonly request: {
    readonly method: string
    readonly url: string
    readonly httpVersion: string
    readonly cookies: readonly []
    readonly headers: readonly HarPair[]
    readonly queryString: readonly HarPair[]
    readonly postData?: { readonly mimeType: string; readonly text: string; readonly comment?: string }
    readonly headersSize: number
    readonly bodySize: number
  }
  readonly response: {
    readonly status: number
    readonly statusText: string
    readonly httpVersion: string
    readonly cookies: readonly []
    readonly headers: readonly HarPair[]
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string }
    readonly redirectURL: string
    readonly headersSize: number
    readonly bodySize: number
    readonly _error?: string
  }
  readonly cache: Readonly<Record<string, never>>
  readonly timings: {
    readonly send: number
    readonly wait: number
    readonly receive: number
    readonly comment?: string
  }
  readonly comment: string
  readonly _virtualTime: string
  readonly _trace: string
  readonly _from: string
  readonly _to: string
  /** What was found out about a signed message of the exchange: an ID token, decoded. */
  readonly _verdict?: JournalVerdict
}

const COMMENT =
  'From a training simulation. Secrets were masked before they were kept, cookies never kept. Durations are wall time as the caller measured it, or the one that was called.'

/**
 * The exchanges among `items` as an HTTP archive; what is no exchange is left out. Addresses the receiver noted without their
 * origin are completed. Pure.
 */
export function harOf(items: readonly MergedEntry[], urls: Urls, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'provisioning-twin', version },
      comment: COMMENT,
      entries: items.flatMap((item) =>
        item.request?.method === undefined || item.response === undefined
          ? []
          : [entryOf(item, item.request, item.response, urls)],
      ),
      _saml: items.flatMap(samlOf),
    },
  }
}

function samlOf(item: MergedEntry): readonly HarSaml[] {
  const message = samlMessageOf(item)
  if (message === undefined) return []
  const { system, title, at, correlationId, verdict } = item
  const { name, id, xml } = message
  return [
    { message: name, id, xml, system, title, at, _trace: correlationId, ...(verdict === undefined ? {} : { verdict }) },
  ]
}

function entryOf(item: MergedEntry, request: JournalMessage, response: JournalMessage, urls: Urls): HarEntry {
  const url = new URL(request.url ?? '/', urls[item.to ?? item.system] ?? 'http://localhost')
  const { status = 0 } = response
  const { durationMs = 0 } = item
  return {
    // Noted when it was over.
    startedDateTime: new Date(Date.parse(item.at) - durationMs).toISOString(),
    time: durationMs,
    request: {
      method: request.method ?? 'GET',
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(request.headers),
      queryString: Array.from(url.searchParams, ([name, value]) => ({ name, value })),
      ...(request.body === undefined ? {} : { postData: { ...contentOf(request), text: request.body } }),
      headersSize: -1,
      bodySize: request.bodyLength ?? 0,
    },
    response: {
      status,
      statusText: STATUS_CODES[status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(response.headers),
      content: {
        size: response.bodyLength ?? 0,
        ...contentOf(response),
        ...(response.body === undefined ? {} : { text: response.body }),
      },
      redirectURL: response.headers?.['location'] ?? '',
      headersSize: -1,
      bodySize: response.bodyLength ?? 0,
      ...(response.error === undefined ? {} : { _error: response.error }),
    },
    cache: {},
    // Parts are not told apart: all of it is waiting.
    timings: {
      send: 0,
      wait: durationMs,
      receive: 0,
      ...(item.durationMs === undefined ? { comment: 'Not measured.' } : {}),
    },
    comment: item.title,
    _virtualTime: item.virtualAt,
    _trace: item.correlationId,
    _from: item.from ?? 'browser',
    _to: item.to ?? url.host,
    ...(item.verdict === undefined ? {} : { _verdict: item.verdict }),
  }
}

const pairsOf = (headers: JournalMessage['headers'] = {}): readonly HarPair[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

function contentOf({ headers, truncated }: JournalMessage): { readonly mimeType: string; readonly comment?: string } {
  return {
    mimeType: headers?.['content-type'] ?? 'application/octet-stream',
    ...(truncated === true ? { comment: 'Cut by the journal; the size is that of the whole.' } : {}),
  }
}
