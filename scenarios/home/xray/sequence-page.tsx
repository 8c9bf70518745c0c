import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import type { TimelineFilter } from '../timeline/read-rows.ts'
import { TimelineFilters, type TimelineView } from '../timeline/timeline-page.tsx'
import type { Sequence } from './sequence.ts'
import { SequencePicture } from './sequence-picture.tsx'

export interface SequenceView {
  readonly sequence: Sequence
  readonly filter: TimelineFilter
  readonly systems: TimelineView['systems']
  readonly last: number
  /** Of one trace: nothing more will come to it that a picture should follow. */
  readonly trace: string | undefined
  readonly follows: boolean
  readonly unreachable: readonly string[]
  readonly harHref: string
  readonly fileHref: string
  readonly timelineHref: string
}

const COUNTS = ['10', '25', '50', '100', '200'] as const

/** What happened as a sequence diagram, and the same as a list. */
export function SequencePage({ visit, view }: { readonly visit: Visit; readonly view: SequenceView }) {
  const { sequence } = view
  return (
    <HomePage
      visit={visit}
      section="/xray"
      title="X-ray"
      lead={
        view.trace === undefined ? 'Who asked whom for what, in its order.' : `Everything of the trace ${view.trace}.`
      }
      actions={
        <>
          <LinkButton href={view.harHref}>Download HAR</LinkButton>
          <LinkButton href={view.fileHref}>Download HTML</LinkButton>
          <LinkButton href={view.timelineHref}>Timeline</LinkButton>
        </>
      }
    >
      {view.trace === undefined && (
        <TimelineFilters action="/xray" filter={view.filter} systems={view.systems}>
          <SelectField
            label="The last"
            name="last"
            value={String(view.last)}
            options={COUNTS.map((count) => ({ value: count, label: `${count} entries` }))}
          />
        </TimelineFilters>
      )}
      {view.unreachable.length > 0 && (
        <Notice tone="warning" role="none">
          What {view.unreachable.join(' and ')} saw is missing: not reachable.
        </Notice>
      )}
      <Live id="sequence" everySeconds={view.follows ? 3 : undefined} summary={`${sequence.steps.length} steps`}>
        {sequence.steps.length === 0 ? (
          <EmptyState title="Nothing matches" icon="swap">
            Sign in somewhere, or move the clock: every exchange between the systems is drawn here. Page views are left
            out unless the filter shows them.
          </EmptyState>
        ) : (
          <Stack>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <section class="seq-scroll" aria-label="Sequence diagram" tabIndex={0}>
              <SequencePicture sequence={sequence} hrefOf={(id) => `/timeline/${id}`} />
            </section>
            <Card title="The same in words">
              <ol class="seq-list">
                {sequence.steps.map((step) => (
                  <li key={step.id}>
                    <a href={`/timeline/${step.id}`}>
                      {step.wayWords}: {step.title}
                    </a>{' '}
                    <Quiet>
                      {[step.outcomeWords, step.subject, formatDateTime(step.virtualAt)]
                        .filter((each) => each !== undefined)
                        .join(', ')}
                    </Quiet>
                  </li>
                ))}
              </ol>
            </Card>
          </Stack>
        )}
      </Live>
    </HomePage>
  )
}
