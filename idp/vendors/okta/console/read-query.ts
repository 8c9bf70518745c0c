import type { Request } from 'express'
import type { PagerProps } from '#kit/ui/pager.tsx'

/** Rows of one page of a list. */
export const PAGE_SIZE = 50

const LONGEST_SEARCH = 500

/** One value of the query; empty when absent, the first when sent several times. */
export function queryText(req: Request, name: string): string {
  const value: unknown = req.query[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first.trim().slice(0, LONGEST_SEARCH) : ''
}

/** The page asked for, from 1; what is no such number is the first. */
export function pageOf(req: Request): number {
  const page = Number(queryText(req, 'page'))
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
}

/** The pager of a list of which one page was read; `undefined` when everything fits on one. `query` is what the links keep. */
export function pagerOf(
  page: number,
  shown: { readonly count: number; readonly total?: number | undefined; readonly hasMore: boolean },
  noun: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): PagerProps | undefined {
  if (page === 1 && !shown.hasMore) return undefined
  const offset = (page - 1) * PAGE_SIZE
  const href = (number: number): string => {
    const kept = Object.entries(query).filter(([, value]) => value !== '')
    return `${path}?${new URLSearchParams([...kept, ['page', String(number)]])}`
  }
  return {
    from: shown.count === 0 ? 0 : offset + 1,
    to: offset + shown.count,
    total: shown.total,
    noun,
    previousHref: page > 1 ? href(page - 1) : undefined,
    nextHref: shown.hasMore ? href(page + 1) : undefined,
  }
}

/** One page of `all`, and its pager where there are more. `query` is what the links keep. */
export function sliceOf<T>(
  all: readonly T[],
  page: number,
  noun: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): { readonly items: readonly T[]; readonly pager: PagerProps | undefined } {
  const offset = (page - 1) * PAGE_SIZE
  const items = all.slice(offset, offset + PAGE_SIZE)
  const hasMore = offset + PAGE_SIZE < all.length
  return { items, pager: pagerOf(page, { count: items.length, total: all.length, hasMore }, noun, path, query) }
}
