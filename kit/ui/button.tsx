import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { useClasses } from './look.ts'

/** One `primary` per view. `subtle` has no border, `danger` destroys something. */
export type ButtonKind = 'primary' | 'secondary' | 'subtle' | 'danger'

export interface ButtonProps {
  readonly kind?: ButtonKind | undefined
  /** Sent with the form when this button submits it. */
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly type?: 'submit' | 'button' | 'reset' | undefined
  readonly disabled?: boolean | undefined
  readonly icon?: IconName | undefined
  /** Id of a form elsewhere on the page. */
  readonly form?: string | undefined
  /** Post to this address instead of the form's own. */
  readonly formAction?: string | undefined
  /** Submit without the browser's own field checks: for Cancel and Back. */
  readonly formNoValidate?: boolean | undefined
  /** Accessible name where the visible words alone are not enough: `Remove Ada Lovelace`. Must contain the visible words. */
  readonly label?: string | undefined
  /** Takes the whole width. */
  readonly wide?: boolean | undefined
  readonly children: ComponentChildren
}

/** Submits its form, unless `type` says otherwise. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', type = 'submit' } = props
  const classes = useClasses()
  return (
    <button
      type={type}
      class={classes(`k-button k-button--${kind}${props.wide ? ' k-button--wide' : ''}`, 'button', `button-${kind}`)}
      name={props.name}
      value={props.value}
      disabled={props.disabled}
      form={props.form}
      formAction={props.formAction}
      formNoValidate={props.formNoValidate}
      aria-label={props.label}
    >
      {props.icon && <Icon name={props.icon} />}
      <span class={classes('k-button__label', 'button-label')}>{props.children}</span>
    </button>
  )
}

export interface LinkButtonProps {
  readonly href: string
  readonly kind?: ButtonKind | undefined
  readonly icon?: IconName | undefined
  readonly label?: string | undefined
  readonly wide?: boolean | undefined
  readonly newTab?: boolean | undefined
  readonly children: ComponentChildren
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton(props: LinkButtonProps) {
  const { kind = 'secondary' } = props
  const classes = useClasses()
  return (
    <a
      href={props.href}
      class={classes(`k-button k-button--${kind}${props.wide ? ' k-button--wide' : ''}`, 'button', `button-${kind}`)}
      aria-label={props.label}
      {...(props.newTab ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {props.icon && <Icon name={props.icon} />}
      <span class={classes('k-button__label', 'button-label')}>{props.children}</span>
    </a>
  )
}
