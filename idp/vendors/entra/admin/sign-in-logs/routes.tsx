import { type Request, type Response, Router } from 'express'
import type { ComponentChildren, VNode } from 'preact'
import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { Refusal } from '#kit/http/errors.ts'
import { sendDownload } from '#kit/http/send-download.ts'
import type { Command } from '#kit/ui/command-bar.tsx'
import { renderPage } from '#kit/ui/render.ts'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { APP_ADMIN_ROLES, holdsOneOf, mayManageApp, roleNeeded } from '../../commands/actor.ts'
import type { DirectoryRoleName } from '../../roles.ts'
import { findSignIns, type SignInFilter, signInById, signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { AdminPage } from '../admin-page.tsx'
import { AppPage, appHref } from '../apps/app-page.tsx'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'
import { logCommands, withQuery } from '../log-address.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { UserPage, userHref } from '../users/user-page.tsx'
import { SIGN_IN_TABS, SignInDetails, type SignInTab } from './sign-in-details.tsx'
import { signInCsv, signInJson } from './sign-in-files.ts'
import { type LogScope, SignInListPart } from './sign-in-list.tsx'
import { signInQueryOf } from './sign-in-query.ts'

const SIGN_INS_HREF = '/admin/sign-in-logs'

/** What sign-in logs add to the Monitoring group of the left navigation. */
export const SIGN_IN_MONITORING: readonly NavItem[] = [{ label: 'Sign-in logs', href: SIGN_INS_HREF, icon: 'key' }]

/** Roles that read sign-in logs. Those the product has beside them (Reports Reader, Security Reader) are none of this tenant's. */
const SIGN_IN_READER_ROLES: readonly DirectoryRoleName[] = [...APP_ADMIN_ROLES, 'Global Reader']

/** One log: of the tenant, of a person, or of an app. */
interface SignInPlace {
  readonly context: AdminContext
  readonly href: string
  readonly scope: LogScope
  /** Only entries about this person or app. */
  readonly about: Pick<SignInFilter, 'userId' | 'appId'>
  page(parts: {
    readonly commands: readonly Command[]
    readonly overlay: ComponentChildren
    readonly list: VNode
  }): VNode
}

function signInPages(deps: AdminDeps, placeOf: (req: Request, res: Response) => SignInPlace): Router {
  const { store, clock } = deps.system
  const router = Router({ mergeParams: true })

  const show = (req: Request, res: Response, place: SignInPlace, overlay?: VNode): void => {
    const { href, context, about, scope } = place
    const { query, filter, list } = signInQueryOf(req, clock.now())
    const request = { ...listRequestOf(req), text: '' }
    const slice = findSignIns(store, context.tenant.id, clock.now(), { ...filter, ...about }, request)
    const shown = { count: slice.entries.length, hasMore: slice.hasMore }
    const pager = pagerOf(request, shown, 'sign-ins', href, { ...query })
    const view = { href, scope, list, query, entries: slice.entries, pager }
    const page = place.page({ commands: logCommands(view), overlay, list: <SignInListPart view={view} /> })
    res.type('html').send(renderPage(page))
  }

  router.get('/', (req, res) => show(req, res, placeOf(req, res)))

  router.get('/download', (req, res) => {
    const { context, about } = placeOf(req, res)
    const { filter } = signInQueryOf(req, clock.now())
    const entries = signIns(store, context.tenant.id, clock.now(), { ...filter, ...about })
    const format = queryText(req, 'format')
    if (format === 'csv') return sendDownload(res, 'SignInLogs.csv', signInCsv(entries))
    if (format === 'json') return sendDownload(res, 'SignInLogs.json', signInJson(entries))
    throw new Refusal('unknown_format', 400, 'Sign-in logs are downloaded as csv or json.', {
      hint: 'Choose one under Download.',
    })
  })

  router.get('/:entryId', (req, res) => {
    const place = placeOf(req, res)
    const { context, href, about } = place
    const entry = signInById(store, context.tenant.id, clock.now(), String(req.params['entryId']))
    const isOurs =
      entry !== undefined &&
      (about.userId === undefined || entry.user?.id === about.userId) &&
      (about.appId === undefined || entry.app.appId === about.appId)
    if (!isOurs) {
      throw new Refusal('not_found', 404, 'There is no such sign-in in the logs.', {
        hint: 'Sign-ins are kept for 30 days.',
      })
    }
    const { query } = signInQueryOf(req, clock.now())
    const tab = (Object.keys(SIGN_IN_TABS) as SignInTab[]).find((each) => each === queryText(req, 'tab')) ?? 'basic'
    const view = {
      entry,
      tab,
      tabHref: (name: SignInTab) => withQuery(`${href}/${entry.id}`, { ...query, tab: name === 'basic' ? '' : name }),
      closeHref: withQuery(href, query),
    }
    show(req, res, place, <SignInDetails view={view} />)
  })

  return router
}

function mustRead({ standing }: AdminContext): void {
  if (!holdsOneOf(standing, SIGN_IN_READER_ROLES)) throw roleNeeded('Reading sign-in logs', SIGN_IN_READER_ROLES)
}

/** Monitoring > Sign-in logs: everything in the tenant. */
function tenantPlace(deps: AdminDeps, req: Request, res: Response): SignInPlace {
  const context = contextOf(deps, req, res)
  mustRead(context)
  return {
    context,
    href: SIGN_INS_HREF,
    scope: 'tenant',
    about: {},
    page: ({ commands, overlay, list }) => (
      <AdminPage
        context={context}
        section="Sign-in logs"
        title="Sign-in logs"
        subtitle={context.tenant.displayName}
        icon="key"
        commands={commands}
        overlay={overlay}
      >
        {list}
      </AdminPage>
    ),
  }
}

/** An app's own: also for its owner. */
function appPlace(deps: AdminDeps, req: Request, res: Response): SignInPlace {
  const context = contextOf(deps, req, res)
  const app = liveServicePrincipal(deps.system.store, context.tenant.id, String(req.params['appId']))
  if (!mayManageApp(context.standing, app)) mustRead(context)
  return {
    context,
    href: appHref(app.id, 'sign-ins'),
    scope: 'app',
    about: { appId: app.appId },
    page: ({ commands, overlay, list }) => (
      <AppPage context={context} app={app} page="Sign-in logs" commands={commands} overlay={overlay}>
        {list}
      </AppPage>
    ),
  }
}

/** A person's own. */
function userPlace(deps: AdminDeps, req: Request, res: Response): SignInPlace {
  const context = contextOf(deps, req, res)
  const user = liveUser(deps.system.store, context.tenant.id, String(req.params['userId']))
  mustRead(context)
  return {
    context,
    href: userHref(user.id, 'sign-ins'),
    scope: 'user',
    about: { userId: user.id },
    page: ({ commands, overlay, list }) => (
      <UserPage context={context} user={user} page="Sign-in logs" commands={commands} overlay={overlay}>
        {list}
      </UserPage>
    ),
  }
}

/** Pages of the sign-in logs, addresses relative to `/admin`: of the tenant, below each app and each user. */
export function signInLogRoutes(deps: AdminDeps): Router {
  const router = Router()
  router.use(
    '/sign-in-logs',
    signInPages(deps, (req, res) => tenantPlace(deps, req, res)),
  )
  router.use(
    '/apps/:appId/sign-ins',
    signInPages(deps, (req, res) => appPlace(deps, req, res)),
  )
  router.use(
    '/users/:userId/sign-ins',
    signInPages(deps, (req, res) => userPlace(deps, req, res)),
  )
  return router
}
