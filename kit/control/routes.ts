import express, { type Request, type RequestHandler, Router } from 'express'
import { createErrorMapper, Refusal } from '#kit/http/errors.ts'
import type { Shape } from '#kit/store/store.ts'
import type { System } from '#kit/system/system.ts'
import type { ControlMethod, ControlRoute } from './control-route.ts'
import { controlGuard } from './guard.ts'
import { recordRoutes } from './record-routes.ts'
import { systemRoutes } from './system-routes.ts'

/** Largest body: a state of a few hundred thousand records. Other calls take far less. */
const STATE_LIMIT = '512mb'
const BODY_LIMIT = '1mb'

export interface ControlOptions {
  /** Calls of this system alone. One with the method and path of a general call takes its place. */
  readonly extra?: readonly ControlRoute[]
  /** Wall milliseconds until a move of the clock is answered with an operation; 60,000 unless told. */
  readonly patienceMs?: number
}

/** Everything below `/_kit` of one system: guard, calls, and its own refusals `{error:{code,message,hint}}`. */
export function controlRoutes<S extends Shape>(system: System<S>, options: ControlOptions = {}): Router {
  const router = Router()
  const { extra = [], patienceMs } = options
  const general = systemRoutes(
    system.control,
    system.journal,
    system.clock.iso,
    patienceMs === undefined ? {} : { patienceMs },
  )

  router.use(controlGuard(system.urls))
  router.use('/state', express.json({ limit: STATE_LIMIT }))
  router.use(express.json({ limit: BODY_LIMIT }))
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store')
    next()
  })
  const methods = new Map<string, Set<ControlMethod>>()
  for (const route of [...extra, ...recordRoutes(system.store), ...general]) {
    mount(router, route)
    methods.set(route.path, (methods.get(route.path) ?? new Set()).add(route.method))
  }
  for (const [path, allowed] of methods) router.all(path, refuseMethod([...allowed]))
  router.use((req: Request) => {
    throw new Refusal('not_found', 404, `There is no call ${req.method} ${req.baseUrl}${req.path}.`, {
      hint: 'GET /_kit/health tells what this system is.',
    })
  })
  router.use(
    createErrorMapper(({ code, message, hint }, _req, res) => {
      res.json({ error: { code, message, hint: hint ?? 'Correct the request and send it again.' } })
    }),
  )
  return router
}

function mount(router: Router, { method, path, respond }: ControlRoute): void {
  switch (method) {
    case 'GET':
      router.get(path, respond)
      return
    case 'POST':
      router.post(path, respond)
      return
    case 'PUT':
      router.put(path, respond)
      return
    case 'PATCH':
      router.patch(path, respond)
      return
    case 'DELETE':
      router.delete(path, respond)
  }
}

function refuseMethod(allowed: readonly ControlMethod[]): RequestHandler {
  return (req) => {
    throw new Refusal('method_not_allowed', 405, `${req.method} is not possible here.`, {
      hint: `Possible: ${allowed.join(', ')}.`,
      headers: { allow: allowed.join(', ') },
    })
  }
}
