import { type Request, type Response, Router } from 'express'
import type { ComponentChildren, VNode } from 'preact'
import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { Refusal } from '#kit/http/errors.ts'
import { sendDownload } from '#kit/http/send-download.ts'
import type { Command } from '#kit/ui/command-bar.tsx'
import type { IconName } from '#kit/ui/icon.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { APP_ADMIN_ROLES, holdsOneOf, mayManageApp, roleNeeded } from '../commands/actor.ts'
import type { DirectoryRoleName } from '../roles.ts'
import { AdminPage } from './admin-page.tsx'
import { AppPage, appHref } from './apps/app-page.tsx'
import { type AdminContext, type AdminDeps, contextOf } from './context.ts'
import { logCommands } from './log-address.ts'
import { queryText } from './read-query.ts'
import { UserPage, userHref } from './users/user-page.tsx'

/** Roles that read logs. Those the product has beside them (Reports Reader, Security Reader) are none of this tenant's. */
const READER_ROLES: readonly DirectoryRoleName[] = [...APP_ADMIN_ROLES, 'Global Reader']

/** Whose log is looked at: the tenant's, or what is about one app or one person. `id`: the object's, not the app ID. */
export type LogScope =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'app'; readonly id: string; readonly appId: string }
  | { readonly kind: 'user'; readonly id: string }

/** One log, looked at by somebody. `href`: address of its list, without a query. */
export interface LogPlace {
  readonly context: AdminContext
  readonly href: string
  readonly scope: LogScope
}

/** What is particular to one of the tenant's logs. */
export interface LogPages {
  readonly name: 'Audit logs' | 'Sign-in logs'
  readonly icon: IconName
  /** Address of the tenant's own. */
  readonly href: string
  /** Last segment of its address below an app, and below a user where it is shown there, too. */
  readonly below: { readonly app: string; readonly user?: string }
  /** Of downloads, without their ending. */
  readonly fileName: string
  /** The list as the request filters it, and its filter as an address says it. */
  list(req: Request, place: LogPlace): { readonly query: object; readonly list: VNode }
  /** The panel of one entry. Throws `Refusal` 404 where there is none in this place. */
  details(req: Request, place: LogPlace, entryId: string): VNode
  /** Everything the filter lets through, as a file. */
  file(req: Request, place: LogPlace, format: 'csv' | 'json'): Iterable<string>
}

interface Parts {
  readonly commands: readonly Command[]
  readonly overlay: ComponentChildren
  readonly children: VNode
}

type PlaceOf = (deps: AdminDeps, log: LogPages, req: Request, res: Response) => LogPlace & { page(parts: Parts): VNode }

/** Throws `Refusal` for who may not read the tenant's logs. `orOwnerOf`: an app whose owner would do as well. */
function mustRead(log: LogPages, { standing }: AdminContext, orOwnerOf?: string): void {
  if (holdsOneOf(standing, READER_ROLES)) return
  const roles = orOwnerOf === undefined ? READER_ROLES : [...READER_ROLES, `Owner of ${orOwnerOf}`]
  throw roleNeeded(`Reading ${log.name.toLowerCase()}`, roles)
}

/** Monitoring: everything in the tenant. */
const tenantPlace: PlaceOf = (deps, log, req, res) => {
  const context = contextOf(deps, req, res)
  mustRead(log, context)
  const title = { section: log.name, title: log.name, subtitle: context.tenant.displayName, icon: log.icon } as const
  return {
    context,
    href: log.href,
    scope: { kind: 'tenant' },
    page: (parts) => <AdminPage context={context} {...title} {...parts} />,
  }
}

/** An app's own: also for its owner, who sees what is about this app and nothing else. */
const appPlace: PlaceOf = (deps, log, req, res) => {
  const context = contextOf(deps, req, res)
  const app = liveServicePrincipal(deps.system.store, context.tenant.id, String(req.params['appId']))
  if (!mayManageApp(context.standing, app)) mustRead(log, context, app.displayName)
  return {
    context,
    href: appHref(app.id, log.below.app),
    scope: { kind: 'app', id: app.id, appId: app.appId },
    page: (parts) => <AppPage context={context} app={app} page={log.name} {...parts} />,
  }
}

/** A person's own sign-ins. */
const userPlace: PlaceOf = (deps, log, req, res) => {
  const context = contextOf(deps, req, res)
  const user = liveUser(deps.system.store, context.tenant.id, String(req.params['userId']))
  mustRead(log, context)
  return {
    context,
    href: userHref(user.id, log.below.user),
    scope: { kind: 'user', id: user.id },
    page: (parts) => <UserPage context={context} user={user} page="Sign-in logs" {...parts} />,
  }
}

function pagesOf(deps: AdminDeps, log: LogPages, placeOf: PlaceOf): Router {
  const router = Router({ mergeParams: true })

  const show = (req: Request, res: Response, overlayOf?: (place: LogPlace) => VNode): void => {
    const { page, ...place } = placeOf(deps, log, req, res)
    const { query, list } = log.list(req, place)
    const commands = logCommands({ href: place.href, query })
    res.type('html').send(renderPage(page({ commands, overlay: overlayOf?.(place), children: list })))
  }

  router.get('/', (req, res) => show(req, res))

  router.get('/download', (req, res) => {
    const place = placeOf(deps, log, req, res)
    const format = (['csv', 'json'] as const).find((each) => each === queryText(req, 'format'))
    if (format === undefined) {
      throw new Refusal('unknown_format', 400, `${log.name} are downloaded as csv or json.`, {
        hint: 'Choose one under Download.',
      })
    }
    sendDownload(res, `${log.fileName}.${format}`, log.file(req, place, format))
  })

  router.get('/:entryId', (req, res) => {
    show(req, res, (place) => log.details(req, place, String(req.params['entryId'])))
  })

  return router
}

/** Pages of a log, addresses relative to `/admin`: of the tenant, below each app, and below each user where it says so. */
export function logRoutes(deps: AdminDeps, log: LogPages): Router {
  const router = Router()
  router.use(log.href.replace(/^\/admin/, ''), pagesOf(deps, log, tenantPlace))
  router.use(`/apps/:appId/${log.below.app}`, pagesOf(deps, log, appPlace))
  if (log.below.user !== undefined) router.use(`/users/:userId/${log.below.user}`, pagesOf(deps, log, userPlace))
  return router
}
