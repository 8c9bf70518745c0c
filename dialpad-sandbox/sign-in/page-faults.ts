import type { RequestHandler } from 'express'
import { currentContext } from '#kit/context.ts'
import { applyFault } from '../faults.ts'
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
    const fault = await applyFault(res, deps.system.faults.take(operation))
    if (fault.kind === 'answered') return
    if (fault.kind === 'go-on') {
      next()
      return
    }
    const problem = {
      status: fault.status,
      code: 'fault',
      message: fault.detail ?? 'Dialpad cannot answer at the moment.',
      hint: 'Try again in a moment.',
      requestId: currentContext()?.traceId ?? 'unknown',
      headers: fault.headers,
    }
    res.status(problem.status).set(fault.headers).type('html').send(render(problem, req))
  }
}
