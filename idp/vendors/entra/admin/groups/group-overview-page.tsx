import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns, Figure } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { GroupPage, groupHref } from './group-page.tsx'
export interface GroupOverviewView {
  readonly group: DirectoryGroup
  readonly users: number
  readonly groups: number
  readonly memberOf: readonly DirectoryGroup[]
  readonly applications: readonly { readonly id: string; readonly name: string }[]
  readonly readOnly: string | undefined
}

/** Overview of a group. */
export function GroupOverviewPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: GroupOverviewView
}) {
  const { group, readOnly } = view
  const links = (items: readonly { readonly name: string; readonly href: string }[]) =>
    items.length === 0
      ? undefined
      : items.map(({ name, href }, index) => (
          <span key={href}>
            {index > 0 && ', '}
            <a href={href}>{name}</a>
          </span>
        ))
  return (
    <GroupPage
      context={context}
      group={group}
      page="Overview"
      commands={[
        { kind: 'link', label: 'Delete', icon: 'delete', href: groupHref(group.id, 'delete'), ...greyed(readOnly) },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: groupHref(group.id) },
      ]}
    >
      <Card title="Basic information" lead={group.description}>
        <DefinitionList
          items={[
            { term: 'Membership type', value: 'Assigned' },
            { term: 'Type', value: group.securityEnabled ? 'Security' : 'Mail-enabled' },
            { term: 'Object ID', value: <Copyable label="Object ID" value={group.id} /> },
            { term: 'Created on', value: <TimeText iso={group.createdDateTime} form="datetime" /> },
            {
              term: 'Group memberships',
              value: links(view.memberOf.map(({ id, displayName }) => ({ name: displayName, href: groupHref(id) }))),
            },
            {
              term: 'Applications',
              value: links(view.applications.map(({ id, name }) => ({ name, href: `/admin/apps/${id}/users` }))),
            },
          ]}
        />
      </Card>
      <Card title="Direct members" action={<a href={groupHref(group.id, 'members')}>View members</a>}>
        <Columns min="narrow">
          <Figure label="Total" value={view.users + view.groups} />
          <Figure label="Users" value={view.users} />
          <Figure label="Groups" value={view.groups} />
        </Columns>
      </Card>
    </GroupPage>
  )
}

/** Asks before a group is deleted. */
export function DeleteGroupPage({
  context,
  group,
}: {
  readonly context: AdminContext
  readonly group: DirectoryGroup
}) {
  return (
    <GroupPage context={context} group={group} page="Overview" step="Delete group">
      <ConfirmForm
        title="Delete this group?"
        subject={group.displayName}
        action={groupHref(group.id, 'delete')}
        confirmLabel="Delete"
        cancelHref={groupHref(group.id)}
        headingLevel={2}
      >
        Its members lose what the group is assigned to, unless they have it another way. You can restore it for 30 days.
      </ConfirmForm>
    </GroupPage>
  )
}
