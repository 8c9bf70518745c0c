import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { recordAs } from '#kit/http/record.ts'
import { authenticateApiKey } from '../commands/api-keys.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { ScimRefusal, sendError } from './answer.ts'
import { mountDiscovery } from './discovery.ts'
import { mountGroups } from './groups.ts'
import { mountUsers } from './users.ts'

/** Addresses and the methods they know. */
const METHODS: readonly (readonly [string, string])[] = [
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

/**
 * The SCIM server, for mounting: `app.use(['/scim/v2', '/scim'], scimRoutes(system))`. Whatever it does not answer with success it
 * answers with a SCIM Error, unknown addresses and methods included; nothing falls through to the app's own pages.
 */
export function scimRoutes(system: DialpadSystem): Router {
  const router = Router()
  router.use(recordAs('scim', subjectOf))
  mountUsers(router, system)
  mountGroups(router, system)
  mountDiscovery(router, system)
  for (const [path, allow] of METHODS) router.all(path, refuse(system, methodNotAllowed(allow)))
  router.use(refuse(system, (req) => new ScimRefusal(404, `There is no SCIM endpoint ${req.baseUrl}${req.path}`)))
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => sendError(res, error)
  router.use(onError)
  return router
}

function methodNotAllowed(allow: string): (req: Request) => ScimRefusal {
  return (req) => new ScimRefusal(405, `${req.method} is not supported by ${req.baseUrl}${req.path}`, { Allow: allow })
}

/** A refusal of the address or method, told to holders of a key only: the others learn that theirs is no good. */
function refuse(system: DialpadSystem, refusal: (req: Request) => ScimRefusal): RequestHandler {
  return async (req, res) => {
    try {
      await authenticateApiKey(system, /^Bearer +(.+)$/i.exec(req.headers.authorization ?? '')?.[1])
      throw refusal(req)
    } catch (error) {
      sendError(res, error)
    }
  }
}

/** Whom a search is about: the value its filter compares with. */
function subjectOf(req: Request): string | undefined {
  const { filter } = req.query
  return typeof filter === 'string' ? /\beq\s+"([^"]+)"/i.exec(filter)?.[1] : undefined
}
