import type { ComponentChildren } from 'preact'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { MappingProblem } from '#idp/core/provisioning/check-mapping.ts'
import type { AttributeMapping } from '#idp/core/provisioning/types.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import type { AdminContext } from '../../context.ts'
import { BreakableCode } from '../breakable-code.tsx'
import { ProvisioningPage, provisioningHref } from '../provisioning-page.tsx'
import { scopeSummary } from '../scoping/scope-summary.ts'
import type { MappingDraft, MappingKind } from './mapping-draft.ts'

export interface MappingView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly draft: MappingDraft
  /** What the connector cannot do. */
  readonly notes: readonly string[]
  /** What keeps it from being saved. */
  readonly problems: readonly MappingProblem[]
  /** The list of the app's attributes can be opened (reference 5.2). */
  readonly canEditAttributes: boolean
}

/** Address of a mapping: `mappingHref(id, 'users', 'edit')`. */
export function mappingHref(appId: string, kind: MappingKind, page = ''): string {
  return provisioningHref(appId, `mapping/${kind}${page === '' ? '' : `/${page}`}`)
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

/** When a row applies, in the words of the pane; it has none for what only the schema can say. */
export const APPLY_WORDS: Readonly<Record<AttributeMapping['flowType'], string>> = {
  Always: 'Always',
  ObjectAddOnly: 'Only during object creation',
  MultiValueAddOnly: 'MultiValueAddOnly',
  ValueAddOnly: 'ValueAddOnly',
  AttributeAddOnly: 'AttributeAddOnly',
}

const FORM = 'mapping'

export interface MappingPageProps {
  readonly context: AdminContext
  readonly view: MappingView
  /** The pane of a row, opened over the page. */
  readonly overlay?: ComponentChildren
}

/** Attribute Mapping: which source attribute flows into which attribute of the app, and which of them match objects. */
export function MappingPage({ context, view, overlay }: MappingPageProps) {
  const { app, kind, draft } = view
  const { mapping } = draft
  const href = mappingHref(app.id, kind)
  const tab = (label: string, of: MappingKind) => ({ label, href: mappingHref(app.id, of), current: kind === of })
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Attribute Mapping"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: FORM, name: 'act', value: 'save' },
        { kind: 'post', label: 'Discard', icon: 'close', action: `${href}/discard` },
        {
          kind: 'link',
          label: 'Restore default mappings',
          icon: 'restart',
          href: provisioningHref(app.id, 'mapping/restore'),
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href },
      ]}
      notices={<Notices view={view} />}
      overlay={overlay}
    >
      <TabRow label="Attribute Mapping" items={[tab('Users', 'users'), tab('Groups', 'groups')]} />
      <Form action={href} id={FORM} layout="bare">
        <Stack gap="loose">
          <Card title={mapping.name}>
            <ObjectMappingFields view={view} />
          </Card>
          {kind === 'groups' && view.notes.length > 0 && (
            <Notice tone="info" role="none" title="Connector limitations">
              {view.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </Notice>
          )}
          <Card title="Attribute Mappings" flush>
            <div class="entra-rows">
              <Rows view={view} />
            </div>
          </Card>
          <div>
            <Button icon="add" name="act" value="add">
              Add New Mapping
            </Button>
          </div>
          <AdvancedOptions view={view} />
        </Stack>
      </Form>
    </ProvisioningPage>
  )
}

function Notices({ view: { app, draft, problems } }: { readonly view: MappingView }) {
  return (
    <>
      {problems.length > 0 && (
        <Notice tone="danger" title="The mapping was not saved">
          {problems.map(({ row, message }) => (
            <p key={`${row}-${message}`}>{message}</p>
          ))}
        </Notice>
      )}
      {draft.isChanged && problems.length === 0 && (
        <Notice tone="warning" role="status" title="There are unsaved changes">
          {`Save puts them to use, Discard drops them. Provisioning of ${app.displayName} goes on with the saved mapping.`}
        </Notice>
      )}
      {draft.isStale && (
        <Notice tone="warning" role="status" title="Somebody else saved this mapping meanwhile">
          Save replaces their mapping by this one. Discard shows theirs.
        </Notice>
      )}
    </>
  )
}

