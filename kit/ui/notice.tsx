import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { type Tone, useClasses } from './look.ts'

const toneIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'info',
  info: 'info',
  success: 'success',
  warning: 'warning',
  danger: 'error',
}

export interface NoticeProps {
  readonly tone?: Tone | undefined
  readonly title?: string | undefined
  /** `alert` interrupts, `status` waits its turn. A `danger` notice is an alert unless told otherwise; `none` for standing advice. */
  readonly role?: 'status' | 'alert' | 'none' | undefined
  readonly children?: ComponentChildren
  readonly actions?: ComponentChildren
}

/** What happened, or what to know first. */
export function Notice(props: NoticeProps) {
  const { tone = 'info' } = props
  const classes = useClasses()
  const role = props.role ?? (tone === 'danger' ? 'alert' : 'status')
  return (
    <div
      class={classes(`k-notice k-notice--${tone}`, 'notice', `notice-${tone}`)}
      role={role === 'none' ? undefined : role}
    >
      <Icon name={toneIcons[tone]} size={20} />
      <div class="k-notice__body">
        {props.title && <p class={classes('k-notice__title', 'notice-title')}>{props.title}</p>}
        {props.children && <div class="k-notice__text">{props.children}</div>}
        {props.actions && <div class="k-actions">{props.actions}</div>}
      </div>
    </div>
  )
}
