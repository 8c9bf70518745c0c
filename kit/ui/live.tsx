import type { ComponentChildren } from 'preact'
import { useFrame } from './look.ts'

export interface LiveProps {
  /** Unique on the page. */
  readonly id: string
  /** How often to look again, in seconds of wall time; `undefined` when nothing more will change, which ends the watch. */
  readonly everySeconds?: number | undefined
  /** The state in a short sentence, announced politely when it changes. */
  readonly summary: string
  /** Where to ask; this page itself unless told. The answer must hold the section of the same id. */
  readonly href?: string | undefined
  readonly children: ComponentChildren
}

/**
 * A part that follows the server: asks for its page again and takes its own section out of the answer, changing only
 * what differs, so that focus, scrolling and open menus stay. Without scripts it shows what was true when the page came.
 */
export function Live(props: LiveProps) {
  const frame = useFrame()
  const watch =
    props.everySeconds === undefined
      ? {}
      : {
          'hx-get': props.href ?? frame?.path ?? '',
          'hx-trigger': `every ${props.everySeconds}s`,
          'hx-select': `#${props.id}`,
          'hx-swap': 'outerMorph',
        }
  return (
    <section id={props.id} data-live={props.everySeconds === undefined ? 'ended' : 'watching'} {...watch}>
      <p class="k-hidden" role="status" aria-live="polite">
        {props.summary}
      </p>
      {props.children}
    </section>
  )
}
