import { type Request, type Response, Router } from 'express'
import { isOwnOrigin } from '#kit/http/origins.ts'
import { recordAs } from '#kit/http/record.ts'
import { aadsts, jsonOf } from '../aadsts.ts'
import { paramsOf, refuseRealm, sendErrorPage } from '../authorize.tsx'
import type { SignInDeps } from '../deps.ts'
import { witnessAuthorization } from '../states/witness.ts'
import { placeOf, readRealm } from '../tenancy.ts'
import { NAMED_NOTE } from '../tokens/access-token-claims.ts'
import { askedByResource, versionOf } from '../version-one/resource-request.ts'
import { DEVICE_LOGIN, DEVICE_ROUTES } from './device-policy.tsx'
import { readDeviceRequest } from './device-request.ts'

/** The realm people type codes in at: which tenant they are of is not known yet. */
const CODE_REALM = 'common'

/** The device authorization grant: what a device asks for, and the pages a person types its code in at. */
export function deviceRoutes(deps: SignInDeps): Router {
  const { system, oidc } = deps
  const { store, origin } = system
  const router = Router()
  const codePath = `/${CODE_REALM}${DEVICE_ROUTES.codeVerification}`

  router.post([`/:realm${DEVICE_ROUTES.deviceAuthorization}`, '/:realm/oauth2/devicecode'], async (req, res) => {
    const realm = readRealm(store, String(req.params['realm']))
    const version = versionOf(req.path)
    const given = version === 1 ? askedByResource(paramsOf(req)) : paramsOf(req)
    const refused = refuseRealm(system, realm)
    const reading =
      refused === undefined
        ? readDeviceRequest(system, realm, given, version)
        : { kind: 'refused' as const, error: refused }
    if (reading.kind === 'refused') {
      const { error } = reading
      res.status(error.status).setHeader('cache-control', 'no-store').json(jsonOf(error, origin))
      return
    }
    req.body = Object.fromEntries(reading.params)
    delete req.headers.authorization
    const notes = version === 1 ? { [NAMED_NOTE]: given.get('resource') ?? '' } : {}
    const place = { ...placeOf(origin, realm.segment), exchange: { clientProof: 'none' as const, notes } }
    await oidc.handle(req, res, place, DEVICE_ROUTES.deviceAuthorization)
  })

  router.get(DEVICE_LOGIN, (_req, res) => res.redirect(302, codePath))

  const toProvider = async (req: Request, res: Response, route: string): Promise<void> => {
    res.setHeader('cache-control', 'no-store')
    const told = witnessAuthorization(deps, req, 'deviceCode')
    await oidc.handle(req, res, { ...placeOf(origin, CODE_REALM), told }, route)
  }
  router.get(codePath, recordAs('oidc'), (req, res) => toProvider(req, res, DEVICE_ROUTES.codeVerification))
  router.post(codePath, recordAs('oidc'), async (req, res) => {
    const from = req.headers.origin
    if (from !== undefined && !isOwnOrigin(from, { own: origin }, req.socket.localPort)) {
      sendErrorPage(system, req, res, aadsts(system.clock, 81010))
      return
    }
    if (!(await oidc.hasSession(req, res))) {
      // The form of another browser, or of a session that is over: begin anew.
      res.redirect(303, codePath)
      return
    }
    await toProvider(req, res, DEVICE_ROUTES.codeVerification)
  })
  /** Where the browser comes back to after a page of ours. */
  router.get(`${codePath}/:uid`, recordAs('oidc'), (req, res) =>
    toProvider(req, res, `${DEVICE_ROUTES.codeVerification}/${req.params['uid']}`),
  )
  return router
}
