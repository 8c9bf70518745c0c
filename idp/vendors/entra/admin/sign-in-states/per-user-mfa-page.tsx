import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Badge } from '#kit/ui/badge.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import type { MfaState } from '../../commands/sign-in-states.ts'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { PER_USER_MFA, usersMenu } from '../users/users-menu.ts'

/** States in the page's words and colours. */
export const MFA_WORDS = { disabled: 'Disabled', enabled: 'Enabled', enforced: 'Enforced' } as const
const TONES = { disabled: 'neutral', enabled: 'warning', enforced: 'success' } as const

/** A person's state as a badge. */
export function MfaBadge({ state }: { readonly state: MfaState }) {
  return <Badge tone={TONES[state]}>{MFA_WORDS[state]}</Badge>
}

/** What the list shows of somebody. */
export interface MfaRow {
  readonly user: DirectoryUser
  readonly state: MfaState
  readonly hasApp: boolean
}

/** Users | Per-user MFA: whom a second factor is asked of. */
export function PerUserMfaPage(props: {
  readonly context: AdminContext
  readonly rows: readonly MfaRow[]
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}) {
  const { context, rows, readOnly } = props
  const reason = greyed(readOnly)
  const change = (label: string, value: MfaState, icon: 'check' | 'lock' | 'stop') =>
    ({ kind: 'submit', label, icon, form: 'mfa', name: 'state', value, ...reason }) as const
  return (
    <AdminPage
      context={context}
      section="Users"
      path={[{ label: 'Users', href: '/admin/users' }]}
      title="Users | Per-user MFA"
      crumb="Per-user MFA"
      subtitle={context.tenant.displayName}
      icon="user"
      resourceMenu={usersMenu('Per-user MFA')}
      commands={[
        change('Enable MFA', 'enabled', 'check'),
        change('Enforce MFA', 'enforced', 'lock'),
        change('Disable MFA', 'disabled', 'stop'),
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <p>
        Select users, then choose what becomes of them. Who is enabled registers an authenticator app at the next
        sign-in and is enforced from then on.
      </p>
      <form id="mfa" method="get" action={`${PER_USER_MFA}/confirm`} hidden />
      <DataTable
        caption="Per-user MFA"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'upn', header: 'User principal name' },
          { key: 'state', header: 'Status', narrow: true },
          { key: 'app', header: 'Authenticator app', narrow: true },
        ]}
        {...(readOnly === undefined ? { select: { name: 'id', form: 'mfa' } } : {})}
        rows={rows.map(({ user, state, hasApp }) => ({
          key: user.id,
          label: user.displayName,
          cells: {
            name: <Person name={user.displayName} />,
            upn: user.userPrincipalName,
            state: <MfaBadge state={state} />,
            app: hasApp ? 'Registered' : '-',
          },
        }))}
        empty={<EmptyState title="There are no users" icon="user" />}
      />
      {props.pager && <Pager {...props.pager} />}
    </AdminPage>
  )
}
