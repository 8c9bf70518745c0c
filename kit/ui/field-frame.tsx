import type { ComponentChildren } from 'preact'
import { joinClasses, useClasses } from './look.ts'

/** What every field has: its words, and what is wrong with it. */
export interface FieldBasics {
  readonly label: string
  readonly name: string
  /** What the server found wrong; shown below the field and announced with it. */
  readonly problem?: string | undefined
  readonly hint?: ComponentChildren
  readonly required?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Of the control; `field-{name}` unless told. Give it where a page has two fields of one name. */
  readonly id?: string | undefined
}

/** The id of a field's control. */
export function fieldId({ id, name }: { readonly id?: string | undefined; readonly name: string }): string {
  return id ?? `field-${name}`
}

/** Attributes that tie a control to its hint and its problem. */
export function describe(field: FieldBasics): {
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
} {
  const id = fieldId(field)
  const ids = [field.problem && `${id}-problem`, field.hint && `${id}-hint`].filter(Boolean).join(' ')
  return { 'aria-describedby': ids === '' ? undefined : ids, 'aria-invalid': field.problem ? 'true' : undefined }
}

/** Hint and problem of a field. */
export function FieldNotes({ field }: { readonly field: FieldBasics }) {
  const id = fieldId(field)
  return (
    <>
      {field.hint && (
        <p class="k-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.problem && (
        <p class="k-problem" id={`${id}-problem`}>
          {field.problem}
        </p>
      )}
    </>
  )
}

/** Label above, control, then hint and problem. */
export function FieldFrame(props: {
  readonly field: FieldBasics
  readonly labelHidden?: boolean | undefined
  readonly children: ComponentChildren
}) {
  const { field } = props
  const classes = useClasses()
  return (
    <div
      class={joinClasses(
        'k-field',
        field.required && 'k-field--required',
        field.problem ? 'k-field--problem' : undefined,
      )}
    >
      <label class={classes(props.labelHidden ? 'k-label k-hidden' : 'k-label', 'label')} for={fieldId(field)}>
        {field.label}
      </label>
      {props.children}
      <FieldNotes field={field} />
    </div>
  )
}
