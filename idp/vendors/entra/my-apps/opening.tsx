import { type Request, type RequestHandler, Router } from 'express'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { acsAddress } from '#idp/protocols/saml/acs-address.ts'
import { renderPage } from '#kit/ui/render.ts'
import { aadsts } from '../sign-in/aadsts.ts'
import { judgeAccess } from '../sign-in/access.ts'
import { sendErrorPage } from '../sign-in/authorize.tsx'
import { readRealm } from '../sign-in/tenancy.ts'
import { logSignIn, requesterOf } from '../sign-in-logs/record-sign-in.ts'
import { contextOf, type MyAppsDeps } from './context.ts'
import { type MyAppsProblem, ProblemPage } from './problem-page.tsx'

/**
 * The user access URL of apps without SAML: whoever may use the app is sent to its Homepage URL, where it begins its own sign-in. Apps with
 * SAML, and what is no app of the tenant, are left to the routes of single sign-on.
 */
export function openingRoutes(deps: MyAppsDeps): Router {
  const { system, session } = deps
  const { store } = system
  const router = Router()

  /** The app an address names and where it is an app; `undefined` where this is not ours to answer. */
  function named(req: Request) {
    const realm = readRealm(store, String(req.query['tenantId'] ?? ''))
    if (realm.kind !== 'tenant') return undefined
    const app = servicePrincipalByAppId(store, realm.tenant.id, String(req.params['clientId']))
    return app === undefined || store.get('samlSettings', app.id) !== undefined ? undefined : { app, realm }
  }
  const oursOnly: RequestHandler = (req, _res, next) => next(named(req) === undefined ? 'route' : undefined)

  /** The older form of the same address, as bookmarks have it. */
  router.get('/signin/:clientId', (req, res) => res.redirect(303, `/api${req.originalUrl}`))

  router.get('/api/signin/:clientId', oursOnly, session.middleware, async (req, res, next) => {
    const found = named(req)
    if (found === undefined) {
      next()
      return
    }
    const { app, realm } = found
    const { user } = session.currentUser(req)
    const rule = judgeAccess(store, user, app.appId, realm)
    if (rule.kind === 'refused') {
      const error = aadsts(system.clock, rule.code, {
        clientId: app.appId,
        app: app.displayName,
        user: user.userPrincipalName,
        tenant: realm.tenant.displayName,
      })
      await logSignIn(system, {
        tenantId: user.tenantId,
        kind: 'interactiveUser',
        clientId: app.appId,
        userId: user.id,
        from: requesterOf(req),
        code: error.code,
        reason: error.text,
        requestId: error.traceId,
        correlationId: error.correlationId,
      })
      sendErrorPage(system, req, res, error)
      return
    }
    const home = app.homepage === undefined ? undefined : acsAddress(system, app.homepage)
    if (home?.kind === 'here') {
      res.redirect(303, home.action)
      return
    }
    const problem = unopened(app, home?.kind === 'elsewhere' ? home.host : undefined)
    res.status(404).type('html')
    res.send(renderPage(<ProblemPage context={contextOf(deps, req, res)} problem={problem} />))
  })

  return router
}

/** Why an app has no page to show. @param host Where its Homepage URL leads, when that is not on this machine. */
function unopened({ displayName }: ServicePrincipal, host: string | undefined): MyAppsProblem {
  return host === undefined
    ? {
        title: displayName,
        message: `${displayName} has no address to open.`,
        hint: 'An administrator can set its Homepage URL. Apps without one are started where they are.',
      }
    : {
        title: displayName,
        message: `${displayName} is at ${host}, which is not on this machine.`,
        hint: 'Correct its Homepage URL, or allow the host on the kit home.',
      }
}
