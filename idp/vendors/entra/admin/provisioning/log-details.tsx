import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { CodeBlock, Inline, Stack } from '#kit/ui/layout.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'
import { BreakableCode } from './breakable-code.tsx'
import { StatusBadge } from './logs-page.tsx'
import { stepValue } from './scoping/step-value.tsx'

/** The four tabs of an entry, by what the address says (reference 8.2), and the entry as Graph answers it. */
export const LOG_TABS = {
  steps: 'Steps',
  troubleshooting: 'Troubleshooting & Recommendations',
  modified: 'Modified Properties',
  summary: 'Summary',
  json: 'JSON',
} as const
export type LogTab = keyof typeof LOG_TABS

export interface LogDetailsView {
  readonly entry: ProvisioningLogEntry
  readonly tab: LogTab
  /** Address of the entry. */
  readonly href: string
  /** Name of the target. */
  readonly target: string
  /** The entry as Graph answers it. */
  readonly json: object
}

/** Everything about one entry, in tabs. */
export function LogDetails({ view }: { readonly view: LogDetailsView }) {
  const { entry, tab, href } = view
  return (
    <>
      <Inline>
        <strong>{`${entry.action} of ${entry.source.displayName}`}</strong>
        <StatusBadge status={entry.status} />
        <span>{formatDateTime(entry.at)}</span>
      </Inline>
      <TabRow
        label="Provisioning log details"
        items={Object.entries(LOG_TABS).map(([name, label]) => ({
          label,
          href: name === 'steps' ? href : `${href}?tab=${name}`,
          current: name === tab,
        }))}
      />
      <TabContent view={view} />
    </>
  )
}

function TabContent({ view }: { readonly view: LogDetailsView }) {
  switch (view.tab) {
    case 'steps':
      return <Steps entry={view.entry} />
    case 'troubleshooting':
      return <Troubleshooting entry={view.entry} />
    case 'modified':
      return <ModifiedProperties entry={view.entry} />
    case 'summary':
      return <Summary view={view} />
    case 'json':
      return <CodeBlock label="JSON" text={JSON.stringify(view.json, null, 2)} />
  }
}

function Steps({ entry }: { readonly entry: ProvisioningLogEntry }) {
  return (
    <Stack>
      {entry.steps.map((step, index) => (
        <Card
          key={`${step.name}-${index}`}
          title={`${index + 1}. ${step.name}`}
          action={<StatusBadge status={step.status} />}
          lead={step.description}
        >
          {Object.keys(step.details).length > 0 && (
            <DefinitionList
              items={Object.entries(step.details).map(([term, value]) => ({ term, value: stepValue(term, value) }))}
            />
          )}
        </Card>
      ))}
    </Stack>
  )
}

function Troubleshooting({ entry }: { readonly entry: ProvisioningLogEntry }) {
  const { outcome } = entry
  if (outcome === undefined) {
    return (
      <EmptyState title="There is nothing to recommend" icon="success">
        The action was done.
      </EmptyState>
    )
  }
  return (
    <Card>
      <DefinitionList
        items={[
          {
            term: entry.status === 'Skipped' ? 'Skip reason' : 'Error code',
            value: <code>{outcome.code}</code>,
          },
          { term: 'Reason', value: outcome.reason },
          { term: 'Recommendation', value: outcome.advice },
        ]}
      />
    </Card>
  )
}

export interface ModifiedPropertiesProps {
  readonly entry: Pick<ProvisioningLogEntry, 'modified'>
  /** Where each target attribute comes from in the mapping of now; shown as a column of its own when given. */
  readonly sources?: ReadonlyMap<string, string> | undefined
}

/** Target attributes that were written, old and new. */
export function ModifiedProperties({ entry, sources }: ModifiedPropertiesProps) {
  return (
    <DataTable
      caption="Modified Properties"
      columns={[
        { key: 'name', header: 'Target attribute' },
        ...(sources === undefined ? [] : [{ key: 'source', header: 'Source attribute' }]),
        { key: 'old', header: 'Old value' },
        { key: 'new', header: 'New value' },
      ]}
      rows={entry.modified.map(({ name, oldValue, newValue }, index) => ({
        key: `${name}-${index}`,
        cells: {
          name: <BreakableCode text={name} />,
          source: <BreakableCode text={sources?.get(name) ?? ''} />,
          old: oldValue ?? '',
          new: newValue ?? '',
        },
      }))}
      empty={<EmptyState title="No attribute was modified" icon="list" />}
    />
  )
}

function Summary({ view }: { readonly view: LogDetailsView }) {
  const { entry } = view
  const id = (label: string, value: string) => <Copyable label={label} value={value} />
  return (
    <Card>
      <DefinitionList
        items={[
          { term: 'Identity', value: entry.source.displayName },
          { term: 'User principal name', value: entry.source.name },
          { term: 'Source ID', value: id('Source ID', entry.source.id) },
          { term: 'Source System', value: SOURCE_SYSTEM },
          { term: 'Target System', value: view.target },
          { term: 'Target identity', value: entry.target?.displayName },
          { term: 'Target ID', value: entry.target && id('Target ID', entry.target.id) },
          { term: 'Object type', value: entry.kind },
          {
            term: 'Started by',
            value: entry.trigger === 'onDemand' ? 'Provision on demand' : 'Azure AD Provisioning Service',
          },
          { term: 'Change ID', value: id('Change ID', entry.changeId) },
          { term: 'Cycle ID', value: id('Cycle ID', entry.cycleId) },
          { term: 'Job ID', value: id('Job ID', entry.jobId) },
          { term: 'Duration', value: `${entry.durationMs} ms` },
        ]}
      />
    </Card>
  )
}
