import type { ComponentChildren } from 'preact'
import { useClasses } from './look.ts'

export interface CardProps {
  readonly title?: string | undefined
  /** 2 unless told. */
  readonly headingLevel?: 2 | 3 | undefined
  readonly lead?: ComponentChildren
  /** At the right of the title: an Edit link. */
  readonly action?: ComponentChildren
  readonly footer?: ComponentChildren
  /** No padding around the content: for a table. */
  readonly flush?: boolean | undefined
  readonly id?: string | undefined
  readonly children?: ComponentChildren
}

/** A section of a page in a box of its own. */
export function Card(props: CardProps) {
  const classes = useClasses()
  const Heading = props.headingLevel === 3 ? 'h3' : 'h2'
  return (
    <section class={classes(props.flush ? 'k-card k-card--flush' : 'k-card', 'card')} id={props.id}>
      {(props.title || props.action) && (
        <div class="k-card__head">
          {props.title && <Heading class="k-card__title">{props.title}</Heading>}
          {props.action && <div class="k-card__action">{props.action}</div>}
        </div>
      )}
      {props.lead && <div class="k-card__lead">{props.lead}</div>}
      {props.children && <div class="k-card__body">{props.children}</div>}
      {props.footer && <div class="k-card__foot">{props.footer}</div>}
    </section>
  )
}
