import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { AttributeMapping, ObjectMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import type { AdminContext } from '../context.ts'
import { BreakableCode } from './breakable-code.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

export type MappingTab = 'users' | 'groups'

export interface MappingView {
  readonly app: ServicePrincipal
  readonly schema: ProvisioningSchema
  readonly tab: MappingTab
  /** What the connector cannot do. */
  readonly notes: readonly string[]
}

/** A source as the grid shows it: the attribute's name, the expression, the constant in quotes. */
function sourceText({ source, defaultValue }: AttributeMapping): string {
  switch (source.type) {
    case 'Attribute':
      return source.name
    case 'Constant':
      return `"${source.value}"`
    case 'Function':
      return source.expression
    case 'None':
      return defaultValue === undefined ? '' : `"${defaultValue}"`
  }
}

function actionsOf({ actions }: ObjectMapping): string {
  const names = [actions.create && 'Create', actions.update && 'Update', actions.delete && 'Delete']
  return names.filter(Boolean).join(', ')
}

/** Attribute Mapping: which source attribute flows into which attribute of the app, and which of them match objects. */
export function MappingPage({ context, view }: { readonly context: AdminContext; readonly view: MappingView }) {
  const { app, tab } = view
  const mapping = view.schema[tab]
  const href = provisioningHref(app.id, 'mapping')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Attribute Mapping"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'mapping' },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <TabRow
        label="Attribute Mapping"
        items={[
          { label: 'Users', href: `${href}/users`, current: tab === 'users' },
          { label: 'Groups', href: `${href}/groups`, current: tab === 'groups' },
        ]}
      />
      <Form action={`${href}/${tab}`} id="mapping" layout="bare">
        <Card title={mapping.name}>
          <DefinitionList
            items={[
              { term: 'Enabled', value: mapping.enabled ? 'Yes' : 'No' },
              { term: 'Source Object', value: mapping.sourceObjectName },
              { term: 'Source Object Scope', value: 'All records' },
              { term: 'Target Object', value: <code>{mapping.targetObjectName}</code> },
              { term: 'Target Object Actions', value: actionsOf(mapping) },
            ]}
          />
        </Card>
      </Form>
      {tab === 'groups' && view.notes.length > 0 && (
        <Notice tone="info" role="none" title="Connector limitations">
          {view.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <Card title="Attribute Mappings" flush>
        <DataTable
          caption={`${mapping.name}: attribute mappings`}
          columns={[
            { key: 'target', header: `${app.displayName} Attribute` },
            { key: 'source', header: 'Microsoft Entra ID Attribute' },
            { key: 'matching', header: 'Matching precedence', narrow: true },
            { key: 'apply', header: 'Apply this mapping', narrow: true },
          ]}
          rows={mapping.attributeMappings.map((row) => ({
            key: row.targetAttributeName,
            cells: {
              target: <BreakableCode text={row.targetAttributeName} />,
              source: <BreakableCode text={sourceText(row)} />,
              matching:
                row.matchingPriority === 0 ? '' : <Badge tone="info">{`Matching: ${row.matchingPriority}`}</Badge>,
              apply: row.flowType === 'Always' ? 'Always' : 'Only during object creation',
            },
          }))}
        />
      </Card>
      <Notice tone="neutral" role="none">
        Scoping filters and changes to rows are not simulated yet: every record is in scope that the configuration’s
        Scope lets in, and the mapping is the one the connector starts with.
      </Notice>
    </ProvisioningPage>
  )
}
