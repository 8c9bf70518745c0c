import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AppUser, OktaApp } from '../../../apps/records.ts'
import type { SystemLogEvent } from '../../../system-log/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

/** Reports about one app, from the side of its Assignments tab (reference sheet 1.8). */
const APP_REPORTS = [
  { label: 'Current Assignments', page: 'reports/current-assignments' },
  { label: 'Recent Unassignments', page: 'reports/recent-unassignments' },
] as const
type AppReport = (typeof APP_REPORTS)[number]['label']

/** Days the report about unassignments goes back. */
export const RECENT_DAYS = 30

interface AssignmentRow {
  readonly appUser: AppUser
  readonly name: string
  readonly groupName: string | undefined
}

export type ReportView = { readonly pager: PagerProps | undefined } & (
  | { readonly report: 'Current Assignments'; readonly rows: readonly AssignmentRow[] }
  | { readonly report: 'Recent Unassignments'; readonly events: readonly SystemLogEvent[] }
)

/** One report; the tab's filters and the other report stay at the left. */
export function ReportPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly view: ReportView
}) {
  const { context, app, view } = props
  const here = appHref(app, 'assignments')
  const filters = [
    { label: 'People', href: here },
    { label: 'Groups', href: `${here}?filter=groups` },
  ]
  return (
    <AppPage
      context={context}
      app={app}
      tab="Assignments"
      rail={{
        label: 'Filters and reports',
        groups: [{ title: 'Filters', items: filters }, reportsGroup(app, view.report)],
      }}
    >
      <h2>{view.report}</h2>
      {view.report === 'Current Assignments' ? (
        <CurrentAssignments app={app} rows={view.rows} />
      ) : (
        <RecentUnassignments app={app} events={view.events} />
      )}
      {view.pager && <Pager {...view.pager} />}
    </AppPage>
  )
}

/** The reports as a group of the rail. */
export function reportsGroup(app: OktaApp, current?: AppReport) {
  const items = APP_REPORTS.map(({ label, page }) => ({ label, href: appHref(app, page), current: label === current }))
  return { title: 'Reports', items }
}

function CurrentAssignments({ app, rows }: { readonly app: OktaApp; readonly rows: readonly AssignmentRow[] }) {
  return (
    <DataTable
      caption="Current Assignments"
      columns={[
        { key: 'person', header: 'Person' },
        { key: 'userName', header: 'Application username' },
        { key: 'type', header: 'Type' },
        { key: 'assigned', header: 'Assigned' },
      ]}
      rows={rows.map(({ appUser, name, groupName }) => ({
        key: appUser.id,
        href: `/admin/user/${appUser.userId}/applications`,
        cells: {
          person: name,
          userName: appUser.userName,
          type: appUser.scope === 'USER' ? 'Individual' : `Group ${groupName ?? ''}`,
          assigned: <TimeText iso={appUser.created} />,
        },
      }))}
      empty={
        <EmptyState title="No users found" icon="user">
          {`Nobody is assigned to ${app.label}.`}
        </EmptyState>
      }
    />
  )
}

function RecentUnassignments({ app, events }: { readonly app: OktaApp; readonly events: readonly SystemLogEvent[] }) {
  return (
    <DataTable
      caption="Recent Unassignments"
      columns={[
        { key: 'person', header: 'Person' },
        { key: 'userName', header: 'Application username' },
        { key: 'by', header: 'Unassigned by' },
        { key: 'time', header: 'Unassigned' },
      ]}
      rows={events.map((event) => {
        const account = event.target.find(({ type }) => type === 'AppUser')
        return {
          key: event.key,
          cells: {
            person: account?.displayName,
            userName: account?.alternateId,
            by: event.actor.displayName,
            time: <TimeText iso={event.published} />,
          },
        }
      })}
      empty={
        <EmptyState title="No recent unassignments" icon="user">
          {`Nobody lost ${app.label} in the last ${RECENT_DAYS} days.`}
        </EmptyState>
      }
    />
  )
}
