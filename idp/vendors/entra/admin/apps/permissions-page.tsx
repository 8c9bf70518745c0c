import type { OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { permissionOf } from '../../sign-in/permissions.ts'
import type { AdminContext } from '../context.ts'
import { AppPage, appHref } from './app-page.tsx'

/** A consent with the name of who gave it. */
export interface GrantView {
  readonly grant: OAuth2PermissionGrant
  /** Display name of the person; absent for the organization's consent. */
  readonly person?: string | undefined
}

export interface PermissionsView {
  readonly app: ServicePrincipal
  readonly grants: readonly GrantView[]
  readonly readOnly: string | undefined
}

/** What an app was allowed to do: the organization's consent, then that of each person. */
export function PermissionsPage({ context, view }: { readonly context: AdminContext; readonly view: PermissionsView }) {
  const { app, grants, readOnly } = view
  return (
    <AppPage context={context} app={app} page="Permissions">
      <p>{`Delegated permissions of Microsoft Graph that ${app.displayName} was granted in ${context.tenant.displayName}. The app acts on behalf of the person signed in.`}</p>
      {grants.length === 0 && (
        <EmptyState title="No permissions granted" icon="shield">
          {`They are granted when somebody signs in to ${app.displayName} and accepts what it asks for.`}
        </EmptyState>
      )}
      {grants.map(({ grant, person }) => {
        const title = person === undefined ? 'Admin consent' : `User consent: ${person}`
        return (
          <Card
            key={grant.id}
            title={title}
            lead={person === undefined ? 'Granted on behalf of the organization.' : `Granted by ${person}.`}
            action={
              readOnly === undefined && (
                <LinkButton
                  kind="subtle"
                  icon="delete"
                  href={appHref(app.id, `permissions/${grant.id}/revoke`)}
                  label={`Revoke permissions: ${title}`}
                >
                  Revoke permissions
                </LinkButton>
              )
            }
          >
            <DataTable
              caption={title}
              columns={[
                { key: 'claim', header: 'Claim value', mono: true },
                { key: 'permission', header: 'Permission' },
                { key: 'api', header: 'API name' },
                { key: 'type', header: 'Type', narrow: true },
              ]}
              rows={grant.scope.split(' ').map((scope) => ({
                key: scope,
                cells: {
                  claim: scope,
                  permission: permissionOf(scope).title,
                  api: 'Microsoft Graph',
                  type: 'Delegated',
                },
              }))}
            />
          </Card>
        )
      })}
    </AppPage>
  )
}

/** Asks before a consent is taken back. */
export function RevokePage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly view: GrantView
}) {
  const { app, view } = props
  return (
    <AppPage context={props.context} app={app} page="Permissions" step="Revoke permissions">
      <ConfirmForm
        title={`Revoke what ${app.displayName} was granted?`}
        subject={view.person ?? 'Admin consent'}
        action={appHref(app.id, `permissions/${view.grant.id}/revoke`)}
        confirmLabel="Revoke"
        cancelHref={appHref(app.id, 'permissions')}
        headingLevel={2}
      >
        {view.person === undefined
          ? 'Everybody without a consent of their own is asked for permission at their next sign-in.'
          : `${view.person} is asked for permission at the next sign-in, unless there is admin consent.`}
      </ConfirmForm>
    </AppPage>
  )
}
