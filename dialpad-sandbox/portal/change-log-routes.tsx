import { toCsv } from '../domain/csv.ts'
import type { ChangeLogEntry } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY, withQuery } from './addresses.ts'
import { type ChangeLogFilter, ChangeLogPage } from './change-log-page.tsx'
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
    const filter = filterOf(query)
    const page = pageNumber(query('page'))
    const offset = (page - 1) * PAGE_SIZE
    const hrefOf = (number: number): string => withQuery(PATH, { ...filter, page: number })
    const total = store.count('changeLog', 'company', company.id)
    const isFiltered = Object.values(filter).some((text) => text !== '')

    const lines = isFiltered
      ? matching(company.id, matcher(filter), offset + PAGE_SIZE + 1).slice(offset)
      : newest(company.id, offset, PAGE_SIZE + 1)
    const view = {
      entries: lines.slice(0, PAGE_SIZE),
      filter,
      exportHref: withQuery(`${PATH}.csv`, { ...filter }),
      from: offset + 1,
      total: isFiltered ? undefined : total,
      previousHref: page > 1 ? hrefOf(page - 1) : undefined,
      nextHref: lines.length > PAGE_SIZE ? hrefOf(page + 1) : undefined,
      lookedAt: isFiltered && total > LOOKED_AT ? LOOKED_AT : undefined,
    }
    await show((chrome) => <ChangeLogPage chrome={chrome} view={view} />)
  })

  routes.get(`${PATH}.csv`, async ({ company, query, res }) => {
    const entries = matching(company.id, matcher(filterOf(query)), LOOKED_AT)
    res.type('text/csv').attachment('change-log.csv').send(csvOf(entries))
  })
}

function filterOf(query: (name: string) => string): ChangeLogFilter {
  const day = (name: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(query(name)) ? query(name) : '')
  return {
    action: query('action'),
    target: query('target').trim(),
    by: query('by').trim(),
    from: day('from'),
    to: day('to'),
  }
}

function matcher({ action, target, by, from, to }: ChangeLogFilter): (entry: ChangeLogEntry) => boolean {
  const isAbout = (words: string, who: { readonly id: string; readonly name: string }): boolean =>
    words === '' || who.id === words || who.name.toLowerCase().includes(words.toLowerCase())
  return (entry) => {
    const day = entry.date.slice(0, 10)
    return (
      (action === '' || entry.action === action) &&
      isAbout(target, entry.target) &&
      isAbout(by, entry.changedBy) &&
      (from === '' || day >= from) &&
      (to === '' || day <= to)
    )
  }
}

function csvOf(entries: readonly ChangeLogEntry[]): string {
  return toCsv(
    [
      'date',
      'action',
      'note',
      'target_type',
      'target_id',
      'target_name',
      'by_type',
      'by_id',
      'by_name',
      'additional_data',
    ],
    entries.map(({ date, action, note, target, changedBy, additionalData }) => [
      date,
      action,
      note,
      target.type,
      target.id,
      target.name,
      changedBy.type,
      changedBy.id,
      changedBy.name,
      Object.keys(additionalData).length === 0 ? '' : JSON.stringify(additionalData),
    ]),
  )
}
