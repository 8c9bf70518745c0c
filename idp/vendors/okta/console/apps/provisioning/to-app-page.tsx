import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { AppProvisioning, OktaApp, ToAppSettings } from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { MappingTable, type MappingTableView } from '../mappings/mapping-table.tsx'
import { ProvisioningPage } from './provisioning-page.tsx'

type Feature = 'createUsers' | 'updateAttributes' | 'deactivateUsers' | 'syncPassword'

/** The rows of "Provisioning to App" (reference sheet 1.7), in their order. */
function featuresOf(
  app: OktaApp,
): readonly { readonly name: Feature; readonly label: string; readonly text: string }[] {
  return [
    {
      name: 'createUsers',
      label: 'Create Users',
      text: `Creates or links a user in ${app.label} when assigning the app to a user in Okta.`,
    },
    {
      name: 'updateAttributes',
      label: 'Update User Attributes',
      text: `Okta updates a user's attributes in ${app.label} when the app is assigned. Future attribute changes made to the Okta user profile will automatically overwrite the corresponding attribute value in ${app.label}.`,
    },
    {
      name: 'deactivateUsers',
      label: 'Deactivate Users',
      text: `Deactivates a user's ${app.label} account when it is unassigned in Okta or their Okta account is deactivated. Accounts can be reactivated if the app is reassigned to a user in Okta.`,
    },
    {
      name: 'syncPassword',
      label: 'Sync Password',
      text: `Creates a ${app.label} password for each assigned user and pushes it to ${app.label}.`,
    },
  ]
}

const PASSWORD_SOURCES = [
  { value: 'OKTA', label: 'Sync Okta Password' },
  { value: 'RANDOM', label: 'Sync a randomly generated password' },
] as const

/** The words of "Application username format". */
export const USERNAME_FORMAT_LABELS = {
  'okta-username': 'Okta username',
  'okta-username-prefix': 'Okta username prefix',
  email: 'Email',
  'email-prefix': 'Email prefix',
  custom: 'Custom',
  none: '(None)',
} as const

/** One feature: its name as a group, its box labelled Enable. */
function FeatureRow(props: {
  readonly label: string
  readonly text: string
  readonly name: string
  readonly checked: boolean
  readonly isEdited: boolean
  readonly children?: ComponentChildren
}) {
  return (
    <fieldset class="k-field k-fieldset okta-feature">
      <legend class="k-label">{props.label}</legend>
      <CheckboxField
        label="Enable"
        name={props.isEdited ? props.name : `shown.${props.name}`}
        checked={props.checked}
        disabled={!props.isEdited}
        hint={props.text}
      />
      {props.children}
    </fieldset>
  )
}

function FeatureRows({ app, toApp, isEdited }: { app: OktaApp; toApp: ToAppSettings; isEdited: boolean }) {
  return (
    <>
      {featuresOf(app).map(({ name, label, text }) => (
        <FeatureRow key={name} label={label} text={text} name={name} checked={toApp[name]} isEdited={isEdited}>
          {name === 'createUsers' && (
            <p class="k-hint">{`The default username used to create accounts is set to ${USERNAME_FORMAT_LABELS[app.signOn.usernameTemplate.format]}.`}</p>
          )}
          {name === 'syncPassword' && (isEdited || toApp.syncPassword) && (
            <RadioGroup
              label="Password type"
              name={isEdited ? 'passwordSource' : 'shown.passwordSource'}
              value={toApp.passwordSource}
              options={PASSWORD_SOURCES}
              disabled={!isEdited}
            />
          )}
        </FeatureRow>
      ))}
    </>
  )
}

/** Provisioning > To App: the features, read only or as a form in place, and the attribute mappings below. */
export function ToAppPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly provisioning: AppProvisioning
  readonly isEdited: boolean
  readonly mappings: MappingTableView
}) {
  const { context, app, provisioning, isEdited } = props
  const { toApp } = provisioning
  return (
    <ProvisioningPage
      context={context}
      app={app}
      section="To App"
      notices={
        !provisioning.enabled && (
          <Notice tone="warning" role="none">
            API integration is off: none of this is done. Enable it under Integration.
          </Notice>
        )
      }
    >
      {isEdited ? (
        <Card title="Provisioning to App">
          <Form action={appHref(app, 'provisioning/to-app/edit')} label="Provisioning to App" noValidate>
            <FeatureRows app={app} toApp={toApp} isEdited />
            <FormActions>
              <Button kind="primary">Save</Button>
              <LinkButton href={appHref(app, 'provisioning/to-app')}>Cancel</LinkButton>
            </FormActions>
          </Form>
        </Card>
      ) : (
        <Card
          title="Provisioning to App"
          action={
            context.may.apps && (
              <LinkButton kind="subtle" href={appHref(app, 'provisioning/to-app/edit')}>
                Edit
              </LinkButton>
            )
          }
        >
          <FeatureRows app={app} toApp={toApp} isEdited={false} />
        </Card>
      )}
      <MappingTable context={context} app={app} view={props.mappings} />
    </ProvisioningPage>
  )
}
