import type { Problem } from '#kit/http/errors.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { HomeShell } from '../look/shell.tsx'

/** What was refused, or went wrong, and the way back. */
export function ProblemPage({ frame, problem }: { readonly frame: Frame; readonly problem: Problem }) {
  return (
    <HomeShell frame={frame} nav={[{ label: 'Launchpad', href: '/' }]} title={TITLES[problem.status] ?? 'Not possible'}>
      <EmptyState
        title={problem.message}
        icon="warning"
        action={
          <LinkButton href="/" kind="primary">
            Launchpad
          </LinkButton>
        }
      >
        <p>{problem.hint}</p>
        <p>Request {problem.requestId}</p>
      </EmptyState>
    </HomeShell>
  )
}

const TITLES: Readonly<Record<number, string>> = {
  403: 'Refused',
  404: 'Not found',
  500: 'Something went wrong',
}
