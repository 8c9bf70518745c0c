import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { DirectoryRole } from '../../roles.ts'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'

/** A role and who holds it. */
export interface RoleView {
  readonly role: DirectoryRole
  readonly holders: readonly DirectoryUser[]
}

/** Roles & admins: every directory role, with the number of people who hold it. */
export function RolesPage({ context, roles }: { readonly context: AdminContext; readonly roles: readonly RoleView[] }) {
  const own = context.roles.length === 0 ? 'none; you own an app' : context.roles.join(', ')
  return (
    <AdminPage
      context={context}
      section="Roles & admins"
      title="Roles & admins | All roles"
      crumb="Roles & admins"
      icon="role"
    >
      <Notice tone="info" role="none">{`Your role: ${own}`}</Notice>
      <DataTable
        caption="All roles"
        columns={[
          { key: 'role', header: 'Role' },
          { key: 'description', header: 'Description' },
          { key: 'assigned', header: 'Assignments', align: 'end', narrow: true },
        ]}
        rows={roles.map(({ role, holders }) => ({
          key: role.templateId,
          href: `/admin/roles/${role.templateId}`,
          cells: { role: role.displayName, description: role.description, assigned: holders.length },
        }))}
      />
    </AdminPage>
  )
}

/** Who holds one role. */
export function RolePage({ context, view }: { readonly context: AdminContext; readonly view: RoleView }) {
  const { role, holders } = view
  return (
    <AdminPage
      context={context}
      section="Roles & admins"
      path={[{ label: 'Roles & admins', href: '/admin/roles' }]}
      title={`${role.displayName} | Assignments`}
      crumb={role.displayName}
      subtitle="Directory role"
      icon="role"
    >
      <p>{role.description}</p>
      <p>
        <Quiet>Template ID</Quiet> <Copyable label="Template ID" value={role.templateId} />
      </p>
      <DataTable
        caption={`Assignments of ${role.displayName}`}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'upn', header: 'User principal name' },
          { key: 'scope', header: 'Scope', narrow: true },
        ]}
        rows={holders.map((holder) => ({
          key: holder.id,
          href: `/admin/users/${holder.id}`,
          cells: { name: <Person name={holder.displayName} />, upn: holder.userPrincipalName, scope: 'Directory' },
        }))}
        empty={<EmptyState title="Nobody holds this role" icon="role" />}
      />
    </AdminPage>
  )
}
