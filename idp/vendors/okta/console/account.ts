import type { Account } from '#kit/ui/account-menu.tsx'
import type { OktaSystem, OktaUser } from '../collections.ts'

/** `Ada Okafor`. */
export function fullName({ profile }: Pick<OktaUser, 'profile'>): string {
  return `${profile.firstName} ${profile.lastName}`
}

/** The account menu of somebody: who they are, where else they may go, Sign out. */
export function accountOf(
  system: Pick<OktaSystem, 'store'>,
  user: OktaUser,
  links: { readonly adminLink: boolean; readonly dashboardLink: boolean },
): Account {
  return {
    name: fullName(user),
    detail: user.profile.login,
    organisation: system.store.get('org', 'org')?.companyName,
    signOutAction: '/login/signout',
    signOutLabel: 'Sign out',
    links: [
      ...(links.adminLink ? [{ kind: 'link', label: 'Admin Console', href: '/admin', icon: 'gear' } as const] : []),
      ...(links.dashboardLink
        ? [{ kind: 'link', label: 'My end user dashboard', href: '/', icon: 'apps' } as const]
        : []),
    ],
  }
}
