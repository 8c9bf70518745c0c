import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { Crumb } from '#kit/ui/breadcrumb.tsx'
import type { NavGroup } from '#kit/ui/side-nav.tsx'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'

/** Address of an app's page: `appHref(id)` is its Overview, `appHref(id, 'users')` its Users and groups. */
export function appHref(appId: string, page = ''): string {
  return page === '' ? `/admin/apps/${appId}` : `/admin/apps/${appId}/${page}`
}

const MENU = [
  { items: [{ label: 'Overview', path: '', icon: 'list' }] },
  {
    title: 'Manage',
    items: [
      { label: 'Properties', path: 'properties', icon: 'edit' },
      { label: 'Owners', path: 'owners', icon: 'user' },
      { label: 'Users and groups', path: 'users', icon: 'group' },
      { label: 'Single sign-on', path: 'sign-on', icon: 'key' },
      { label: 'Provisioning', path: 'provisioning', icon: 'swap' },
    ],
  },
  { title: 'Security', items: [{ label: 'Permissions', path: 'permissions', icon: 'shield' }] },
  {
    title: 'Activity',
    items: [
      { label: 'Sign-in logs', path: 'sign-ins', icon: 'key' },
      { label: 'Audit logs', path: 'audit', icon: 'list' },
    ],
  },
] as const

/** A page of an enterprise app, as its menu calls it. */
export type AppPageName = (typeof MENU)[number]['items'][number]['label']

/** The menu of an app's pages. */
function appMenu(app: ServicePrincipal, current: AppPageName): readonly NavGroup[] {
  return MENU.map((group) => ({
    ...('title' in group ? { title: group.title } : {}),
    items: group.items.map(({ label, path, icon }) => ({
      label,
      icon,
      href: appHref(app.id, path),
      current: label === current,
    })),
  }))
}

/** Breadcrumb down to an app: the list of apps as the portal calls it, then the app. */
export function appPath({ edition }: AdminContext, app: ServicePrincipal): readonly Crumb[] {
  return [
    { label: edition.apps, href: '/admin/apps' },
    { label: app.displayName, href: appHref(app.id) },
  ]
}

export interface AppPageProps extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'subtitle' | 'resourceMenu'> {
  readonly app: ServicePrincipal
  readonly page: AppPageName
  /** Last crumb where it is not the page's name: `Add Assignment`. The title follows it. */
  readonly step?: string | undefined
}

/** One page of an enterprise app, with the app's menu. */
export function AppPage(props: AppPageProps) {
  const { app, page, step } = props
  const inside = step === undefined ? [] : [{ label: page, href: menuHref(app, page) }]
  return (
    <AdminPage
      icon="apps"
      {...props}
      section="Enterprise apps"
      path={[...appPath(props.context, app), ...inside]}
      title={step === undefined ? `${app.displayName} | ${page}` : step}
      crumb={step ?? page}
      subtitle="Enterprise Application"
      resourceMenu={{ label: `Pages of ${app.displayName}`, groups: appMenu(app, page) }}
    >
      {props.children}
    </AdminPage>
  )
}

function menuHref(app: ServicePrincipal, page: AppPageName): string {
  return (
    appMenu(app, page)
      .flatMap((group) => group.items)
      .find((item) => item.current)?.href ?? appHref(app.id)
  )
}
