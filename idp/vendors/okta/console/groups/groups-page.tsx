import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import type { TabRowItem } from '#kit/ui/tab-row.tsx'
import type { OktaGroup } from '../../collections.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { groupHref } from './group-page.tsx'

export interface GroupsView {
  readonly groups: readonly { readonly group: OktaGroup; readonly people: number; readonly apps: number }[]
  readonly text: string
  readonly pager: PagerProps | undefined
}

/** Tabs of Directory > Groups. */
export function groupsTabs(current: 'All' | 'Rules'): readonly TabRowItem[] {
  return [
    { label: 'All', href: '/admin/groups', current: current === 'All' },
    { label: 'Rules', href: '/admin/groups/rules', current: current === 'Rules' },
  ]
}

/** Directory > Groups. */
export function GroupsPage({ context, view }: { readonly context: ConsoleContext; readonly view: GroupsView }) {
  return (
    <ConsolePage
      context={context}
      section="Groups"
      title="Groups"
      tabs={groupsTabs('All')}
      actions={
        context.may.people && (
          <LinkButton href="/admin/groups/new" icon="add" kind="primary">
            Add group
          </LinkButton>
        )
      }
    >
      <SearchField label="Search groups" action="/admin/groups" value={view.text} id="search-groups" />
      <DataTable
        caption="Groups"
        columns={[
          { key: 'name', header: 'Group name' },
          { key: 'description', header: 'Description' },
          { key: 'people', header: 'People', align: 'end' },
          { key: 'apps', header: 'Applications', align: 'end' },
        ]}
        rows={view.groups.map(({ group, people, apps }) => ({
          key: group.id,
          href: groupHref(group.id),
          cells: { name: group.name, description: group.description, people, apps },
        }))}
        empty={
          <EmptyState title="No groups found" icon="group">
            Search for a part of a group's name, or add a group.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </ConsolePage>
  )
}
