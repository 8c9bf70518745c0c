import type { ComponentChildren } from 'preact'
import { type Tone, useClasses } from './look.ts'

export interface BadgeProps {
  readonly tone?: Tone | undefined
  readonly children: ComponentChildren
}

/** A state in one or two words. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  const classes = useClasses()
  return <span class={classes(`k-badge k-badge--${tone}`, 'badge', `badge-${tone}`)}>{children}</span>
}
