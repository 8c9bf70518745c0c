import type { ComponentChildren } from 'preact'
import type { Crumb } from '#kit/ui/breadcrumb.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { NavGroup, NavItem } from '#kit/ui/side-nav.tsx'
import { OktaShell, type OktaShellProps } from '../look/shell.tsx'
import { accountOf } from './account.ts'
import type { ConsoleContext } from './context.ts'

interface Section {
  readonly title: string
  readonly icon: NonNullable<NavGroup['icon']>
  readonly items: readonly NavItem[]
}

/** The left navigation (reference sheet 1.1), in the console's order; what has no page here is not listed. */
const SECTIONS = [
  {
    title: 'Dashboard',
    icon: 'home',
    items: [
      { label: 'Dashboard', href: '/admin' },
      { label: 'Tasks', href: '/admin/tasks' },
    ],
  },
  {
    title: 'Directory',
    icon: 'group',
    items: [
      { label: 'People', href: '/admin/users' },
      { label: 'Groups', href: '/admin/groups' },
      { label: 'Profile Editor', href: '/admin/profile-editor' },
    ],
  },
  { title: 'Applications', icon: 'apps', items: [{ label: 'Applications', href: '/admin/apps/active' }] },
  { title: 'Security', icon: 'key', items: [{ label: 'API', href: '/admin/access/api/authorization-servers' }] },
  { title: 'Reports', icon: 'document', items: [{ label: 'System Log', href: '/admin/reports/system-log' }] },
] as const satisfies readonly Section[]

/** The entry of the left navigation a page belongs to. */
export type ConsoleSection = (typeof SECTIONS)[number]['items'][number]['label']

function navOf(section: ConsoleSection | undefined): readonly NavGroup[] {
  return SECTIONS.map(({ title, icon, items }) => ({
    title,
    icon,
    foldable: true,
    items: items.map((item) => ({ ...item, current: item.label === section })),
  }))
}

export interface ConsolePageProps
  extends Pick<
    OktaShellProps,
    'title' | 'subtitle' | 'icon' | 'badge' | 'actions' | 'tabs' | 'rail' | 'overlay' | 'notices'
  > {
  readonly context: ConsoleContext
  /** Label of the entry of the left navigation that is current. */
  readonly section?: ConsoleSection | undefined
  /** Above this page, outermost first; none for pages of the navigation itself. */
  readonly path?: readonly Crumb[] | undefined
  /** Text of the global search. */
  readonly searched?: string | undefined
  readonly children: ComponentChildren
}

/** A page of the admin console: navigation, search, account, breadcrumb, and what the last action did. */
export function ConsolePage(props: ConsolePageProps) {
  const { context, path = [] } = props
  return (
    <OktaShell
      frame={context.frame}
      user={accountOf(context.system, context.person, { adminLink: false, dashboardLink: true })}
      nav={navOf(props.section)}
      search={{ action: '/admin/search', value: props.searched }}
      breadcrumb={path.length === 0 ? [] : [...path, { label: props.title }]}
      title={props.title}
      subtitle={props.subtitle}
      icon={props.icon}
      badge={props.badge}
      actions={props.actions}
      tabs={props.tabs}
      rail={props.rail}
      overlay={props.overlay}
      notices={
        <>
          {context.said && <Notice tone={context.said.tone}>{context.said.text}</Notice>}
          {props.notices}
        </>
      }
    >
      {props.children}
    </OktaShell>
  )
}
