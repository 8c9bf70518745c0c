import { type ErrorRequestHandler, type Request, Router } from 'express'
import { recordAs } from '#kit/http/record.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { sendError } from './answer.ts'
import { mountDiscovery } from './discovery.ts'
import { mountGroups } from './groups.ts'
import { createOperations } from './operation.ts'
import { mountSearch } from './search.ts'
import { methodNotAllowed, noEndpoint, notImplemented, refuse } from './unserved.ts'
import { mountUsers } from './users.ts'

/** Addresses and the methods they know. */
const METHODS: readonly (readonly [string, string])[] = [
  ['/', 'GET'],
  ['/Users', 'GET, POST'],
  ['/Users/:id', 'GET, PUT, PATCH, DELETE'],
  ['/Groups', 'GET, POST'],
  ['/Groups/:id', 'GET, PUT, PATCH, DELETE'],
  ['/ServiceProviderConfig', 'GET'],
  ['/ResourceTypes', 'GET'],
  ['/ResourceTypes/:id', 'GET'],
  ['/Schemas', 'GET'],
  ['/Schemas/:id', 'GET'],
]

/** Before the addresses of single resources, whose ids they would be taken for. */
const SEARCHES = ['/.search', '/Users/.search', '/Groups/.search'] as const

/** Of the RFC, and not of this server. */
const NOT_IMPLEMENTED = ['/Me', '/Bulk'] as const

/**
 * The SCIM server, for mounting: `app.use(['/scim/v2', '/scim'], scimRoutes(system))`. Whatever it does not answer with success it
 * answers with a SCIM Error, unknown addresses and methods included; nothing falls through to the app's own pages.
 */
export function scimRoutes(system: DialpadSystem): Router {
  const router = Router()
  const operation = createOperations(system)
  router.use(recordAs('scim', subjectOf))
  mountSearch(router, operation)
  for (const path of SEARCHES) router.all(path, refuse(system, methodNotAllowed('POST')))
  mountUsers(router, operation)
  mountGroups(router, operation)
  mountDiscovery(router, operation)
  for (const [path, allow] of METHODS) router.all(path, refuse(system, methodNotAllowed(allow)))
  for (const path of NOT_IMPLEMENTED) router.all(path, refuse(system, notImplemented))
  router.use(refuse(system, noEndpoint))
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => sendError(res, error)
  router.use(onError)
  return router
}

/** Whether a request is for the SCIM server, which reads bodies itself: of no type that it refuses is anything parsed before. */
export function isScimRequest(req: Request): boolean {
  return /^\/scim(\/|$)/i.test(req.path)
}

/** Whom a search is about: the value its filter compares with. */
function subjectOf(req: Request): string | undefined {
  if (!req.url.includes('?')) return undefined
  const { filter } = req.query
  return typeof filter === 'string' ? /\beq\s+"([^"]+)"/i.exec(filter)?.[1] : undefined
}
