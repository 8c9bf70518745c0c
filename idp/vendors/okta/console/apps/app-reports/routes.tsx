import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import type { SystemLogEvent } from '../../../system-log/records.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf } from '../../context.ts'
import { PAGE_SIZE, pageOf, pagerOf } from '../../read-query.ts'
import { eventsOf } from '../../system-log/find-events.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { RECENT_DAYS, ReportPage } from './reports-page.tsx'

const DAY_MS = 24 * 60 * 60 * 1000

/** Current Assignments and Recent Unassignments of one app. */
export function reportRoutes(deps: ConsoleDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  router.get(`${APP_PATH}/reports/current-assignments`, (req, res) => {
    const app = appOf(deps, req)
    const page = pageOf(req)
    const total = store.count('appUsers', 'app', app.id)
    const rows = store.findPage('appUsers', 'app', app.id, (page - 1) * PAGE_SIZE, PAGE_SIZE).map((appUser) => {
      const person = store.get('users', appUser.userId)
      const group = appUser.groupId === undefined ? undefined : store.get('groups', appUser.groupId)
      return { appUser, name: person === undefined ? appUser.userName : fullName(person), groupName: group?.name }
    })
    const shown = { count: rows.length, total, hasMore: page * PAGE_SIZE < total }
    const pager = pagerOf(page, shown, 'people', appHref(app, 'reports/current-assignments'))
    const view = { report: 'Current Assignments', rows, pager } as const
    res.type('html').send(renderPage(<ReportPage context={contextOf(deps, req, res)} app={app} view={view} />))
  })

  router.get(`${APP_PATH}/reports/recent-unassignments`, (req, res) => {
    const app = appOf(deps, req)
    const page = pageOf(req)
    const from = new Date(clock.now() - RECENT_DAYS * DAY_MS).toISOString().slice(0, 10)
    const isLoss = ({ eventType, target }: SystemLogEvent): boolean =>
      eventType === 'application.user_membership.remove' && target.some(({ id }) => id === app.id)
    const found: SystemLogEvent[] = []
    for (const event of eventsOf(store, clock.now(), { from, to: '' }, isLoss)) {
      found.push(event)
      if (found.length > page * PAGE_SIZE) break
    }
    const events = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    const shown = { count: events.length, hasMore: found.length > page * PAGE_SIZE }
    const pager = pagerOf(page, shown, 'unassignments', appHref(app, 'reports/recent-unassignments'))
    const view = { report: 'Recent Unassignments', events, pager } as const
    res.type('html').send(renderPage(<ReportPage context={contextOf(deps, req, res)} app={app} view={view} />))
  })

  return router
}
