import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { useClasses } from './look.ts'

export interface PageHeaderProps {
  /** The page's only `h1`. */
  readonly title: string
  readonly subtitle?: ComponentChildren
  readonly icon?: IconName | undefined
  /** Beside the title: a state. */
  readonly badge?: ComponentChildren
  /** At the right. */
  readonly actions?: ComponentChildren
}

/** Title of a page with what belongs beside it. */
export function PageHeader(props: PageHeaderProps) {
  const classes = useClasses()
  return (
    <header class="k-page-header">
      {props.icon && (
        <span class="k-page-header__icon">
          <Icon name={props.icon} size={28} />
        </span>
      )}
      <div class="k-page-header__words">
        <div class="k-page-header__line">
          <h1 class={classes('k-title', 'page-title')}>{props.title}</h1>
          {props.badge}
        </div>
        {props.subtitle && <div class="k-subtitle">{props.subtitle}</div>}
      </div>
      {props.actions && <div class="k-actions k-page-header__actions">{props.actions}</div>}
    </header>
  )
}
