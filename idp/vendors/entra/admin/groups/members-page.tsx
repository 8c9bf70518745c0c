import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import type { AdminContext } from '../context.ts'
import { countWords } from '../forms.ts'
import { greyed } from '../greyed.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerView } from '../read-picker.ts'
import { GroupPage, groupHref } from './group-page.tsx'
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
