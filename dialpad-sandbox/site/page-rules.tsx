import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { type Problem, Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { accountOf, frameOf, userOf } from '../sign-in/visitor.ts'
import { ProblemPage } from './problem-page.tsx'

/** What holds for every page of the site and the portal. */

/** Pages show people and secrets: no cache keeps them, and going back after logging out shows nothing. */
export function neverStored(): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('cache-control', 'no-store')
    next()
  }
}

/** A refusal of a command that no page showed itself becomes the page's problem. */
export function refusalsAsProblems(): ErrorRequestHandler {
  return (error: unknown, _req, _res, next) => {
    next(
      error instanceof DialpadRefusal
        ? new Refusal(error.code, error.status, `${error.message}.`, { cause: error })
        : error,
    )
  }
}

export function renderProblem(deps: PageDeps): (problem: Problem, req: Request) => string {
  return (problem, req) => {
    const user = userOf(deps, req)
    const account = user === undefined ? undefined : accountOf(deps, user)
    return renderPage(<ProblemPage frame={frameOf(deps, req)} user={account} problem={problem} />)
  }
}
