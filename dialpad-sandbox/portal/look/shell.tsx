import type { ComponentChildren } from 'preact'
import { type Account, AccountMenu } from '#kit/ui/account-menu.tsx'
import { Breadcrumb, type Crumb } from '#kit/ui/breadcrumb.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Document } from '#kit/ui/document.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Menu } from '#kit/ui/menu.tsx'
import { PageHeader } from '#kit/ui/page-header.tsx'
import { type NavGroup, SideNav } from '#kit/ui/side-nav.tsx'
import { SignInPage, type SignInPageProps } from '#kit/ui/sign-in-page.tsx'
import { TabRow, type TabRowItem } from '#kit/ui/tab-row.tsx'
import { TopBar, WordMark } from '#kit/ui/top-bar.tsx'
import { dialpadLook } from './look.ts'

/** One target of the switcher above the left rail: the company, or an office. */
export interface SwitcherItem {
  readonly label: string
  readonly href: string
  readonly current?: boolean | undefined
}

export interface PortalShellProps {
  readonly frame: Frame
  readonly user: Account
  /** `My Company`, then the offices. */
  readonly switcher: readonly SwitcherItem[]
  readonly nav: readonly NavGroup[]
  readonly homeHref?: string | undefined
  readonly search?: { readonly action: string; readonly value?: string | undefined } | undefined
  readonly breadcrumb?: readonly Crumb[] | undefined
  readonly title: string
  /** A sentence below the headline. */
  readonly lead?: ComponentChildren
  readonly badge?: ComponentChildren
  /** At the right of the headline: the page's one primary button. */
  readonly actions?: ComponentChildren
  readonly tabs?: readonly TabRowItem[] | undefined
  readonly notices?: ComponentChildren
  /** A `Panel`. */
  readonly overlay?: ComponentChildren
  readonly children: ComponentChildren
}

/** The admin portal around one page. */
export function PortalShell(props: PortalShellProps) {
  const search = props.search && { label: 'Search', ...props.search }
  return (
    <Document
      look={dialpadLook}
      frame={props.frame}
      title={props.title}
      shellClass="dialpad-shell"
      mainClass="dialpad-main"
      overlay={props.overlay}
      header={
        <>
          <TopBar homeHref={props.homeHref ?? '/admin'} navId="side-nav" search={search} account={props.user} />
          <SideNav label="Main" groups={props.nav} top={<Switcher items={props.switcher} />} />
        </>
      }
    >
      <div class="dialpad-page">
        <Breadcrumb items={props.breadcrumb ?? []} />
        <PageHeader title={props.title} subtitle={props.lead} badge={props.badge} actions={props.actions} />
        {props.tabs && <TabRow label={`${props.title} tabs`} items={props.tabs} />}
        {props.notices}
        {props.children}
      </div>
    </Document>
  )
}

function Switcher({ items }: { readonly items: readonly SwitcherItem[] }) {
  const current = items.find((item) => item.current) ?? items[0]
  if (current === undefined) return null
  return (
    <details class="k-menu dialpad-switcher">
      <summary class="dialpad-switcher__button">
        <Icon name="building" />
        <span>{current.label}</span>
        <Icon name="chevron-down" size={12} />
      </summary>
      <ul class="k-menu__list k-menu__list--start">
        {items.map((item) => (
          <li key={item.href}>
            <a class="k-menu__item" href={item.href} aria-current={item.current ? 'true' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

export interface SiteShellProps {
  readonly frame: Frame
  readonly title: string
  /** Absent: the header offers to log in and to sign up. */
  readonly user?: Account | undefined
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
}

/** A public page: header with Log In, then whatever the page says. The page brings its own `h1`. */
export function SiteShell(props: SiteShellProps) {
  return (
    <Document
      look={dialpadLook}
      frame={props.frame}
      title={props.title}
      shellClass="dialpad-site"
      mainClass="dialpad-site__main"
      header={
        <header class="k-topbar dialpad-site__bar">
          <WordMark href="/" />
          <div class="k-topbar__search" />
          {props.user ? (
            <AccountMenu account={props.user} />
          ) : (
            <div class="k-topbar__actions">
              <Menu
                label="Log In"
                kind="button"
                align="end"
                items={[{ kind: 'link', label: 'Use Dialpad online', href: '/login' }]}
              />
              <LinkButton href="/signup" kind="primary">
                Sign up
              </LinkButton>
            </div>
          )}
        </header>
      }
    >
      {props.notices}
      {props.children}
    </Document>
  )
}

/** The headline block of a public page. */
export function SiteHero(props: {
  readonly title: string
  readonly lead: string
  readonly children?: ComponentChildren
}) {
  return (
    <section class="dialpad-hero">
      <h1 class="dialpad-hero__title">{props.title}</h1>
      <p class="dialpad-hero__lead">{props.lead}</p>
      {props.children && <div class="k-actions dialpad-hero__actions">{props.children}</div>}
    </section>
  )
}

/** The card of logging in and signing up. */
export function LoginCard(props: Omit<SignInPageProps, 'look'>) {
  return <SignInPage {...props} look={dialpadLook} />
}
