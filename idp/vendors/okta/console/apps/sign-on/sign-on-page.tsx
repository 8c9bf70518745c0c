import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { NAME_ID_FORMATS, type OktaApp, USERNAME_FORMATS } from '../../../apps/records.ts'
import { mayLogOut } from '../../../saml/single-logout.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { USERNAME_FORMAT_LABELS } from '../provisioning/to-app-page.tsx'
import { NAME_ID_FORMAT_LABELS, serviceLabels } from './labels.ts'
import { AttributesCard, CertificatesCard, SamlCard } from './saml-cards.tsx'
import type { SamlView } from './saml-view.ts'
import { SingleLogoutCard } from './single-logout-page.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

const SHOWN = ['defaultRelayState', 'acsUrl', 'spEntityId', 'nameIdFormat', 'format', 'custom', 'pushStatus'] as const

/** The Sign On tab (reference sheet 1.5): Settings, attributes, SAML 2.0, Advanced Sign-on Settings, Credentials Details, certificates. */
export function SignOnPage({ context, app, view }: AppProps & { readonly view: SamlView }) {
  return (
    <AppPage context={context} app={app} tab="Sign On">
      <Settings context={context} app={app} view={view} />
    </AppPage>
  )
}

/** The same tab with its settings as a form in place. */
export function EditSignOnPage({ context, app, edit }: AppProps & { readonly edit: FormView }) {
  return (
    <AppPage context={context} app={app} tab="Sign On" notices={<FormProblem problems={edit.problems} shown={SHOWN} />}>
      <EditSettings app={app} view={edit} />
    </AppPage>
  )
}

function Settings({ context, app, view }: AppProps & { readonly view: SamlView }) {
  const { signOn } = app
  const labels = serviceLabels(app)
  const { format, custom, pushStatus } = signOn.usernameTemplate
  return (
    <>
      <Card
        title="Settings"
        action={
          context.may.apps && (
            <LinkButton kind="subtle" href={appHref(app, 'signon/edit')}>
              Edit
            </LinkButton>
          )
        }
      >
        <DefinitionList
          items={[
            {
              term: 'Sign on methods',
              value: app.signOnMode === 'SAML_2_0' ? 'SAML 2.0' : 'Secure Web Authentication',
            },
            { term: 'Default Relay State', value: signOn.defaultRelayState },
            { term: 'Disable Force Authentication', value: signOn.disableForceAuthn ? 'Yes' : 'No' },
          ]}
        />
      </Card>
      <AttributesCard context={context} app={app} />
      <SamlCard app={app} view={view} />
      <Card title={labels.card}>
        <DefinitionList
          items={[
            { term: labels.acsUrl, value: signOn.acsUrl && <span class="okta-expression">{signOn.acsUrl}</span> },
            {
              term: labels.spEntityId,
              value: signOn.spEntityId && <span class="okta-expression">{signOn.spEntityId}</span>,
            },
            ...(labels.choosesNameId
              ? [{ term: 'Name ID format', value: NAME_ID_FORMAT_LABELS[signOn.nameIdFormat ?? 'unspecified'] }]
              : []),
          ]}
        />
      </Card>
      {mayLogOut(app) && <SingleLogoutCard context={context} app={app} />}
      <Card
        title="Credentials Details"
        action={context.may.apps && <LinkButton href={appHref(app, 'signon/update-now')}>Update Now</LinkButton>}
      >
        <DefinitionList
          items={[
            { term: 'Application username format', value: USERNAME_FORMAT_LABELS[format] },
            ...(custom === undefined ? [] : [{ term: 'Custom', value: <code class="k-mono">{custom}</code> }]),
            {
              term: 'Update application username on',
              value: pushStatus === 'PUSH' ? 'Create and update' : 'Create only',
            },
          ]}
        />
      </Card>
      <CertificatesCard context={context} app={app} view={view} />
    </>
  )
}

function EditSettings({ app, view }: { readonly app: OktaApp; readonly view: FormView }) {
  const { values, problems } = view
  const labels = serviceLabels(app)
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Form action={appHref(app, 'signon/edit')} label="Sign On" noValidate>
      <Card title="Settings">
        <TextField label="Default Relay State" {...field('defaultRelayState')} />
        <CheckboxField
          label="Disable Force Authentication"
          name="disableForceAuthn"
          checked={values['disableForceAuthn'] === 'true'}
          hint="Never prompt the user to re-authenticate."
        />
      </Card>
      <Card title={labels.card}>
        <TextField label={labels.acsUrl} {...field('acsUrl')} autocomplete="off" mono />
        <TextField label={labels.spEntityId} {...field('spEntityId')} autocomplete="off" mono />
        {labels.choosesNameId && (
          <SelectField
            label="Name ID format"
            {...field('nameIdFormat')}
            options={NAME_ID_FORMATS.map((value) => ({ value, label: NAME_ID_FORMAT_LABELS[value] }))}
          />
        )}
      </Card>
      <Card title="Credentials Details">
        <SelectField
          label="Application username format"
          {...field('format')}
          options={USERNAME_FORMATS.map((value) => ({ value, label: USERNAME_FORMAT_LABELS[value] }))}
        />
        <TextField label="Custom" {...field('custom')} hint="With the format Custom: an expression." mono />
        <SelectField
          label="Update application username on"
          {...field('pushStatus')}
          options={[
            { value: 'PUSH', label: 'Create and update' },
            { value: 'DONT_PUSH', label: 'Create only' },
          ]}
        />
      </Card>
      <FormActions>
        <Button kind="primary">Save</Button>
        <LinkButton href={appHref(app, 'signon')}>Cancel</LinkButton>
      </FormActions>
    </Form>
  )
}

/** Asks before user names of everybody assigned are made anew. */
export function UpdateNowPage({ context, app }: AppProps) {
  return (
    <AppPage context={context} app={app} tab="Sign On">
      <ConfirmForm
        title="Update Now"
        headingLevel={2}
        subject={app.label}
        action={appHref(app, 'signon/update-now')}
        confirmLabel="Update Now"
        cancelHref={appHref(app, 'signon')}
        kind="primary"
      >
        <p>
          The application usernames of everybody assigned are made again by the format, except those that were typed.
        </p>
      </ConfirmForm>
    </AppPage>
  )
}
