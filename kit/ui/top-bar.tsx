import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { type Account, AccountMenu } from './account-menu.tsx'
import { LookContext } from './look.ts'
import { SearchField, type SearchFieldProps } from './search-field.tsx'
import { DrawerButton } from './side-nav.tsx'

/** The square with a letter and the product's name. */
export function WordMark({ href, name }: { readonly href?: string | undefined; readonly name?: string | undefined }) {
  const look = useContext(LookContext)
  const inner = (
    <>
      <span class="k-mark" aria-hidden="true">
        {look.mark}
      </span>
      <span class="k-word">{name ?? look.product}</span>
    </>
  )
  return href === undefined ? (
    <span class="k-wordmark">{inner}</span>
  ) : (
    <a class="k-wordmark" href={href}>
      {inner}
    </a>
  )
}

export interface TopBarProps {
  readonly homeHref: string
  /** Of the {@link SideNav} the drawer button opens; no button without one. */
  readonly navId?: string | undefined
  readonly search?: SearchFieldProps | undefined
  /** Between search and account. */
  readonly actions?: ComponentChildren
  readonly account?: Account | undefined
}

/** The bar at the top of a product: drawer button, word mark, search, account. */
export function TopBar(props: TopBarProps) {
  return (
    <header class="k-topbar">
      {props.navId && <DrawerButton navId={props.navId} />}
      <WordMark href={props.homeHref} />
      <div class="k-topbar__search">{props.search && <SearchField {...props.search} />}</div>
      <div class="k-topbar__actions">{props.actions}</div>
      {props.account && <AccountMenu account={props.account} />}
    </header>
  )
}
