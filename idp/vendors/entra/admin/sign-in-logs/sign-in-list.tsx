import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { SignInEntry, SignInStatus } from '../../sign-in-logs/records.ts'
import { DATE_SPANS } from '../date-spans.ts'
import { withQuery } from '../log-address.ts'
import type { LogScope } from '../log-pages.tsx'
import { SIGN_IN_LISTS, SIGN_IN_STATUSES, type SignInList, type SignInQuery } from './sign-in-query.ts'

const TONES = { success: 'success', failure: 'danger', interrupted: 'warning' } as const

/** How a sign-in ended, in its colour. */
export function StatusBadge({ status }: { readonly status: SignInStatus }) {
  return <Badge tone={TONES[status]}>{SIGN_IN_STATUSES[status]}</Badge>
}

export interface SignInListView {
  /** Address of the list, without a query. */
  readonly href: string
  /** What the log of one thing leaves out: it is the same in every row. */
  readonly scope: LogScope['kind']
  readonly list: SignInList
  readonly entries: readonly SignInEntry[]
  readonly query: SignInQuery
  readonly pager?: PagerProps | undefined
}

/** A list of sign-ins with its tabs and filters. */
export function SignInListPart({ view }: { readonly view: SignInListView }) {
  const { href, query, list, scope } = view
  const { list: _list, ...filters } = query
  const isFiltered = Object.values(filters).some((value) => value !== '')
  const reset = withQuery(href, { list: query.list })
  const isByApp = list === 'service-principal'
  const lists = (Object.keys(SIGN_IN_LISTS) as SignInList[]).filter(
    (each) => scope !== 'user' || each !== 'service-principal',
  )
  return (
    <>
      <TabRow
        label="Sign-in logs"
        items={lists.map((each) => ({
          label: SIGN_IN_LISTS[each].label,
          href: withQuery(href, { ...query, list: each === 'interactive' ? '' : each }),
          current: each === list,
        }))}
      />
      <search aria-label="Sign-in logs">
        <form method="get" action={href} class="k-form k-form--inline">
          {query.list !== '' && <input type="hidden" name="list" value={query.list} />}
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
            options={Object.entries(SIGN_IN_STATUSES).map(([value, label]) => ({ value, label }))}
          />
          {!isByApp && scope !== 'user' && (
            <TextField label="User" name="user" value={query.user} placeholder="Name or user principal name" />
          )}
          {scope !== 'app' && (
            <TextField label="Application" name="application" value={query.application} placeholder="Name or ID" />
          )}
          <TextField label="Sign-in error code" name="code" value={query.code} placeholder="50126" />
          <TextField label="Correlation ID" name="correlation" value={query.correlation} />
          <Button icon="filter">Apply</Button>
          {isFiltered && <LinkButton href={reset}>Reset filters</LinkButton>}
        </form>
      </search>
      <DataTable
        caption={SIGN_IN_LISTS[list].label}
        columns={[
          { key: 'date', header: 'Date', narrow: true },
          { key: 'id', header: 'Request ID' },
          isByApp ? { key: 'app', header: 'Service principal name' } : { key: 'user', header: 'User' },
          ...(isByApp ? [] : [{ key: 'app', header: 'Application' }]),
          { key: 'status', header: 'Status', narrow: true },
          { key: 'code', header: 'Sign-in error code' },
          { key: 'ip', header: 'IP address', narrow: true },
          { key: 'resource', header: 'Resource' },
        ]}
        rows={view.entries.map((entry) => ({
          key: entry.key,
          href: withQuery(`${href}/${entry.id}`, query),
          label: `${entry.user?.displayName ?? entry.app.displayName}, ${formatDateTime(entry.at)}`,
          cells: {
            date: formatDateTime(entry.at),
            id: <code class="k-mono">{entry.id.slice(0, 8)}…</code>,
            user: entry.user?.displayName,
            app: entry.app.displayName,
            status: <StatusBadge status={entry.status} />,
            code: entry.errorCode === 0 ? '' : entry.errorCode,
            ip: entry.ipAddress,
            resource: entry.resource.displayName,
          },
        }))}
        empty={
          isFiltered ? (
            <EmptyState
              title="Nothing matches these filters"
              icon="search"
              action={<LinkButton href={reset}>Reset filters</LinkButton>}
            />
          ) : (
            <EmptyState title="There are no sign-ins here yet" icon="document">
              {isByApp
                ? 'Applications that get tokens by themselves appear here at once, and stay for 30 days.'
                : 'Sign-ins appear here at once, those that fail with the reason, and stay for 30 days.'}
            </EmptyState>
          )
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </>
  )
}
