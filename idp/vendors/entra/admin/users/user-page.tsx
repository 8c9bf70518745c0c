import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { Crumb } from '#kit/ui/breadcrumb.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import type { NavGroup } from '#kit/ui/side-nav.tsx'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'
import { greyed } from '../greyed.ts'

/** Address of a user's page. */
export function userHref(userId: string, page = ''): string {
  return page === '' ? `/admin/users/${userId}` : `/admin/users/${userId}/${page}`
}

const MENU = [
  { items: [{ label: 'Overview', path: '', icon: 'list' }] },
  {
    title: 'Manage',
    items: [
      { label: 'Properties', path: 'properties', icon: 'edit' },
      { label: 'Assigned roles', path: 'roles', icon: 'role' },
      { label: 'Groups', path: 'groups', icon: 'group' },
      { label: 'Applications', path: 'applications', icon: 'apps' },
      { label: 'Authentication methods', path: 'authentication-methods', icon: 'key' },
    ],
  },
  { title: 'Activity', items: [{ label: 'Sign-in logs', path: 'sign-ins', icon: 'list' }] },
] as const

/** A page of a user, as its menu calls it. */
export type UserPageName = (typeof MENU)[number]['items'][number]['label']

function userMenu(user: DirectoryUser, current: UserPageName): readonly NavGroup[] {
  return MENU.map((group) => ({
    ...('title' in group ? { title: group.title } : {}),
    items: group.items.map(({ label, path, icon }) => ({
      label,
      icon,
      href: userHref(user.id, path),
      current: label === current,
    })),
  }))
}

/** Breadcrumb down to a user. */
export function userPath(user: DirectoryUser): readonly Crumb[] {
  return [
    { label: 'Users', href: '/admin/users' },
    { label: user.displayName, href: userHref(user.id) },
  ]
}

/** What can be done to a user, on each of the user's pages. */
export function userCommands(user: DirectoryUser, readOnly: string | undefined): readonly Command[] {
  const unavailable = greyed(readOnly)
  return [
    {
      kind: 'link',
      label: 'Edit properties',
      icon: 'edit',
      href: userHref(user.id, 'properties'),
      ...unavailable,
    },
    { kind: 'link', label: 'Delete', icon: 'delete', href: userHref(user.id, 'delete'), ...unavailable },
    { kind: 'link', label: 'Reset password', icon: 'key', href: userHref(user.id, 'password'), ...unavailable },
    user.accountEnabled
      ? { kind: 'link', label: 'Block sign-in', icon: 'lock', href: userHref(user.id, 'block'), ...unavailable }
      : { kind: 'post', label: 'Allow sign-in', icon: 'check', action: userHref(user.id, 'allow'), ...unavailable },
  ]
}

export interface UserPageProps
  extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'subtitle' | 'resourceMenu'> {
  readonly user: DirectoryUser
  readonly page: UserPageName
  /** Last crumb and title where it is not the page's name: `Reset password`. */
  readonly step?: string | undefined
}

/** One page of a user, with the user's menu. */
export function UserPage(props: UserPageProps) {
  const { user, page, step } = props
  return (
    <AdminPage
      icon="user"
      {...props}
      section="Users"
      path={userPath(user)}
      title={step ?? (page === 'Overview' ? user.displayName : `${user.displayName} | ${page}`)}
      crumb={step ?? page}
      subtitle="User"
      resourceMenu={{ label: `Pages of ${user.displayName}`, groups: userMenu(user, page) }}
    >
      {props.children}
    </AdminPage>
  )
}
