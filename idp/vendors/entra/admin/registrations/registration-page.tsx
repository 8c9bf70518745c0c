import type { Application } from '#idp/core/directory/records.ts'
import type { IconName } from '#kit/ui/icon.tsx'
import { AdminPage, type AdminPageProps } from '../admin-page.tsx'

export const REGISTRATIONS_HREF = '/admin/registrations'

/** Address of a registration's page: `registrationHref(id)` is its Overview. */
export function registrationHref(applicationId: string, page = ''): string {
  return page === '' ? `${REGISTRATIONS_HREF}/${applicationId}` : `${REGISTRATIONS_HREF}/${applicationId}/${page}`
}

interface MenuItem {
  readonly label: string
  readonly path: string
  readonly icon: IconName
}

const OVERVIEW = { label: 'Overview', path: '', icon: 'list' } as const satisfies MenuItem

const MANAGE = [
  { label: 'Branding & properties', path: 'branding', icon: 'edit' },
  { label: 'Authentication', path: 'authentication', icon: 'sign-out' },
  { label: 'Certificates & secrets', path: 'credentials', icon: 'key' },
  { label: 'Token configuration', path: 'token-configuration', icon: 'gear' },
  { label: 'API permissions', path: 'permissions', icon: 'shield' },
  { label: 'Expose an API', path: 'expose', icon: 'export' },
  { label: 'App roles', path: 'roles', icon: 'role' },
  { label: 'Owners', path: 'owners', icon: 'user' },
  { label: 'Manifest', path: 'manifest', icon: 'document' },
] as const satisfies readonly MenuItem[]

/** A page of a registration, as its menu calls it. */
export type RegistrationPageName = typeof OVERVIEW.label | (typeof MANAGE)[number]['label']

export interface RegistrationPageProps
  extends Omit<AdminPageProps, 'section' | 'path' | 'title' | 'subtitle' | 'resourceMenu'> {
  readonly registration: Application
  readonly page: RegistrationPageName
  /** Last crumb, and title, where it is not the page's name: `Delete client secret`. */
  readonly step?: string | undefined
}

/** One page of an app registration, with its menu. */
export function RegistrationPage(props: RegistrationPageProps) {
  const { registration, page, step } = props
  const { id, displayName } = registration
  const item = ({ label, path, icon }: MenuItem) => ({
    label,
    icon,
    href: registrationHref(id, path),
    current: label === page,
  })
  const current = [OVERVIEW, ...MANAGE].find(({ label }) => label === page)
  const inside = step === undefined ? [] : [{ label: page, href: registrationHref(id, current?.path) }]
  return (
    <AdminPage
      icon="document"
      {...props}
      section="App registrations"
      path={[
        { label: 'App registrations', href: REGISTRATIONS_HREF },
        { label: displayName, href: registrationHref(id) },
        ...inside,
      ]}
      title={step ?? (page === 'Overview' ? displayName : `${displayName} | ${page}`)}
      crumb={step ?? page}
      subtitle="App registration"
      resourceMenu={{
        label: `Pages of ${displayName}`,
        groups: [{ items: [item(OVERVIEW)] }, { title: 'Manage', items: MANAGE.map(item) }],
      }}
    >
      {props.children}
    </AdminPage>
  )
}
