import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { Command } from '#kit/ui/command-bar.tsx'
import type { NavGroup } from '#kit/ui/side-nav.tsx'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'
import { AppPage, appHref, appPath } from '../apps/app-page.tsx'

/** Address of a page of an app's provisioning: `provisioningHref(id)` is its Overview. */
export function provisioningHref(appId: string, page = ''): string {
  return appHref(appId, page === '' ? 'provisioning' : `provisioning/${page}`)
}

const MENU = [
  {
    items: [
      { label: 'Overview', path: '', icon: 'list' },
      { label: 'Provision on demand', path: 'on-demand', icon: 'bolt' },
    ],
  },
  {
    title: 'Manage',
    items: [
      { label: 'Connectivity', path: 'connectivity', icon: 'key' },
      { label: 'Attribute Mapping', path: 'mapping', icon: 'swap' },
      { label: 'Users and groups', path: undefined, icon: 'group' },
    ],
  },
  { title: 'Monitor', items: [{ label: 'Provisioning logs', path: 'logs', icon: 'document' }] },
] as const

/** A page of an app's provisioning, as its left panel calls it. */
export type ProvisioningPageName = (typeof MENU)[number]['items'][number]['label']

/** The left panel. Without a configuration there is nothing to manage: only what leads to one. */
function menuOf(app: ServicePrincipal, current: ProvisioningPageName, isConfigured: boolean): readonly NavGroup[] {
  const groups = MENU.map((group) => ({
    ...('title' in group ? { title: group.title } : {}),
    items: group.items
      .filter(({ label }) => isConfigured || label === 'Overview' || label === 'Users and groups')
      .map(({ label, path, icon }) => ({
        label,
        icon,
        href: path === undefined ? appHref(app.id, 'users') : provisioningHref(app.id, path),
        current: label === current,
      })),
  }))
  return groups.filter(({ items }) => items.length > 0)
}

/** The way to the layout of the older tutorials. */
export function classicCommand(app: ServicePrincipal): Command {
  return {
    kind: 'post',
    label: 'Switch to the classic experience',
    icon: 'swap',
    action: provisioningHref(app.id, 'experience'),
    fields: { experience: 'classic' },
  }
}

export interface ProvisioningPageProps
  extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'crumb' | 'subtitle' | 'resourceMenu'> {
  readonly app: ServicePrincipal
  readonly page: ProvisioningPageName
  readonly isConfigured?: boolean
  /** Last crumb where the page is a step of another: `New provisioning configuration`. The title follows it. */
  readonly step?: string | undefined
}

/**
 * One page of an app's provisioning, with its left panel. In the classic layout provisioning is one page of the app, and
 * whatever it leads to is a step of it.
 */
export function ProvisioningPage(props: ProvisioningPageProps) {
  const { app, page, step, isConfigured = true } = props
  if (props.context.experienceOf(app.id) === 'classic') {
    return <AppPage icon="swap" {...props} page="Provisioning" step={step ?? page} />
  }
  const isOverview = page === 'Overview'
  const overview = { label: 'Provisioning', href: provisioningHref(app.id) }
  const above = step === undefined ? [] : [{ label: page, href: pageHref(app, page) }]
  return (
    <AdminPage
      icon="swap"
      {...props}
      section="Enterprise apps"
      path={[
        ...appPath(props.context, app),
        ...(isOverview && step === undefined ? [] : [overview]),
        ...(isOverview ? [] : above),
      ]}
      title={step ?? `${app.displayName} | ${isOverview ? 'Provisioning' : page}`}
      crumb={step ?? (isOverview ? 'Provisioning' : page)}
      subtitle="Enterprise Application"
      resourceMenu={{ label: `Provisioning of ${app.displayName}`, groups: menuOf(app, page, isConfigured) }}
    >
      {props.children}
    </AdminPage>
  )
}

function pageHref(app: ServicePrincipal, page: ProvisioningPageName): string {
  const path = MENU.flatMap(({ items }) => [...items]).find(({ label }) => label === page)?.path
  return provisioningHref(app.id, path)
}
