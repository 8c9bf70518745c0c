import type { Request } from 'express'
import type { PagerProps } from '#kit/ui/pager.tsx'

/** Rows of one page of a list. */
export const PAGE_SIZE = 50

/** Longest text a search takes. */
const LONGEST_SEARCH = 128

/** One value of the query; empty when absent, the first when sent several times. */
export function queryText(req: Request, name: string): string {
  const value: unknown = req.query[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first.trim().slice(0, LONGEST_SEARCH) : ''
}

/** Values of the query sent under one name, each once, in order. */
export function queryList(req: Request, name: string): readonly string[] {
  const value: unknown = req.query[name]
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(all.filter((each): each is string => typeof each === 'string' && each !== ''))]
}

/** What to list: a search text and a page number from 1. */
export interface ListRequest {
  readonly text: string
  readonly page: number
  readonly offset: number
  readonly limit: number
}

/** Read `q` and `page`; a page that is no number from 1 on is the first. */
export function listRequestOf(req: Request): ListRequest {
  const page = Number(queryText(req, 'page'))
  const number = Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
  return { text: queryText(req, 'q'), page: number, offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE }
}

/** The pager of a list, `undefined` when everything fits on one page. `path` keeps the rest of the query. */
export function pagerOf(
  request: ListRequest,
  shown: { readonly count: number; readonly total?: number | undefined; readonly hasMore: boolean },
  noun: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): PagerProps | undefined {
  if (request.page === 1 && !shown.hasMore) return undefined
  const href = (page: number): string => {
    const kept = Object.entries({ ...query, q: request.text }).filter(([, value]) => value !== '')
    return `${path}?${new URLSearchParams([...kept, ['page', String(page)]])}`
  }
  return {
    from: shown.count === 0 ? 0 : request.offset + 1,
    to: request.offset + shown.count,
    total: shown.total,
    noun,
    previousHref: request.page > 1 ? href(request.page - 1) : undefined,
    nextHref: shown.hasMore ? href(request.page + 1) : undefined,
  }
}
