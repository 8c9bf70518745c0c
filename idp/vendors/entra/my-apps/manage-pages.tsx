import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { userAccessPath } from '../saml/addresses.ts'
import type { AskedPermission } from '../sign-in/consent/describe-permission.ts'
import { PermissionList } from '../sign-in/pages/permission-list.tsx'
import type { MyAppsContext } from './context.ts'
import { MyAppsShell } from './my-apps-shell.tsx'
import { MY_APPS, managePath } from './portal.ts'

export interface ManagedApp {
  readonly app: ServicePrincipal
  /** Granted by the person themselves: these may be revoked. */
  readonly own: readonly AskedPermission[]
  /** Granted by an administrator on everybody's behalf. */
  readonly organization: readonly AskedPermission[]
}

interface ManagedProps {
  readonly context: MyAppsContext
  readonly view: ManagedApp
}

const MANAGE = 'Manage your application'

/** "Manage your application": what the app was granted, the person's own part first. */
export function ManagePage({ context, view }: ManagedProps) {
  const { app, own, organization } = view
  return (
    <MyAppsShell
      context={context}
      title={app.displayName}
      subtitle={MANAGE}
      actions={
        <LinkButton href={userAccessPath(app)} icon="open" label={`Open ${app.displayName}`}>
          Open
        </LinkButton>
      }
    >
      {own.length > 0 && (
        <Card
          title="You've consented to"
          lead="Without these, parts of the app may stop working."
          footer={
            <LinkButton kind="danger" href={managePath(app.id, 'revoke')}>
              Revoke permissions
            </LinkButton>
          }
        >
          <PermissionList permissions={own} />
        </Card>
      )}
      {organization.length > 0 && (
        <Card
          title="Your administrator has consented to"
          lead="Granted for everybody in your organization. Only an administrator can revoke these."
        >
          <PermissionList permissions={organization} />
        </Card>
      )}
      {own.length + organization.length === 0 && (
        <EmptyState
          title="No permissions"
          icon="lock"
          action={<LinkButton href={MY_APPS.home}>Back to your apps</LinkButton>}
        >
          {`Neither you nor an administrator has granted ${app.displayName} anything.`}
        </EmptyState>
      )}
    </MyAppsShell>
  )
}

/** Asks before permissions are revoked, naming them. */
export function RevokePage({ context, view }: ManagedProps) {
  const { app, own, organization } = view
  return (
    <MyAppsShell context={context} title={app.displayName} subtitle={MANAGE}>
      <ConfirmForm
        title="Revoke permissions?"
        subject={app.displayName}
        action={managePath(app.id, 'revoke')}
        confirmLabel="Revoke permissions"
        cancelHref={managePath(app.id)}
        headingLevel={2}
      >
        <p>The app loses what you granted it, and asks again the next time you sign in to it:</p>
        <ul class="entra-my-apps__names">
          {own.map(({ value, title, api }) => (
            <li key={value}>{api === undefined ? title : `${title} (${api})`}</li>
          ))}
        </ul>
        {organization.length > 0 && <p>What your administrator has consented to stays.</p>}
      </ConfirmForm>
    </MyAppsShell>
  )
}
