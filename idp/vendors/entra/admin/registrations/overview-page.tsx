import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { accountTypeName } from './account-types.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** An address of this tenant, as the panel Endpoints lists it. */
export interface Endpoint {
  readonly name: string
  readonly url: string
}

export interface RegistrationOverviewView {
  readonly registration: Application
  readonly principal: ServicePrincipal | undefined
  readonly readOnly: string | undefined
  /** The panel Endpoints, when it is open. */
  readonly endpoints?: readonly Endpoint[] | undefined
}

/** Overview of a registration: its ids, and where the rest of it is configured. */
export function RegistrationOverviewPage(props: {
  readonly context: AdminContext
  readonly view: RegistrationOverviewView
}) {
  const { context } = props
  const { registration, principal, readOnly, endpoints } = props.view
  const { id, secrets, keyCredentials = [], web, spa, publicClient, identifierUris = [] } = registration
  const page = (path: string) => registrationHref(id, path)
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
  const redirects = web.redirectUris.length + spa.redirectUris.length + publicClient.redirectUris.length
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="Overview"
      commands={[
        { kind: 'link', label: 'Delete', icon: 'delete', href: page('delete'), ...greyed(readOnly) },
        { kind: 'link', label: 'Endpoints', icon: 'link', href: page('endpoints') },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: page('') },
      ]}
      overlay={endpoints && <EndpointsPanel endpoints={endpoints} closeHref={page('')} />}
    >
      <Card title="Essentials">
        <Columns min="wide">
          <DefinitionList
            items={[
              { term: 'Display name', value: <a href={page('branding')}>{registration.displayName}</a> },
              {
                term: 'Application (client) ID',
                value: <Copyable label="Application (client) ID" value={registration.appId} />,
              },
              { term: 'Object ID', value: <Copyable label="Object ID" value={id} /> },
              {
                term: 'Directory (tenant) ID',
                value: <Copyable label="Directory (tenant) ID" value={context.tenant.id} />,
              },
              {
                term: 'Supported account types',
                value: <a href={page('authentication')}>{accountTypeName(registration)}</a>,
              },
            ]}
          />
          <DefinitionList
            items={[
              {
                term: 'Client credentials',
                value: (
                  <a href={page('credentials')}>
                    {secrets.length + keyCredentials.length === 0
                      ? 'Add a certificate or secret'
                      : `${count(keyCredentials.length, 'certificate')}, ${count(secrets.length, 'secret')}`}
                  </a>
                ),
              },
              {
                term: 'Redirect URIs',
                value: (
                  <a href={page('authentication')}>
                    {redirects === 0
                      ? 'Add a Redirect URI'
                      : `${web.redirectUris.length} web, ${spa.redirectUris.length} spa, ${publicClient.redirectUris.length} public client`}
                  </a>
                ),
              },
              {
                term: 'Application ID URI',
                value: <a href={page('expose')}>{identifierUris[0] ?? 'Add an Application ID URI'}</a>,
              },
              {
                term: 'Managed application in local directory',
                value:
                  principal === undefined ? (
                    <CreatePrincipal action={page('service-principal')} readOnly={readOnly} />
                  ) : (
                    <a href={`/admin/apps/${principal.id}`}>{principal.displayName}</a>
                  ),
              },
              { term: 'Created on', value: <TimeText iso={registration.createdDateTime} form="datetime" /> },
            ]}
          />
        </Columns>
      </Card>
      <h2 class="k-card__title">Get Started</h2>
      <Columns>
        <Card
          title="Sign people in"
          headingLevel={3}
          lead="Say where answers go, and let the application prove itself with a secret or certificate."
          footer={<a href={page('authentication')}>Add a platform</a>}
        />
        <Card
          title="Call APIs"
          headingLevel={3}
          lead="Ask for permissions of Microsoft Graph or of an API of your own, and have them granted."
          footer={<a href={page('permissions')}>View API permissions</a>}
        />
        <Card
          title="Protect your own API"
          headingLevel={3}
          lead="Offer scopes and app roles that other applications, and people, can be given."
          footer={<a href={page('expose')}>Expose an API</a>}
        />
      </Columns>
    </RegistrationPage>
  )
}

function CreatePrincipal({ action, readOnly }: { readonly action: string; readonly readOnly: string | undefined }) {
  if (readOnly !== undefined) return <>None in this tenant</>
  return (
    <Form action={action} layout="bare">
      <Button kind="subtle">Create Service Principal</Button>
    </Form>
  )
}

function EndpointsPanel(props: { readonly endpoints: readonly Endpoint[]; readonly closeHref: string }) {
  return (
    <Panel
      title="Endpoints"
      closeHref={props.closeHref}
      wide
      footer={<LinkButton href={props.closeHref}>Close</LinkButton>}
    >
      <DefinitionList
        items={props.endpoints.map(({ name, url }) => ({ term: name, value: <Copyable label={name} value={url} /> }))}
      />
    </Panel>
  )
}

/** Asks before a registration is deleted. */
export function DeleteRegistrationPage(props: { readonly context: AdminContext; readonly registration: Application }) {
  const { registration } = props
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Overview"
      step="Delete app registration"
    >
      <ConfirmForm
        title="Delete app registration?"
        subject={registration.displayName}
        action={registrationHref(registration.id, 'delete')}
        confirmLabel="Delete"
        cancelHref={registrationHref(registration.id)}
        headingLevel={2}
      >
        Nobody can sign in with it any more, and its enterprise app, assignments and consents go with it. It can be
        restored for 30 days.
      </ConfirmForm>
    </RegistrationPage>
  )
}
