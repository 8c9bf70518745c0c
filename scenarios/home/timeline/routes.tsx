import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { JOURNAL_KINDS } from '#kit/journal.ts'
import { renderPage } from '#kit/ui/render.ts'
import { labelOf } from '../neighbours.ts'
import type { PageDeps } from '../pages/deps.ts'
import { parseCursor } from './cursor.ts'
import { EntryPage } from './entry-page.tsx'
import { findVerdict } from './find-verdict.ts'
import { joinEnds } from './join-ends.ts'
import { readSlice, type TimelineFilter } from './read-rows.ts'
import { toRows } from './rows.ts'
import { samlMessageOf } from './saml-message.ts'
import { TimelinePage } from './timeline-page.tsx'

const PAGE = 50

/** Which entries a link or a filter form asks for; what it does not know counts as not asked. */
export const FilterQuery = z.object({
  system: z.string().trim().min(1).optional().catch(undefined),
  kind: z.enum(JOURNAL_KINDS).optional().catch(undefined),
  subject: z.string().trim().min(1).optional().catch(undefined),
  views: z.literal('shown').optional().catch(undefined),
  since: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(utc(text))))
    .transform((text) => new Date(utc(text)).toISOString())
    .optional()
    .catch(undefined),
})

/** Times on pages are UTC, also where a browser's field of date and time says no zone. */
function utc(text: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(text.trim()) ? text.trim() : `${text.trim()}Z`
}

const Query = FilterQuery.extend({ before: z.string().optional().catch(undefined) })

/** The filter of a query, without what was not asked. */
export function filterOf(asked: z.output<typeof FilterQuery>): TimelineFilter {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

/** `/timeline`, and one entry of it. */
export function timelineRoutes({ system, neighbours, reader, visits }: PageDeps): Router {
  const router = Router()
  const systems = [...neighbours.map(({ name }) => name), system.name].map((name) => ({ name, label: labelOf(name) }))

  router.get('/timeline', async (req, res) => {
    const { before, ...asked } = Query.parse(req.query)
    const filter = filterOf(asked)
    const slice = await readSlice(reader, filter, before === undefined ? new Map() : parseCursor(before), PAGE)
    const hrefOf = (extra: Record<string, string>): string => {
      const query = new URLSearchParams({ ...filter, ...extra }).toString()
      return query === '' ? '/timeline' : `/timeline?${query}`
    }
    const view = {
      rows: toRows(slice.items, system.urls),
      filter,
      systems,
      unreachable: slice.unreachable.map(labelOf),
      isNewest: before === undefined,
      olderHref: slice.older === undefined ? undefined : hrefOf({ before: slice.older }),
      newestHref: hrefOf({}),
      xrayHref: hrefOf(before === undefined ? {} : { before }).replace('/timeline', '/xray'),
    }
    res.type('html').send(renderPage(<TimelinePage visit={await visits.of(req, res)} view={view} />))
  })

  router.get('/timeline/:id', async (req, res) => {
    const wanted = parseCursor(req.params.id)
    const entries = await Promise.all(Array.from(wanted, ([name, seq]) => reader.entry(name, seq)))
    const [entry] = joinEnds(entries.flatMap((each) => each ?? []))
    if (entry === undefined) {
      throw new Refusal('not_found', 404, 'This entry is no longer kept.', {
        hint: 'Journals are bounded, and emptied by a reset. Start from the timeline.',
      })
    }
    const message = samlMessageOf(entry)
    const found = await findVerdict(reader, entry, message)
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<EntryPage visit={visit} entry={entry} saml={message} found={found} />))
  })

  return router
}
