import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Form, FormActions, HiddenFields } from '#kit/ui/form.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../apps/records.ts'
import type { AttributeDefinition, MappingDirection } from '../../profiles/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { PROFILE_EDITOR_CRUMB } from './pages.tsx'

/** Names of the controls of one row; `apply` is the arrow. */
export const expressionName = (attribute: string): string => `expression.${attribute}`
export const applyName = (attribute: string): string => `apply.${attribute}`

/** What the arrow of a row can say (reference sheet 1.12). */
const ARROWS = [
  { value: 'PUSH', label: 'Apply mapping on user create and update' },
  { value: 'DONT_PUSH', label: 'Apply mapping on user create only' },
  { value: 'NONE', label: 'Do not map' },
] as const

export function mappingsHref(app: Pick<OktaApp, 'id'>, direction: MappingDirection): string {
  return `/admin/profile-editor/${app.id}/mappings/${direction}`
}

export interface MappingsView extends FormView {
  readonly app: OktaApp
  readonly direction: MappingDirection
  readonly target: readonly AttributeDefinition[]
  /** What expressions may begin with, offered while typing. */
  readonly references: readonly string[]
  /** By attribute: the value for the person of the preview, or what is wrong. */
  readonly preview: Readonly<Record<string, { readonly ok: boolean; readonly text: string }>>
}

function directionLabel(app: OktaApp, direction: MappingDirection): string {
  return direction === 'to-user' ? `${app.label} to Okta User` : `Okta User to ${app.label}`
}

/** Whether Sign On settings decide about the attribute, and not a mapping. */
export function isUserName({ name }: AttributeDefinition, direction: MappingDirection): boolean {
  return direction === 'to-app' && name === 'userName'
}

/** The dialog of Mappings: a tab for each direction, an expression and an arrow for each attribute, Preview, Save Mappings. */
export function MappingsPage({ context, view }: { readonly context: ConsoleContext; readonly view: MappingsView }) {
  const { app, direction, values, problems } = view
  const shown = view.target.map(({ name }) => expressionName(name))
  return (
    <ConsolePage
      context={context}
      section="Profile Editor"
      path={[PROFILE_EDITOR_CRUMB]}
      title={`${app.label} User Profile Mappings`}
      tabs={(['to-user', 'to-app'] as const).map((each) => ({
        label: directionLabel(app, each),
        href: mappingsHref(app, each),
        current: each === direction,
      }))}
      notices={<FormProblem problems={problems} shown={[...shown, 'previewLogin']} />}
    >
      <Form action={mappingsHref(app, direction)} label={directionLabel(app, direction)} noValidate>
        <fieldset class="k-fieldset k-stack" disabled={!context.may.apps}>
          <legend class="k-hidden">{directionLabel(app, direction)}</legend>
          <div class="okta-preview">
            <TextField
              label="Preview (username of a person)"
              name="previewLogin"
              value={values['previewLogin']}
              problem={problems['previewLogin']}
              autocomplete="off"
            />
            <Button name="do" value="preview">
              Preview
            </Button>
          </div>
          <div class="okta-whole">
            <DataTable
              caption={directionLabel(app, direction)}
              columns={[
                { key: 'target', header: direction === 'to-user' ? 'Okta User attribute' : `${app.label} attribute` },
                { key: 'expression', header: 'Source expression' },
                { key: 'arrow', header: 'Apply mapping' },
              ]}
              rows={view.target.map((attribute) => ({
                key: attribute.name,
                cells: {
                  target: <Target attribute={attribute} isMapped={isMapped(view, attribute)} />,
                  expression: <Expression view={view} attribute={attribute} />,
                  arrow: isUserName(attribute, direction) ? (
                    ''
                  ) : (
                    <SelectField
                      label={`Apply mapping of ${attribute.title}`}
                      labelHidden
                      name={applyName(attribute.name)}
                      id={`apply-${attribute.name}`}
                      value={values[applyName(attribute.name)]}
                      options={ARROWS}
                    />
                  ),
                },
              }))}
            />
          </div>
          {context.may.apps && (
            <FormActions>
              <Button kind="primary" name="do" value="save">
                Save Mappings
              </Button>
              <LinkButton href={PROFILE_EDITOR_CRUMB.href}>Exit</LinkButton>
            </FormActions>
          )}
        </fieldset>
      </Form>
    </ConsolePage>
  )
}

function isMapped({ values, direction }: MappingsView, attribute: AttributeDefinition): boolean {
  return isUserName(attribute, direction) || values[applyName(attribute.name)] !== 'NONE'
}

function Target({ attribute, isMapped }: { readonly attribute: AttributeDefinition; readonly isMapped: boolean }) {
  return (
    <>
      {attribute.title}
      <br />
      <Quiet>{attribute.name}</Quiet>
      {attribute.required && !isMapped && (
        <>
          <br />
          <span class="okta-warning">
            <Icon name="warning" /> Required, not mapped
          </span>
        </>
      )}
    </>
  )
}

function Expression({ view, attribute }: { readonly view: MappingsView; readonly attribute: AttributeDefinition }) {
  if (isUserName(attribute, view.direction)) return <Quiet>Configured in Sign On settings</Quiet>
  const name = expressionName(attribute.name)
  const preview = view.preview[attribute.name]
  return (
    <div>
      <TextField
        label={`Source expression of ${attribute.title}`}
        labelHidden
        name={name}
        id={`expression-${attribute.name}`}
        value={view.values[name]}
        problem={view.problems[name]}
        suggestions={view.references}
        autocomplete="off"
        mono
      />
      {preview && (
        <p class="okta-preview-value">
          <Badge tone={preview.ok ? 'success' : 'danger'}>{preview.text}</Badge>
        </p>
      )}
    </div>
  )
}

/** Asks what Save Mappings does to people who have the app already. */
export function ApplyMappingsPage({
  context,
  view,
}: {
  readonly context: ConsoleContext
  readonly view: MappingsView
}) {
  const { app, direction, values } = view
  return (
    <ConsolePage
      context={context}
      section="Profile Editor"
      path={[PROFILE_EDITOR_CRUMB, { label: `${app.label} User Profile Mappings`, href: mappingsHref(app, direction) }]}
      title="Apply updates?"
    >
      <p>{`The mappings of ${directionLabel(app, direction)} changed. Apply them now to everybody who has ${app.label}, or leave people as they are until something about them changes?`}</p>
      <Form action={mappingsHref(app, direction)} label="Apply updates?">
        <HiddenFields fields={values} />
        <FormActions>
          <Button kind="primary" name="do" value="apply">
            Apply updates now
          </Button>
          <Button name="do" value="later">
            Don't apply
          </Button>
          <LinkButton href={mappingsHref(app, direction)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}
