import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { OktaApp } from '../../apps/records.ts'
import type { ImportCounts, ImportRun } from '../../provisioning/records.ts'
import type { SystemLogEvent } from '../../system-log/records.ts'
import type { ConsoleContext } from '../context.ts'
import { appHref } from './app-href.ts'
import { AppPage } from './app-page.tsx'

const STATES = {
  RUNNING: { label: 'In progress', tone: 'info' },
  DONE: { label: 'Completed', tone: 'success' },
  ROADBLOCK: { label: 'Roadblock', tone: 'warning' },
  FAILED: { label: 'Failed', tone: 'danger' },
} as const satisfies Record<ImportRun['state'], unknown>

function countWords(counts: ImportCounts | undefined): string {
  if (counts === undefined) return 'Not read'
  const { scanned, imported, updated, unchanged, removed } = counts
  return `${scanned} scanned, ${imported} new, ${updated} updated, ${unchanged} unchanged, ${removed} removed`
}

/** Monitor Imports: the newest import of an app, and what the System Log has of those before it. */
export function MonitorImportsPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly run: ImportRun | undefined
  /** Newest first. */
  readonly events: readonly SystemLogEvent[]
}) {
  const { app, run } = props
  return (
    <AppPage context={props.context} app={app}>
      <Card title="Import Monitoring" action={<LinkButton href={appHref(app, 'import')}>Go to Import</LinkButton>}>
        {run === undefined ? (
          <EmptyState title="No imports yet" icon="download">
            Imports by schedule or by Import Now appear here.
          </EmptyState>
        ) : (
          <DefinitionList
            items={[
              { term: 'Status', value: <Badge tone={STATES[run.state].tone}>{STATES[run.state].label}</Badge> },
              { term: 'Started by', value: run.scheduled ? 'Schedule' : 'Import Now' },
              { term: 'Started', value: <TimeText iso={run.startedAt} form="datetime" /> },
              { term: 'Ended', value: run.endedAt && <TimeText iso={run.endedAt} form="datetime" /> },
              { term: 'Users', value: countWords(run.users) },
              { term: 'Groups', value: countWords(run.groups) },
              ...(run.error === undefined ? [] : [{ term: 'Error', value: run.error }]),
            ]}
          />
        )}
      </Card>
      <DataTable
        caption="Events of imports"
        columns={[
          { key: 'time', header: 'Time' },
          { key: 'event', header: 'Event' },
          { key: 'actor', header: 'Actor' },
          { key: 'outcome', header: 'Outcome' },
        ]}
        rows={props.events.map((event) => ({
          key: event.key,
          cells: {
            time: <TimeText iso={event.published} form="datetime" />,
            event: event.displayMessage,
            actor: event.actor.displayName,
            outcome: event.outcome.reason ?? event.outcome.result,
          },
        }))}
        empty={<EmptyState title="No events">The System Log has no import of this app.</EmptyState>}
      />
    </AppPage>
  )
}
