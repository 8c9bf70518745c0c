import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { MfaState } from '../../commands/sign-in-states.ts'
import type { Authenticator } from '../../sign-in/states/records.ts'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { UserPage, userHref } from '../users/user-page.tsx'
import { PER_USER_MFA } from '../users/users-menu.ts'
import { MfaBadge } from './per-user-mfa-page.tsx'

export interface AuthenticationMethodsView {
  readonly user: DirectoryUser
  readonly state: MfaState
  readonly authenticator: Authenticator | undefined
  readonly readOnly: string | undefined
}

/** How a person proves who they are: the password, and what they have registered. */
export function AuthenticationMethodsPage(props: {
  readonly context: AdminContext
  readonly view: AuthenticationMethodsView
}) {
  const { context } = props
  const { user, state, authenticator, readOnly } = props.view
  const isRegistered = authenticator?.state === 'registered'
  return (
    <UserPage
      context={context}
      user={user}
      page="Authentication methods"
      commands={[
        {
          kind: 'link',
          label: 'Reset password',
          icon: 'key',
          href: userHref(user.id, 'password'),
          ...greyed(readOnly),
        },
        {
          kind: 'link',
          label: 'Require re-register multifactor authentication',
          icon: 'restart',
          href: userHref(user.id, 'authentication-methods/remove'),
          ...greyed(readOnly ?? (authenticator === undefined ? 'There is nothing registered.' : undefined)),
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: userHref(user.id, 'authentication-methods') },
      ]}
    >
      <Card title="Sign-in">
        <DefinitionList
          items={[
            {
              term: 'Password',
              value: user.forceChangePasswordNextSignIn
                ? 'Has to be changed at the next sign-in'
                : user.passwordHash === undefined
                  ? 'None'
                  : 'Set',
            },
            {
              term: 'Per-user MFA',
              value: (
                <a href={PER_USER_MFA}>
                  <MfaBadge state={state} />
                </a>
              ),
            },
          ]}
        />
      </Card>
      <DataTable
        caption="Usable authentication methods"
        columns={[
          { key: 'method', header: 'Authentication method' },
          { key: 'detail', header: 'Detail' },
          { key: 'since', header: 'Created', narrow: true },
        ]}
        rows={
          isRegistered
            ? [
                {
                  key: 'app',
                  cells: {
                    method: 'Software OATH token',
                    detail: 'Authenticator app',
                    since: <TimeText iso={authenticator.addedAt} form="datetime" />,
                  },
                },
              ]
            : []
        }
        empty={
          <EmptyState title="No usable methods" icon="key">
            A second factor is registered by the person, at the first sign-in that asks for one.
          </EmptyState>
        }
      />
    </UserPage>
  )
}

/** Asks before somebody's authenticator app is taken away. */
export function RemoveAuthenticatorPage(props: { readonly context: AdminContext; readonly user: DirectoryUser }) {
  const { user } = props
  return (
    <UserPage
      context={props.context}
      user={user}
      page="Authentication methods"
      step="Require re-register multifactor authentication"
    >
      <ConfirmForm
        title="Require this user to register again?"
        subject={user.displayName}
        action={userHref(user.id, 'authentication-methods/remove')}
        confirmLabel="Require re-register"
        cancelHref={userHref(user.id, 'authentication-methods')}
        headingLevel={2}
      >
        Codes of the authenticator app they use are not taken any more. They register one again at the next sign-in that
        asks for a second factor.
      </ConfirmForm>
    </UserPage>
  )
}
