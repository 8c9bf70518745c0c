import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { AttributeDefinition } from '#idp/core/provisioning/types.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { type Column, DataTable } from '#kit/ui/data-table.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../../context.ts'
import { BreakableCode } from '../breakable-code.tsx'
import { ProvisioningPage } from '../provisioning-page.tsx'
import { ATTRIBUTE_TYPES, type AttributeValues, keptBecause } from './attribute-form.ts'
import type { MappingDraft, MappingKind } from './mapping-draft.ts'
import { mappingHref } from './mapping-page.tsx'

/** The form of one entry. */
export interface AttributeEdit {
  /** The entry in hand; `undefined` for a new one. */
  readonly edited?: AttributeDefinition | undefined
  readonly values: AttributeValues
  readonly problems: Readonly<Record<string, string>>
}

export interface AttributeListView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly draft: MappingDraft
  readonly edit?: AttributeEdit | undefined
}

const COLUMNS: readonly Column[] = [
  { key: 'name', header: 'Name' },
  { key: 'type', header: 'Type', narrow: true },
  { key: 'primaryKey', header: 'Primary Key?', narrow: true },
  { key: 'required', header: 'Required?', narrow: true },
  { key: 'multiValued', header: 'Multi-value?', narrow: true },
  { key: 'caseExact', header: 'Exact case?', narrow: true },
  { key: 'references', header: 'Referenced Object Attribute', narrow: true },
]

/** A tick where it holds, nothing where it does not: the exceptions are what is looked for. */
const tick = (value: boolean): string => (value ? 'Yes' : '')

function cellsOf(definition: AttributeDefinition) {
  return {
    name: <BreakableCode text={definition.name} />,
    type: definition.type,
    primaryKey: tick(definition.primaryKey),
    required: tick(definition.required),
    multiValued: tick(definition.multiValued),
    caseExact: tick(definition.caseExact),
    references: definition.referencedObjects.join(', '),
  }
}

/** Edit attribute list for the app: what its mapping may write (reference 5.2). */
export function AttributeListPage(props: { readonly context: AdminContext; readonly view: AttributeListView }) {
  const { app, kind, draft, edit } = props.view
  const { mapping } = draft
  const href = mappingHref(app.id, kind, 'attributes')
  const title = `Edit attribute list for ${app.displayName}`
  return (
    <ProvisioningPage
      context={props.context}
      app={app}
      page="Attribute Mapping"
      step={title}
      commands={[
        { kind: 'link', label: 'Add attribute', icon: 'add', href: `${href}/new` },
        { kind: 'link', label: 'Attribute Mapping', icon: 'swap', href: mappingHref(app.id, kind) },
      ]}
      notices={
        draft.isChanged && (
          <Notice tone="warning" role="status" title="There are unsaved changes">
            Save or discard them on the page Attribute Mapping.
          </Notice>
        )
      }
      overlay={edit && <AttributePanel view={props.view} edit={edit} />}
    >
      <p>{`What ${app.displayName} is known to hold of a ${mapping.sourceObjectName.toLowerCase()}. Only these can be the target of a mapping.`}</p>
      <Form action={`${href}/delete`} layout="bare">
        <div class="entra-rows">
          <DataTable
            caption={title}
            columns={[
              ...COLUMNS,
              { key: 'remove', header: 'Delete', narrow: true },
              { key: 'edit', header: 'Edit', narrow: true },
            ]}
            rows={mapping.targetAttributes.map((definition) => {
              const { name } = definition
              const reason = keptBecause(mapping, definition)
              return {
                key: name,
                cells: {
                  ...cellsOf(definition),
                  remove:
                    reason === undefined ? (
                      <Button kind="subtle" name="attribute" value={name} label={`Delete ${name}`}>
                        Delete
                      </Button>
                    ) : (
                      <span title={reason}>
                        <Quiet>{definition.primaryKey || definition.required ? 'Required' : 'In use'}</Quiet>
                      </span>
                    ),
                  edit: !definition.primaryKey && (
                    <LinkButton
                      kind="subtle"
                      href={`${href}/edit?${new URLSearchParams({ attribute: name })}`}
                      label={`Edit ${name}`}
                    >
                      Edit
                    </LinkButton>
                  ),
                },
              }
            })}
          />
        </div>
      </Form>
    </ProvisioningPage>
  )
}

