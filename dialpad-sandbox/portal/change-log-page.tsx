import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Pager } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { CHANGE_ACTIONS } from '../domain/change-log.ts'
import type { ChangeLogEntry } from '../records.ts'
import { COMPANY } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'

/** New lines appear by themselves on the first page. */
const LOOK_AGAIN_SECONDS = 3

/** What is asked for; an empty member asks for nothing. */
export interface ChangeLogFilter {
  readonly action: string
  readonly target: string
  /** Who changed it: a name or an id. */
  readonly by: string
  /** Days, `2026-03-02`, UTC, both included. */
  readonly from: string
  readonly to: string
}

export interface ChangeLogView {
  readonly entries: readonly ChangeLogEntry[]
  readonly filter: ChangeLogFilter
  /** The same lines as a file. */
  readonly exportHref: string
  readonly from: number
  /** Absent with a filter: what matches is not counted. */
  readonly total?: number | undefined
  readonly previousHref?: string | undefined
  readonly nextHref?: string | undefined
  /** With a filter: how many of the newest lines were looked at, when that was not all. */
  readonly lookedAt?: number | undefined
}

/** Company Settings > Change log: the six published fields, newest first (reference sheet 3.11). */
export function ChangeLogPage({ chrome, view }: { readonly chrome: Chrome; readonly view: ChangeLogView }) {
  const { filter } = view
  const isFiltered = Object.values(filter).some((text) => text !== '')
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/change-log`}
      title="Change log"
      actions={
        <LinkButton href={view.exportHref} icon="export">
          Export CSV
        </LinkButton>
      }
      lead="Who changed what. Codes that begin with scim_ are changes of a directory, by its API key."
    >
      <Stack>
        <form method="get" action={`${COMPANY}/change-log`} class="k-form k-form--inline" aria-label="Filter">
          <SelectField
            label="Action"
            name="action"
            emptyLabel="All actions"
            value={filter.action}
            options={CHANGE_ACTIONS.map((action) => ({ value: action, label: action }))}
          />
          <TextField label="Target" name="target" value={filter.target} placeholder="Name or id" autocomplete="off" />
          <TextField label="Changed by" name="by" value={filter.by} placeholder="Name or id" autocomplete="off" />
          <TextField label="From" name="from" type="date" value={filter.from} />
          <TextField label="To" name="to" type="date" value={filter.to} />
          <Inline>
            <Button>Filter</Button>
            {isFiltered && <a href={`${COMPANY}/change-log`}>Clear</a>}
          </Inline>
        </form>
        <Live
          id="change-log"
          everySeconds={view.from === 1 ? LOOK_AGAIN_SECONDS : undefined}
          summary={`${view.total ?? view.entries.length} changes`}
        >
          <Stack>
            <ChangeLogTable entries={view.entries} isFiltered={isFiltered} />
            {view.lookedAt !== undefined && <Quiet>Looked at the newest {view.lookedAt} lines.</Quiet>}
            {view.entries.length > 0 && (
              <Pager
                from={view.from}
                to={view.from + view.entries.length - 1}
                total={view.total}
                noun="changes"
                previousHref={view.previousHref}
                nextHref={view.nextHref}
              />
            )}
          </Stack>
        </Live>
      </Stack>
    </AdminPage>
  )
}

/** Lines of the change log, as they stand on its page and on a user's. */
export function ChangeLogTable(props: { readonly entries: readonly ChangeLogEntry[]; readonly isFiltered?: boolean }) {
  return (
    <DataTable
      caption="Changes, newest first"
      columns={[
        { key: 'date', header: 'Date', narrow: true },
        { key: 'action', header: 'Action', mono: true },
        { key: 'note', header: 'Note' },
        { key: 'target', header: 'Target' },
        { key: 'changedBy', header: 'Changed by' },
        { key: 'additionalData', header: 'Additional data', mono: true },
      ]}
      rows={props.entries.map((entry) => ({
        key: entry.id,
        cells: {
          date: <TimeText iso={entry.date} form="datetime" />,
          action: entry.action,
          note: entry.note,
          target: (
            <span>
              {entry.target.name} <Quiet>{entry.target.type}</Quiet>
            </span>
          ),
          changedBy: (
            <span>
              {entry.changedBy.name} <Quiet>{entry.changedBy.type}</Quiet>
            </span>
          ),
          additionalData: Object.entries(entry.additionalData)
            .map(([name, value]) => `${name}: ${value}`)
            .join(', '),
        },
      }))}
      empty={
        props.isFiltered ? (
          <EmptyState title="No change matches" icon="filter">
            Choose another action, or clear the filter.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing has changed yet">
            Whatever a person or a directory changes from now on is listed here.
          </EmptyState>
        )
      }
    />
  )
}
