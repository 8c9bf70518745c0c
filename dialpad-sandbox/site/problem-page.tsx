import type { Problem } from '#kit/http/errors.ts'
import type { Account } from '#kit/ui/account-menu.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { SiteShell } from '../portal/look/shell.tsx'
import { SiteColumn } from './site-column.tsx'

/** What cannot be shown or done, in words: 404, refusals, and 500 with the id to look for in the log. */
export function ProblemPage(props: {
  readonly frame: Frame
  readonly user: Account | undefined
  readonly problem: Problem
}) {
  const { problem } = props
  const title =
    problem.status === 404 ? 'Page not found' : problem.status >= 500 ? 'Something went wrong' : 'Not possible'
  return (
    <SiteShell frame={props.frame} title={title} user={props.user}>
      <SiteColumn title={title}>
        <Notice tone={problem.status >= 500 ? 'danger' : 'warning'}>
          <p>{problem.message}</p>
          {problem.hint && <p>{problem.hint}</p>}
        </Notice>
        <div class="k-actions">
          <LinkButton href={props.user === undefined ? '/' : '/app'}>Back to Dialpad</LinkButton>
        </div>
        <Quiet>Request {problem.requestId}</Quiet>
      </SiteColumn>
    </SiteShell>
  )
}
