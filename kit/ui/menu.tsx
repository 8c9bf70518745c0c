import { Form } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { useClasses } from './look.ts'

interface ActionBasics {
  readonly label: string
  readonly icon?: IconName | undefined
  /** Why it cannot be done now; makes the item unavailable and is told on hover and to screen readers. */
  readonly unavailable?: string | undefined
}

/** Goes somewhere. */
export interface LinkAction extends ActionBasics {
  readonly kind: 'link'
  readonly href: string
}

/** Does something: a form of one button. */
export interface PostAction extends ActionBasics {
  readonly kind: 'post'
  readonly action: string
  readonly fields?: Readonly<Record<string, string>> | undefined
}

/** Submits a form that is elsewhere on the page, by its id: Save in a command bar. */
export interface SubmitAction extends ActionBasics {
  readonly kind: 'submit'
  readonly form: string
  readonly name?: string | undefined
  readonly value?: string | undefined
}

export type Action = LinkAction | PostAction | SubmitAction

/** One action as a link or a button. */
export function ActionItem({ item, itemClass }: { readonly item: Action; readonly itemClass: string }) {
  const inner = (
    <>
      {item.icon && <Icon name={item.icon} />}
      <span>{item.label}</span>
    </>
  )
  if (item.unavailable !== undefined) {
    return (
      <button
        type="button"
        class={itemClass}
        aria-disabled="true"
        title={item.unavailable}
        aria-description={item.unavailable}
      >
        {inner}
      </button>
    )
  }
  switch (item.kind) {
    case 'link':
      return (
        <a class={itemClass} href={item.href}>
          {inner}
        </a>
      )
    case 'post':
      return (
        <Form action={item.action} fields={item.fields} layout="bare">
          <button type="submit" class={itemClass}>
            {inner}
          </button>
        </Form>
      )
    case 'submit':
      return (
        <button type="submit" class={itemClass} form={item.form} name={item.name} value={item.value}>
          {inner}
        </button>
      )
  }
}

export interface MenuProps {
  readonly label: string
  readonly icon?: IconName | undefined
  readonly items: readonly Action[]
  /** `button` (default) has a border; `subtle` suits a command bar. */
  readonly kind?: 'button' | 'subtle' | 'primary' | undefined
  /** Which edge of the button the list hangs from. */
  readonly align?: 'start' | 'end' | undefined
}

/** A button with a list of actions below it, opened by the browser itself. */
export function Menu(props: MenuProps) {
  const classes = useClasses()
  const kind = props.kind ?? 'button'
  const look = kind === 'primary' ? 'button-primary' : kind === 'button' ? 'button-secondary' : undefined
  const summaryClass =
    kind === 'subtle'
      ? 'k-command'
      : classes(`k-button k-button--${kind === 'primary' ? 'primary' : 'secondary'}`, 'button', look)
  return (
    <details class="k-menu">
      <summary class={summaryClass}>
        {props.icon && <Icon name={props.icon} />}
        <span class="k-button__label">{props.label}</span>
        <Icon name="chevron-down" size={12} />
      </summary>
      <ul class={`k-menu__list k-menu__list--${props.align ?? 'start'}`}>
        {props.items.map((item) => (
          <li key={item.label}>
            <ActionItem item={item} itemClass="k-menu__item" />
          </li>
        ))}
      </ul>
    </details>
  )
}
