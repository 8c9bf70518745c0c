import { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { JSX } from 'preact'
import { serveAssets } from '#kit/http/assets.ts'
import { csrf } from '#kit/http/csrf.ts'
import { problemOf, Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { revokeOwnConsent } from '../commands/own-consent.ts'
import { consentsTo } from '../sign-in/consents-to.ts'
import { appsOfPerson, permissionsIn, shownApps } from './apps-of-person.ts'
import { contextOf, type MyAppsDeps, SAID } from './context.ts'
import { DashboardPage } from './dashboard-page.tsx'
import { type ManagedApp, ManagePage, RevokePage } from './manage-pages.tsx'
import { myAppsAssets } from './my-apps-shell.tsx'
import { openingRoutes } from './opening.tsx'
import { MY_APPS, managePath } from './portal.ts'
import { ProblemPage } from './problem-page.tsx'

/** Longest text of a search, in characters. */
const LONGEST_SEARCH = 100

/**
 * My Apps, where people find the apps they have and take back what they granted ("My Apps portal overview", "Edit or revoke application
 * permissions in the My Apps portal"), and the user access URL of apps without SAML. Mount it after the routes of its sign-in and before
 * those of single sign-on by SAML, which answer the same URL for theirs.
 */
export function myAppsRoutes(deps: MyAppsDeps): Router {
  const router = Router()
  router.use(serveAssets(myAppsAssets))
  router.use(openingRoutes(deps))
  router.use(MY_APPS.home, deps.session.middleware, csrf(deps.session.sessions), pages(deps))
  return router
}

function pages(deps: MyAppsDeps): Router {
  const { system, session } = deps
  const { store } = system
  const router = Router()

  const send = (res: Response, page: JSX.Element): void => {
    res.setHeader('cache-control', 'no-store')
    res.type('html').send(renderPage(page))
  }

  /** The app an address names. @throws {Refusal} `not_found` (404) for one the person has nothing to do with, any more or ever. */
  const managedBy = (req: Request): ManagedApp => {
    const { user } = session.currentUser(req)
    const app = appsOfPerson(store, user).find(({ id }) => id === req.params['appId'])
    if (app === undefined) {
      throw new Refusal('not_found', 404, 'This app is not among your apps.', {
        hint: 'Ask an administrator when you need it: an assignment may have been removed.',
      })
    }
    const { own, organization } = consentsTo(store, user.id, app.id)
    return { app, own: permissionsIn(store, own), organization: permissionsIn(store, organization) }
  }

  router.use(async (req, res, next) => {
    const kept = req.method === 'GET' ? session.sessions.of(req)?.data[SAID] : undefined
    if (kept !== undefined) {
      await session.sessions.set(req, { [SAID]: undefined })
      res.locals[SAID] = kept
    }
    next()
  })

  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    const text = typeof req.query['q'] === 'string' ? req.query['q'].trim().slice(0, LONGEST_SEARCH) : ''
    const all = shownApps(store, context.user)
    const apps = all.filter(({ displayName }) => displayName.toLowerCase().includes(text.toLowerCase()))
    send(res, <DashboardPage context={context} view={{ apps, hasApps: all.length > 0, text }} />)
  })

  router.get('/apps/:appId', (req, res) => {
    const view = managedBy(req)
    send(res, <ManagePage context={contextOf(deps, req, res)} view={view} />)
  })

  router.get('/apps/:appId/revoke', (req, res) => {
    const view = managedBy(req)
    if (view.own.length === 0) res.redirect(303, managePath(view.app.id))
    else send(res, <RevokePage context={contextOf(deps, req, res)} view={view} />)
  })

  router.post('/apps/:appId/revoke', async (req, res) => {
    const { user } = session.currentUser(req)
    const { app } = managedBy(req)
    const revoked = await revokeOwnConsent(deps, user.id, { appId: app.id })
    const said =
      revoked.length === 0
        ? `There was nothing left to revoke: you have granted ${app.displayName} nothing.`
        : `The permissions you granted ${app.displayName} were revoked. It asks again the next time you sign in to it.`
    await session.sessions.set(req, { [SAID]: said })
    res.redirect(303, MY_APPS.home)
  })

  router.use((req) => {
    throw new Refusal('not_found', 404, `There is no page at ${req.originalUrl.split('?')[0]}.`)
  })
  router.use(problemPages(deps))
  return router
}

/** Refusals as pages inside the portal, for people who are signed in and read HTML; the rest goes on to the app's own error mapper. */
function problemPages(deps: MyAppsDeps): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const { status, message, hint } = problemOf(error)
    const isOurs = status < 500 && status !== 401 && !res.headersSent && req.accepts(['html', 'json']) === 'html'
    if (!isOurs) {
      next(error)
      return
    }
    const title = status === 404 ? 'Not found' : 'This could not be done'
    const context = contextOf(deps, req, res)
    res.status(status).type('html')
    res.send(renderPage(<ProblemPage context={context} problem={{ title, message, hint }} />))
  }
}
