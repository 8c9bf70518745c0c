import type { ChangeLogEntry } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY, withQuery } from './addresses.ts'
import { ChangeLogPage } from './change-log-page.tsx'
import { pageNumber } from './page-number.ts'
import type { AdminRoutes } from './visit.ts'

const PAGE_SIZE = 50
/** Lines a filter looks at, at most. */
const LOOKED_AT = 20_000
const STEP = 500

/** Company Settings > Change log. */
export function mountChangeLog({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system
  const PATH = `${COMPANY}/change-log`

  /** `count` lines of a company, newest first, after skipping the newest `offset`. */
  function newest(companyId: string, offset: number, count: number): readonly ChangeLogEntry[] {
    const end = store.count('changeLog', 'company', companyId) - offset
    const start = Math.max(0, end - count)
    return end <= 0 ? [] : [...store.findPage('changeLog', 'company', companyId, start, end - start)].reverse()
  }

  /** Lines that match, newest first; one more than a page holds tells that there is another. */
  function matching(companyId: string, matches: (entry: ChangeLogEntry) => boolean, wanted: number): ChangeLogEntry[] {
    const found: ChangeLogEntry[] = []
    for (let offset = 0; offset < LOOKED_AT && found.length < wanted; offset += STEP) {
      const lines = newest(companyId, offset, STEP)
      found.push(...lines.filter(matches))
      if (lines.length < STEP) break
    }
    return found
  }

  routes.get(PATH, async ({ company, query, show }) => {
    const [action, target] = [query('action'), query('target').trim()]
    const page = pageNumber(query('page'))
    const offset = (page - 1) * PAGE_SIZE
    const hrefOf = (number: number): string => withQuery(PATH, { action, target, page: number })
    const total = store.count('changeLog', 'company', company.id)
    const isFiltered = action !== '' || target !== ''

    const lines = isFiltered
      ? matching(company.id, matcher(action, target), offset + PAGE_SIZE + 1).slice(offset)
      : newest(company.id, offset, PAGE_SIZE + 1)
    const view = {
      entries: lines.slice(0, PAGE_SIZE),
      action,
      target,
      from: offset + 1,
      total: isFiltered ? undefined : total,
      previousHref: page > 1 ? hrefOf(page - 1) : undefined,
      nextHref: lines.length > PAGE_SIZE ? hrefOf(page + 1) : undefined,
      lookedAt: isFiltered && total > LOOKED_AT ? LOOKED_AT : undefined,
    }
    await show((chrome) => <ChangeLogPage chrome={chrome} view={view} />)
  })
}

function matcher(action: string, target: string): (entry: ChangeLogEntry) => boolean {
  const words = target.toLowerCase()
  return (entry) =>
    (action === '' || entry.action === action) &&
    (words === '' || entry.target.id === words || entry.target.name.toLowerCase().includes(words))
}
