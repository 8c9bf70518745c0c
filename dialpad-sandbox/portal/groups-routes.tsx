import { Person } from '#kit/ui/avatar.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Pager } from '#kit/ui/pager.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { notFound } from '../domain/refusal.ts'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import type { ChangeLogEntry, DialpadUser, DirectoryGroup } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY, groupPath, SCIM, userPath, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ChangeLogTable } from './change-log-page.tsx'
import { pageNumber } from './page-number.ts'
import { StateBadge } from './user-badges.tsx'
import type { AdminRoutes } from './visit.ts'

const PAGE_SIZE = 50
/** Lines of the change log on a group's page. */
const CHANGES_SHOWN = 10
const PATH = `${COMPANY}/groups`

interface Slice<T> {
  readonly items: readonly T[]
  readonly page: number
  readonly total: number
}

/** Company Settings > Directory groups: what directories have pushed, read only (reference sheet 1.10). */
export function mountGroups({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system

  routes.get(PATH, async ({ company, query, show }) => {
    const page = pageNumber(query('page'))
    const groups = store.findPage('groups', 'company', company.id, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    const items = groups.map((group) => ({ group, members: store.count('groupMembers', 'group', group.id) }))
    const slice = { items, page, total: store.count('groups', 'company', company.id) }
    await show((chrome) => <GroupsPage chrome={chrome} slice={slice} />)
  })

  routes.get(groupPath(':id'), async ({ company, param, query, show }) => {
    const group = store.get('groups', param('id'))
    if (group === undefined || group.companyId !== company.id) throw notFound('Group', param('id'))
    const page = pageNumber(query('page'))
    const pairs = store.findPage('groupMembers', 'group', group.id, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    const items = pairs.flatMap(({ userId }) => store.get('users', userId) ?? [])
    const slice = { items, page, total: store.count('groupMembers', 'group', group.id) }
    const first = Math.max(0, store.count('changeLog', 'target', group.id) - CHANGES_SHOWN)
    const changes = [...store.findPage('changeLog', 'target', group.id, first, CHANGES_SHOWN)].reverse()
    await show((chrome) => <GroupPage chrome={chrome} group={group} slice={slice} changes={changes} />)
  })
}

function GroupsPage(props: {
  readonly chrome: Chrome
  readonly slice: Slice<{ readonly group: DirectoryGroup; readonly members: number }>
}) {
  return (
    <AdminPage
      chrome={props.chrome}
      current={PATH}
      title="Directory groups"
      lead="Groups a directory has pushed by SCIM. Their names stay as they were created."
    >
      <DataTable
        caption="Directory groups"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'members', header: 'Members', align: 'end' },
          { key: 'externalId', header: 'External id', mono: true },
          { key: 'created', header: 'Created' },
        ]}
        rows={props.slice.items.map(({ group, members }) => ({
          key: group.id,
          href: groupPath(group.id),
          cells: {
            name: group.displayName,
            members,
            externalId: group.externalId ?? '-',
            created: <TimeText iso={group.createdAt} />,
          },
        }))}
        empty={
          <EmptyState title="No directory groups yet" icon="group">
            They appear when a directory that is connected by <a href={SCIM}>SCIM</a> provisions a group.
          </EmptyState>
        }
      />
      <SlicePager slice={props.slice} noun="groups" path={PATH} />
    </AdminPage>
  )
}

function GroupPage(props: {
  readonly chrome: Chrome
  readonly group: DirectoryGroup
  readonly slice: Slice<DialpadUser>
  readonly changes: readonly ChangeLogEntry[]
}) {
  const { group } = props
  return (
    <AdminPage
      chrome={props.chrome}
      current={PATH}
      title={group.displayName}
      trail={[{ label: 'Directory groups', href: PATH }]}
      lead="A directory group is changed in the directory it comes from."
    >
      <Stack gap="loose">
        <Card title="Group">
          <DefinitionList
            items={[
              { term: 'Id', value: <span class="k-mono">{group.id}</span> },
              { term: 'External id', value: group.externalId && <span class="k-mono">{group.externalId}</span> },
              { term: 'Created', value: <TimeText iso={group.createdAt} /> },
              { term: 'Last changed', value: <TimeText iso={group.modifiedAt} /> },
            ]}
          />
        </Card>
        <DataTable
          caption={`Members of ${group.displayName}`}
          columns={[
            { key: 'name', header: 'Name' },
            { key: 'email', header: 'Email' },
            { key: 'state', header: 'State' },
          ]}
          rows={props.slice.items.map((user) => ({
            key: user.id,
            href: userPath(user.id),
            cells: {
              name: <Person name={displayName(user)} />,
              email: primaryEmail(user),
              state: <StateBadge state={user.state} />,
            },
          }))}
          empty={<EmptyState title="No members">The directory has put nobody into this group.</EmptyState>}
        />
        <SlicePager slice={props.slice} noun="members" path={groupPath(group.id)} />
        <Card
          title="Recent changes"
          lead="A rename by the directory is answered with success and ignored; it is noted here."
          flush
          action={<a href={withQuery(`${COMPANY}/change-log`, { target: group.id })}>All changes</a>}
        >
          <ChangeLogTable entries={props.changes} />
        </Card>
      </Stack>
    </AdminPage>
  )
}

function SlicePager<T>(props: { readonly slice: Slice<T>; readonly noun: string; readonly path: string }) {
  const { page, total, items } = props.slice
  if (total <= PAGE_SIZE) return null
  const from = (page - 1) * PAGE_SIZE + 1
  return (
    <Pager
      from={from}
      to={from + items.length - 1}
      total={total}
      noun={props.noun}
      previousHref={page > 1 ? withQuery(props.path, { page: page - 1 }) : undefined}
      nextHref={from + items.length - 1 < total ? withQuery(props.path, { page: page + 1 }) : undefined}
    />
  )
}
