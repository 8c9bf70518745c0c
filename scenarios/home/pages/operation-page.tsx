import type { OperationState } from '#kit/control/operations.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { HomePage } from './home-page.tsx'
import type { Message, Visit } from './visits.ts'

export interface OperationPageProps {
  readonly visit: Visit
  readonly state: OperationState
  /** What a finished one has to say. */
  readonly message: Message | undefined
}

/** A journey of the clock that takes longer than a minute, followed until it is over. */
export function OperationPage({ visit, state, message }: OperationPageProps) {
  const isRunning = state.status === 'running'
  return (
    <HomePage
      visit={visit}
      section="/clock"
      title="Clock is moving"
      actions={<LinkButton href="/">Launchpad</LinkButton>}
    >
      <Live id="operation" everySeconds={isRunning ? 1 : undefined} summary={SUMMARIES[state.status]}>
        {state.status === 'failed' ? (
          <Notice tone="danger" title={state.error.message}>
            {state.error.hint}
          </Notice>
        ) : (
          <Notice tone={isRunning ? 'info' : 'success'} title={message?.title ?? SUMMARIES.running} role="none">
            <ul class="home-lines">
              {message?.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        )}
      </Live>
    </HomePage>
  )
}

const SUMMARIES = {
  running: 'What falls due on the way is running.',
  done: 'The clock has arrived.',
  failed: 'The clock did not arrive.',
} as const
