import { type Request, type Response, Router } from 'express'
import { type AadstsError, aadsts, jsonOf } from './aadsts.ts'
import { refuseRealm } from './authorize.tsx'
import type { SignInDeps } from './deps.ts'
import { discoveryDocument, firstDiscoveryDocument, instanceDocument } from './discovery.ts'
import { keysDocument } from './keys/keys-document.ts'
import { ROUTES } from './provider-policy.tsx'
import { issuerOf, type Realm, readRealm } from './tenancy.ts'

type KnownRealm = Extract<Realm, { kind: 'tenant' | 'any' }>

/** Seconds clients may keep the keys: so long a rolled key can go unnoticed by those that do. */
const KEYS_MAX_AGE = 60

/** Let scripts of any page read the answer. */
export function openToScripts(res: Response): void {
  res.setHeader('access-control-allow-origin', '*')
}

/** Documents programs read before they sign anybody in: both versions, keys, instance. Scripts of any page may read them. */
export function discoveryRoutes({ system, oidc }: SignInDeps): Router {
  const { store, origin, clock } = system
  const router = Router()

  const refuse = (res: Response, error: AadstsError): void => {
    res.status(error.status).setHeader('cache-control', 'no-store').json(jsonOf(error, origin))
  }
  const forRealm =
    (answer: (realm: KnownRealm, res: Response) => unknown) =>
    async (req: Request<{ realm: string }>, res: Response): Promise<void> => {
      openToScripts(res)
      const realm = readRealm(store, req.params.realm)
      const refused = refuseRealm(system, realm)
      if (realm.kind === 'tenant' || realm.kind === 'any') await answer(realm, res)
      else if (refused !== undefined) refuse(res, refused)
    }

  router.get('/common/discovery/instance', (req, res) => {
    openToScripts(res)
    const { authorization_endpoint: endpoint, 'api-version': version } = req.query
    if (typeof endpoint !== 'string') return refuse(res, aadsts(clock, 900144, { name: 'authorization_endpoint' }))
    const reading = instanceDocument(origin, endpoint, version === '1.0' ? '1.0' : '1.1')
    if (reading.kind === 'unknown') return refuse(res, aadsts(clock, 50049))
    res.json(reading.document)
  })

  router.get(
    '/:realm/v2.0/.well-known/openid-configuration',
    forRealm((realm, res) => res.json(discoveryDocument(origin, realm))),
  )
  router.get(
    '/:realm/.well-known/openid-configuration',
    forRealm((realm, res) => res.json(firstDiscoveryDocument(origin, realm))),
  )
  const sendKeys = async (res: Response, issuer: string | undefined): Promise<void> => {
    res.setHeader('cache-control', `public, max-age=${KEYS_MAX_AGE}`)
    // Just after a reset the new key is still being made.
    await oidc.ready()
    res.json(keysDocument(oidc.publishedKeys(), issuer))
  }
  router.get(
    `/:realm${ROUTES.jwks}`,
    forRealm((realm, res) => sendKeys(res, issuerOf(origin, realm.kind === 'tenant' ? realm.tenant.id : '{tenantid}'))),
  )
  router.get(
    '/:realm/discovery/keys',
    forRealm((_realm, res) => sendKeys(res, undefined)),
  )
  return router
}
