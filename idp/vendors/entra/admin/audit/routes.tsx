import type { Request, Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { auditEventById, auditEvents, findAuditEvents } from '../../audit/find-events.ts'
import type { AdminDeps } from '../context.ts'
import { withQuery } from '../log-address.ts'
import { type LogPages, type LogPlace, logRoutes } from '../log-pages.tsx'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { AUDIT_TABS, AuditDetails, type AuditTab } from './audit-details.tsx'
import { auditCsv, auditJson } from './audit-files.ts'
import { AuditList } from './audit-list.tsx'
import { auditQueryOf } from './audit-query.ts'

const AUDIT_HREF = '/admin/audit-logs'

/** What audit logs add to the Monitoring group of the left navigation. */
export const AUDIT_MONITORING: readonly NavItem[] = [{ label: 'Audit logs', href: AUDIT_HREF, icon: 'list' }]

/** Only events about this object; undefined: all of the tenant. */
const targetOf = ({ scope }: LogPlace): string | undefined => (scope.kind === 'tenant' ? undefined : scope.id)

function auditPages({ system: { store, clock } }: AdminDeps): LogPages {
  const filterOf = (req: Request, place: LogPlace) => ({
    ...auditQueryOf(req, clock.now()).filter,
    targetId: targetOf(place),
  })
  return {
    name: 'Audit logs',
    icon: 'list',
    href: AUDIT_HREF,
    below: { app: 'audit' },
    fileName: 'AuditLogs',
    list(req, place) {
      const { href, context } = place
      const { query } = auditQueryOf(req, clock.now())
      const request = { ...listRequestOf(req), text: '' }
      const { events, hasMore } = findAuditEvents(store, context.tenant.id, clock.now(), filterOf(req, place), request)
      const pager = pagerOf(request, { count: events.length, hasMore }, 'events', href, { ...query })
      return { query, list: <AuditList view={{ href, query, events, pager }} /> }
    },
    details(req, place, eventId) {
      const { context, href } = place
      const targetId = targetOf(place)
      const event = auditEventById(store, context.tenant.id, clock.now(), eventId)
      if (event === undefined || (targetId !== undefined && !event.targets.some(({ id }) => id === targetId))) {
        throw new Refusal('not_found', 404, 'There is no such event in the audit logs.', {
          hint: 'Events are kept for 30 days.',
        })
      }
      const { query } = auditQueryOf(req, clock.now())
      const tab = (Object.keys(AUDIT_TABS) as AuditTab[]).find((each) => each === queryText(req, 'tab')) ?? 'activity'
      const tabHref = (name: AuditTab): string =>
        withQuery(`${href}/${event.id}`, { ...query, tab: name === 'activity' ? '' : name })
      return <AuditDetails view={{ event, tab, tabHref, closeHref: withQuery(href, query) }} />
    },
    file(req, place, format) {
      const events = auditEvents(store, place.context.tenant.id, clock.now(), filterOf(req, place))
      return format === 'csv' ? auditCsv(events) : auditJson(events)
    },
  }
}

/** Pages of the audit log, addresses relative to `/admin`: of the tenant, and below each app. */
export function auditRoutes(deps: AdminDeps): Router {
  return logRoutes(deps, auditPages(deps))
}
