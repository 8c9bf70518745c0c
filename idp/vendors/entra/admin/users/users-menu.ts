import type { NavGroup } from '#kit/ui/side-nav.tsx'

/** Address of the recycle bin. */
export const DELETED = '/admin/users/deleted'

/** Address of per-user multifactor authentication. */
export const PER_USER_MFA = '/admin/users/per-user-mfa'

/** The pages of users in general. */
export function usersMenu(current: 'All users' | 'Deleted users' | 'Per-user MFA'): {
  readonly label: string
  readonly groups: readonly NavGroup[]
} {
  const items = [
    { label: 'All users', href: '/admin/users', icon: 'user' },
    { label: 'Deleted users', href: DELETED, icon: 'delete' },
    { label: 'Per-user MFA', href: PER_USER_MFA, icon: 'key' },
  ] as const
  return {
    label: 'Pages of users',
    groups: [{ items: items.map((item) => ({ ...item, current: item.label === current })) }],
  }
}
