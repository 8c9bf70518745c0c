import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Columns, Figure, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { countWords } from '../forms.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerView } from '../read-picker.ts'

/** Address of a group's page. */
export function groupHref(groupId: string, page = ''): string {
  return page === '' ? `/admin/groups/${groupId}` : `/admin/groups/${groupId}/${page}`
}

const MENU = [
  { label: 'Overview', path: '', icon: 'list' },
  { label: 'Properties', path: 'properties', icon: 'edit' },
  { label: 'Members', path: 'members', icon: 'user' },
] as const

const greyed = (reason: string | undefined) => (reason === undefined ? {} : { unavailable: reason })

interface GroupPageProps extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'subtitle' | 'resourceMenu'> {
  readonly group: DirectoryGroup
  readonly page: (typeof MENU)[number]['label']
  readonly step?: string | undefined
}

/** One page of a group, with the group's menu. */
function GroupPage(props: GroupPageProps) {
  const { group, page, step } = props
  const items = MENU.map(({ label, path, icon }) => ({
    label,
    icon,
    href: groupHref(group.id, path),
    current: label === page,
  }))
  return (
    <AdminPage
      icon="group"
      {...props}
      section="Groups"
      path={[
        { label: 'Groups', href: '/admin/groups' },
        { label: group.displayName, href: groupHref(group.id) },
      ]}
      title={step ?? (page === 'Overview' ? group.displayName : `${group.displayName} | ${page}`)}
      crumb={step ?? page}
      subtitle="Group"
      resourceMenu={{ label: `Pages of ${group.displayName}`, groups: [{ items }] }}
    >
      {props.children}
    </AdminPage>
  )
}

export interface GroupListView {
  readonly groups: readonly { readonly group: DirectoryGroup; readonly members: number }[]
  readonly total?: number | undefined
  readonly text: string
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}

/** Groups | All groups. */
export function GroupListPage({ context, view }: { readonly context: AdminContext; readonly view: GroupListView }) {
  return (
    <AdminPage
      context={context}
      section="Groups"
      title="Groups | All groups"
      crumb="Groups"
      subtitle={context.tenant.displayName}
      icon="group"
      commands={[
        { kind: 'link', label: 'New group', icon: 'add', href: '/admin/groups/new', ...greyed(view.readOnly) },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <SearchField label="Search groups" action="/admin/groups" value={view.text} id="search-groups" />
      {view.total !== undefined && <Quiet>{`${countWords(view.total, 'group')} found`}</Quiet>}
      <DataTable
        caption="All groups"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'id', header: 'Object ID', mono: true },
          { key: 'type', header: 'Group type', narrow: true },
          { key: 'membership', header: 'Membership type', narrow: true },
          { key: 'members', header: 'Members', align: 'end', narrow: true },
        ]}
        rows={view.groups.map(({ group, members }) => ({
          key: group.id,
          href: groupHref(group.id),
          cells: {
            name: group.displayName,
            id: group.id,
            type: group.securityEnabled ? 'Security' : 'Mail-enabled',
            membership: 'Assigned',
            members,
          },
        }))}
        empty={
          <EmptyState
            title="No groups found"
            icon="group"
            action={view.text !== '' && <LinkButton href="/admin/groups">Show all groups</LinkButton>}
          >
            {view.text === ''
              ? 'Groups assign an app to many people at once.'
              : 'Groups are found by the beginning of each word of their name.'}
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}

export interface GroupFormView {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

function GroupFields({ values, problems }: GroupFormView) {
  return (
    <>
      <TextField
        label="Group name"
        name="displayName"
        required
        value={values['displayName']}
        problem={problems['displayName']}
        autocomplete="off"
      />
      <TextField
        label="Group description"
        name="description"
        multiline={3}
        value={values['description']}
        problem={problems['description']}
      />
    </>
  )
}

function FormProblem({ problems, title }: { readonly problems: GroupFormView['problems']; readonly title: string }) {
  if (Object.keys(problems).length === 0) return null
  return (
    <Notice tone="danger" title={title}>
      {problems[''] ?? problems['members'] ?? problems['mailNickname'] ?? 'Check the fields marked below.'}
    </Notice>
  )
}

export interface NewGroupView extends GroupFormView {
  readonly selected: PickerView['selected']
  readonly picker?: PickerView | undefined
}

/** New Group: type, name, description, members. */
export function NewGroupPage({ context, view }: { readonly context: AdminContext; readonly view: NewGroupView }) {
  const { values } = view
  const kept = { displayName: values['displayName'] ?? '', description: values['description'] ?? '' }
  const members =
    view.selected.length === 0 ? 'No members selected' : `${countWords(view.selected.length, 'member')} selected`
  const back = new URLSearchParams([
    ...Object.entries(kept).filter(([, value]) => value !== ''),
    ...view.selected.map((entry) => ['id', entry.id]),
  ])
  return (
    <AdminPage
      context={context}
      section="Groups"
      path={[{ label: 'Groups', href: '/admin/groups' }]}
      title="New Group"
      subtitle={context.tenant.displayName}
      icon="group"
      notices={<FormProblem problems={view.problems} title="The group was not created" />}
      overlay={
        view.picker && (
          <PickerPanel
            title="Add members"
            view={view.picker}
            action="/admin/groups/new"
            fields={kept}
            closeHref={`/admin/groups/new?${back}`}
          />
        )
      }
    >
      <Form action="/admin/groups/new" id="new-group" label="New Group" noValidate>
        <DefinitionList
          items={[
            { term: 'Group type', value: 'Security' },
            { term: 'Membership type', value: 'Assigned' },
          ]}
        />
        <GroupFields {...view} />
        <div class="k-field">
          <p class="k-label">Members</p>
          {view.selected.map((entry) => (
            <input key={entry.id} type="hidden" name="id" value={entry.id} />
          ))}
          <Button name="do" value="pick" label={`Members: ${members}`}>
            {members}
          </Button>
          {view.selected.length > 0 && <p class="k-hint">{view.selected.map((entry) => entry.name).join(', ')}</p>}
        </div>
        <FormActions>
          <Button kind="primary" name="do" value="create">
            Create
          </Button>
          <LinkButton href="/admin/groups">Cancel</LinkButton>
        </FormActions>
      </Form>
    </AdminPage>
  )
}

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

/** Properties of a group: rename and describe. */
export function GroupPropertiesPage(props: {
  readonly context: AdminContext
  readonly group: DirectoryGroup
  readonly view: GroupFormView
  readonly readOnly: string | undefined
}) {
  const { group, view, readOnly } = props
  return (
    <GroupPage
      context={props.context}
      group={group}
      page="Properties"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'group-properties', ...greyed(readOnly) },
        { kind: 'link', label: 'Discard', icon: 'close', href: groupHref(group.id, 'properties') },
      ]}
      notices={<FormProblem problems={view.problems} title="The properties were not saved" />}
    >
      <Form action={groupHref(group.id, 'properties')} id="group-properties" label="Properties" noValidate>
        <fieldset class="k-fieldset k-stack" disabled={readOnly !== undefined}>
          <legend class="k-hidden">General settings</legend>
          <GroupFields {...view} />
          <DefinitionList
            items={[
              { term: 'Group type', value: group.securityEnabled ? 'Security' : 'Mail-enabled' },
              { term: 'Membership type', value: 'Assigned' },
              { term: 'Object ID', value: <Copyable label="Object ID" value={group.id} /> },
            ]}
          />
          {readOnly === undefined && (
            <FormActions>
              <Button kind="primary" label="Save properties">
                Save
              </Button>
              <LinkButton href={groupHref(group.id)}>Cancel</LinkButton>
            </FormActions>
          )}
        </fieldset>
      </Form>
    </GroupPage>
  )
}

