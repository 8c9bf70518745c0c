import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { AdminContext } from '../context.ts'
import { ConnectionNotice } from './connection-notice.tsx'
import { CredentialFields, type CredentialsView } from './new-configuration-page.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

/** The credentials of a configuration: tested again before they are saved. */
export function ConnectivityPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: CredentialsView
}) {
  const { app } = view
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Connectivity"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'connectivity', name: 'act', value: 'save' },
        {
          kind: 'link',
          label: 'Discard',
          icon: 'close',
          href: provisioningHref(app.id, 'connectivity'),
        },
      ]}
      notices={
        <>
          {view.problems[''] && <Notice tone="danger">{view.problems['']}</Notice>}
          {view.tested && <ConnectionNotice tested={view.tested} appName={app.displayName} />}
        </>
      }
    >
      <Form action={provisioningHref(app.id, 'connectivity')} id="connectivity" noValidate>
        <Card title="Admin Credentials" lead="A token is not shown again once it is kept.">
          <CredentialFields view={view} />
          <FormActions>
            <Button name="act" value="test">
              Test connection
            </Button>
          </FormActions>
        </Card>
      </Form>
    </ProvisioningPage>
  )
}
