import { Icon } from './icon.tsx'

export interface Crumb {
  readonly label: string
  /** Absent for the page one is on. */
  readonly href?: string | undefined
}

/** The way back up, outermost first. Nothing when there are no items. */
export function Breadcrumb({ items }: { readonly items: readonly Crumb[] }) {
  if (items.length === 0) return null
  return (
    <nav class="k-breadcrumb" aria-label="Breadcrumb">
      <ol>
        {items.map((item, index) => (
          <li key={`${index}-${item.label}`}>
            {index > 0 && <Icon name="chevron-right" size={12} />}
            {item.href === undefined ? (
              <span aria-current={index === items.length - 1 ? 'page' : undefined}>{item.label}</span>
            ) : (
              <a href={item.href}>{item.label}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
