import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'

/** Address of a group's page. */
export function groupHref(groupId: string, page = ''): string {
  return page === '' ? `/admin/groups/${groupId}` : `/admin/groups/${groupId}/${page}`
}

const MENU = [
  { label: 'Overview', path: '', icon: 'list' },
  { label: 'Properties', path: 'properties', icon: 'edit' },
  { label: 'Members', path: 'members', icon: 'user' },
] as const

export interface GroupPageProps
  extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'subtitle' | 'resourceMenu'> {
  readonly group: DirectoryGroup
  readonly page: (typeof MENU)[number]['label']
  readonly step?: string | undefined
}

/** One page of a group, with the group's menu. */
export function GroupPage(props: GroupPageProps) {
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
