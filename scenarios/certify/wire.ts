import type { JournalEntry } from '#kit/journal.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { Exchange } from './certificate.ts'

/** What one system sent to the server since the last look. */
export interface WireWatch {
  take(): Promise<readonly Exchange[]>
  /** Everything taken so far. */
  all(): readonly Exchange[]
}

function exchangeOf({ request, response }: JournalEntry): Exchange {
  const { status, body: answerBody, error, headers = {} } = response ?? {}
  const { 'content-type': mediaType, 'retry-after': retryAfter, date } = headers
  return {
    method: request?.method ?? '',
    url: request?.url ?? '',
    ...(request?.body === undefined ? {} : { requestBody: request.body }),
    ...(status === undefined ? {} : { status }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(date === undefined ? {} : { date }),
    ...(answerBody === undefined ? {} : { answerBody }),
    ...(error === undefined ? {} : { error }),
  }
}

/** Watch the calls below `url` in the journal of `control`'s system. */
export function watchWire(control: ControlClient, url: string): WireWatch {
  let after = 0
  const all: Exchange[] = []
  return {
    async take() {
      const fresh: Exchange[] = []
      for (;;) {
        const { items, next } = await control.journal({ kind: 'http-out', after })
        if (items.length === 0) break
        after = Number(next)
        for (const item of items) if (item.request?.url?.startsWith(url)) fresh.push(exchangeOf(item))
      }
      all.push(...fresh)
      return fresh
    },
    all: () => all,
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '))
  } catch {
    return url
  }
}

/** Those about somebody: named in the address, or in the body that was sent. */
export function about(exchanges: readonly Exchange[], ...words: readonly (string | undefined)[]): readonly Exchange[] {
  const wanted = words.flatMap((word) => (word === undefined || word === '' ? [] : [word.toLowerCase()]))
  return exchanges.filter(({ url, requestBody = '' }) => {
    const text = `${decoded(url)} ${requestBody}`.toLowerCase()
    return wanted.some((word) => text.includes(word))
  })
}

/** Ids of what an answer shows: the one resource, or the only one of a list. */
function shownIds({ answerBody = '' }: Exchange): readonly string[] {
  try {
    const body = JSON.parse(answerBody) as { readonly id?: unknown; readonly Resources?: readonly { id?: unknown }[] }
    const shown = body.Resources === undefined ? [body] : body.Resources.length === 1 ? body.Resources : []
    return shown.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
  } catch {
    return []
  }
}

/** {@link about}, and what was sent to the account that was found or made on the way, linked or not. */
export function storyOf(
  exchanges: readonly Exchange[],
  ...words: readonly (string | undefined)[]
): readonly Exchange[] {
  return about(
    exchanges,
    ...words,
    ...about(exchanges, ...words)
      .filter(isSuccess)
      .flatMap(shownIds),
  )
}

export function isSuccess({ status }: Pick<Exchange, 'status'>): boolean {
  return status !== undefined && status >= 200 && status < 300
}

/** `PATCH /Users/17 was answered 501`, for sentences. */
export function tell({ method, url, status, error }: Exchange, base: string): string {
  const path = decoded(url.startsWith(base) ? url.slice(base.length) : url)
  return `${method} ${path} ${status === undefined ? `got no answer: ${error ?? 'unknown'}` : `was answered ${status}`}`
}
