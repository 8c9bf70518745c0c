import type { ComponentChildren } from 'preact'

export interface Definition {
  readonly term: string
  /** Nothing shows as a dash. */
  readonly value?: ComponentChildren
}

/** Names and values of one thing. */
export function DefinitionList({ items }: { readonly items: readonly Definition[] }) {
  return (
    <dl class="k-definitions">
      {items.map((item) => (
        <div class="k-definition" key={item.term}>
          <dt>{item.term}</dt>
          <dd>{item.value === undefined || item.value === null || item.value === '' ? '-' : item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
