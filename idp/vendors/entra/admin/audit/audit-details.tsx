import { Badge } from '#kit/ui/badge.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { AuditEvent, AuditInitiator, AuditTarget } from '../../audit/records.ts'
import { ResultBadge } from './audit-list.tsx'

/** The tabs of an event's pane, by what the address says. */
export const AUDIT_TABS = { activity: 'Activity', targets: 'Target(s)', modified: 'Modified Properties' } as const
export type AuditTab = keyof typeof AUDIT_TABS

export interface AuditDetailsView {
  readonly event: AuditEvent
  readonly tab: AuditTab
  /** Address of a tab. */
  readonly tabHref: (tab: AuditTab) => string
  /** Address of the list with its filters. */
  readonly closeHref: string
}

/** The pane of one event, over the list it is from. */
export function AuditDetails({ view }: { readonly view: AuditDetailsView }) {
  const { event, tab } = view
  return (
    <Panel title="Audit Log Details" subtitle={event.activity} closeHref={view.closeHref} wide>
      <TabRow
        label="Audit log details"
        items={(Object.keys(AUDIT_TABS) as AuditTab[]).map((name) => ({
          label: AUDIT_TABS[name],
          href: view.tabHref(name),
          current: name === tab,
        }))}
      />
      <TabContent event={event} tab={tab} />
    </Panel>
  )
}

function TabContent({ event, tab }: { readonly event: AuditEvent; readonly tab: AuditTab }) {
  switch (tab) {
    case 'activity':
      return <Activity event={event} />
    case 'targets':
      return <Targets targets={event.targets} />
    case 'modified':
      return <Modified targets={event.targets} />
  }
}

function initiatorItems(initiator: AuditInitiator) {
  if (initiator.kind === 'app') {
    return [
      { term: 'Type', value: 'Application' },
      { term: 'Display Name', value: initiator.displayName },
      { term: 'App ID', value: initiator.appId },
      { term: 'Service principal ID', value: initiator.servicePrincipalId },
    ]
  }
  return [
    { term: 'Type', value: 'User' },
    { term: 'Display Name', value: initiator.displayName },
    { term: 'Object ID', value: <Copyable label="Object ID of the initiator" value={initiator.id} /> },
    { term: 'User Principal Name', value: initiator.userPrincipalName },
  ]
}

function Activity({ event }: { readonly event: AuditEvent }) {
  return (
    <>
      <DefinitionList
        items={[
          { term: 'Date', value: formatDateTime(event.at) },
          { term: 'Activity Type', value: event.activity },
          { term: 'Correlation ID', value: <Copyable label="Correlation ID" value={event.correlationId} /> },
          { term: 'Category', value: event.category },
          { term: 'Service', value: event.service },
          { term: 'Status', value: <ResultBadge result={event.result} /> },
          { term: 'Status reason', value: event.reason },
          { term: 'Operation', value: event.operation },
          { term: 'Event ID', value: <Copyable label="Event ID" value={event.id} /> },
        ]}
      />
      <h3 class="k-card__title">Initiated by (actor)</h3>
      <DefinitionList items={initiatorItems(event.initiatedBy)} />
      {Object.keys(event.details).length > 0 && (
        <>
          <h3 class="k-card__title">Additional Details</h3>
          <DefinitionList
            items={Object.entries(event.details).map(([term, value]) => ({ term, value: <code>{value}</code> }))}
          />
        </>
      )}
    </>
  )
}

function Targets({ targets }: { readonly targets: readonly AuditTarget[] }) {
  return (
    <DataTable
      caption="Target(s)"
      columns={[
        { key: 'name', header: 'Display Name' },
        { key: 'type', header: 'Type', narrow: true },
        { key: 'id', header: 'Object ID' },
        { key: 'upn', header: 'User Principal Name' },
      ]}
      rows={targets.map(({ id, type, displayName, userPrincipalName }) => ({
        key: id,
        cells: {
          name: displayName,
          type: <Badge tone="neutral">{type}</Badge>,
          id: <Copyable label={`Object ID of ${displayName}`} value={id} />,
          upn: userPrincipalName ?? '',
        },
      }))}
      empty={<EmptyState title="The event has no target" icon="list" />}
    />
  )
}

function Modified({ targets }: { readonly targets: readonly AuditTarget[] }) {
  const rows = targets.flatMap(({ id, displayName, modified }) =>
    modified.map(({ name, oldValue, newValue }) => ({
      key: `${id}-${name}`,
      cells: {
        target: displayName,
        name: <code>{name}</code>,
        old: oldValue ?? '',
        new: newValue ?? '',
      },
    })),
  )
  return (
    <DataTable
      caption="Modified Properties"
      columns={[
        { key: 'target', header: 'Target' },
        { key: 'name', header: 'Property Name' },
        { key: 'old', header: 'Old Value' },
        { key: 'new', header: 'New Value' },
      ]}
      rows={rows}
      empty={<EmptyState title="No property was modified" icon="list" />}
    />
  )
}
