import type { ComponentChildren } from 'preact'
import type { Account } from '#kit/ui/account-menu.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import type { NavGroup } from '#kit/ui/side-nav.tsx'
import type { TabRowItem } from '#kit/ui/tab-row.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminRights } from '../domain/admin-rights.ts'
import { ADMINISTRATORS, BILLING, COMPANY, DEPARTMENTS, KEYS, officePath, SAML, SCIM } from './addresses.ts'
import { LEFT_OUT_OF_COMPANY, LEFT_OUT_OF_OFFICE, leftOutPath } from './left-out.ts'
import { PortalShell } from './look/shell.tsx'

/** What surrounds every page of the portal. */
export interface Chrome {
  readonly frame: Frame
  readonly user: Account
  readonly companyName: string
  /** Of whoever looks at it. */
  readonly rights: AdminRights
  /** Those they administer. */
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  /** Absent for a Company Admin: the office whose menu an Office Admin sees on pages that name none. */
  readonly pageOffice: { readonly id: string; readonly name: string } | undefined
  /** Present while a bill is unpaid. */
  readonly billing?: { readonly state: 'on-hold' | 'suspended'; readonly suspendedFrom: string } | undefined
  /** What has just been done, told once. */
  readonly done: string | undefined
}

export interface AdminPageProps {
  readonly chrome: Chrome
  /** Address of the navigation entry this page belongs to. */
  readonly current: string
  /** The office it belongs to; absent: My Company. */
  readonly office?: { readonly id: string; readonly name: string } | undefined
  readonly title: string
  readonly lead?: ComponentChildren
  /** Between company (or office) and this page. */
  readonly trail?: readonly { readonly label: string; readonly href?: string | undefined }[] | undefined
  readonly badge?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly tabs?: readonly TabRowItem[] | undefined
  readonly notices?: ComponentChildren
  readonly overlay?: ComponentChildren
  readonly children: ComponentChildren
}

/** A page of the admin portal: switcher and menu at the left, the way back above. */
export function AdminPage(props: AdminPageProps) {
  const { chrome } = props
  const office = props.office ?? chrome.pageOffice
  const isCompanyAdmin = chrome.rights.kind === 'company'
  const top = office ? { label: office.name, href: officePath(office.id) } : { label: 'My Company', href: COMPANY }
  return (
    <PortalShell
      frame={chrome.frame}
      user={chrome.user}
      homeHref={COMPANY}
      search={{ action: `${COMPANY}/users` }}
      switcher={[
        ...(isCompanyAdmin ? [{ label: 'My Company', href: COMPANY, current: office === undefined }] : []),
        ...chrome.offices.map((each) => ({
          label: each.name,
          href: officePath(each.id),
          current: each.id === office?.id,
        })),
      ]}
      nav={(office ? officeNav(office.id) : companyNav).map((group) => ({
        ...group,
        items: group.items.map((item) => ({ ...item, current: item.href === props.current })),
      }))}
      breadcrumb={[top, ...(props.trail ?? []), ...(props.title === top.label ? [] : [{ label: props.title }])]}
      title={props.title}
      lead={props.lead}
      badge={props.badge}
      actions={props.actions}
      tabs={props.tabs}
      notices={
        <>
          {chrome.done && <Notice tone="success">{chrome.done}</Notice>}
          {chrome.billing && <UnpaidNotice company={chrome.companyName} billing={chrome.billing} />}
          {props.notices}
        </>
      }
      overlay={props.overlay}
    >
      {props.children}
    </PortalShell>
  )
}

/** Stands on every page while a bill is unpaid: it is the company that is on hold or suspended, not its people. */
function UnpaidNotice(props: { readonly company: string; readonly billing: NonNullable<Chrome['billing']> }) {
  const { company, billing } = props
  return billing.state === 'on-hold' ? (
    <Notice tone="warning" title={`${company} is on hold`} role="none">
      A payment failed. Unless it is paid under <a href={BILLING}>Billing</a>, the whole company is suspended on{' '}
      <TimeText iso={billing.suspendedFrom} form="date" />.
    </Notice>
  ) : (
    <Notice tone="danger" title={`${company} is suspended`} role="none">
      For an unpaid bill, since <TimeText iso={billing.suspendedFrom} form="date" />. The users keep the states they
      have: none of them is suspended for it. Only Company Admins can log in, directories and API keys are refused, and
      nothing can be changed until it is paid under <a href={BILLING}>Billing</a>.
    </Notice>
  )
}

const companyNav: readonly NavGroup[] = [
  { items: [{ label: 'Company Settings', href: COMPANY, icon: 'gear' }] },
  {
    title: 'Company',
    items: [
      { label: 'Offices', href: `${COMPANY}/offices`, icon: 'building' },
      { label: 'Users', href: `${COMPANY}/users`, icon: 'user' },
      { label: 'Administrators', href: ADMINISTRATORS, icon: 'role' },
      { label: 'Licenses', href: `${COMPANY}/licenses`, icon: 'document' },
      { label: 'Billing', href: BILLING, icon: 'calendar' },
      { label: 'Departments', href: DEPARTMENTS, icon: 'phone' },
      { label: 'Directory groups', href: `${COMPANY}/groups`, icon: 'group' },
      { label: 'Change log', href: `${COMPANY}/change-log`, icon: 'list' },
      ...LEFT_OUT_OF_COMPANY.map((each) => ({ label: each.label, href: leftOutPath(each), icon: each.icon })),
    ],
  },
  {
    title: 'Authentication',
    items: [
      { label: 'API Keys', href: KEYS, icon: 'key' },
      { label: 'SAML', href: SAML, icon: 'shield' },
      { label: 'SCIM', href: SCIM, icon: 'swap' },
    ],
  },
]

function officeNav(officeId: string): readonly NavGroup[] {
  return [
    {
      title: 'Office',
      items: [
        { label: 'Office Settings', href: officePath(officeId), icon: 'building' },
        { label: 'Users', href: officePath(officeId, 'users'), icon: 'user' },
        { label: 'Licenses', href: officePath(officeId, 'licenses'), icon: 'document' },
        { label: 'Departments', href: officePath(officeId, 'departments'), icon: 'phone' },
        { label: 'Main Line', href: officePath(officeId, 'main-line'), icon: 'phone' },
        { label: 'Billing', href: officePath(officeId, 'billing'), icon: 'calendar' },
        ...LEFT_OUT_OF_OFFICE.map((each) => ({
          label: each.label,
          href: leftOutPath(each, officeId),
          icon: each.icon,
        })),
      ],
    },
  ]
}

/** What a page was called in earlier editions of the portal, for those who follow an older article. */
export function Formerly({ name }: { readonly name: string }) {
  return (
    <span class="k-quiet" title={`formerly ${name}`}>
      (formerly {name})
    </span>
  )
}
