import { Icon } from './icon.tsx'

export interface PagerProps {
  /** Number of the first and last entry shown, from 1. */
  readonly from: number
  readonly to: number
  /** Absent where counting is not done. */
  readonly total?: number | undefined
  /** What is counted: `users`. */
  readonly noun: string
  readonly previousHref?: string | undefined
  readonly nextHref?: string | undefined
}

/** Where in a long list this page is, and the way on. */
export function Pager(props: PagerProps) {
  const range = `${props.from} to ${props.to}`
  return (
    <nav class="k-pager" aria-label={`Pages of ${props.noun}`}>
      <span class="k-pager__where">
        {props.total === undefined ? `${range} ${props.noun}` : `${range} of ${props.total} ${props.noun}`}
      </span>
      <PagerLink href={props.previousHref} words="Previous" icon="chevron-left" />
      <PagerLink href={props.nextHref} words="Next" icon="chevron-right" />
    </nav>
  )
}

function PagerLink(props: {
  readonly href: string | undefined
  readonly words: string
  readonly icon: 'chevron-left' | 'chevron-right'
}) {
  const inner = (
    <>
      {props.icon === 'chevron-left' && <Icon name={props.icon} />}
      {props.words}
      {props.icon === 'chevron-right' && <Icon name={props.icon} />}
    </>
  )
  if (props.href === undefined) {
    return (
      <span class="k-pager__link k-pager__link--off" aria-disabled="true">
        {inner}
      </span>
    )
  }
  return (
    <a class="k-pager__link" href={props.href} rel={props.words === 'Next' ? 'next' : 'prev'}>
      {inner}
    </a>
  )
}
