import type { ClockReading } from '#kit/clock.ts'
import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { HomePage } from './home-page.tsx'
import type { Visit } from './visits.ts'

export interface ClockView {
  /** `undefined` when a system could not be asked. */
  readonly reading: ClockReading | undefined
  readonly due: readonly { readonly system: string; readonly id: string; readonly what: string; readonly at: string }[]
  readonly unreachable: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

/** Time of all systems: moving it, pacing it, and what is scheduled in it. */
export function ClockPage({ visit, view }: { readonly visit: Visit; readonly view: ClockView }) {
  const { reading, values, problems } = view
  return (
    <HomePage
      visit={visit}
      section="/clock"
      title="Clock"
      lead="One virtual time for all systems. It moves in steps, so that what falls due runs in its order, and never goes back."
    >
      {view.unreachable.length > 0 && (
        <Notice tone="warning" title={`Not reachable: ${view.unreachable.join(', ')}`}>
          Time moves in all systems or in none. Start what is missing first.
        </Notice>
      )}
      <Columns>
        <Card title="Move on by">
          <Form action="/clock/advance" label="Move on by" noValidate>
            <TextField
              label="Duration"
              name="duration"
              value={values['duration'] ?? 'PT40M'}
              problem={problems['duration']}
              hint="ISO 8601: PT40M, PT12H, P1D, P30D"
              suggestions={['PT40M', 'PT12H', 'P1D', 'P7D', 'P30D']}
              mono
              required
            />
            <Button kind="primary">Advance</Button>
          </Form>
        </Card>
        <Card title="Go to">
          <Form action="/clock/set" label="Go to" noValidate>
            <TextField
              label="Point in time"
              name="instant"
              value={values['instant'] ?? visit.frame.nowIso}
              problem={problems['instant']}
              hint="UTC, not before now"
              mono
              required
            />
            <Button>Go</Button>
          </Form>
        </Card>
        <Card title="Pace">
          <Form action="/clock/rate" label="Pace" noValidate>
            <TextField
              label="Virtual seconds per second"
              name="rate"
              value={values['rate'] ?? String(reading?.rate ?? 1)}
              problem={problems['rate']}
              hint="1 is real time; 60 makes a minute of a second"
              mono
              required
            />
            <Button>Set pace</Button>
          </Form>
        </Card>
      </Columns>
      <Card title="Scheduled" flush>
        <DataTable
          caption="Scheduled work"
          columns={[
            { key: 'what', header: 'What' },
            { key: 'system', header: 'System' },
            { key: 'when', header: 'When' },
            { key: 'at', header: 'At' },
          ]}
          rows={view.due.map((item) => ({
            key: `${item.system} ${item.id}`,
            cells: {
              what: item.what,
              system: item.system,
              when: <TimeText iso={item.at} />,
              at: <TimeText iso={item.at} form="datetime" />,
            },
          }))}
          empty={
            <EmptyState title="Nothing is scheduled" icon="clock">
              Provisioning that has been started runs every 40 minutes and shows up here.
            </EmptyState>
          }
        />
      </Card>
    </HomePage>
  )
}
