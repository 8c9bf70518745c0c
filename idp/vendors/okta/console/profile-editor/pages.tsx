import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../apps/records.ts'
import type { AttributeDefinition, AttributeType, ProfileSchema } from '../../profiles/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'

export const PROFILE_EDITOR_CRUMB = { label: 'Profile Editor', href: '/admin/profile-editor' } as const
const EDITOR = PROFILE_EDITOR_CRUMB

/** Words of the data types, in the order of the form (reference sheet 1.12). */
export const TYPE_LABELS: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  integer: 'integer',
  array_string: 'string array',
  array_number: 'number array',
  array_integer: 'integer array',
  country_code: 'country code',
  language_code: 'language code',
}

export function profileHref(ownerId: string, page: string = ''): string {
  return `/admin/profile-editor/${ownerId}${page}`
}

export interface ProfileRow {
  readonly ownerId: string
  readonly title: string
  readonly app: OktaApp | undefined
}

/** Directory > Profile Editor: the profile of people, and that of each app. */
export function ProfileEditorPage(props: {
  readonly context: ConsoleContext
  readonly filter: string
  readonly rows: readonly ProfileRow[]
}) {
  const filters = [
    { filter: '', label: 'All' },
    { filter: 'okta', label: 'Okta' },
    { filter: 'apps', label: 'Apps' },
    { filter: 'directories', label: 'Directories' },
    { filter: 'identity-providers', label: 'Identity Providers' },
  ]
  return (
    <ConsolePage
      context={props.context}
      section="Profile Editor"
      title="Profile Editor"
      rail={{
        label: 'Filters',
        groups: [
          {
            title: 'Filters',
            items: filters.map(({ filter, label }) => ({
              label,
              href: filter === '' ? EDITOR.href : `${EDITOR.href}?filter=${filter}`,
              current: filter === props.filter,
            })),
          },
        ],
      }}
    >
      <DataTable
        caption="Profiles"
        columns={[
          { key: 'title', header: 'Profile' },
          { key: 'type', header: 'Type' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={props.rows.map(({ ownerId, title, app }) => ({
          key: ownerId,
          href: profileHref(ownerId),
          cells: {
            title,
            type: app === undefined ? 'Okta' : 'App',
            acts: (
              <Inline>
                <LinkButton kind="subtle" icon="edit" href={profileHref(ownerId)} label={`Profile ${title}`}>
                  Profile
                </LinkButton>
                {app !== undefined && (
                  <LinkButton
                    kind="subtle"
                    icon="refresh"
                    href={`${profileHref(ownerId)}/mappings/to-user`}
                    label={`Mappings of ${title}`}
                  >
                    Mappings
                  </LinkButton>
                )}
              </Inline>
            ),
          },
        }))}
        empty={
          <EmptyState title="No profiles found" icon="user">
            This org has no such profiles: people come from Okta and from apps.
          </EmptyState>
        }
      />
    </ConsolePage>
  )
}

/** One profile: its attributes, + Add Attribute. */
export function ProfilePage(props: {
  readonly context: ConsoleContext
  readonly schema: ProfileSchema
  readonly isApp: boolean
}) {
  const { context, schema, isApp } = props
  return (
    <ConsolePage
      context={context}
      section="Profile Editor"
      path={[EDITOR]}
      title={schema.title}
      actions={
        <>
          {context.may.apps && (
            <LinkButton href={profileHref(schema.ownerId, '/add')} kind="primary">
              + Add Attribute
            </LinkButton>
          )}
          {isApp && <LinkButton href={profileHref(schema.ownerId, '/mappings/to-user')}>Mappings</LinkButton>}
        </>
      }
    >
      <DataTable
        caption="Attributes"
        columns={[
          { key: 'title', header: 'Display Name' },
          { key: 'name', header: 'Variable Name', mono: true },
          { key: 'type', header: 'Data type' },
          ...(isApp ? [{ key: 'external', header: 'External name', mono: true }] : []),
          { key: 'kind', header: 'Attribute Type' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={schema.attributes.map((attribute) => ({
          key: attribute.name,
          cells: {
            title: attribute.title,
            name: attribute.name,
            type: TYPE_LABELS[attribute.type],
            external: <ExternalName attribute={attribute} />,
            kind: attribute.custom ? <Badge tone="info">Custom</Badge> : 'Base',
            acts: attribute.custom && context.may.apps && (
              <LinkButton
                kind="subtle"
                icon="close"
                href={profileHref(schema.ownerId, `/${encodeURIComponent(attribute.name)}/remove`)}
                label={`Delete ${attribute.title}`}
              >
                Delete
              </LinkButton>
            ),
          },
        }))}
        empty={<EmptyState title="No attributes" />}
      />
    </ConsolePage>
  )
}

function ExternalName({ attribute }: { readonly attribute: AttributeDefinition }) {
  return (
    <>
      {attribute.externalName}
      {attribute.externalNamespace !== undefined && (
        <>
          <br />
          <span class="k-quiet okta-expression">{attribute.externalNamespace}</span>
        </>
      )}
    </>
  )
}

const SHOWN = [
  'type',
  'title',
  'name',
  'externalName',
  'externalNamespace',
  'members',
  'minLength',
  'maxLength',
] as const

/** + Add Attribute, the fields in the form's order. */
export function AddAttributePage(props: {
  readonly context: ConsoleContext
  readonly schema: ProfileSchema
  readonly isApp: boolean
  readonly view: FormView
}) {
  const { schema, view } = props
  const { values, problems } = view
  const field = (name: string) => ({ name, value: values[name], problem: problems[name], autocomplete: 'off' })
  return (
    <ConsolePage
      context={props.context}
      section="Profile Editor"
      path={[EDITOR, { label: schema.title, href: profileHref(schema.ownerId) }]}
      title="Add Attribute"
      notices={<FormProblem problems={problems} shown={SHOWN} />}
    >
      <Card>
        <Form action={profileHref(schema.ownerId, '/add')} label="Add Attribute" noValidate>
          <SelectField
            label="Data type"
            {...field('type')}
            options={Object.entries(TYPE_LABELS).map(([value, label]) => ({ value, label }))}
          />
          <TextField label="Display name" {...field('title')} required />
          <TextField label="Variable name" {...field('name')} required mono />
          {props.isApp && (
            <>
              <TextField label="External name" {...field('externalName')} required mono />
              <TextField label="External namespace" {...field('externalNamespace')} mono />
            </>
          )}
          <TextField label="Description" {...field('description')} />
          <CheckboxField label="Define enumerated list of values" name="enum" checked={values['enum'] === 'true'} />
          <TextField
            label="Attribute members"
            {...field('members')}
            multiline={5}
            hint="One a line: display name = value."
          />
          <TextField label="Attribute length: at least" {...field('minLength')} type="number" />
          <TextField label="Attribute length: at most" {...field('maxLength')} type="number" />
          <CheckboxField label="Attribute required" name="required" checked={values['required'] === 'true'} />
          {props.isApp && (
            <>
              <CheckboxField
                label="User personal"
                name="personal"
                checked={values['personal'] === 'true'}
                hint="Scope: ticked, it cannot be set for a group."
              />
              <SelectField
                label="Group Priority"
                name="union"
                value={values['union'] ?? 'priority'}
                options={[
                  { value: 'priority', label: 'Use Group Priority' },
                  { value: 'combine', label: 'Combine values across groups' },
                ]}
              />
            </>
          )}
          <FormActions>
            <Button kind="primary" name="do" value="save">
              Save
            </Button>
            <Button name="do" value="another">
              Save and Add Another
            </Button>
            <LinkButton href={profileHref(schema.ownerId)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ConsolePage>
  )
}

/** Asks before a custom attribute goes. */
export function RemoveAttributePage(props: {
  readonly context: ConsoleContext
  readonly schema: ProfileSchema
  readonly attribute: AttributeDefinition
}) {
  const { schema, attribute } = props
  return (
    <ConsolePage
      context={props.context}
      section="Profile Editor"
      path={[EDITOR, { label: schema.title, href: profileHref(schema.ownerId) }]}
      title="Delete Attribute"
    >
      <ConfirmForm
        title="Delete this attribute?"
        headingLevel={2}
        subject={attribute.title}
        action={profileHref(schema.ownerId, `/${encodeURIComponent(attribute.name)}/remove`)}
        confirmLabel="Delete Attribute"
        cancelHref={profileHref(schema.ownerId)}
      >
        <p>Its values and its mappings go with it. The app keeps what was sent.</p>
      </ConfirmForm>
    </ConsolePage>
  )
}
