import { Router } from 'express'
import { recordAs } from '#kit/http/record.ts'
import { sendProblemPage } from './authorize.tsx'
import { clientOf, isAssigned } from './clients.ts'
import { REFUSALS } from './judge.ts'
import { oauthError } from './oauth-error.ts'
import type { OAuthDeps } from './routes.tsx'

/** Name of every OpenID Connect app in addresses. */
export const OIDC_APP_NAME = 'oidc_client'

/**
 * The embed link of an OpenID Connect app, which its tile opens: the person is sent to the app's own address for starting a sign-in, with
 * the issuer to ask (OpenID Connect Core §4, Third-Party Initiated Login).
 */
export function startRoutes({ system, session }: Pick<OAuthDeps, 'system' | 'session'>): Router {
  const router = Router()
  router.get(`/home/${OIDC_APP_NAME}/:appId/:embedKey`, recordAs('oidc'), session.middleware, (req, res) => {
    const app = clientOf(system.store, String(req.params['appId']))
    const current = session.currentUser(req)
    if (app === undefined || app.embedKey !== req.params['embedKey'] || app.oidc.loginMode !== 'SPEC') {
      return sendProblemPage(
        system,
        req,
        res,
        oauthError('invalid_client', 'The app of this address does not exist, or is not opened from here.', 404),
      )
    }
    if (current === undefined || !isAssigned(system.store, app, current.user.id)) {
      return sendProblemPage(system, req, res, { ...REFUSALS['not-assigned'], status: 403 })
    }
    const address = new URL(app.oidc.initiateLoginUri)
    address.searchParams.set('iss', system.origin)
    return res.redirect(302, address.href)
  })
  return router
}
