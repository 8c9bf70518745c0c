import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { type OktaApp, USERNAME_FORMATS } from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { USERNAME_FORMAT_LABELS } from '../provisioning/to-app-page.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

const SHOWN = ['defaultRelayState', 'acsUrl', 'spEntityId', 'format', 'custom', 'pushStatus'] as const

/** The Sign On tab (reference sheet 1.5): Settings, Advanced Sign-on Settings, Credentials Details. */
export function SignOnPage({
  context,
  app,
  edit,
  children,
}: AppProps & {
  readonly edit?: FormView
  /** Further blocks of single sign-on: metadata, certificates. */
  readonly children?: ComponentChildren
}) {
  return (
    <AppPage
      context={context}
      app={app}
      tab="Sign On"
      notices={edit && <FormProblem problems={edit.problems} shown={SHOWN} />}
    >
      {edit === undefined ? <Settings context={context} app={app} /> : <EditSettings app={app} view={edit} />}
      {children}
    </AppPage>
  )
}

function Settings({ context, app }: AppProps) {
  const { signOn } = app
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
      <Card title="Advanced Sign-on Settings">
        <DefinitionList
          items={[
            { term: 'SP SSO URL', value: signOn.acsUrl },
            { term: 'SP Entity ID', value: signOn.spEntityId },
          ]}
        />
      </Card>
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
    </>
  )
}

function EditSettings({ app, view }: { readonly app: OktaApp; readonly view: FormView }) {
  const { values, problems } = view
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
      <Card title="Advanced Sign-on Settings">
        <TextField label="SP SSO URL" {...field('acsUrl')} autocomplete="off" mono />
        <TextField label="SP Entity ID" {...field('spEntityId')} autocomplete="off" mono />
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
