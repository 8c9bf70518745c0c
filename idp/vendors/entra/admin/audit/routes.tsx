import { type Request, type Response, Router } from 'express'
import type { ComponentChildren, VNode } from 'preact'
import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { sendDownload } from '#kit/http/send-download.ts'
import type { Command } from '#kit/ui/command-bar.tsx'
import { renderPage } from '#kit/ui/render.ts'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { auditEventById, auditEvents, findAuditEvents } from '../../audit/find-events.ts'
import { APP_ADMIN_ROLES, holdsOneOf, mayManageApp, roleNeeded } from '../../commands/actor.ts'
import type { DirectoryRoleName } from '../../roles.ts'
import { AdminPage } from '../admin-page.tsx'
import { AppPage, appHref } from '../apps/app-page.tsx'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'
import { logCommands, withQuery } from '../log-address.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { AUDIT_TABS, AuditDetails, type AuditTab } from './audit-details.tsx'
import { auditCsv, auditJson } from './audit-files.ts'
import { AuditList } from './audit-list.tsx'
import { auditQueryOf } from './audit-query.ts'

const AUDIT_HREF = '/admin/audit-logs'

/** What audit logs add to the Monitoring group of the left navigation. */
export const AUDIT_MONITORING: readonly NavItem[] = [{ label: 'Audit logs', href: AUDIT_HREF, icon: 'list' }]

/** Roles that read audit logs. Those the product has beside them (Reports Reader, Security Reader) are none of this tenant's. */
const AUDIT_READER_ROLES: readonly DirectoryRoleName[] = [...APP_ADMIN_ROLES, 'Global Reader']

/** One audit log: of the tenant, or what is about one app. */
interface AuditPlace {
  readonly context: AdminContext
  readonly href: string
  /** Only events about this object. */
  readonly targetId: string | undefined
  page(parts: {
    readonly commands: readonly Command[]
    readonly overlay: ComponentChildren
    readonly list: VNode
  }): VNode
}

function auditPages(deps: AdminDeps, placeOf: (req: Request, res: Response) => AuditPlace): Router {
  const { store, clock } = deps.system
  const router = Router({ mergeParams: true })

  const show = (req: Request, res: Response, place: AuditPlace, overlay?: VNode): void => {
    const { href, context, targetId } = place
    const { query, filter } = auditQueryOf(req, clock.now())
    const request = { ...listRequestOf(req), text: '' }
    const slice = findAuditEvents(store, context.tenant.id, clock.now(), { ...filter, targetId }, request)
    const shown = { count: slice.events.length, hasMore: slice.hasMore }
    const view = { href, query, events: slice.events, pager: pagerOf(request, shown, 'events', href, { ...query }) }
    const page = place.page({ commands: logCommands(view), overlay, list: <AuditList view={view} /> })
    res.type('html').send(renderPage(page))
  }

  router.get('/', (req, res) => show(req, res, placeOf(req, res)))

  router.get('/download', (req, res) => {
    const { context, targetId } = placeOf(req, res)
    const { filter } = auditQueryOf(req, clock.now())
    const events = auditEvents(store, context.tenant.id, clock.now(), { ...filter, targetId })
    const format = queryText(req, 'format')
    if (format === 'csv') return sendDownload(res, 'AuditLogs.csv', auditCsv(events))
    if (format === 'json') return sendDownload(res, 'AuditLogs.json', auditJson(events))
    throw new Refusal('unknown_format', 400, 'Audit logs are downloaded as csv or json.', {
      hint: 'Choose one under Download.',
    })
  })

  router.get('/:eventId', (req, res) => {
    const place = placeOf(req, res)
    const { context, href, targetId } = place
    const event = auditEventById(store, context.tenant.id, clock.now(), String(req.params['eventId']))
    if (event === undefined || (targetId !== undefined && !event.targets.some(({ id }) => id === targetId))) {
      throw new Refusal('not_found', 404, 'There is no such event in the audit logs.', {
        hint: 'Events are kept for 30 days.',
      })
    }
    const { query } = auditQueryOf(req, clock.now())
    const tab = (Object.keys(AUDIT_TABS) as AuditTab[]).find((each) => each === queryText(req, 'tab')) ?? 'activity'
    const view = {
      event,
      tab,
      tabHref: (name: AuditTab) => withQuery(`${href}/${event.id}`, { ...query, tab: name === 'activity' ? '' : name }),
      closeHref: withQuery(href, query),
    }
    show(req, res, place, <AuditDetails view={view} />)
  })

  return router
}

/** Monitoring > Audit logs: everything audited in the tenant. */
function tenantPlace(deps: AdminDeps, req: Request, res: Response): AuditPlace {
  const context = contextOf(deps, req, res)
  if (!holdsOneOf(context.standing, AUDIT_READER_ROLES)) throw roleNeeded('Reading audit logs', AUDIT_READER_ROLES)
  return {
    context,
    href: AUDIT_HREF,
    targetId: undefined,
    page: ({ commands, overlay, list }) => (
      <AdminPage
        context={context}
        section="Audit logs"
        title="Audit logs"
        subtitle={context.tenant.displayName}
        icon="list"
        commands={commands}
        overlay={overlay}
      >
        {list}
      </AdminPage>
    ),
  }
}

/** An app's own: also for its owner, who sees what is about this app and nothing else. */
function appPlace(deps: AdminDeps, req: Request, res: Response): AuditPlace {
  const context = contextOf(deps, req, res)
  const app: ServicePrincipal = liveServicePrincipal(deps.system.store, context.tenant.id, String(req.params['appId']))
  if (!mayManageApp(context.standing, app) && !holdsOneOf(context.standing, AUDIT_READER_ROLES)) {
    throw roleNeeded('Reading audit logs', [...AUDIT_READER_ROLES, `Owner of ${app.displayName}`])
  }
  return {
    context,
    href: appHref(app.id, 'audit'),
    targetId: app.id,
    page: ({ commands, overlay, list }) => (
      <AppPage context={context} app={app} page="Audit logs" commands={commands} overlay={overlay}>
        {list}
      </AppPage>
    ),
  }
}

/** Pages of the audit log, addresses relative to `/admin`: of the tenant, and below each app. */
export function auditRoutes(deps: AdminDeps): Router {
  const router = Router()
  router.use(
    '/audit-logs',
    auditPages(deps, (req, res) => tenantPlace(deps, req, res)),
  )
  router.use(
    '/apps/:appId/audit',
    auditPages(deps, (req, res) => appPlace(deps, req, res)),
  )
  return router
}
