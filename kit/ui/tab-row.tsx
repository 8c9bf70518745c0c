import { useClasses } from './look.ts'

export interface TabRowItem {
  readonly label: string
  readonly href: string
  readonly current?: boolean | undefined
  readonly count?: number | undefined
}

/** Pages of one thing, side by side. They are links: each tab has an address. */
export function TabRow({ label, items }: { readonly label: string; readonly items: readonly TabRowItem[] }) {
  const classes = useClasses()
  return (
    <nav class={classes('k-tabs', 'tab-row')} aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.label}>
            <a
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              class={classes('k-tab', 'tab', item.current && 'tab-current')}
            >
              {item.label}
              {item.count !== undefined && <span class="k-tab__count">{item.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
