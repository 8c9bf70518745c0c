import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { adminRoleLabel } from '../../admin-roles.ts'
import type { AppUser } from '../../apps/records.ts'
import type { OktaGroup, OktaUser } from '../../collections.ts'
import type { AttributeDefinition } from '../../profiles/records.ts'
import { appHref } from '../apps/app-href.ts'
import type { ConsoleContext } from '../context.ts'
import { groupHref } from '../groups/group-page.tsx'
import { profileText } from '../profile-fields.tsx'
import { PersonPage, personHref } from './person-page.tsx'

interface TabProps {
  readonly context: ConsoleContext
  readonly person: OktaUser
}

/** Applications: what somebody is assigned to, and how. */
export function PersonApplications(
  props: TabProps & {
    readonly apps: readonly {
      readonly appId: string
      readonly appName: string
      readonly label: string
      readonly appUser: AppUser
      readonly groupName: string | undefined
    }[]
  },
) {
  return (
    <PersonPage context={props.context} person={props.person} tab="Applications">
      <DataTable
        caption="Assigned Applications"
        columns={[
          { key: 'app', header: 'Application' },
          { key: 'userName', header: 'Application username' },
          { key: 'type', header: 'Type' },
        ]}
        rows={props.apps.map(({ appId, appName, label, appUser, groupName }) => ({
          key: appId,
          href: appHref({ id: appId, name: appName }, 'assignments'),
          cells: {
            app: label,
            userName: appUser.userName,
            type: appUser.scope === 'USER' ? 'Individual' : `Group ${groupName ?? ''}`,
          },
        }))}
        empty={
          <EmptyState title="No apps assigned" icon="apps">
            Assign an app on its Assignments tab, to the person or to one of their groups.
          </EmptyState>
        }
      />
    </PersonPage>
  )
}

/** Groups somebody is in; Everyone is not listed as a choice. */
export function PersonGroups(props: TabProps & { readonly groups: readonly OktaGroup[] }) {
  return (
    <PersonPage context={props.context} person={props.person} tab="Groups">
      <DataTable
        caption="Groups"
        columns={[
          { key: 'name', header: 'Group' },
          { key: 'description', header: 'Description' },
        ]}
        rows={props.groups.map((group) => ({
          key: group.id,
          href: groupHref(group.id),
          cells: { name: group.name, description: group.description },
        }))}
        empty={
          <EmptyState title="No groups" icon="group">
            Add the person on the page of a group.
          </EmptyState>
        }
      />
    </PersonPage>
  )
}

/** Profile: every attribute of the Okta profile, with Edit. */
export function PersonProfile(props: TabProps & { readonly attributes: readonly AttributeDefinition[] }) {
  const { person, context } = props
  return (
    <PersonPage context={context} person={person} tab="Profile">
      <Card
        title="Attributes"
        action={
          context.may.people &&
          person.status !== 'DEPROVISIONED' && (
            <LinkButton href={personHref(person.id, 'profile/edit')} kind="subtle">
              Edit
            </LinkButton>
          )
        }
      >
        <Stack>
          <DefinitionList
            items={props.attributes.map((attribute) => ({
              term: `${attribute.title} (${attribute.name})`,
              value: profileText(person.profile[attribute.name]),
            }))}
          />
          <DefinitionList
            items={[
              { term: 'Okta user id', value: <code class="k-mono">{person.id}</code> },
              { term: 'Created', value: <TimeText iso={person.created} form="datetime" /> },
              { term: 'Last updated', value: <TimeText iso={person.lastUpdated} form="datetime" /> },
              { term: 'Last login', value: person.lastLogin && <TimeText iso={person.lastLogin} form="datetime" /> },
            ]}
          />
        </Stack>
      </Card>
    </PersonPage>
  )
}

/** Admin roles somebody holds. */
export function PersonAdminRoles(props: TabProps) {
  const roles = props.person.adminRoles ?? []
  return (
    <PersonPage context={props.context} person={props.person} tab="Admin roles">
      <DataTable
        caption="Admin roles"
        columns={[{ key: 'role', header: 'Role' }]}
        rows={roles.map((role) => ({ key: role, cells: { role: adminRoleLabel(role) } }))}
        empty={
          <EmptyState title="No admin roles" icon="role">
            This person cannot open the Admin Console. Roles come with the world.
          </EmptyState>
        }
      />
    </PersonPage>
  )
}
