import type { NavGroup } from '#kit/ui/side-nav.tsx'

/** Address of the recycle bin. */
export const DELETED = '/admin/users/deleted'

/** The pages of users in general. */
export function usersMenu(current: 'All users' | 'Deleted users'): {
  readonly label: string
  readonly groups: readonly NavGroup[]
} {
  const items = [
    { label: 'All users', href: '/admin/users', icon: 'user' },
    { label: 'Deleted users', href: DELETED, icon: 'delete' },
  ] as const
  return {
    label: 'Pages of users',
    groups: [{ items: items.map((item) => ({ ...item, current: item.label === current })) }],
  }
}
