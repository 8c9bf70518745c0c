import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

export interface PanelProps {
  readonly title: string
  readonly subtitle?: ComponentChildren
  /** Where closing leads: the page below. */
  readonly closeHref: string
  /** 640 px instead of 480. */
  readonly wide?: boolean | undefined
  readonly children: ComponentChildren
  /** Buttons, fixed at the foot. They refer to the form in the body by `form="…"`. */
  readonly footer?: ComponentChildren
}

/**
 * A side panel over the page it belongs to. It has an address of its own: the server renders the page with the panel
 * open (give it to the shell's `overlay`), and closing is a link. Without styles it reads as the next section.
 */
export function Panel(props: PanelProps) {
  return (
    <>
      <div class="k-backdrop" aria-hidden="true" />
      <section
        class={props.wide ? 'k-panel k-panel--wide' : 'k-panel'}
        role="dialog"
        aria-labelledby="panel-title"
        data-panel={props.closeHref}
      >
        <div class="k-panel__head">
          <div>
            <h2 class="k-panel__title" id="panel-title" tabIndex={-1}>
              {props.title}
            </h2>
            {props.subtitle && <div class="k-subtitle">{props.subtitle}</div>}
          </div>
          <a class="k-panel__close" href={props.closeHref} aria-label="Close">
            <Icon name="close" />
          </a>
        </div>
        <div class="k-panel__body">{props.children}</div>
        {props.footer && <div class="k-panel__foot">{props.footer}</div>}
      </section>
    </>
  )
}
