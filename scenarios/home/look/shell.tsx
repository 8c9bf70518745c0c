import type { ComponentChildren } from 'preact'
import { Document } from '#kit/ui/document.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { PageHeader } from '#kit/ui/page-header.tsx'
import { WordMark } from '#kit/ui/top-bar.tsx'
import { homeLook } from './look.ts'

export interface HomeShellProps {
  readonly frame: Frame
  readonly nav: readonly { readonly label: string; readonly href: string; readonly current?: boolean | undefined }[]
  readonly title: string
  readonly lead?: ComponentChildren
  readonly actions?: ComponentChildren
  /** World, clock and its buttons: a `ClockBar`. */
  readonly clock?: ComponentChildren
  readonly notices?: ComponentChildren
  /** The lesson panel, 360 px at the right. */
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
}

/** The kit home around one page. */
export function HomeShell(props: HomeShellProps) {
  return (
    <Document
      look={homeLook}
      frame={props.frame}
      title={props.title}
      shellClass={props.aside ? 'home-shell home-shell--aside' : 'home-shell'}
      mainClass="home-main"
      header={
        <header class="k-topbar home-bar">
          <WordMark href="/" />
          <nav class="home-nav" aria-label="Main">
            {props.nav.map((item) => (
              <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
                {item.label}
              </a>
            ))}
          </nav>
        </header>
      }
    >
      {props.clock}
      <PageHeader title={props.title} subtitle={props.lead} actions={props.actions} />
      {props.notices}
      <div class="home-body">
        <div class="home-content">{props.children}</div>
        {props.aside && <aside class="home-aside">{props.aside}</aside>}
      </div>
    </Document>
  )
}
