import { AdminPage, type AdminPageProps } from '../admin-page.tsx'

const MENU = [
  { label: 'User consent settings', href: '/admin/consent/users', icon: 'user' },
  { label: 'Admin consent settings', href: '/admin/consent/admins', icon: 'role' },
  { label: 'Permission classifications', href: '/admin/consent/classifications', icon: 'filter' },
] as const

/** A page of "Consent and permissions", as its menu calls it. */
export type ConsentPageName = (typeof MENU)[number]['label']

/** Address of a page of "Consent and permissions". */
export function consentHref(page: ConsentPageName): string {
  return MENU.find(({ label }) => label === page)?.href ?? ''
}

export interface ConsentPageProps extends Pick<AdminPageProps, 'context' | 'notices' | 'children'> {
  readonly page: ConsentPageName
}

/** Enterprise apps > Consent and permissions: how the organization handles consent. */
export function ConsentPage(props: ConsentPageProps) {
  const { page } = props
  return (
    <AdminPage
      {...props}
      section="Enterprise apps"
      path={[{ label: props.context.edition.apps, href: '/admin/apps' }]}
      title={`Consent and permissions | ${page}`}
      crumb={page}
      subtitle={props.context.tenant.displayName}
      icon="shield"
      resourceMenu={{
        label: 'Pages of Consent and permissions',
        groups: [{ title: 'Manage', items: MENU.map((item) => ({ ...item, current: item.label === page })) }],
      }}
    >
      {props.children}
    </AdminPage>
  )
}
