import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { AttributeDefinition, MappingDirection } from '../../../profiles/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { ProvisioningPage } from '../provisioning/provisioning-page.tsx'
import { mappingHref } from './mapping-table.tsx'

export interface EditMappingView extends FormView {
  readonly preview?: { readonly ok: boolean; readonly text: string } | undefined
}

interface MappingProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly direction: MappingDirection
  readonly attribute: AttributeDefinition
}

const SHOWN = ['kind', 'same', 'source', 'expression', 'previewLogin'] as const

/** The dialog of ✎ (reference sheet 1.7): Attribute value, Apply on, and a preview for one person. */
export function EditMappingPage(
  props: MappingProps & { readonly source: readonly AttributeDefinition[]; readonly view: EditMappingView },
) {
  const { app, direction, attribute, view } = props
  const { values, problems, preview } = view
  const from = direction === 'to-app' ? 'Okta' : app.label
  return (
    <ProvisioningPage
      context={props.context}
      app={app}
      section={direction === 'to-app' ? 'To App' : 'To Okta'}
      notices={
        <>
          <FormProblem problems={problems} shown={SHOWN} />
          {preview && <Notice tone={preview.ok ? 'success' : 'danger'}>{preview.text}</Notice>}
        </>
      }
    >
      <Card title={attribute.title}>
        <Form action={mappingHref(app, direction, attribute.name, 'edit')} label={attribute.title} noValidate>
          <div class="okta-value">
            <SelectField
              label="Attribute value"
              name="kind"
              value={values['kind']}
              problem={problems['kind']}
              options={[
                { value: 'same', label: 'Same value for all users' },
                { value: 'source', label: `Map from ${from} Profile` },
                { value: 'expression', label: 'Expression' },
              ]}
            />
            <div class="okta-value__same">
              <TextField label="Value" name="same" value={values['same']} problem={problems['same']} />
            </div>
            <div class="okta-value__source">
              <SelectField
                label={`${from} attribute`}
                name="source"
                value={values['source']}
                problem={problems['source']}
                emptyLabel="Select an attribute"
                options={props.source.map(({ name, title }) => ({ value: name, label: `${title} | ${name}` }))}
              />
            </div>
            <div class="okta-value__expression">
              <TextField
                label="Expression"
                name="expression"
                multiline={3}
                mono
                value={values['expression']}
                problem={problems['expression']}
              />
            </div>
          </div>
          <RadioGroup
            label="Apply on"
            name="apply"
            value={values['apply']}
            options={[
              { value: 'DONT_PUSH', label: 'Create' },
              { value: 'PUSH', label: 'Create and update' },
            ]}
          />
          <TextField
            label="Preview (username of a person)"
            name="previewLogin"
            value={values['previewLogin']}
            problem={problems['previewLogin']}
            autocomplete="off"
          />
          <FormActions>
            <Button kind="primary" name="do" value="save">
              Save
            </Button>
            <Button name="do" value="preview">
              Preview
            </Button>
            <LinkButton href={appHref(app, `provisioning/${direction === 'to-app' ? 'to-app' : 'to-okta'}`)}>
              Cancel
            </LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ProvisioningPage>
  )
}

/** Asks before ✕: the mapping goes, the attribute stays. */
export function RemoveMappingPage(props: MappingProps) {
  const { app, direction, attribute } = props
  return (
    <ProvisioningPage context={props.context} app={app} section={direction === 'to-app' ? 'To App' : 'To Okta'}>
      <ConfirmForm
        title="Remove mapping?"
        headingLevel={2}
        subject={attribute.title}
        action={mappingHref(app, direction, attribute.name, 'remove')}
        confirmLabel="Remove"
        cancelHref={appHref(app, `provisioning/${direction === 'to-app' ? 'to-app' : 'to-okta'}`)}
      >
        <p>The attribute keeps the values it has; later changes no longer flow into it.</p>
      </ConfirmForm>
    </ProvisioningPage>
  )
}

/** Asks before mappings are applied to everybody and pushed. */
export function ForceSyncPage({ context, app }: Pick<MappingProps, 'context' | 'app'>) {
  return (
    <ProvisioningPage context={context} app={app} section="To App">
      <ConfirmForm
        title="Force Sync"
        headingLevel={2}
        subject={app.label}
        action={appHref(app, 'force-sync')}
        confirmLabel="Force Sync"
        cancelHref={appHref(app, 'provisioning/to-app')}
        kind="primary"
      >
        <p>The mappings are applied again to everybody who is assigned, and their profiles are pushed.</p>
      </ConfirmForm>
    </ProvisioningPage>
  )
}
