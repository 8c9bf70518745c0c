import type { ComponentChildren } from 'preact'
import type { Account } from '#kit/ui/account-menu.tsx'
import { Breadcrumb, type Crumb } from '#kit/ui/breadcrumb.tsx'
import { Document } from '#kit/ui/document.tsx'
import type { IconName } from '#kit/ui/icon.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { PageHeader } from '#kit/ui/page-header.tsx'
import { type NavGroup, NavGroups, SideNav } from '#kit/ui/side-nav.tsx'
import { SignInPage, type SignInPageProps } from '#kit/ui/sign-in-page.tsx'
import { TabRow, type TabRowItem } from '#kit/ui/tab-row.tsx'
import { TopBar } from '#kit/ui/top-bar.tsx'
import { oktaLook } from './look.ts'

export interface OktaShellProps {
  readonly frame: Frame
  readonly user: Account
  /** Left navigation of the console: Dashboard, Directory, Customizations, Applications … */
  readonly nav: readonly NavGroup[]
  readonly homeHref?: string | undefined
  readonly search?: { readonly action: string; readonly value?: string | undefined } | undefined
  readonly breadcrumb?: readonly Crumb[] | undefined
  readonly title: string
  readonly subtitle?: ComponentChildren
  readonly icon?: IconName | undefined
  readonly badge?: ComponentChildren
  /** At the right of the title: `Menu` Active ▾, View Logs. */
  readonly actions?: ComponentChildren
  readonly tabs?: readonly TabRowItem[] | undefined
  /** Inner rail of a tab: SETTINGS: To App, To Okta, Integration. */
  readonly rail?: { readonly label: string; readonly groups: readonly NavGroup[] } | undefined
  readonly notices?: ComponentChildren
  /** A `Panel`. */
  readonly overlay?: ComponentChildren
  readonly children: ComponentChildren
}

/** The admin console around one page. */
export function OktaShell(props: OktaShellProps) {
  const search = props.search && { label: 'Search for people, apps and groups', ...props.search }
  return (
    <Document
      look={oktaLook}
      frame={props.frame}
      title={props.title}
      shellClass="okta-shell"
      mainClass="okta-main"
      overlay={props.overlay}
      header={
        <>
          <TopBar homeHref={props.homeHref ?? '/admin'} navId="side-nav" search={search} account={props.user} />
          <SideNav label="Main" groups={props.nav} />
        </>
      }
    >
      <Breadcrumb items={props.breadcrumb ?? []} />
      <PageHeader
        title={props.title}
        subtitle={props.subtitle}
        icon={props.icon}
        badge={props.badge}
        actions={props.actions}
      />
      {props.tabs && <TabRow label={`${props.title} tabs`} items={props.tabs} />}
      <div class={props.rail ? 'okta-body okta-body--rail' : 'okta-body'}>
        {props.rail && (
          <nav class="okta-rail" aria-label={props.rail.label}>
            <NavGroups groups={props.rail.groups} />
          </nav>
        )}
        <div class="okta-content">
          {props.notices}
          {props.children}
        </div>
      </div>
    </Document>
  )
}

export interface OktaDashboardShellProps {
  readonly frame: Frame
  readonly user: Account
  readonly title: string
  readonly search?: { readonly action: string; readonly value?: string | undefined } | undefined
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
}

/** The end-user dashboard: top bar, then tiles; no navigation at the left. */
export function OktaDashboardShell(props: OktaDashboardShellProps) {
  const search = props.search && { label: 'Search your apps', ...props.search }
  return (
    <Document
      look={oktaLook}
      frame={props.frame}
      title={props.title}
      shellClass="okta-dashboard"
      mainClass="okta-main"
      header={<TopBar homeHref="/" search={search} account={props.user} />}
    >
      <PageHeader title={props.title} />
      <div class="okta-content">
        {props.notices}
        {props.children}
      </div>
    </Document>
  )
}

/** The sign-in card of the org. */
export function OktaSignInCard(props: Omit<SignInPageProps, 'look'>) {
  return <SignInPage {...props} look={oktaLook} />
}
