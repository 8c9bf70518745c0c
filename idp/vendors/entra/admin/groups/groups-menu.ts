import type { NavGroup } from '#kit/ui/side-nav.tsx'

/** Address of the groups' recycle bin. */
export const DELETED_GROUPS = '/admin/groups/deleted'

/** The pages of groups in general. */
export function groupsMenu(current: 'All groups' | 'Deleted groups'): {
  readonly label: string
  readonly groups: readonly NavGroup[]
} {
  const items = [
    { label: 'All groups', href: '/admin/groups', icon: 'group' },
    { label: 'Deleted groups', href: DELETED_GROUPS, icon: 'delete' },
  ] as const
  return {
    label: 'Pages of groups',
    groups: [{ items: items.map((item) => ({ ...item, current: item.label === current })) }],
  }
}
