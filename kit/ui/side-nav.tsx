import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export interface NavItem {
  readonly label: string
  readonly href: string
  readonly icon?: IconName | undefined
  readonly current?: boolean | undefined
}

export interface NavGroup {
  /** Absent for items at the top that belong to no group. */
  readonly title?: string | undefined
  readonly icon?: IconName | undefined
  /** Can be folded; open unless `folded`. A group that holds the current page is always open. */
  readonly foldable?: boolean | undefined
  readonly folded?: boolean | undefined
  readonly items: readonly NavItem[]
}

/** The links of a menu, in groups; no landmark of its own. */
export function NavGroups({ groups }: { readonly groups: readonly NavGroup[] }) {
  return (
    <>
      {groups.map((group, index) => (
        <NavGroupView key={group.title ?? `group-${index}`} group={group} />
      ))}
    </>
  )
}

function NavGroupView({ group }: { readonly group: NavGroup }) {
  const links = (
    <ul class="k-nav__list">
      {group.items.map((item) => (
        <li key={item.href + item.label}>
          <a class="k-nav__link" href={item.href} aria-current={item.current ? 'page' : undefined}>
            {item.icon && <Icon name={item.icon} />}
            <span>{item.label}</span>
          </a>
        </li>
      ))}
    </ul>
  )
  if (group.title === undefined) return links
  const heading = (
    <>
      {group.icon && <Icon name={group.icon} />}
      <span>{group.title}</span>
    </>
  )
  if (!group.foldable) {
    return (
      <div class="k-nav__group">
        <p class="k-nav__title">{heading}</p>
        {links}
      </div>
    )
  }
  return (
    <details class="k-nav__group" open={!group.folded || group.items.some((item) => item.current)}>
      <summary class="k-nav__title">
        {heading}
        <Icon name="chevron-down" size={12} />
      </summary>
      {links}
    </details>
  )
}

export interface SideNavProps {
  /** Accessible name: `Main`, `Settings`. */
  readonly label: string
  /** Of the navigation element; the drawer button refers to it. `side-nav` unless told. */
  readonly id?: string | undefined
  readonly groups: readonly NavGroup[]
  /** Above the links: a switcher, a search. */
  readonly top?: ComponentChildren
}

/**
 * The menu at the left. Below 720 px it lies hidden until its {@link DrawerButton} opens it as a drawer; the browser's
 * popover does that without script, closing on Escape and on a click outside.
 */
export function SideNav(props: SideNavProps) {
  return (
    <nav class="k-nav k-drawer" id={props.id ?? 'side-nav'} aria-label={props.label} popover="auto">
      {props.top}
      <NavGroups groups={props.groups} />
    </nav>
  )
}

/** Opens the side navigation on a narrow screen; not there on a wide one. Belongs into the top bar. */
export function DrawerButton({
  navId = 'side-nav',
  label = 'Menu',
}: {
  readonly navId?: string
  readonly label?: string
}) {
  return (
    <button type="button" class="k-drawer-button" popovertarget={navId} aria-label={label}>
      <Icon name="menu" size={20} />
    </button>
  )
}
