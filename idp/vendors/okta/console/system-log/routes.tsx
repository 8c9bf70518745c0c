import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaReader } from '../../collections.ts'
import { EVENT_TYPES } from '../../system-log/event-types.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf } from '../context.ts'
import { PAGE_SIZE, pageOf, pagerOf, queryText } from '../read-query.ts'
import { findEvents } from './find-events.ts'
import { SystemLogPage } from './log-page.tsx'

function nameOf(reader: OktaReader, id: string): string | undefined {
  const person = reader.get('users', id)
  if (person !== undefined) return fullName(person)
  return reader.get('apps', id)?.label ?? reader.get('groups', id)?.name
}

/** Reports > System Log. */
export function systemLogRoutes(deps: ConsoleDeps): Router {
  const { store, clock } = deps.system
  const router = Router()
  router.get('/reports/system-log', (req, res) => {
    const text = (name: string): string => queryText(req, name)
    const filter = {
      from: text('from'),
      to: text('to'),
      eventType: text('eventType'),
      outcome: text('outcome'),
      target: text('target'),
      q: text('q'),
    }
    const page = pageOf(req)
    const { events, hasMore } = findEvents(store, clock.now(), filter, {
      offset: (page - 1) * PAGE_SIZE,
      limit: PAGE_SIZE,
    })
    const view = {
      events,
      filter,
      targetName: filter.target === '' ? undefined : (nameOf(store, filter.target) ?? filter.target),
      eventTypes: Object.keys(EVENT_TYPES).toSorted(),
      pager: pagerOf(page, { count: events.length, hasMore }, 'events', '/admin/reports/system-log', filter),
    }
    res.type('html').send(renderPage(<SystemLogPage context={contextOf(deps, req, res)} view={view} />))
  })
  return router
}
