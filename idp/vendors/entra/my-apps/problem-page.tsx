import { LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import type { MyAppsContext } from './context.ts'
import { MyAppsShell } from './my-apps-shell.tsx'
import { MY_APPS } from './portal.ts'

export interface MyAppsProblem {
  readonly title: string
  readonly message: string
  readonly hint?: string | undefined
}

/** What could not be done, inside the portal, with the way back. */
export function ProblemPage({
  context,
  problem,
}: {
  readonly context: MyAppsContext
  readonly problem: MyAppsProblem
}) {
  return (
    <MyAppsShell context={context} title={problem.title}>
      <EmptyState
        title={problem.message}
        icon="info"
        action={<LinkButton href={MY_APPS.home}>Back to your apps</LinkButton>}
      >
        {problem.hint}
      </EmptyState>
    </MyAppsShell>
  )
}
