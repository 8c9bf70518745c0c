import type { ComponentChildren } from 'preact'

/** A public page of words: its headline, and what belongs to it below, in a column that can be read. */
export function SiteColumn(props: {
  readonly title: string
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <div class="dialpad-site__column">
      <h1 class="k-title">{props.title}</h1>
      {props.notices}
      {props.children}
    </div>
  )
}