const FORM = 'attribute'

function AttributePanel({ view, edit }: { readonly view: AttributeListView; readonly edit: AttributeEdit }) {
  const { app, kind, draft } = view
  const { edited, values, problems } = edit
  const close = mappingHref(app.id, kind, 'attributes')
  const action =
    edited === undefined ? `${close}/new` : `${close}/edit?${new URLSearchParams({ attribute: edited.name })}`
  return (
    <Panel
      title={edited === undefined ? 'Add attribute' : 'Edit attribute'}
      subtitle={edited && <BreakableCode text={edited.name} />}
      closeHref={close}
      footer={
        <>
          <Button kind="primary" form={FORM}>
            Ok
          </Button>
          <LinkButton href={close}>Cancel</LinkButton>
        </>
      }
    >
      {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
      <Form action={action} id={FORM} noValidate>
        {edited === undefined && (
          <TextField
            label="Name"
            name="name"
            mono
            value={values.name}
            problem={problems['name']}
            hint={
              <>
                A custom attribute is written{' '}
                <BreakableCode
                  text={`urn:ietf:params:scim:schemas:extension:<Name>:2.0:${draft.mapping.sourceObjectName}:<attribute>`}
                />
              </>
            }
            autocomplete="off"
          />
        )}
        <SelectField
          label="Type"
          name="type"
          value={values.type}
          problem={problems['type']}
          options={ATTRIBUTE_TYPES.map((type) => ({ value: type, label: type }))}
        />
        <CheckboxField
          label="Required?"
          name="required"
          checked={edited?.required ?? values.required}
          disabled={edited !== undefined}
          problem={problems['required']}
          hint={edited !== undefined && 'What is required is for the app to say.'}
        />
        <CheckboxField
          label="Multi-value?"
          name="multiValued"
          checked={values.multiValued}
          problem={problems['multiValued']}
        />
        <CheckboxField
          label="Exact case?"
          name="caseExact"
          checked={values.caseExact}
          hint="Values that differ in case only are different."
        />
        <fieldset class="k-field k-fieldset">
          <legend class="k-label">Referenced Object Attribute</legend>
          <div class="k-radios k-radios--row">
            {(['User', 'Group'] as const).map((kindOfObject) => (
              <CheckboxField
                key={kindOfObject}
                id={`references-${kindOfObject}`}
                label={kindOfObject}
                name="references"
                value={kindOfObject}
                checked={values.references.includes(kindOfObject)}
              />
            ))}
          </div>
          {problems['references'] && <p class="k-problem">{problems['references']}</p>}
        </fieldset>
      </Form>
    </Panel>
  )
}

export interface SourceAttributesView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly attributes: readonly AttributeDefinition[]
}

/** Edit attribute list for Microsoft Entra ID: what a mapping may read. The directory has no extensions, so nothing can be added. */
export function SourceAttributesPage(props: { readonly context: AdminContext; readonly view: SourceAttributesView }) {
  const { app, kind, attributes } = props.view
  const title = 'Edit attribute list for Microsoft Entra ID'
  return (
    <ProvisioningPage
      context={props.context}
      app={app}
      page="Attribute Mapping"
      step={title}
      commands={[{ kind: 'link', label: 'Attribute Mapping', icon: 'swap', href: mappingHref(app.id, kind) }]}
    >
      <p>What a mapping may read, under the names mappings use.</p>
      <Notice tone="neutral" role="none">
        Directory extensions are not simulated, so the list cannot grow.
      </Notice>
      <div class="entra-rows">
        <DataTable
          caption={title}
          columns={COLUMNS}
          rows={attributes.map((definition) => ({ key: definition.name, cells: cellsOf(definition) }))}
        />
      </div>
    </ProvisioningPage>
  )
}
