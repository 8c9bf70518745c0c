import { type Request, Router } from 'express'
import { sendDownload } from '#kit/http/send-download.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaReader } from '../../collections.ts'
import { EVENT_TYPES } from '../../system-log/event-types.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf } from '../context.ts'
import { PAGE_SIZE, pageOf, pagerOf, queryText } from '../read-query.ts'
import { eventsOf, findEvents, type LogFilter, readFilter } from './find-events.ts'
import { logCsv } from './log-file.ts'
import { SystemLogPage } from './log-page.tsx'

const PATH = '/reports/system-log'
const NOBODY = (): boolean => false

function nameOf(reader: OktaReader, id: string): string | undefined {
  const person = reader.get('users', id)
  if (person !== undefined) return fullName(person)
  return reader.get('apps', id)?.label ?? reader.get('groups', id)?.name
}

function filterOf(req: Request): LogFilter {
  const text = (name: string): string => queryText(req, name)
  return {
    from: text('from'),
    to: text('to'),
    eventType: text('eventType'),
    outcome: text('outcome'),
    target: text('target'),
    q: text('q'),
  }
}

/** Reports > System Log: the events on pages, and the same as a file. */
export function systemLogRoutes(deps: ConsoleDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  router.get(PATH, (req, res) => {
    const filter = filterOf(req)
    const query = readFilter(filter)
    const page = pageOf(req)
    const range = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }
    const { events, hasMore } = findEvents(store, clock.now(), filter, query.ok ? query.matches : NOBODY, range)
    const kept = Object.entries(filter).filter(([, value]) => value !== '')
    const view = {
      events,
      filter: { ...filter },
      problem: query.ok ? undefined : query.problem,
      csvHref: `/admin${PATH}.csv?${new URLSearchParams(kept)}`,
      targetName: filter.target === '' ? undefined : (nameOf(store, filter.target) ?? filter.target),
      eventTypes: Object.keys(EVENT_TYPES).toSorted(),
      pager: pagerOf(page, { count: events.length, hasMore }, 'events', `/admin${PATH}`, { ...filter }),
    }
    res
      .status(query.ok ? 200 : 422)
      .type('html')
      .send(renderPage(<SystemLogPage context={contextOf(deps, req, res)} view={view} />))
  })

  router.get(`${PATH}.csv`, (req, res) => {
    const filter = filterOf(req)
    const query = readFilter(filter)
    const events = eventsOf(store, clock.now(), filter, query.ok ? query.matches : NOBODY)
    sendDownload(res, 'SystemLog.csv', logCsv(events))
  })

  return router
}
