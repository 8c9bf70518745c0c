import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export interface EmptyStateProps {
  readonly title: string
  readonly icon?: IconName | undefined
  /** What to do next, in a sentence. */
  readonly children?: ComponentChildren
  /** Usually one `LinkButton`. */
  readonly action?: ComponentChildren
}

/** Nothing here yet, and the way out of it. */
export function EmptyState(props: EmptyStateProps) {
  return (
    <div class="k-empty">
      <Icon name={props.icon ?? 'list'} size={32} />
      <p class="k-empty__title">{props.title}</p>
      {props.children && <div class="k-empty__text">{props.children}</div>}
      {props.action && <div class="k-empty__action">{props.action}</div>}
    </div>
  )
}
