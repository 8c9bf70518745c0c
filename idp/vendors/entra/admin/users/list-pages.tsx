import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { hardDeleteAt } from '#idp/core/directory/recycle-bin.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import type { NavGroup } from '#kit/ui/side-nav.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { countWords } from '../forms.ts'
import { AccountBadge } from './user-detail-pages.tsx'
import { userHref } from './user-page.tsx'

const DELETED = '/admin/users/deleted'

function usersMenu(current: 'All users' | 'Deleted users'): {
  readonly label: string
  readonly groups: readonly NavGroup[]
} {
  const items = [
    { label: 'All users', href: '/admin/users', icon: 'user' },
    { label: 'Deleted users', href: DELETED, icon: 'delete' },
  ] as const
  return {
    label: 'Pages of users',
    groups: [{ items: items.map((item) => ({ ...item, current: item.label === current })) }],
  }
}

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
  const unavailable = readOnly === undefined ? {} : { unavailable: readOnly }
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

export interface DeletedUsersView {
  readonly users: readonly DirectoryUser[]
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}

/** Users | Deleted users: the recycle bin. */
export function DeletedUsersPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: DeletedUsersView
}) {
  const { users, readOnly } = view
  const unavailable = readOnly ?? (users.length === 0 ? 'There are no deleted users.' : undefined)
  const reason = unavailable === undefined ? {} : { unavailable }
  return (
    <AdminPage
      context={context}
      section="Users"
      path={[{ label: 'Users', href: '/admin/users' }]}
      title="Users | Deleted users"
      crumb="Deleted users"
      subtitle={context.tenant.displayName}
      icon="user"
      resourceMenu={usersMenu('Deleted users')}
      commands={[
        { kind: 'submit', label: 'Restore', icon: 'restart', form: 'deleted', name: 'do', value: 'restore', ...reason },
        {
          kind: 'submit',
          label: 'Delete permanently',
          icon: 'delete',
          form: 'deleted',
          name: 'do',
          value: 'delete',
          ...reason,
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <Notice tone="info" role="none">
        Users deleted within the last 30 days. After that they are deleted permanently.
      </Notice>
      <form id="deleted" method="get" action={`${DELETED}/confirm`} hidden />
      <DataTable
        caption="Deleted users"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'upn', header: 'User principal name' },
          { key: 'deleted', header: 'Deletion date', narrow: true },
          { key: 'gone', header: 'Permanent deletion date', narrow: true },
        ]}
        {...(readOnly === undefined ? { select: { name: 'id', form: 'deleted' } } : {})}
        rows={users.map((user) => ({
          key: user.id,
          label: user.displayName,
          cells: {
            name: <Person name={user.displayName} />,
            upn: user.userPrincipalName,
            deleted: user.deletedDateTime && <TimeText iso={user.deletedDateTime} form="date" />,
            gone: user.deletedDateTime && (
              <TimeText iso={new Date(hardDeleteAt(user.deletedDateTime)).toISOString()} form="date" />
            ),
          },
        }))}
        empty={
          <EmptyState title="No deleted users" icon="user">
            Deleted users stay here for 30 days.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}

/** What is asked about a selection of users. */
export type UserQuestion = 'delete' | 'restore' | 'delete-permanently'

const QUESTIONS = {
  delete: {
    step: 'Delete users',
    title: 'Delete these users?',
    label: 'Delete',
    action: '/admin/users/delete',
    back: '/admin/users',
    text: 'They cannot sign in any more, and their accounts in provisioned apps are deactivated in the next cycle. You can restore them for 30 days.',
  },
  restore: {
    step: 'Restore users',
    title: 'Restore these users?',
    label: 'Restore',
    action: `${DELETED}/restore`,
    back: DELETED,
    text: 'They come back with the group memberships and app assignments they had.',
  },
  'delete-permanently': {
    step: 'Delete permanently',
    title: 'Delete these users permanently?',
    label: 'Delete permanently',
    action: `${DELETED}/delete`,
    back: DELETED,
    text: 'This cannot be undone. Their accounts in provisioned apps are deleted in the next cycle.',
  },
} as const satisfies Readonly<Record<UserQuestion, object>>

/** Asks before users are deleted, restored or deleted for good. */
export function ConfirmUsersPage(props: {
  readonly context: AdminContext
  readonly question: UserQuestion
  readonly users: readonly DirectoryUser[]
}) {
  const { question, users } = props
  const words = QUESTIONS[question]
  const title = users.length === 1 ? words.title.replace('these users', 'this user') : words.title
  return (
    <AdminPage
      context={props.context}
      section="Users"
      path={[{ label: 'Users', href: '/admin/users' }]}
      title={words.step}
      icon="user"
    >
      <ConfirmForm
        title={title}
        subject={users.map((user) => user.displayName).join(', ')}
        action={words.action}
        fields={{ ids: users.map((user) => user.id).join(',') }}
        confirmLabel={words.label}
        cancelHref={words.back}
        kind={question === 'restore' ? 'primary' : 'danger'}
        headingLevel={2}
      >
        {words.text}
      </ConfirmForm>
    </AdminPage>
  )
}
