import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from './button.tsx'
import { Form, FormActions } from './form.tsx'
import { useClasses } from './look.ts'

export interface ConfirmFormProps {
  /** A question: `Delete API key?` */
  readonly title: string
  /** The name of what is destroyed or stopped. Shown in bold and part of the button's accessible name. */
  readonly subject: string
  /** What follows, in a sentence. */
  readonly children: ComponentChildren
  readonly action: string
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Words of the button that does it: `Delete`. */
  readonly confirmLabel: string
  readonly cancelHref: string
  readonly cancelLabel?: string | undefined
  /** `primary` for what can be undone. */
  readonly kind?: 'danger' | 'primary' | undefined
  /** The page's heading is elsewhere: use `h2`. */
  readonly headingLevel?: 1 | 2 | undefined
}

/** Asks before a destructive act, naming what it destroys. */
export function ConfirmForm(props: ConfirmFormProps) {
  const classes = useClasses()
  const Heading = props.headingLevel === 2 ? 'h2' : 'h1'
  return (
    <section class={classes('k-card k-confirm', 'card')} aria-labelledby="confirm-title">
      <Heading class="k-card__title" id="confirm-title">
        {props.title}
      </Heading>
      <p class="k-confirm__subject">{props.subject}</p>
      <div class="k-confirm__text">{props.children}</div>
      <Form action={props.action} fields={props.fields}>
        <FormActions>
          <Button kind={props.kind ?? 'danger'} label={`${props.confirmLabel} ${props.subject}`}>
            {props.confirmLabel}
          </Button>
          <LinkButton href={props.cancelHref}>{props.cancelLabel ?? 'Cancel'}</LinkButton>
        </FormActions>
      </Form>
    </section>
  )
}
