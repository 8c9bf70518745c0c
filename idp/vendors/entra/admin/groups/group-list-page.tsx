import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { countWords } from '../forms.ts'
import { greyed } from '../greyed.ts'
import { groupHref } from './group-page.tsx'
import { groupsMenu } from './groups-menu.ts'
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
      resourceMenu={groupsMenu('All groups')}
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