/** A direct member as the list shows it. */
export interface MemberRow {
  readonly id: string
  readonly name: string
  readonly detail: string
  readonly type: 'User' | 'Group'
}

export interface MembersView {
  readonly group: DirectoryGroup
  readonly members: readonly MemberRow[]
  readonly total: number
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
  readonly picker?: PickerView | undefined
  readonly problem?: string | undefined
}

/** Direct members of a group; groups inside it are listed as such, not expanded. */
export function MembersPage({ context, view }: { readonly context: AdminContext; readonly view: MembersView }) {
  const { group, readOnly } = view
  const nobody = view.members.length === 0 ? 'The group has no members.' : undefined
  return (
    <GroupPage
      context={context}
      group={group}
      page="Members"
      commands={[
        {
          kind: 'link',
          label: 'Add members',
          icon: 'add',
          href: groupHref(group.id, 'members/add'),
          ...greyed(readOnly),
        },
        { kind: 'submit', label: 'Remove', icon: 'delete', form: 'members', ...greyed(readOnly ?? nobody) },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: groupHref(group.id, 'members') },
      ]}
      overlay={
        view.picker && (
          <PickerPanel
            title="Add members"
            view={view.picker}
            action={groupHref(group.id, 'members/add')}
            closeHref={groupHref(group.id, 'members')}
            problem={view.problem}
          />
        )
      }
    >
      <Quiet>{`${countWords(view.total, 'direct member')}`}</Quiet>
      <form id="members" method="get" action={groupHref(group.id, 'members/remove')} hidden />
      <DataTable
        caption={`Members of ${group.displayName}`}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'type', header: 'Type', narrow: true },
          { key: 'detail', header: 'User principal name or description' },
        ]}
        {...(readOnly === undefined ? { select: { name: 'id', form: 'members' } } : {})}
        rows={view.members.map((member) => ({
          key: member.id,
          label: member.name,
          href: member.type === 'User' ? `/admin/users/${member.id}` : groupHref(member.id),
          cells: {
            name:
              member.type === 'User' ? (
                <Person name={member.name} />
              ) : (
                <span class="k-person">
                  <span class="k-avatar k-avatar--0">
                    <Icon name="group" />
                  </span>
                  <span>{member.name}</span>
                </span>
              ),
            type: member.type,
            detail: member.detail === '' ? '-' : member.detail,
          },
        }))}
        empty={
          <EmptyState
            title="No members"
            icon="group"
            action={
              readOnly === undefined && <LinkButton href={groupHref(group.id, 'members/add')}>Add members</LinkButton>
            }
          />
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </GroupPage>
  )
}

/** Asks before members are removed. */
export function RemoveMembersPage(props: {
  readonly context: AdminContext
  readonly group: DirectoryGroup
  readonly members: readonly MemberRow[]
}) {
  const { group, members } = props
  return (
    <GroupPage context={props.context} group={group} page="Members" step="Remove members">
      <ConfirmForm
        title={`Remove from ${group.displayName}?`}
        subject={members.map((member) => member.name).join(', ')}
        action={groupHref(group.id, 'members/remove')}
        fields={{ ids: members.map((member) => member.id).join(',') }}
        confirmLabel="Remove"
        cancelHref={groupHref(group.id, 'members')}
        headingLevel={2}
      >
        They lose what the group is assigned to, unless they have it another way.
      </ConfirmForm>
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
        Its members lose what the group is assigned to, unless they have it another way.
      </ConfirmForm>
    </GroupPage>
  )
}
