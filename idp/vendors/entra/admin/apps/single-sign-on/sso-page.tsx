import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { AdminContext } from '../../context.ts'
import { AppPage, appHref } from '../app-page.tsx'

/** Address of a page of an app's single sign-on. */
export function ssoHref(appId: string, page = ''): string {
  return appHref(appId, page === '' ? 'sign-on' : `sign-on/${page}`)
}

export interface MethodView {
  readonly app: ServicePrincipal
  readonly readOnly: string | undefined
  /** Why nothing was chosen. */
  readonly problem?: string | undefined
}

/** Select a single sign-on method: of the four, SAML can be set up here. */
export function SignOnMethodPage({ context, view }: { readonly context: AdminContext; readonly view: MethodView }) {
  const { app, readOnly, problem } = view
  return (
    <AppPage
      context={context}
      app={app}
      page="Single sign-on"
      notices={problem && <Notice tone="danger">{problem}</Notice>}
    >
      <p>
        {`Single sign-on (SSO) lets people sign in to ${app.displayName} with the account they have in ${context.tenant.displayName}.`}
      </p>
      <h2 class="k-card__title">Select a single sign-on method</h2>
      <Columns min="normal">
        <Card title="Disabled" headingLevel={3}>
          Single sign-on is not enabled. People cannot open the app from here.
        </Card>
        <Card
          title="SAML"
          headingLevel={3}
          footer={
            readOnly === undefined && (
              <Form action={ssoHref(app.id, 'saml')} layout="bare">
                <Button kind="primary" label="Select SAML">
                  Select
                </Button>
              </Form>
            )
          }
        >
          Signed answers by the SAML protocol, for apps that understand it.
        </Card>
        <Card title="Password-based" headingLevel={3}>
          Passwords kept and replayed by a browser extension. Not part of this simulation.
        </Card>
        <Card title="Linked" headingLevel={3}>
          A link to the sign-in of another service. Not part of this simulation.
        </Card>
      </Columns>
    </AppPage>
  )
}

/** What stands here for an app that signs people in by OpenID Connect: nothing is to be set up. */
export function OpenIdSignOnPage({ context, app }: { readonly context: AdminContext; readonly app: ServicePrincipal }) {
  return (
    <AppPage context={context} app={app} page="Single sign-on">
      <Notice tone="info" role="none" title="OpenID Connect-based Sign-on">
        {`${app.displayName} signs people in with OpenID Connect. Single sign-on is enabled already: it comes with the consent to the app, and there is nothing to set up.`}
      </Notice>
    </AppPage>
  )
}

/** Asks before single sign-on is switched off. */
export function DisableSignOnPage({
  context,
  app,
}: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
}) {
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Change single sign-on mode">
      <ConfirmForm
        title="Disable single sign-on?"
        subject={app.displayName}
        action={ssoHref(app.id, 'disable')}
        confirmLabel="Disable"
        cancelHref={ssoHref(app.id)}
        headingLevel={2}
      >
        The SAML configuration goes, with its claims and certificates. Whoever opens the app by SAML is refused.
      </ConfirmForm>
    </AppPage>
  )
}
