import { type NextFunction, type Request, type Response, Router } from 'express'
import { paramsOf, readAuthorizeRequest, refuseRealm, sendErrorAnswer, sendErrorPage } from './authorize.tsx'
import type { SignInDeps } from './deps.ts'
import { ROUTES } from './provider-policy.tsx'
import { signOut } from './sign-out.tsx'
import { witnessAuthorization } from './states/witness.ts'
import { placeOf, type Realm, readRealm } from './tenancy.ts'
import { askedByResource, versionOf } from './version-one/resource-request.ts'

/** Where browsers are sent to sign in and out, at the addresses of both versions. */
export function authorizeRoutes(deps: SignInDeps): Router {
  const { system, oidc } = deps
  const { store, origin } = system
  const router = Router()

  const placeIn = (req: Request, realm: Realm) => ({
    ...placeOf(origin, realm.segment, realm.kind === 'tenant' ? realm.tenant.id : undefined),
    told: witnessAuthorization(deps, req),
  })

  router.all(['/:realm/oauth2/v2.0/authorize', '/:realm/oauth2/authorize'], async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'POST') {
      next()
      return
    }
    const realm = readRealm(store, String(req.params['realm']))
    const version = versionOf(req.path)
    const given = version === 1 ? askedByResource(paramsOf(req)) : paramsOf(req)
    const reading = readAuthorizeRequest(system, realm, given, version)
    switch (reading.kind) {
      case 'page':
        return sendErrorPage(system, req, res, reading.error)
      case 'answer':
        return sendErrorAnswer(system, req, res, reading)
      case 'proceed':
        // A posted request is the same request: the provider gets both as a query.
        req.method = 'GET'
        await oidc.handle(req, res, placeIn(req, realm), `${ROUTES.authorization}?${reading.params.toString()}`)
    }
  })

  /** Where the browser comes back to after a page of ours, whichever version it began with. */
  router.get('/:realm/oauth2/v2.0/authorize/:uid', async (req, res) => {
    const realm = readRealm(store, req.params.realm)
    await oidc.handle(req, res, placeIn(req, realm), `${ROUTES.authorization}/${req.params.uid}`)
  })

  const onSignOut = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const refused = refuseRealm(system, readRealm(store, String(req.params['realm'])))
    if (refused !== undefined) sendErrorPage(system, req, res, refused)
    else if (req.method === 'GET' || req.method === 'POST') await signOut(deps, req, res)
    else next()
  }
  router.all(['/:realm/oauth2/v2.0/logout', '/:realm/oauth2/logout'], onSignOut)
  return router
}
