import type { ComponentChildren } from 'preact'
import type { Account } from '#kit/ui/account-menu.tsx'
import { Breadcrumb, type Crumb } from '#kit/ui/breadcrumb.tsx'
import { type Command, CommandBar } from '#kit/ui/command-bar.tsx'
import { Document } from '#kit/ui/document.tsx'
import type { IconName } from '#kit/ui/icon.tsx'
import type { Frame, Look } from '#kit/ui/look.ts'
import { PageHeader } from '#kit/ui/page-header.tsx'
import { type NavGroup, NavGroups, SideNav } from '#kit/ui/side-nav.tsx'
import { SignInPage, type SignInPageProps } from '#kit/ui/sign-in-page.tsx'
import { TopBar } from '#kit/ui/top-bar.tsx'
import { entraLook, entraLookNamed } from './look.ts'

export interface EntraShellProps {
  readonly frame: Frame
  /** The portal's name and its letter, where it is not today's. */
  readonly edition?: Pick<Look, 'product' | 'mark'> | undefined
  readonly user: Account
  /** Left navigation: Home, Favorites, Entra ID, Monitoring. */
  readonly nav: readonly NavGroup[]
  /** Where the word mark leads; `/admin` unless told. */
  readonly homeHref?: string | undefined
  /** Query of the search in the top bar, and where it goes. */
  readonly search?: { readonly action: string; readonly value?: string | undefined } | undefined
  readonly breadcrumb: readonly Crumb[]
  /** `Dialpad | Provisioning`: the resource, then its page. */
  readonly title: string
  /** `Enterprise Application`. */
  readonly subtitle?: string | undefined
  readonly icon?: IconName | undefined
  readonly badge?: ComponentChildren
  /** The pages of the resource, left of the content. */
  readonly resourceMenu?: { readonly label: string; readonly groups: readonly NavGroup[] } | undefined
  readonly commands?: readonly Command[] | undefined
  /** What the last action did. */
  readonly notices?: ComponentChildren
  /** A `Panel`. */
  readonly overlay?: ComponentChildren
  readonly children: ComponentChildren
}

/** The admin center around one page. */
export function EntraShell(props: EntraShellProps) {
  const search = props.search && { label: 'Search resources, users, apps', ...props.search }
  return (
    <Document
      look={props.edition === undefined ? entraLook : entraLookNamed(props.edition)}
      frame={props.frame}
      title={props.title}
      shellClass="entra-shell"
      mainClass="entra-main"
      overlay={props.overlay}
      header={
        <>
          <TopBar homeHref={props.homeHref ?? '/admin'} navId="side-nav" search={search} account={props.user} />
          <SideNav label="Main" groups={props.nav} />
        </>
      }
    >
      <div class="entra-head">
        <Breadcrumb items={props.breadcrumb} />
        <PageHeader title={props.title} subtitle={props.subtitle} icon={props.icon} badge={props.badge} />
      </div>
      <div class={props.resourceMenu ? 'entra-blade entra-blade--menu' : 'entra-blade'}>
        {props.resourceMenu && (
          <nav class="entra-resource-menu" aria-label={props.resourceMenu.label}>
            <NavGroups groups={props.resourceMenu.groups} />
          </nav>
        )}
        <div class="entra-work">
          {props.commands && <CommandBar items={props.commands} />}
          <div class="entra-content">
            {props.notices}
            {props.children}
          </div>
        </div>
      </div>
    </Document>
  )
}

/** The white card of the sign-in and consent steps. */
export function EntraSignInCard(props: Omit<SignInPageProps, 'look'>) {
  return <SignInPage markName="Entra ID" {...props} look={entraLook} />
}
