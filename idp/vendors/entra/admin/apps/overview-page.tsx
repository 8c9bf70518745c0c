import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { AppPage, appHref } from './app-page.tsx'

export interface AppOverviewView {
  readonly app: ServicePrincipal
  /** Its registration, where that is this tenant's. */
  readonly registrationHref?: string | undefined
  readonly users: number
  readonly groups: number
}

/** Name, ids, and the first steps with an app. */
export function AppOverviewPage({ context, view }: { readonly context: AdminContext; readonly view: AppOverviewView }) {
  const { app } = view
  return (
    <AppPage context={context} app={app} page="Overview">
      <Card title="Properties">
        <DefinitionList
          items={[
            { term: 'Name', value: app.displayName },
            { term: 'Application ID', value: <Copyable label="Application ID" value={app.appId} /> },
            { term: 'Object ID', value: <Copyable label="Object ID" value={app.id} /> },
            { term: 'Publisher', value: app.publisherName },
            ...(view.registrationHref === undefined
              ? []
              : [{ term: 'Application registration', value: <a href={view.registrationHref}>{app.displayName}</a> }]),
            { term: 'Enabled for users to sign-in', value: app.accountEnabled ? 'Yes' : 'No' },
            { term: 'Created on', value: <TimeText iso={app.createdDateTime} form="datetime" /> },
          ]}
        />
      </Card>
      <h2 class="k-card__title">Getting Started</h2>
      <Columns>
        <Card
          title="1. Assign users and groups"
          headingLevel={3}
          lead="Provide specific users and groups access to the application."
          footer={<a href={appHref(app.id, 'users')}>Assign users and groups</a>}
        >
          <p>{assignedWords(view)}</p>
        </Card>
        <Card
          title="2. Set up single sign on"
          headingLevel={3}
          lead="Let people sign in to the application with the account they have here."
          footer={
            <a href={appHref(app.id, 'sign-on')} aria-label="Get started with single sign-on">
              Get started
            </a>
          }
        >
          <p>SAML is set up here; an application of OpenID Connect brings it along.</p>
        </Card>
        <Card
          title="3. Provision User Accounts"
          headingLevel={3}
          lead="Automatically create and remove user accounts in the application."
          footer={
            <a href={appHref(app.id, 'provisioning')} aria-label="Get started with provisioning">
              Get started
            </a>
          }
        >
          <p>Accounts follow the assignments once provisioning has been configured and started.</p>
        </Card>
      </Columns>
    </AppPage>
  )
}

function assignedWords({ users, groups }: AppOverviewView): string {
  if (users + groups === 0) return 'Nobody is assigned yet.'
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
  return `Assigned: ${count(users, 'user')} and ${count(groups, 'group')}.`
}
