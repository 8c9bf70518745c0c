import type { ComponentChildren } from 'preact'
import { useFrame } from './look.ts'

export interface FormProps {
  readonly action: string
  readonly id?: string | undefined
  /** Accessible name, which makes the form a landmark: give it where a page has several. */
  readonly label?: string | undefined
  /** Hidden fields, by name. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Skip the browser's own checks, so that the server's words are seen. */
  readonly noValidate?: boolean | undefined
  /** `inline` sets fields and buttons in one row; `bare` adds no layout. */
  readonly layout?: 'stack' | 'inline' | 'bare' | undefined
  readonly enctype?: 'multipart/form-data' | undefined
  readonly children: ComponentChildren
}

/** A form that posts, with the session's `_csrf` token taken from the frame. */
export function Form(props: FormProps) {
  const token = useFrame()?.csrfToken
  return (
    <form
      method="post"
      action={props.action}
      id={props.id}
      aria-label={props.label}
      noValidate={props.noValidate}
      encType={props.enctype}
      class={`k-form k-form--${props.layout ?? 'stack'}`}
    >
      {token !== undefined && <input type="hidden" name="_csrf" value={token} />}
      <HiddenFields fields={props.fields} />
      {props.children}
    </form>
  )
}

/** Hidden inputs, one for each entry. */
export function HiddenFields({ fields = {} }: { readonly fields?: Readonly<Record<string, string>> | undefined }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** The row of buttons at the foot of a form. The primary one comes first in the source. */
export function FormActions({ children }: { readonly children: ComponentChildren }) {
  return <div class="k-actions">{children}</div>
}
