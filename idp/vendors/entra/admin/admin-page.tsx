import type { ComponentChildren } from 'preact'
import type { Crumb } from '#kit/ui/breadcrumb.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import type { IconName } from '#kit/ui/icon.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { NavGroup, NavItem } from '#kit/ui/side-nav.tsx'
import { EntraShell, type EntraShellProps } from '../look/shell.tsx'
import type { PortalEdition } from '../portal-edition.ts'
import type { AdminContext } from './context.ts'

const HOME: NavItem = { label: 'Home', href: '/admin', icon: 'home' }

const ENTRA_ID = [
  { label: 'Overview', href: '/admin/overview', icon: 'building' },
  { label: 'Users', href: '/admin/users', icon: 'user' },
  { label: 'Groups', href: '/admin/groups', icon: 'group' },
  { label: 'Enterprise apps', href: '/admin/apps', icon: 'apps' },
  { label: 'App registrations', href: '/admin/registrations', icon: 'document' },
  { label: 'Roles & admins', href: '/admin/roles', icon: 'role' },
  { label: 'Conditional Access', href: '/admin/conditional-access', icon: 'shield' },
] as const satisfies readonly NavItem[]

const FAVORITES: readonly NavItem[] = [{ label: 'App gallery', href: '/admin/apps/gallery', icon: 'star' }]

/** The entry of the left navigation a page belongs to. */
export type AdminSection = 'Home' | 'App gallery' | (typeof ENTRA_ID)[number]['label'] | (string & {})

/** Names of entries that older editions of the portal call otherwise. */
function nameIn({ apps, roles }: PortalEdition, label: string): string {
  return label === 'Enterprise apps' ? apps : label === 'Roles & admins' ? roles : label
}

function navOf(
  section: string | undefined,
  { monitoring, edition }: Pick<AdminContext, 'monitoring' | 'edition'>,
): readonly NavGroup[] {
  const marked = (items: readonly NavItem[]): readonly NavItem[] =>
    items.map((item) => ({ ...item, label: nameIn(edition, item.label), current: item.label === section }))
  // In the older portal the directory is an entry to select before its pages are.
  const directory: NavItem = { label: edition.directory, href: '/admin/overview', icon: 'building' }
  const isOlder = edition.experience === 'classic'
  return [
    { items: marked(isOlder ? [HOME, directory] : [HOME]) },
    { title: 'Favorites', foldable: true, items: marked(FAVORITES) },
    { title: isOlder ? 'Manage' : edition.directory, foldable: true, items: marked(ENTRA_ID) },
    ...(monitoring.length === 0 ? [] : [{ title: 'Monitoring', foldable: true, items: marked(monitoring) }]),
  ]
}

export interface AdminPageProps {
  readonly context: AdminContext
  /** Label of the entry of the left navigation that is current. */
  readonly section?: AdminSection | undefined
  /** Between Home and this page, outermost first. */
  readonly path?: readonly Crumb[] | undefined
  /** `Dialpad | Properties`: the resource, then its page. The last crumb is {@link AdminPageProps.crumb} or this. */
  readonly title: string
  /** Last word of the breadcrumb where the title is longer. */
  readonly crumb?: string | undefined
  readonly subtitle?: string | undefined
  readonly icon?: IconName | undefined
  readonly badge?: ComponentChildren
  readonly resourceMenu?: EntraShellProps['resourceMenu']
  readonly commands?: readonly Command[] | undefined
  /** Further notices, after the one that tells what the last action did. */
  readonly notices?: ComponentChildren
  readonly overlay?: ComponentChildren
  /** Text of the global search. */
  readonly searched?: string | undefined
  readonly children: ComponentChildren
}

/** A page of the admin center: navigation, search, account, breadcrumb, and what the last action did. */
export function AdminPage(props: AdminPageProps) {
  const { context } = props
  const isHome = props.section === 'Home'
  return (
    <EntraShell
      frame={context.frame}
      edition={context.edition}
      user={{
        name: context.person.displayName,
        detail: context.person.userPrincipalName,
        organisation: context.tenant.displayName,
        signOutAction: '/admin/sign-out',
        signOutLabel: 'Sign out',
        links: [
          {
            kind: 'post',
            label: 'Sign in with a different account',
            icon: 'swap',
            action: '/admin/switch-account',
          },
          { kind: 'link', label: 'My Apps', icon: 'apps', href: '/myapps' },
        ],
      }}
      nav={navOf(props.section, context)}
      search={{ action: '/admin/search', value: props.searched }}
      breadcrumb={
        isHome ? [] : [{ label: 'Home', href: '/admin' }, ...(props.path ?? []), { label: props.crumb ?? props.title }]
      }
      title={props.title}
      subtitle={props.subtitle}
      icon={props.icon}
      badge={props.badge}
      resourceMenu={props.resourceMenu}
      commands={props.commands}
      overlay={props.overlay}
      notices={
        <>
          {context.said && <Notice tone={context.said.tone}>{context.said.text}</Notice>}
          {props.notices}
        </>
      }
    >
      {props.children}
    </EntraShell>
  )
}
