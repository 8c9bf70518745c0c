import type { LogStatus, ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Disclosure, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'
import { DATE_SPANS } from '../date-spans.ts'
import { LOG_FILES, type LogFile } from './logs-files.ts'
import {
  LOG_ACTIONS,
  LOG_COLUMNS,
  LOG_STATUSES,
  type LogColumn,
  type LogQuery,
  logQueryWords,
  MORE_FILTERS,
} from './logs-query.ts'

const TONES: Readonly<Record<LogStatus, Tone>> = {
  Success: 'success',
  Failure: 'danger',
  Skipped: 'neutral',
  Warning: 'warning',
}

/** A status in its colour. */
export function StatusBadge({ status }: { readonly status: LogStatus }) {
  return <Badge tone={TONES[status]}>{status}</Badge>
}

export interface LogsView {
  /** Address of the list, without a query. */
  readonly href: string
  readonly entries: readonly ProvisioningLogEntry[]
  /** The filter as it was sent. */
  readonly query: LogQuery
  /** Columns added to those that are always there. */
  readonly columns: readonly LogColumn[]
  /** Name of the target an entry is about. */
  readonly targetOf: (entry: ProvisioningLogEntry) => string
  readonly pager?: PagerProps | undefined
  /** The cycles that will fill the list, in a sentence. */
  readonly emptyWords: string
}

const FILE_WORDS: Readonly<Record<LogFile, string>> = {
  logs: 'CSV: ProvisioningLogs',
  steps: 'CSV: ProvisioningLogs_ProvisioningSteps',
  modified: 'CSV: ProvisioningLogs_ModifiedProperties',
  json: 'JSON',
}

/** What the list can be taken away as, with its filters; and looked at anew. */
export function logCommands(view: Pick<LogsView, 'href' | 'query' | 'columns'>): readonly Command[] {
  const words = Object.entries(logQueryWords(view)).filter(([, value]) => value !== '')
  const same = new URLSearchParams(words)
  return [
    {
      kind: 'menu',
      label: 'Download',
      items: (Object.keys(LOG_FILES) as LogFile[]).map((file) => ({
        kind: 'link',
        label: FILE_WORDS[file],
        icon: 'download',
        href: `${view.href}/download/${LOG_FILES[file]}${words.length === 0 ? '' : `?${same}`}`,
      })),
    },
    { kind: 'link', label: 'Refresh', icon: 'refresh', href: words.length === 0 ? view.href : `${view.href}?${same}` },
  ]
}

function extraCell(column: LogColumn, entry: ProvisioningLogEntry) {
  switch (column) {
    case 'job':
      return <code>{entry.jobId}</code>
    case 'cycle':
      return <code>{entry.cycleId}</code>
    case 'change':
      return <code>{entry.changeId}</code>
    case 'type':
      return entry.kind
    case 'targetId':
      return entry.target === null ? '' : <code>{entry.target.id}</code>
    case 'code':
      return entry.outcome?.code ?? ''
    case 'duration':
      return `${entry.durationMs} ms`
  }
}

/** Filters beyond those always shown, and the columns: folded away until one is used. */
function MoreChoices({ view }: { readonly view: LogsView }) {
  const { query, columns } = view
  const names = Object.keys(MORE_FILTERS) as (keyof typeof MORE_FILTERS)[]
  return (
    <Stack gap="tight">
      <Disclosure title="Add filters" open={names.some((name) => query[name] !== '')}>
        <div class="k-form k-form--inline">
          {names.map((name) => (
            <TextField key={name} label={MORE_FILTERS[name]} name={name} value={query[name]} autocomplete="off" />
          ))}
        </div>
      </Disclosure>
      <Disclosure title="Columns" open={columns.length > 0}>
        <Inline>
          {(Object.keys(LOG_COLUMNS) as LogColumn[]).map((column) => (
            <CheckboxField
              key={column}
              id={`column-${column}`}
              label={LOG_COLUMNS[column]}
              name="columns"
              value={column}
              checked={columns.includes(column)}
            />
          ))}
        </Inline>
      </Disclosure>
    </Stack>
  )
}

/** The list of a provisioning log with its filters. */
export function LogsList({ view }: { readonly view: LogsView }) {
  const { href, query } = view
  const isFiltered = Object.values(query).some((value) => value !== '')
  return (
    <>
      <search aria-label="Provisioning logs">
        <form method="get" action={href} class="k-form k-form--inline">
          <TextField label="Identity" name="identity" value={query.identity} placeholder="Name or object ID" />
          <SelectField
            label="Date"
            name="date"
            value={query.date}
            emptyLabel="All"
            options={DATE_SPANS.map(({ value, label }) => ({ value, label }))}
          />
          <SelectField
            label="Status"
            name="status"
            value={query.status}
            emptyLabel="All"
            options={LOG_STATUSES.map((value) => ({ value, label: value }))}
          />
          <SelectField
            label="Action"
            name="action"
            value={query.action}
            emptyLabel="All"
            options={LOG_ACTIONS.map((value) => ({ value, label: value }))}
          />
          <Button icon="filter">Apply</Button>
          {isFiltered && <LinkButton href={href}>Reset filters</LinkButton>}
          <MoreChoices view={view} />
        </form>
      </search>
      <DataTable
        caption="Provisioning logs"
        columns={[
          { key: 'date', header: 'Date', narrow: true },
          // With columns added the table scrolls in its box: names stay whole.
          { key: 'identity', header: 'Identity', narrow: view.columns.length > 0 },
          { key: 'action', header: 'Action', narrow: true },
          { key: 'source', header: 'Source System' },
          { key: 'target', header: 'Target System' },
          { key: 'status', header: 'Status', narrow: true },
          ...view.columns.map((column) => ({ key: column, header: LOG_COLUMNS[column], narrow: true })),
        ]}
        rows={view.entries.map((entry) => ({
          key: entry.key,
          href: `${href}/${entry.key}`,
          label: `${entry.source.displayName}, ${entry.action}`,
          cells: {
            date: formatDateTime(entry.at),
            identity: (
              <Stack gap="tight">
                <span>{entry.source.displayName}</span>
                <Quiet>{`Source ID ${entry.source.id}`}</Quiet>
              </Stack>
            ),
            action: entry.action,
            source: SOURCE_SYSTEM,
            target: view.targetOf(entry),
            status: <StatusBadge status={entry.status} />,
            ...Object.fromEntries(view.columns.map((column) => [column, extraCell(column, entry)])),
          },
        }))}
        empty={
          isFiltered ? (
            <EmptyState
              title="Nothing matches these filters"
              icon="search"
              action={<LinkButton href={href}>Reset filters</LinkButton>}
            />
          ) : (
            <EmptyState title="There are no entries yet" icon="document">
              {view.emptyWords}
            </EmptyState>
          )
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </>
  )
}
