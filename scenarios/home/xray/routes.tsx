import { type Request, Router } from 'express'
import { z } from 'zod'
import { renderPage } from '#kit/ui/render.ts'
import { labelOf } from '../neighbours.ts'
import type { PageDeps } from '../pages/deps.ts'
import { parseCursor } from '../timeline/cursor.ts'
import { FilterQuery, filterOf } from '../timeline/routes.tsx'
import { toRows } from '../timeline/rows.ts'
import { harOf } from './har.ts'
import { MOST_SELECTED, readSelection, type SelectionQuery, USUAL_SELECTED } from './selection.ts'
import { sequenceOf } from './sequence.ts'
import { SequencePage } from './sequence-page.tsx'
import { sharedFile } from './shared-file.tsx'

const Query = FilterQuery.extend({
  trace: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
  last: z.coerce.number().int().min(1).max(MOST_SELECTED).default(USUAL_SELECTED).catch(USUAL_SELECTED),
  before: z.string().optional().catch(undefined),
})

/** `/xray`: a sequence diagram of what was asked for; `/xray.har` and `/xray.html` are the same to take away. */
export function xrayRoutes({ system, neighbours, reader, visits }: PageDeps): Router {
  const router = Router()
  const systems = [...neighbours.map(({ name }) => name), system.name].map((name) => ({ name, label: labelOf(name) }))

  function selectionOf(req: Request): SelectionQuery {
    const { trace, last, before, ...asked } = Query.parse(req.query)
    return { trace, last, filter: filterOf(asked), before: before === undefined ? new Map() : parseCursor(before) }
  }

  router.get('/xray', async (req, res) => {
    const query = selectionOf(req)
    const { items, unreachable } = await readSelection(reader, query)
    const search = req.originalUrl.includes('?') ? req.originalUrl.slice(req.originalUrl.indexOf('?')) : ''
    const view = {
      sequence: sequenceOf(toRows(items, system.urls)),
      filter: query.filter,
      systems,
      last: query.last,
      trace: query.trace,
      follows: query.trace === undefined && query.before.size === 0,
      unreachable: unreachable.map(labelOf),
      harHref: `/xray.har${search}`,
      fileHref: `/xray.html${search}`,
      timelineHref: query.trace === undefined ? `/timeline${search}` : '/timeline',
    }
    res.type('html').send(renderPage(<SequencePage visit={await visits.of(req, res)} view={view} />))
  })

  router.get('/xray.har', async (req, res) => {
    const { items } = await readSelection(reader, selectionOf(req))
    res.attachment('xray.har').type('application/json')
    res.send(JSON.stringify(harOf(items, system.urls, system.control.health().version), null, 2))
  })

  router.get('/xray.html', async (req, res) => {
    const query = selectionOf(req)
    const { items } = await readSelection(reader, query)
    const about = query.trace === undefined ? (query.filter.subject ?? `the last ${items.length} entries`) : query.trace
    res.attachment('xray.html').type('html')
    res.send(
      sharedFile({
        title: `X-ray: ${about}`,
        world: system.world(),
        madeAt: system.clock.iso(),
        sequence: sequenceOf(toRows(items, system.urls)),
        items,
      }),
    )
  })

  return router
}
