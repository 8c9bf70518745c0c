import type { ErrorRequestHandler } from 'express'
import { type Problem, problemOf } from '#kit/http/errors.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { OktaDashboardShell } from '../look/shell.tsx'
import { accountOf } from './account.ts'
import { ConsolePage } from './console-page.tsx'
import { type ConsoleContext, type ConsoleDeps, contextOf } from './context.ts'

/** Somebody without any administrator role at `/admin`. */
export const NO_ADMIN = 'not_an_admin'

function titleOf({ status }: Problem): string {
  if (status === 403) return 'Access Forbidden'
  return status === 404 ? 'Page Not Found' : 'This could not be done'
}

/** What was refused, inside the console; for people who may not open it, on a page of their own. */
export function ProblemPage({ context, problem }: { readonly context: ConsoleContext; readonly problem: Problem }) {
  const isOutside = problem.code === NO_ADMIN
  const body = (
    <EmptyState
      title={problem.message}
      icon={problem.status === 403 ? 'lock' : 'info'}
      action={
        <LinkButton href={isOutside ? '/' : '/admin'}>{isOutside ? 'Go to Homepage' : 'Go to Dashboard'}</LinkButton>
      }
    >
      <Stack gap="tight">
        {problem.hint && <p>{problem.hint}</p>}
        <p>
          <Quiet>Request {problem.requestId}</Quiet>
        </p>
      </Stack>
    </EmptyState>
  )
  if (!isOutside) {
    return (
      <ConsolePage context={context} title={titleOf(problem)}>
        {body}
      </ConsolePage>
    )
  }
  const account = accountOf(context.system, context.person, { adminLink: false, dashboardLink: true })
  return (
    <OktaDashboardShell frame={context.frame} user={account} title={titleOf(problem)}>
      {body}
    </OktaDashboardShell>
  )
}

/** Refusals as pages inside the console, for people who are signed in and read HTML. The rest goes on to the app's own mapper. */
export function problemPages(deps: ConsoleDeps): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = problemOf(error)
    const isOurs = problem.status < 500 && problem.status !== 401 && deps.session.currentUser(req) !== undefined
    if (!isOurs || res.headersSent || req.accepts(['html', 'json']) !== 'html') {
      next(error)
      return
    }
    for (const [name, value] of Object.entries(problem.headers)) res.setHeader(name, value)
    const context = contextOf(deps, req, res)
    res
      .status(problem.status)
      .type('html')
      .send(renderPage(<ProblemPage context={context} problem={problem} />))
  }
}
