import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { type DirectoryRoleName, roleTemplateId } from '../../roles.ts'
import { appHref } from '../apps/app-page.tsx'
import type { AdminContext } from '../context.ts'
import { USER_FIELD_GROUPS } from './user-fields.ts'
import { UserPage, userCommands, userHref } from './user-page.tsx'

/** What every page about one user needs. */
export interface UserView {
  readonly user: DirectoryUser
  readonly manager?: DirectoryUser | undefined
  /** Why this person cannot change users; `undefined` when they can. */
  readonly readOnly: string | undefined
}

/** `Enabled` or `Sign-in blocked`. */
export function AccountBadge({ user }: { readonly user: DirectoryUser }) {
  return user.accountEnabled ? <Badge tone="success">Enabled</Badge> : <Badge tone="danger">Sign-in blocked</Badge>
}

export interface UserOverviewView extends UserView {
  readonly groups: number
  readonly applications: number
  readonly roles: number
}

/** Overview of a user: who they are, and every property that has a value. */
export function UserOverviewPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: UserOverviewView
}) {
  const { user, manager } = view
  const property = (name: string): string | undefined => {
    const value: unknown = (user as unknown as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value : undefined
  }
  return (
    <UserPage
      context={context}
      user={user}
      page="Overview"
      badge={<AccountBadge user={user} />}
      commands={[
        ...userCommands(user, view.readOnly),
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: userHref(user.id) },
      ]}
    >
      <Card title="Basic info">
        <DefinitionList
          items={[
            {
              term: 'User principal name',
              value: <Copyable label="User principal name" value={user.userPrincipalName} />,
            },
            { term: 'Object ID', value: <Copyable label="Object ID" value={user.id} /> },
            { term: 'User type', value: user.userType },
            { term: 'Created date time', value: <TimeText iso={user.createdDateTime} form="datetime" /> },
            {
              term: 'Group memberships',
              value: <a href={userHref(user.id, 'groups')}>{view.groups}</a>,
            },
            { term: 'Applications', value: <a href={userHref(user.id, 'applications')}>{view.applications}</a> },
            { term: 'Assigned roles', value: <a href={userHref(user.id, 'roles')}>{view.roles}</a> },
          ]}
        />
      </Card>
      <Columns min="wide">
        {USER_FIELD_GROUPS.map(({ title, fields }) => (
          <Card
            key={title}
            title={title}
            action={
              view.readOnly === undefined && (
                <a href={userHref(user.id, 'properties')} aria-label={`Edit ${title}`}>
                  Edit
                </a>
              )
            }
          >
            <DefinitionList
              items={[
                ...(title === 'Identity' ? [{ term: 'Display name', value: user.displayName }] : []),
                ...fields.map(({ name, label }) => ({ term: label, value: property(name) })),
                ...(title === 'Job Information'
                  ? [
                      {
                        term: 'Manager',
                        value: manager && <a href={userHref(manager.id)}>{manager.displayName}</a>,
                      },
                    ]
                  : []),
                ...(title === 'Settings'
                  ? [{ term: 'Account enabled', value: user.accountEnabled ? 'Yes' : 'No' }]
                  : []),
              ]}
            />
          </Card>
        ))}
      </Columns>
    </UserPage>
  )
}

/** Groups a user is a direct member of. */
export function UserGroupsPage(props: {
  readonly context: AdminContext
  readonly view: UserView
  readonly groups: readonly { readonly id: string; readonly displayName: string; readonly description?: string }[]
}) {
  const { user, readOnly } = props.view
  return (
    <UserPage context={props.context} user={user} page="Groups" commands={userCommands(user, readOnly)}>
      <DataTable
        caption={`Groups of ${user.displayName}`}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'description', header: 'Description' },
          { key: 'type', header: 'Group type', narrow: true },
        ]}
        rows={props.groups.map((group) => ({
          key: group.id,
          href: `/admin/groups/${group.id}`,
          cells: { name: group.displayName, description: group.description ?? '-', type: 'Security' },
        }))}
        empty={
          <EmptyState
            title="No group memberships"
            icon="group"
            action={<LinkButton href="/admin/groups">Groups</LinkButton>}
          >
            Open a group to add this person to it.
          </EmptyState>
        }
      />
    </UserPage>
  )
}

/** An app somebody is assigned to, and how. */
export interface AssignedApp {
  readonly appId: string
  readonly name: string
  readonly role: string
  /** `Direct`, or the group it comes by. */
  readonly by: string
}

/** Apps a user is assigned to, directly or by a group they are a direct member of. */
export function UserApplicationsPage(props: {
  readonly context: AdminContext
  readonly view: UserView
  readonly applications: readonly AssignedApp[]
}) {
  const { user, readOnly } = props.view
  return (
    <UserPage context={props.context} user={user} page="Applications" commands={userCommands(user, readOnly)}>
      <DataTable
        caption={`Applications of ${user.displayName}`}
        columns={[
          { key: 'name', header: 'Application' },
          { key: 'role', header: 'Role assigned' },
          { key: 'by', header: 'Assignment' },
        ]}
        rows={props.applications.map((app) => ({
          key: `${app.appId}/${app.by}/${app.role}`,
          href: appHref(app.appId, 'users'),
          cells: { name: app.name, role: app.role, by: app.by },
        }))}
        empty={
          <EmptyState
            title="No application assignments"
            icon="apps"
            action={<LinkButton href="/admin/apps">Enterprise apps</LinkButton>}
          >
            Open an app and choose Users and groups to assign this person.
          </EmptyState>
        }
      />
    </UserPage>
  )
}

/** Directory roles of a user. */
export function UserRolesPage(props: {
  readonly context: AdminContext
  readonly view: UserView
  readonly roles: readonly DirectoryRoleName[]
}) {
  const { user, readOnly } = props.view
  return (
    <UserPage context={props.context} user={user} page="Assigned roles" commands={userCommands(user, readOnly)}>
      <DataTable
        caption={`Roles of ${user.displayName}`}
        columns={[
          { key: 'role', header: 'Role' },
          { key: 'scope', header: 'Scope', narrow: true },
        ]}
        rows={props.roles.map((role) => ({
          key: role,
          href: `/admin/roles/${roleTemplateId(role)}`,
          cells: { role, scope: 'Directory' },
        }))}
        empty={
          <EmptyState title="No directory roles assigned" icon="role">
            This person manages nothing by role. Owning an app needs no role.
          </EmptyState>
        }
      />
    </UserPage>
  )
}
