import { type Request, type Response, Router } from 'express'
import { LOG_KEPT_MS } from '#idp/engine/provisioning-log.ts'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { sendDownload } from '#kit/http/send-download.ts'
import { Quiet } from '#kit/ui/layout.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { APP_ADMIN_ROLES, holdsOneOf, roleNeeded } from '../../commands/actor.ts'
import { objectSummary } from '../../graph/audit-logs/object-summary.ts'
import { AdminPage } from '../admin-page.tsx'
import { type AdminContext, contextOf } from '../context.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { type ProvisioningPageDeps, visitJob } from './deps.ts'
import { entriesOf, findEntries, isOfTenant, type LogPlace, targetNameOf } from './find-entries.ts'
import { LOG_TABS, LogDetails, type LogTab } from './log-details.tsx'
import { LOG_FILES, type LogFile, logFileLines } from './logs-files.ts'
import { LogsList, type LogsView, logCommands } from './logs-page.tsx'
import { logQueryWords, logRequestOf } from './logs-query.ts'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

/** Address of the log of the whole tenant. */
export const TENANT_LOGS_HREF = '/admin/provisioning-logs'

/** Read the filters of a list and find its entries. Unknown values count as absent. */
function listOf(deps: ProvisioningPageDeps, req: Request, place: LogPlace, href: string): LogsView {
  const { store, clock } = deps.system
  const asked = logRequestOf(req, clock.now())
  const request = { ...listRequestOf(req), text: '' }
  const { entries, hasMore } = findEntries(store, place, clock.now(), asked.filter, request)
  return {
    href,
    entries,
    query: asked.query,
    columns: asked.columns,
    targetOf: (entry) => targetNameOf(store, entry),
    pager: pagerOf(request, { count: entries.length, hasMore }, 'entries', href, logQueryWords(asked)),
    emptyWords: 'Entries appear as cycles run and as people are provisioned on demand.',
  }
}

/** The list as a file, whole: the filters hold, pages and columns do not. @throws {Refusal} `not_found` (404) for another file. */
function sendLog(deps: ProvisioningPageDeps, req: Request, res: Response, place: LogPlace): void {
  const { store, clock } = deps.system
  const file = (Object.keys(LOG_FILES) as LogFile[]).find((each) => LOG_FILES[each] === req.params['file'])
  if (file === undefined) {
    throw new Refusal('not_found', 404, 'The provisioning logs have no such file.', {
      hint: 'Choose one under Download.',
    })
  }
  const entries = entriesOf(store, place, clock.now(), logRequestOf(req, clock.now()).filter)
  sendDownload(res, LOG_FILES[file], logFileLines(store, file, entries))
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
  const { store, clock } = system
  const entry = store.get('provisioningLogs', String(req.params['key']))
  const isKept = entry !== undefined && clock.now() - Date.parse(entry.at) <= LOG_KEPT_MS
  if (isKept && isHere(entry)) return entry
  throw new Refusal('not_found', 404, 'There is no such entry in the provisioning logs.', {
    hint: 'Entries are kept for 30 days.',
  })
}

/** The log of one app: `/logs`, `/logs/{key}`. */
export function appLogRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  router.get('/logs', (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const place = { kind: 'apps', servicePrincipalIds: [app.id] } as const
    const view = listOf(deps, req, place, provisioningHref(app.id, 'logs'))
    const page = (
      <ProvisioningPage context={context} app={app} page="Provisioning logs" commands={logCommands(view)}>
        <LogsList view={view} />
      </ProvisioningPage>
    )
    res.type('html').send(renderPage(page))
  })

  router.get('/logs/download/:file', (req, res) => {
    const { app } = visitJob(deps, req, res)
    sendLog(deps, req, res, { kind: 'apps', servicePrincipalIds: [app.id] })
  })

  router.get('/logs/:key', (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const entry = entryAt(deps, req, ({ servicePrincipalId }) => servicePrincipalId === app.id)
    const href = provisioningHref(app.id, `logs/${entry.key}`)
    const page = (
      <ProvisioningPage context={context} app={app} page="Provisioning logs" step="Provisioning log details">
        <LogDetails
          view={{
            entry,
            tab: tabOf(req),
            href,
            target: app.displayName,
            json: objectSummary(deps.system.store, entry),
          }}
        />
      </ProvisioningPage>
    )
    res.type('html').send(renderPage(page))
  })

  return router
}

/** Monitoring > Provisioning logs: every app of the tenant, for those who may manage every app; for owners their own. */
export function tenantLogRoutes(deps: ProvisioningPageDeps): Router {
  const { store } = deps.system
  const router = Router()

  const visit = (req: Request, res: Response): { readonly context: AdminContext; readonly place: LogPlace } => {
    const context = contextOf(deps, req, res)
    const { tenant, standing, person } = context
    if (holdsOneOf(standing, APP_ADMIN_ROLES)) return { context, place: { kind: 'tenant', tenantId: tenant.id } }
    const owned = store.find('servicePrincipals', 'tenant', tenant.id).filter((app) => app.ownerIds.includes(person.id))
    if (owned.length === 0) throw roleNeeded('Reading provisioning logs', [...APP_ADMIN_ROLES, 'Owner of an app'])
    return { context, place: { kind: 'apps', servicePrincipalIds: owned.map(({ id }) => id) } }
  }

  router.get('/', (req, res) => {
    const { context, place } = visit(req, res)
    const view = listOf(deps, req, place, TENANT_LOGS_HREF)
    const page = (
      <AdminPage
        context={context}
        section="Provisioning logs"
        title="Provisioning logs"
        subtitle={context.tenant.displayName}
        icon="document"
        commands={logCommands(view)}
      >
        {place.kind === 'apps' && <Quiet>Entries of the apps you own.</Quiet>}
        <LogsList view={view} />
      </AdminPage>
    )
    res.type('html').send(renderPage(page))
  })

  router.get('/download/:file', (req, res) => {
    sendLog(deps, req, res, visit(req, res).place)
  })

  router.get('/:key', (req, res) => {
    const { context, place } = visit(req, res)
    const entry = entryAt(deps, req, (each) =>
      place.kind === 'tenant'
        ? isOfTenant(each, place.tenantId)
        : place.servicePrincipalIds.includes(each.servicePrincipalId),
    )
    const view = {
      entry,
      tab: tabOf(req),
      href: `${TENANT_LOGS_HREF}/${entry.key}`,
      target: targetNameOf(store, entry),
      json: objectSummary(store, entry),
    }
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
