import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { AUDIT_ACTIVITIES } from '../../audit/activities.ts'
import type { AuditEvent, AuditResult } from '../../audit/records.ts'
import { DATE_SPANS } from '../date-spans.ts'
import { withQuery } from '../log-address.ts'
import type { AuditQuery } from './audit-query.ts'

export const AUDIT_SERVICES = ['Account Provisioning', 'Core Directory'] as const
export const AUDIT_CATEGORIES = [
  'ApplicationManagement',
  'GroupManagement',
  'ProvisioningManagement',
  'UserManagement',
] as const

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** How an event ended, in its colour. */
export function ResultBadge({ result }: { readonly result: AuditResult }) {
  return (
    <Badge tone={result === 'success' ? 'success' : 'danger'}>{result === 'success' ? 'Success' : 'Failure'}</Badge>
  )
}

export interface AuditListView {
  /** Address of the list, without a query. */
  readonly href: string
  readonly events: readonly AuditEvent[]
  readonly query: AuditQuery
  readonly pager?: PagerProps | undefined
}

/** The list of an audit log with its filters. */
export function AuditList({ view }: { readonly view: AuditListView }) {
  const { href, query } = view
  const isFiltered = Object.values(query).some((value) => value !== '')
  return (
    <>
      <search aria-label="Audit logs">
        <form method="get" action={href} class="k-form k-form--inline">
          <SelectField
            label="Date"
            name="date"
            value={query.date}
            emptyLabel="All"
            options={DATE_SPANS.map(({ value, label }) => ({ value, label }))}
          />
          <SelectField
            label="Service"
            name="service"
            value={query.service}
            emptyLabel="All"
            options={choices(AUDIT_SERVICES)}
          />
          <SelectField
            label="Category"
            name="category"
            value={query.category}
            emptyLabel="All"
            options={choices(AUDIT_CATEGORIES)}
          />
          <SelectField
            label="Activity"
            name="activity"
            value={query.activity}
            emptyLabel="All"
            options={choices(AUDIT_ACTIVITIES)}
          />
          <SelectField
            label="Status"
            name="status"
            value={query.status}
            emptyLabel="All"
            options={[
              { value: 'success', label: 'Success' },
              { value: 'failure', label: 'Failure' },
            ]}
          />
          <TextField label="Target" name="target" value={query.target} placeholder="Name or object ID" />
          <TextField label="Initiated by" name="by" value={query.by} placeholder="Name or user principal name" />
          <Button icon="filter">Apply</Button>
          {isFiltered && <LinkButton href={href}>Reset filters</LinkButton>}
        </form>
      </search>
      <DataTable
        caption="Audit logs"
        columns={[
          { key: 'date', header: 'Date', narrow: true },
          { key: 'service', header: 'Service' },
          { key: 'category', header: 'Category' },
          { key: 'activity', header: 'Activity' },
          { key: 'status', header: 'Status', narrow: true },
          { key: 'targets', header: 'Target(s)' },
          { key: 'by', header: 'Initiated by (actor)' },
        ]}
        rows={view.events.map((event) => ({
          key: event.key,
          href: withQuery(`${href}/${event.id}`, query),
          label: `${event.activity}, ${formatDateTime(event.at)}`,
          cells: {
            date: formatDateTime(event.at),
            service: event.service,
            category: event.category,
            activity: event.activity,
            status: <ResultBadge result={event.result} />,
            targets: event.targets.map(({ displayName }) => displayName).join(', '),
            by:
              event.initiatedBy.kind === 'user' ? (
                <span class="entra-address">{event.initiatedBy.userPrincipalName}</span>
              ) : (
                event.initiatedBy.displayName
              ),
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
            <EmptyState title="There are no audit events yet" icon="document">
              Changes of the directory and of provisioning configurations appear here at once, and stay for 30 days.
            </EmptyState>
          )
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </>
  )
}
