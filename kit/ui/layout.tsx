import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface Around {
  readonly children: ComponentChildren
}

/** One thing below the other, evenly spaced. `loose` between sections, `tight` between lines. */
export function Stack({ gap = 'normal', children }: Around & { readonly gap?: 'tight' | 'normal' | 'loose' }) {
  return <div class={`k-stack k-stack--${gap}`}>{children}</div>
}

/** Side by side in equal columns as the width allows. */
export function Columns({ min = 'normal', children }: Around & { readonly min?: 'narrow' | 'normal' | 'wide' }) {
  return <div class={`k-columns k-columns--${min}`}>{children}</div>
}

/** In one line, wrapping. `spread` pushes the last thing to the right. */
export function Inline({ spread = false, children }: Around & { readonly spread?: boolean }) {
  return <div class={spread ? 'k-inline k-inline--spread' : 'k-inline'}>{children}</div>
}

/** Text that is less important. */
export function Quiet({ children }: Around) {
  return <span class="k-quiet">{children}</span>
}

/** One number with its words. */
export function Figure({ label, value }: { readonly label: string; readonly value: string | number }) {
  return (
    <div class="k-figure">
      <span class="k-figure__value">{value}</span>
      <span class="k-figure__label">{label}</span>
    </div>
  )
}

export interface TileProps {
  readonly title: string
  readonly href: string
  readonly detail?: string | undefined
  /** A letter in a square where there is no icon. */
  readonly mark?: string | undefined
  readonly icon?: IconName | undefined
  readonly newTab?: boolean | undefined
}

/** A large link: an app on a dashboard, an entry of a gallery. */
export function Tile(props: TileProps) {
  return (
    <a class="k-tile" href={props.href} {...(props.newTab ? { target: '_blank', rel: 'noopener' } : {})}>
      <span class="k-tile__mark" aria-hidden="true">
        {props.icon ? <Icon name={props.icon} size={24} /> : (props.mark ?? Array.from(props.title)[0])}
      </span>
      <span class="k-tile__words">
        <span class="k-tile__title">{props.title}</span>
        {props.detail && <span class="k-tile__detail">{props.detail}</span>}
      </span>
    </a>
  )
}

/** Text as it is, in a box that scrolls: a request, a document. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="k-code" aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
  )
}

/** More of it, folded away. */
export function Disclosure(
  props: Around & {
    readonly title: string
    readonly open?: boolean | undefined
    /** What it belongs to, where a page has several of the same title: names the group for those who hear the page. */
    readonly of?: string | undefined
  },
) {
  return (
    <details class="k-disclosure" open={props.open} aria-label={props.of}>
      <summary>
        <Icon name="chevron-right" size={12} />
        <span>{props.title}</span>
      </summary>
      <div class="k-disclosure__body">{props.children}</div>
    </details>
  )
}
