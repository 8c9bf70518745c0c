import { certificateFingerprint } from '#idp/protocols/saml/answer-login.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import { NO_SINGLE_LOGOUT } from '../../../saml/single-logout.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

export function singleLogoutHref(app: OktaApp): string {
  return appHref(app, 'signon/logout')
}

/** Single Logout of an app of the wizard: whether the app may begin it, and by what it is known. */
export function SingleLogoutCard({ context, app }: AppProps) {
  const { enabled, url, issuer, certificate } = app.signOn.singleLogout ?? NO_SINGLE_LOGOUT
  const long = (text: string) => text && <span class="okta-expression">{text}</span>
  return (
    <Card
      title="Single Logout"
      action={
        context.may.apps && (
          <LinkButton kind="subtle" href={singleLogoutHref(app)} label="Edit Single Logout">
            Edit
          </LinkButton>
        )
      }
    >
      <DefinitionList
        items={[
          { term: 'Allow application to initiate Single Logout', value: enabled ? 'Yes' : 'No' },
          ...(enabled
            ? [
                { term: 'Single Logout URL', value: long(url) },
                { term: 'SP Issuer', value: long(issuer) },
                {
                  term: 'Signature Certificate (SHA-256 fingerprint)',
                  value: <span class="k-mono okta-expression">{certificateFingerprint(certificate)}</span>,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

const SHOWN = ['enabled', 'url', 'issuer', 'certificate'] as const

/** The same as a form. */
export function EditSingleLogoutPage({ context, app, edit }: AppProps & { readonly edit: FormView }) {
  const { values, problems } = edit
  const field = (name: (typeof SHOWN)[number]) => ({ name, value: values[name], problem: problems[name] })
  return (
    <AppPage context={context} app={app} tab="Sign On" notices={<FormProblem problems={problems} shown={SHOWN} />}>
      <Form action={singleLogoutHref(app)} label="Single Logout" noValidate>
        <Card title="Single Logout" lead="The app ends the session of the org; the answer is posted to the app.">
          <CheckboxField
            label="Allow application to initiate Single Logout"
            name="enabled"
            checked={values['enabled'] === 'true'}
            problem={problems['enabled']}
          />
          <TextField
            label="Single Logout URL"
            hint="Where the app takes the answer."
            {...field('url')}
            autocomplete="off"
            mono
          />
          <TextField
            label="SP Issuer"
            hint="The issuer of the app's requests: as a rule the Audience URI (SP Entity ID)."
            {...field('issuer')}
            autocomplete="off"
            mono
          />
          <TextField
            label="Signature Certificate"
            hint="The app signs its requests with the key of this certificate. Paste all of it, from BEGIN CERTIFICATE to END CERTIFICATE."
            {...field('certificate')}
            multiline={8}
            mono
          />
        </Card>
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={appHref(app, 'signon')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}
