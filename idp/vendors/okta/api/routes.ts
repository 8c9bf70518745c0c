import { randomUUID } from 'node:crypto'
import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { currentContext } from '#kit/context.ts'
import { recordAs } from '#kit/http/record.ts'
import { lettersOf } from '#kit/ids.ts'
import type { OktaSystem } from '../collections.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { ApiError, sendError } from './api-error.ts'
import { authenticate } from './authenticate.ts'
import { createOperation } from './operation.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { API_ROUTES } from './route-table.ts'

/** What the API lives on. */
export interface ApiDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
}

/** The Management API (reference sheet 6.2, 6.3), for mounting: `app.use('/api/v1', apiRoutes(deps))`. */
export function apiRoutes(deps: ApiDeps): Router {
  const { system } = deps
  const router = Router({ caseSensitive: true })
  const rateLimit = createRateLimit(system)
  router.use(recordAs('http-in'), identified(rateLimit))
  for (const route of API_ROUTES) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    router[method](addressOf(route.path), createOperation(deps, route, rateLimit))
  }
  for (const [path, methods] of methodsByPath()) {
    const allow = methods.join(', ')
    router.all(
      addressOf(path),
      refuse(system, rateLimit, () => new ApiError('E0000022', { headers: { Allow: allow } })),
    )
  }
  router.use(refuse(system, rateLimit, () => new ApiError('E0000008')))
  const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => sendError(res, error)
  router.use(onError)
  return router
}

/** Every answer names its request, by the trace the journal knows it by. */
function identified(rateLimit: RateLimit): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('X-Okta-Request-Id', lettersOf(currentContext()?.traceId ?? randomUUID(), 'req', 22))
    rateLimit.show(res)
    next()
  }
}

/** `/users/{id}` as the router writes it. */
function addressOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>()
  for (const { path, method } of API_ROUTES) paths.set(path, [...(paths.get(path) ?? []), method])
  return paths
}

/** A refusal of the address or method, told to holders of a token only. */
function refuse(system: OktaSystem, rateLimit: RateLimit, refusal: (req: Request) => ApiError): RequestHandler {
  return async (req, res) => {
    try {
      const { token } = await authenticate(system, req)
      rateLimit.take(res, token.id)
      throw refusal(req)
    } catch (error) {
      sendError(res, error)
    }
  }
}
