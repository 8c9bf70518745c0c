import { setTimeout as wallDelay } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { currentContext } from '#kit/context.ts'
import { renderProblem } from '../site/page-rules.tsx'
import type { DialpadOperation } from '../spec.ts'
import type { PageDeps } from './deps.ts'

/**
 * Do what a fault rule says to this occurrence of a page's operation: late (wall time, as a browser waits), dropped, an unrelated page, or
 * an error page of the status asked for.
 */
export function pageFaults(
  deps: PageDeps,
  operation: Extract<DialpadOperation, 'portal.page' | 'portal.sign-in'>,
): RequestHandler {
  const render = renderProblem(deps)
  return async (req, res, next) => {
    const effect = deps.system.faults.take(operation)
    if (effect?.delayMs !== undefined) await wallDelay(effect.delayMs)
    if (effect?.drop) {
      res.destroy()
      return
    }
    if (effect?.html) {
      res.status(effect.status ?? 200).type('html')
      res.send('<!doctype html><html lang="en"><title>Dialpad</title><h1>Dialpad</h1></html>')
      return
    }
    if (effect?.status === undefined) {
      next()
      return
    }
    const problem = {
      status: effect.status,
      code: 'fault',
      message: effect.detail ?? 'Dialpad cannot answer at the moment.',
      hint: 'Try again in a moment.',
      requestId: currentContext()?.traceId ?? 'unknown',
      headers: {},
    }
    if (effect.retryAfter !== undefined) res.setHeader('retry-after', String(effect.retryAfter))
    res.status(problem.status).type('html').send(render(problem, req))
  }
}
