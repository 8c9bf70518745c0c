import type { ComponentChildren } from 'preact'
import { Document } from './document.tsx'
import type { Frame, Look } from './look.ts'
import { useClasses } from './look.ts'
import { WordMark } from './top-bar.tsx'

export interface SignInPageProps {
  readonly look: Look
  readonly frame: Frame
  /** Name beside the mark; the product's unless told. */
  readonly markName?: string | undefined
  /** The step: `Sign in`, `Enter password`. The page's `h1`. */
  readonly title: string
  /** Between word mark and title: who is signing in, the way back. */
  readonly identity?: ComponentChildren
  /** What went wrong, or what to know. */
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
  /** Below the card. */
  readonly footer?: ComponentChildren
}

/** A page of one card in the middle: signing in, consenting, signed out. */
export function SignInPage(props: SignInPageProps) {
  return (
    <Document
      look={props.look}
      frame={props.frame}
      title={props.title}
      shellClass="k-sign-in"
      mainClass="k-sign-in__main"
    >
      <SignInCardBox {...props} />
      {props.footer && <div class="k-sign-in__foot">{props.footer}</div>}
    </Document>
  )
}

function SignInCardBox(props: SignInPageProps) {
  const classes = useClasses()
  return (
    <div class={classes('k-sign-in__card', 'card')}>
      <WordMark name={props.markName} />
      {props.identity && <div class="k-sign-in__identity">{props.identity}</div>}
      <h1 class="k-sign-in__title">{props.title}</h1>
      {props.notices}
      {props.children}
    </div>
  )
}
