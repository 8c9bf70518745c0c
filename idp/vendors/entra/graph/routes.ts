import { randomUUID } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import { currentContext } from '#kit/context.ts'
import { directoryAuditRoutes } from './audit-logs/directory-audit-routes.ts'
import { provisioningLogRoutes } from './audit-logs/provisioning-log-routes.ts'
import { signInRoutes } from './audit-logs/sign-in-routes.ts'
import { authenticate } from './authenticate.ts'
import { openToScripts } from './cross-origin.ts'
import { appRoutes } from './directory/app-routes.ts'
import { applicationRoutes } from './directory/application-routes.ts'
import { deletedItemRoutes } from './directory/deleted-item-routes.ts'
import { groupRoutes } from './directory/group-routes.ts'
import { membershipRoutes } from './directory/membership-routes.ts'
import { permissionGrantRoutes } from './directory/permission-grant-routes.ts'
import { servicePrincipalWriteRoutes } from './directory/service-principal-routes.ts'
import { userRoutes } from './directory/user-routes.ts'
import type { GraphDeps, GraphVersion } from './graph-call.ts'
import { GraphError, graphErrorMapper } from './graph-error.ts'
import { jsonBodies } from './read-body.ts'
import { jobRoutes } from './synchronization/job-routes.ts'
import { onDemandRoutes } from './synchronization/on-demand-routes.ts'
import { schemaRoutes } from './synchronization/schema-routes.ts'

const CLIENT_ID = /^[\x21-\x7e]{1,128}$/

/** Every answer names its request: by the trace the journal knows it by, and by what the caller calls it. */
function identified(): RequestHandler {
  return (req, res, next) => {
    const trace = currentContext()?.traceId
    const id = trace?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') ?? randomUUID()
    const given = req.headers['client-request-id']
    res.setHeader('request-id', id)
    res.setHeader('client-request-id', typeof given === 'string' && CLIENT_ID.test(given) ? given : id)
    res.setHeader('cache-control', 'no-cache')
    res.setHeader('odata-version', '4.0')
    next()
  }
}

/** `users('…')` is `users/…` (OData 4.01, key in parentheses), and `servicePrincipals(appId='…')` has a route of its own. */
function plainKeys(): RequestHandler {
  return (req, _res, next) => {
    const [path = '', ...query] = req.url.split('?')
    const named = path.replace(
      /^\/(servicePrincipals|applications)\(appId=(?:'|%27)([\w-]+)(?:'|%27)\)/i,
      (_, kind: string, appId: string) => `/${kind}/$appId/${appId}`,
    )
    const plain = named.replace(/\((?:'|%27)((?:(?!%27)[^'()])*)(?:'|%27)\)/g, '/$1')
    if (plain !== path) req.url = [plain, ...query].join('?')
    next()
  }
}

/** One version of the API: the two differ in what an answer shows, and in a few calls of beta. */
function versionRoutes(deps: GraphDeps, version: GraphVersion): Router {
  const router = Router()
  router.use(authenticate(deps, version), jsonBodies(), plainKeys())
  router.use(userRoutes(deps), membershipRoutes(deps), groupRoutes(deps), deletedItemRoutes(deps))
  router.use('/servicePrincipals/:spId/synchronization', jobRoutes(deps), schemaRoutes(deps), onDemandRoutes(deps))
  router.use(applicationRoutes(deps), permissionGrantRoutes(deps), servicePrincipalWriteRoutes(deps))
  router.use(appRoutes(deps), provisioningLogRoutes(deps), directoryAuditRoutes(deps), signInRoutes(deps))
  return router
}

/** Microsoft Graph, as far as provisioning is set up and watched with it (reference 11): mount it before `/{tenant}`. */
export function graphRoutes(deps: GraphDeps): Router {
  const router = Router()
  for (const version of ['v1.0', 'beta'] as const) {
    router.use(`/${version}`, identified(), openToScripts(), versionRoutes(deps, version), (req) => {
      throw new GraphError('BadRequest', 400, `Resource not found for the segment '${req.path.slice(1, 200)}'.`)
    })
    router.use(
      `/${version}`,
      graphErrorMapper(() => deps.system.clock.iso()),
    )
  }
  return router
}
