import type { DirectoryGroup, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { AdminPage } from '../admin-page.tsx'
import { appHref } from '../apps/app-page.tsx'
import type { AdminContext } from '../context.ts'

export interface SearchView {
  readonly text: string
  readonly users: readonly DirectoryUser[]
  readonly groups: readonly DirectoryGroup[]
  readonly apps: readonly ServicePrincipal[]
}

/** Results of the search in the top bar, by kind. */
export function SearchPage({ context, view }: { readonly context: AdminContext; readonly view: SearchView }) {
  const { text, users, groups, apps } = view
  const more = new URLSearchParams({ q: text })
  return (
    <AdminPage
      context={context}
      title={text === '' ? 'Search' : `Results for "${text}"`}
      crumb="Search"
      icon="search"
      searched={text}
    >
      {users.length + groups.length + apps.length === 0 && (
        <EmptyState title={text === '' ? 'Type something to search for' : 'Nothing found'} icon="search">
          Names are found by the beginning of each word, users also by user principal name and email address.
        </EmptyState>
      )}
      {users.length > 0 && (
        <Card title="Users" flush action={<a href={`/admin/users?${more}`}>All matching users</a>}>
          <DataTable
            caption="Users found"
            columns={[
              { key: 'name', header: 'Display name' },
              { key: 'upn', header: 'User principal name' },
            ]}
            rows={users.map((user) => ({
              key: user.id,
              href: `/admin/users/${user.id}`,
              cells: { name: <Person name={user.displayName} />, upn: user.userPrincipalName },
            }))}
          />
        </Card>
      )}
      {groups.length > 0 && (
        <Card title="Groups" flush>
          <DataTable
            caption="Groups found"
            columns={[
              { key: 'name', header: 'Name' },
              { key: 'description', header: 'Description' },
            ]}
            rows={groups.map((group) => ({
              key: group.id,
              href: `/admin/groups/${group.id}`,
              cells: { name: group.displayName, description: group.description ?? '-' },
            }))}
          />
        </Card>
      )}
      {apps.length > 0 && (
        <Card title="Enterprise apps" flush>
          <DataTable
            caption="Enterprise apps found"
            columns={[
              { key: 'name', header: 'Name' },
              { key: 'id', header: 'Application ID', mono: true },
            ]}
            rows={apps.map((app) => ({
              key: app.id,
              href: appHref(app.id),
              cells: { name: app.displayName, id: app.appId },
            }))}
          />
        </Card>
      )}
    </AdminPage>
  )
}
