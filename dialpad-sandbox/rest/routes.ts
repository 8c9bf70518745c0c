import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { recordAs } from '#kit/http/record.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { isAbsent } from './absent.ts'
import { createAllowance } from './allowance.ts'
import { RestRefusal, sendError, sendJson } from './answer.ts'
import { createOpenApi } from './openapi.ts'
import { createOperation, holderOf } from './operation.ts'
import { REST_ROUTES } from './route-table.ts'

/** Dialpad's REST API v2 (reference sheet section 4), for mounting: `app.use('/api/v2', restRoutes(system))`. */
export function restRoutes(system: DialpadSystem): Router {
  const router = Router({ caseSensitive: true })
  const allowance = createAllowance(system)
  router.use(recordAs('http-in', subjectOf))
  router.get('/openapi.json', (_req, res) => sendJson(res, 200, createOpenApi(system.origin)))
  for (const route of REST_ROUTES) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    router[method](addressOf(route.path), createOperation(system, route, allowance))
  }
  for (const [path, methods] of methodsByPath()) {
    router.all(
      addressOf(path),
      refuse(system, (req) => (isAbsent(req.path) ? notSimulated(req) : methodNotAllowed(req, methods))),
    )
  }
  router.use(
    refuse(system, (req) =>
      isAbsent(req.path) ? notSimulated(req) : new RestRefusal(404, `There is nothing at ${req.baseUrl}${req.path}`),
    ),
  )
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => sendError(res, error)
  router.use(onError)
  return router
}

/** `/users/{id}` as the router writes it. */
function addressOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>()
  for (const { path, method } of REST_ROUTES) paths.set(path, [...(paths.get(path) ?? []), method])
  return paths
}

/** A refusal of the address or method, told to holders of a key only. */
function refuse(system: DialpadSystem, refusal: (req: Request) => RestRefusal): RequestHandler {
  return async (req, res) => {
    try {
      await holderOf(system, req)
      throw refusal(req)
    } catch (error) {
      sendError(res, error)
    }
  }
}

function notSimulated(req: Request): RestRefusal {
  return new RestRefusal(501, `${req.method} ${req.baseUrl}${req.path} is not part of this simulation`)
}

function methodNotAllowed(req: Request, methods: readonly string[]): RestRefusal {
  return new RestRefusal(405, `${req.method} is not supported by ${req.baseUrl}${req.path}`, {
    Allow: methods.join(', '),
  })
}

/** Whom a list is asked about. */
function subjectOf(req: Request): string | undefined {
  const { email, number } = req.query
  return typeof email === 'string' ? email : typeof number === 'string' ? number.replace(/^ /, '+') : undefined
}
