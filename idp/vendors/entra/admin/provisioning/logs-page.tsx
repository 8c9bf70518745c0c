import type { LogAction, LogStatus, ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'

export const LOG_ACTIONS: readonly LogAction[] = ['Create', 'Update', 'Delete', 'Disable', 'Other']
export const LOG_STATUSES: readonly LogStatus[] = ['Success', 'Failure', 'Skipped', 'Warning']

/** Spans of the date filter: what the address says, what people read, and how many hours it is. */
export const LOG_SPANS = [
  { value: '1d', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '1m', label: 'Last 1 month', hours: 30 * 24 },
] as const

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
  readonly query: { readonly identity: string; readonly status: string; readonly action: string; readonly date: string }
  /** Name of the target an entry is about. */
  readonly targetOf: (entry: ProvisioningLogEntry) => string
  readonly pager?: PagerProps | undefined
  /** The cycles that will fill the list, in a sentence. */
  readonly emptyWords: string
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
            options={LOG_SPANS.map(({ value, label }) => ({ value, label }))}
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
        </form>
      </search>
      <DataTable
        caption="Provisioning logs"
        columns={[
          { key: 'date', header: 'Date', narrow: true },
          { key: 'identity', header: 'Identity' },
          { key: 'action', header: 'Action', narrow: true },
          { key: 'source', header: 'Source System' },
          { key: 'target', header: 'Target System' },
          { key: 'status', header: 'Status', narrow: true },
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
