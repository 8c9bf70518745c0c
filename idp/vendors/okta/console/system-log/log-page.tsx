import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Disclosure, Inline, Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { SystemLogEvent } from '../../system-log/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'

export interface LogView {
  readonly events: readonly SystemLogEvent[]
  /** What the filters hold: `from`, `to`, `q`, `eventType`, `target`, `outcome`. */
  readonly filter: Readonly<Record<string, string>>
  /** Name of the target the log is filtered by. */
  readonly targetName: string | undefined
  readonly eventTypes: readonly string[]
  /** Why the search cannot be read. */
  readonly problem: string | undefined
  /** Address of Download CSV. */
  readonly csvHref: string
  readonly pager: PagerProps | undefined
}

/** A day as the instant it begins, or ends, for a field of date and time. */
function withTime(text: string | undefined, time: string): string | undefined {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${time}` : text
}

/** Reports > System Log: newest first, each event with its details folded away. Bodies of requests are not part of it. */
export function SystemLogPage({ context, view }: { readonly context: ConsoleContext; readonly view: LogView }) {
  const { filter } = view
  return (
    <ConsolePage
      context={context}
      section="System Log"
      title="System Log"
      subtitle={view.targetName && `Events about ${view.targetName}`}
    >
      <form method="get" action="/admin/reports/system-log" class="k-form k-form--inline" aria-label="Filters">
        {filter['target'] && <input type="hidden" name="target" value={filter['target']} />}
        <TextField label="From" name="from" type="datetime-local" value={withTime(filter['from'], '00:00')} />
        <TextField label="To" name="to" type="datetime-local" value={withTime(filter['to'], '23:59')} />
        <SelectField
          label="Event type"
          name="eventType"
          value={filter['eventType']}
          emptyLabel="All event types"
          options={view.eventTypes.map((value) => ({ value, label: value }))}
        />
        <SelectField
          label="Outcome"
          name="outcome"
          value={filter['outcome']}
          emptyLabel="All outcomes"
          options={[
            { value: 'SUCCESS', label: 'SUCCESS' },
            { value: 'FAILURE', label: 'FAILURE' },
          ]}
        />
        <TextField label="Search" name="q" value={filter['q']} problem={view.problem} />
        <Button>Apply Filter</Button>
      </form>
      <p class="k-hint">
        Times are UTC. Search for words, or by an expression: <code>eventType eq "user.session.start"</code>
      </p>
      <Inline>
        <LinkButton href={view.csvHref} icon="download">
          Download CSV
        </LinkButton>
        {Object.values(filter).some((value) => value !== '') && <a href="/admin/reports/system-log">Reset Filters</a>}
      </Inline>
      <DataTable
        caption="Events"
        columns={[
          { key: 'time', header: 'Time' },
          { key: 'actor', header: 'Actor' },
          { key: 'event', header: 'Event info' },
          { key: 'targets', header: 'Targets' },
        ]}
        rows={view.events.map((event) => ({
          key: event.key,
          cells: {
            time: <TimeText iso={event.published} form="datetime" />,
            actor: (
              <div>
                {event.actor.displayName}
                <br />
                <Quiet>{event.actor.type}</Quiet>
              </div>
            ),
            event: <EventInfo event={event} />,
            targets: event.target.map(({ displayName, type }) => `${displayName} (${type})`).join(', '),
          },
        }))}
        empty={
          <EmptyState title="No events found" icon="document">
            Widen the dates or take a filter away.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </ConsolePage>
  )
}

function EventInfo({ event }: { readonly event: SystemLogEvent }) {
  const { outcome } = event
  return (
    <div>
      {event.displayMessage}{' '}
      <Badge tone={outcome.result === 'FAILURE' ? 'danger' : outcome.result === 'SKIPPED' ? 'neutral' : 'success'}>
        {outcome.result}
      </Badge>
      {outcome.reason !== null && <p class="k-problem">{outcome.reason}</p>}
      <Disclosure title="Expand">
        <DefinitionList
          items={[
            { term: 'Event type', value: <code class="k-mono">{event.eventType}</code> },
            { term: 'Severity', value: event.severity },
            { term: 'Event id', value: <code class="k-mono">{event.uuid}</code> },
            { term: 'Published', value: event.published },
            { term: 'Actor', value: `${event.actor.displayName} (${event.actor.alternateId})` },
            { term: 'Transaction', value: `${event.transaction.type} ${event.transaction.id}` },
            ...(event.legacyEventType === undefined ? [] : [{ term: 'Legacy type', value: event.legacyEventType }]),
            ...event.target.map(({ type, id, displayName }, index) => ({
              term: `Target ${index + 1}`,
              value: `${type}: ${displayName} (${id})`,
            })),
            ...Object.entries(event.debugData).map(([name, value]) => ({ term: name, value })),
          ]}
        />
      </Disclosure>
    </div>
  )
}
