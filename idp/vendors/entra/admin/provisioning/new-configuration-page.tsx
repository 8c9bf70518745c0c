import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { ConnectionNotice, type TestedConnection } from './connection-notice.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

export interface CredentialsView {
  readonly app: ServicePrincipal
  readonly tenantUrl: string
  /** A secret is kept on the server: the field may stay empty. */
  readonly hasSecret: boolean
  readonly tested?: TestedConnection | undefined
  /** By field; what belongs to none under the empty name. */
  readonly problems: Readonly<Record<string, string>>
}

export interface NewConfigurationView extends CredentialsView {
  /** The values in the form have passed a test. */
  readonly isTested: boolean
}

/** The fields of the target's credentials. The secret is never in the page: an empty field keeps the one typed before. */
export function CredentialFields({ view }: { readonly view: CredentialsView }) {
  return (
    <>
      <SelectField
        label="Select authentication method"
        name="method"
        value="bearer"
        options={[{ value: 'bearer', label: 'Bearer authentication' }]}
        required
      />
      <TextField
        label="Tenant URL"
        name="tenantUrl"
        type="url"
        value={view.tenantUrl}
        problem={view.problems['tenantUrl']}
        placeholder="https://dialpad.com/scim"
        autocomplete="off"
        required
      />
      <TextField
        label="Secret Token"
        name="secretToken"
        type="password"
        problem={view.problems['secretToken']}
        placeholder={view.hasSecret ? '••••••••••••••••' : undefined}
        hint={
          view.hasSecret
            ? 'A token is kept and is not shown. Leave the field empty to use it, or type another one.'
            : 'The key that was made in the application, without any prefix.'
        }
        autocomplete="off"
        required={!view.hasSecret}
      />
    </>
  )
}

/** + New configuration: test the connection, then create. Two buttons of one form. */
export function NewConfigurationPage(props: { readonly context: AdminContext; readonly view: NewConfigurationView }) {
  const { context, view } = props
  const { app } = view
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Overview"
      isConfigured={false}
      step="New provisioning configuration"
      notices={
        <>
          {view.problems[''] && <Notice tone="danger">{view.problems['']}</Notice>}
          {view.tested && <ConnectionNotice tested={view.tested} appName={app.displayName} />}
        </>
      }
    >
      <Form action={provisioningHref(app.id, 'new')} id="new-configuration" noValidate>
        <Card
          title="Admin Credentials"
          lead={`The service uses these to reach the SCIM interface of ${app.displayName} and to keep accounts in step.`}
        >
          <CredentialFields view={view} />
          <FormActions>
            <Button name="act" value="test">
              Test Connection
            </Button>
          </FormActions>
        </Card>
        <FormActions>
          <Button kind="primary" name="act" value="create" disabled={!view.isTested}>
            Create
          </Button>
          <LinkButton href={provisioningHref(app.id)}>Cancel</LinkButton>
          {!view.isTested && <Quiet>A successful test of the connection comes first.</Quiet>}
        </FormActions>
      </Form>
    </ProvisioningPage>
  )
}
