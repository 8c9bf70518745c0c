import { type Request, type Response, Router } from 'express'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { APP_ADMIN_ROLES, holdsOneOf, roleNeeded } from '../../commands/actor.ts'
import { AdminPage } from '../admin-page.tsx'
import { type AdminContext, contextOf } from '../context.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { type ProvisioningPageDeps, visitJob } from './deps.ts'
import { findEntries, isOfTenant, type LogPlace } from './find-entries.ts'
import { LOG_TABS, LogDetails, type LogTab } from './log-details.tsx'
import { LOG_ACTIONS, LOG_SPANS, LOG_STATUSES, LogsList, type LogsView } from './logs-page.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

/** Address of the log of the whole tenant. */
export const TENANT_LOGS_HREF = '/admin/provisioning-logs'

const MS_PER_HOUR = 3_600_000

/** Read the filters of a list and find its entries. Unknown values count as absent. */
function listOf(deps: ProvisioningPageDeps, req: Request, place: LogPlace, href: string): LogsView {
  const { store, clock } = deps.system
  const identity = queryText(req, 'identity')
  const action = LOG_ACTIONS.find((each) => each === queryText(req, 'action'))
  const status = LOG_STATUSES.find((each) => each === queryText(req, 'status'))
  const span = LOG_SPANS.find((each) => each.value === queryText(req, 'date'))
  const sinceMs = span === undefined ? undefined : clock.now() - span.hours * MS_PER_HOUR
  const request = { ...listRequestOf(req), text: '' }
  const { entries, hasMore } = findEntries(store, place, { identity, action, status, sinceMs }, request)
  const query = { identity, action: action ?? '', status: status ?? '', date: span?.value ?? '' }
  return {
    href,
    entries,
    query,
    targetOf: (entry) => targetName(deps, entry),
    pager: pagerOf(request, { count: entries.length, hasMore }, 'entries', href, query),
    emptyWords: 'Entries appear as cycles run and as people are provisioned on demand.',
  }
}

function targetName({ system }: ProvisioningPageDeps, entry: ProvisioningLogEntry): string {
  return system.store.get('servicePrincipals', entry.servicePrincipalId)?.displayName ?? 'Deleted application'
}

function tabOf(req: Request): LogTab {
  const name = queryText(req, 'tab')
  return (Object.keys(LOG_TABS) as LogTab[]).find((each) => each === name) ?? 'steps'
}

/** @throws {Refusal} `not_found` (404) for an entry that never was, is of another place, or has been dropped. */
function entryAt(
  { system }: ProvisioningPageDeps,
  req: Request,
  isHere: (entry: ProvisioningLogEntry) => boolean,
): ProvisioningLogEntry {
  const entry = system.store.get('provisioningLogs', String(req.params['key']))
  if (entry !== undefined && isHere(entry)) return entry
  throw new Refusal('not_found', 404, 'There is no such entry in the provisioning logs.', {
    hint: 'Entries are kept for 30 days.',
  })
}

/** The log of one app: `/logs`, `/logs/{key}`. */
export function appLogRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  router.get('/logs', (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const place = { kind: 'app', servicePrincipalId: app.id } as const
    const view = listOf(deps, req, place, provisioningHref(app.id, 'logs'))
    const page = (
      <ProvisioningPage context={context} app={app} page="Provisioning logs" commands={[refresh(context)]}>
        <LogsList view={view} />
      </ProvisioningPage>
    )
    res.type('html').send(renderPage(page))
  })

  router.get('/logs/:key', (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const entry = entryAt(deps, req, ({ servicePrincipalId }) => servicePrincipalId === app.id)
    const href = provisioningHref(app.id, `logs/${entry.key}`)
    const page = (
      <ProvisioningPage context={context} app={app} page="Provisioning logs" step="Provisioning log details">
        <LogDetails view={{ entry, tab: tabOf(req), href, target: app.displayName }} />
      </ProvisioningPage>
    )
    res.type('html').send(renderPage(page))
  })

  return router
}

const refresh = (context: AdminContext) =>
  ({ kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path }) as const

/** Monitoring > Provisioning logs: every app of the tenant, for those who may manage every app. */
export function tenantLogRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router()

  const visit = (req: Request, res: Response): AdminContext => {
    const context = contextOf(deps, req, res)
    if (!holdsOneOf(context.standing, APP_ADMIN_ROLES)) throw roleNeeded('Reading provisioning logs', APP_ADMIN_ROLES)
    return context
  }

  router.get('/', (req, res) => {
    const context = visit(req, res)
    const view = listOf(deps, req, { kind: 'tenant', tenantId: context.tenant.id }, TENANT_LOGS_HREF)
    const page = (
      <AdminPage
        context={context}
        section="Provisioning logs"
        title="Provisioning logs"
        subtitle={context.tenant.displayName}
        icon="document"
        commands={[refresh(context)]}
      >
        <LogsList view={view} />
      </AdminPage>
    )
    res.type('html').send(renderPage(page))
  })

  router.get('/:key', (req, res) => {
    const context = visit(req, res)
    const entry = entryAt(deps, req, (each) => isOfTenant(each, context.tenant.id))
    const view = { entry, tab: tabOf(req), href: `${TENANT_LOGS_HREF}/${entry.key}`, target: targetName(deps, entry) }
    const page = (
      <AdminPage
        context={context}
        section="Provisioning logs"
        path={[{ label: 'Provisioning logs', href: TENANT_LOGS_HREF }]}
        title="Provisioning log details"
        icon="document"
      >
        <LogDetails view={view} />
      </AdminPage>
    )
    res.type('html').send(renderPage(page))
  })

  return router
}
