import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { countWords } from '../forms.ts'
import { greyed } from '../greyed.ts'
import { AccountBadge } from './user-detail-pages.tsx'
import { userHref } from './user-page.tsx'

import { usersMenu } from './users-menu.ts'
/** Whose accounts are listed. */
export const USER_FILTERS = [
  { value: '', label: 'All users' },
  { value: 'member', label: 'Members' },
  { value: 'guest', label: 'Guests' },
  { value: 'blocked', label: 'Sign-in blocked' },
] as const

export interface UserListView {
  readonly users: readonly DirectoryUser[]
  readonly total?: number | undefined
  readonly text: string
  readonly filter: string
  /** The search gave up before the end. */
  readonly isCut: boolean
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}

/** Users | All users. */
export function UserListPage({ context, view }: { readonly context: AdminContext; readonly view: UserListView }) {
  const { users, readOnly } = view
  const unavailable = greyed(readOnly)
  return (
    <AdminPage
      context={context}
      section="Users"
      title="Users | All users"
      crumb="Users"
      subtitle={context.tenant.displayName}
      icon="user"
      resourceMenu={usersMenu('All users')}
      commands={[
        readOnly === undefined
          ? {
              kind: 'menu',
              label: 'New user',
              items: [{ kind: 'link', label: 'Create new user', icon: 'add', href: '/admin/users/new' }],
            }
          : { kind: 'link', label: 'New user', icon: 'add', href: '/admin/users/new', ...unavailable },
        { kind: 'submit', label: 'Delete', icon: 'delete', form: 'users', ...unavailable },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <search aria-label="All users">
        <form method="get" action="/admin/users" class="k-form k-form--inline">
          <TextField label="Search" name="q" value={view.text} placeholder="Name or email address" />
          <SelectField label="Show" name="show" value={view.filter} options={USER_FILTERS} />
          <Button icon="filter">Apply</Button>
        </form>
      </search>
      {view.isCut && (
        <Notice tone="warning">Too many users match to look at all of them. Search for a longer beginning.</Notice>
      )}
      {view.total !== undefined && <Quiet>{`${countWords(view.total, 'user')} found`}</Quiet>}
      <form id="users" method="get" action="/admin/users/delete" hidden />
      <DataTable
        caption="All users"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'upn', header: 'User principal name' },
          { key: 'type', header: 'User type', narrow: true },
          { key: 'enabled', header: 'Account', narrow: true },
          { key: 'department', header: 'Department' },
        ]}
        {...(readOnly === undefined ? { select: { name: 'id', form: 'users' } } : {})}
        rows={users.map((user) => ({
          key: user.id,
          label: user.displayName,
          href: userHref(user.id),
          cells: {
            name: (
              <span class="entra-name">
                <Person name={user.displayName} />
              </span>
            ),
            upn: <span class="entra-address">{user.userPrincipalName}</span>,
            type: user.userType,
            enabled: <AccountBadge user={user} />,
            department: user.department ?? '-',
          },
        }))}
        empty={
          <EmptyState
            title="No users found"
            icon="user"
            action={view.text !== '' && <LinkButton href="/admin/users">Show all users</LinkButton>}
          >
            {view.text === '' ? 'Nobody fits what is shown.' : 'Names are found by the beginning of each word.'}
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}
