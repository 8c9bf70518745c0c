import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { hardDeleteAt } from '#idp/core/directory/recycle-bin.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'

import { DELETED, usersMenu } from './users-menu.ts'
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
  const reason = greyed(readOnly ?? (users.length === 0 ? 'There are no deleted users.' : undefined))
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