function ObjectMappingFields({ view: { app, kind, draft } }: { readonly view: MappingView }) {
  const { mapping } = draft
  const isUsers = kind === 'users'
  return (
    <Stack>
      <DefinitionList items={[{ term: 'Name', value: mapping.name }]} />
      <RadioGroup
        label="Enabled"
        name="enabled"
        row
        disabled={isUsers}
        hint={isUsers && 'The mapping of users cannot be disabled.'}
        value={mapping.enabled ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
      <DefinitionList
        items={[
          { term: 'Source Object', value: mapping.sourceObjectName },
          {
            term: 'Source Object Scope',
            value: <a href={mappingHref(app.id, kind, 'scoping')}>{scopeSummary(mapping)}</a>,
          },
          { term: 'Target Object', value: <BreakableCode text={mapping.targetObjectName} /> },
        ]}
      />
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Target Object Actions</legend>
        <div class="k-radios k-radios--row">
          <CheckboxField label="Create" name="create" checked={mapping.actions.create} />
          <CheckboxField label="Update" name="update" checked={mapping.actions.update} />
          <CheckboxField label="Delete" name="delete" checked={mapping.actions.delete} />
        </div>
      </fieldset>
    </Stack>
  )
}

function Rows({ view: { app, draft, problems } }: { readonly view: MappingView }) {
  const { mapping } = draft
  return (
    <DataTable
      caption={`${mapping.name}: attribute mappings`}
      columns={[
        { key: 'target', header: `${app.displayName} Attribute` },
        { key: 'source', header: 'Microsoft Entra ID Attribute' },
        { key: 'matching', header: 'Matching precedence', narrow: true },
        { key: 'apply', header: 'Apply this mapping', narrow: true },
        { key: 'remove', header: 'Remove', narrow: true },
        { key: 'edit', header: 'Edit', narrow: true },
      ]}
      rows={mapping.attributeMappings.map((row, index) => {
        const target = row.targetAttributeName
        const own = problems.filter((problem) => problem.row === index)
        return {
          key: `${index}-${target}`,
          cells: {
            target: (
              <>
                <BreakableCode text={target} />
                {own.map(({ message }) => (
                  <p class="k-problem" key={message}>
                    {message}
                  </p>
                ))}
              </>
            ),
            source: <BreakableCode text={sourceText(row)} />,
            matching:
              row.matchingPriority === 0 ? '' : <Badge tone="info">{`Matching: ${row.matchingPriority}`}</Badge>,
            apply: APPLY_WORDS[row.flowType],
            remove: (
              <Button kind="subtle" name="act" value={`delete:${target}`} label={`Delete ${target}`}>
                Delete
              </Button>
            ),
            edit: (
              <Button kind="subtle" name="act" value={`edit:${target}`} label={`Edit ${target}`}>
                Edit
              </Button>
            ),
          },
        }
      })}
      empty={
        <EmptyState title="No attribute is mapped" icon="swap">
          Without a row nothing is written, and nothing matches objects. Add a mapping, or restore the default mappings.
        </EmptyState>
      }
    />
  )
}

/** Hidden by the style sheet until the box is ticked; without styles they are simply there. */
function AdvancedOptions({ view: { app, kind, canEditAttributes } }: { readonly view: MappingView }) {
  const link = (label: string, href: string) => (
    <LinkButton kind="subtle" href={href}>
      {label}
    </LinkButton>
  )
  return (
    <div class="entra-advanced">
      <CheckboxField label="Show advanced options" name="advanced" />
      <div class="entra-advanced__options">
        {link('Edit attribute list for Microsoft Entra ID', mappingHref(app.id, kind, 'source-attributes'))}
        {canEditAttributes &&
          link(`Edit attribute list for ${app.displayName}`, mappingHref(app.id, kind, 'attributes'))}
        {link('Review your schema here', provisioningHref(app.id, 'schema'))}
        {link('Expression builder', provisioningHref(app.id, `expression-builder?kind=${kind}`))}
      </div>
    </div>
  )
}
