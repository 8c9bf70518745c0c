import type { ErrorRequestHandler } from 'express'
import { DIRECTORY_REFUSAL_STATUS, DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { type Problem, problemOf, Refusal } from '#kit/http/errors.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { AdminPage } from './admin-page.tsx'
import { type AdminContext, type AdminDeps, contextOf } from './context.ts'

function titleOf(problem: Problem): string {
  if (problem.code === 'role_needed') return "You don't have access"
  if (problem.status === 404) return 'Not found'
  return 'This could not be done'
}

/** What was refused, inside the admin center, with the way on. */
export function ProblemPage({ context, problem }: { readonly context: AdminContext; readonly problem: Problem }) {
  const { roles, person } = context
  const needsRole = problem.code === 'role_needed'
  return (
    <AdminPage context={context} title={titleOf(problem)} icon={needsRole ? 'lock' : 'info'}>
      <EmptyState
        title={problem.message}
        icon={needsRole ? 'lock' : 'search'}
        action={
          needsRole ? (
            <Form action="/admin/switch-account" layout="inline">
              <FormActions>
                <Button kind="primary">Sign in with a different account</Button>
                <LinkButton href="/admin">Home</LinkButton>
              </FormActions>
            </Form>
          ) : (
            <LinkButton href="/admin">Home</LinkButton>
          )
        }
      >
        <Stack gap="tight">
          {needsRole && (
            <p>
              {roles.length === 0
                ? `${person.userPrincipalName} holds no role.`
                : `${person.userPrincipalName} holds: ${roles.join(', ')}.`}
            </p>
          )}
          {problem.hint && <p>{problem.hint}</p>}
          <p>
            <Quiet>Request {problem.requestId}</Quiet>
          </p>
        </Stack>
      </EmptyState>
    </AdminPage>
  )
}

/** A refusal of the directory as a refusal of this surface; everything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DirectoryRefusal)) return error
  const status = DIRECTORY_REFUSAL_STATUS[error.code]
  return new Refusal(status === 404 ? 'not_found' : error.code, status, error.message, { cause: error })
}

/**
 * Refusals as pages inside the admin center, for people who are signed in and read HTML. The rest (bugs, other callers) goes
 * on to the app's own error mapper, translated.
 */
export function problemPages(deps: AdminDeps): ErrorRequestHandler {
  return (given: unknown, req, res, next) => {
    const error = refusalOf(given)
    const problem = problemOf(error)
    if (
      problem.status >= 500 ||
      problem.status === 401 ||
      res.headersSent ||
      req.accepts(['html', 'json']) !== 'html'
    ) {
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
