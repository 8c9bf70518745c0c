import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { CertificateFacts } from '../commands/saml-settings.ts'
import { SAML_PROVIDER_NAMES, type SamlAddresses } from '../domain/saml.ts'
import { SAML_PROVIDERS, type SamlProvider } from '../records.ts'
import { SAML } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'

export interface SamlView {
  /** The one whose addresses are shown; it need not be saved yet. */
  readonly provider: SamlProvider
  /** Where logins begin, once this provider is saved. */
  readonly loginUrl: string | undefined
  /** As the product has them, and where they are on this machine. */
  readonly real: SamlAddresses
  readonly local: SamlAddresses
  readonly certificate: CertificateFacts | undefined
  /** Every other way in is closed. */
  readonly isForced: boolean
  readonly typed: Typed
}

/** Company Settings > Authentication > SAML (reference sheet 2.2). */
export function SamlPage({ chrome, view }: { readonly chrome: Chrome; readonly view: SamlView }) {
  const { values, problems } = view.typed
  const name = SAML_PROVIDER_NAMES[view.provider]
  return (
    <AdminPage
      chrome={chrome}
      current={SAML}
      title="SAML"
      trail={[{ label: 'Authentication' }]}
      lead="Lets people log in with the company's own identity provider."
      notices={
        view.isForced && (
          <Notice tone="danger" title="Everybody logs in with SAML only" role="none">
            Other ways to log in are refused to everybody, Company Admins too. If a value below is wrong, whoever logs
            out is locked out, until a Company Admin recovers at the login.
          </Notice>
        )
      }
    >
      <Stack gap="loose">
        <Card
          title="Choose your provider"
          lead="The addresses below change with it. Entra ID and JumpCloud use Custom."
        >
          <form method="get" action={SAML} class="k-form k-form--inline" aria-label="Identity provider">
            <SelectField
              label="Choose your provider"
              name="provider"
              value={view.provider}
              options={SAML_PROVIDERS.map((provider) => ({ value: provider, label: SAML_PROVIDER_NAMES[provider] }))}
            />
            <Inline>
              <Button>Choose</Button>
            </Inline>
          </form>
        </Card>
        <Card title={`Give these to ${view.provider === 'custom' ? 'your provider' : name}`}>
          <DefinitionList
            items={[
              { term: 'SP SSO Url', value: <Copyable label="SP SSO Url" value={view.real.acs} /> },
              { term: 'SP Entity ID', value: <Copyable label="SP Entity ID" value={view.real.entityId} /> },
              { term: 'SSO Url here', value: <Copyable label="local SP SSO Url" value={view.local.acs} /> },
              { term: 'Entity ID here', value: <Copyable label="local SP Entity ID" value={view.local.entityId} /> },
              ...(view.loginUrl === undefined
                ? []
                : [{ term: 'Login Url', value: <Copyable label="Login Url" value={view.loginUrl} /> }]),
            ]}
          />
        </Card>
        <Card title={`From ${view.provider === 'custom' ? 'your provider' : name}`}>
          <FormProblem typed={view.typed} />
          <Form action={`${SAML}/settings`} label="SAML settings" fields={{ provider: view.provider }} noValidate>
            <TextField
              label="IdP SSO URL"
              name="idpSsoUrl"
              value={values['idpSsoUrl']}
              problem={problems['idpSsoUrl']}
              autocomplete="off"
              required
            />
            <TextField
              label="IdP Entity ID"
              name="idpEntityId"
              value={values['idpEntityId']}
              problem={problems['idpEntityId']}
              hint="The issuer."
              autocomplete="off"
              required
            />
            <TextField
              label="Certificate"
              name="certificate"
              multiline={6}
              mono
              value={values['certificate']}
              problem={problems['certificate']}
              hint="X.509. The BEGIN and END lines are removed when it is saved."
              autocomplete="off"
              required
            />
            {view.certificate && (
              <DefinitionList
                items={[
                  { term: 'Certificate of', value: view.certificate.subject },
                  { term: 'Valid to', value: view.certificate.validTo },
                  { term: 'SHA-256', value: <span class="k-mono">{view.certificate.fingerprint}</span> },
                ]}
              />
            )}
            <CheckboxField
              label="Prevent users from logging in with other SSO providers"
              name="preventOtherProviders"
              checked={values['preventOtherProviders'] === 'true'}
              hint="This forces SAML for everybody, admins too: whoever switches it on before SAML works is locked out."
            />
            <FormActions>
              <Button kind="primary">Save</Button>
            </FormActions>
          </Form>
        </Card>
      </Stack>
    </AdminPage>
  )
}
