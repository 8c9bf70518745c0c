import { describe, type FieldBasics, FieldFrame, fieldId } from './field-frame.tsx'
import { useClasses } from './look.ts'

export interface TextFieldProps extends FieldBasics {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'tel' | 'number' | 'date' | 'datetime-local' | undefined
  /** `username`, `current-password`, `off` … */
  readonly autocomplete?: string | undefined
  /** Lines shown; makes it a text area. */
  readonly multiline?: number | undefined
  readonly placeholder?: string | undefined
  readonly readOnly?: boolean | undefined
  /** For ids, addresses and code. */
  readonly mono?: boolean | undefined
  readonly maxLength?: number | undefined
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly labelHidden?: boolean | undefined
  /** One field of a page at most: where typing starts. */
  readonly autofocus?: boolean | undefined
  /** Offered values, free text allowed. */
  readonly suggestions?: readonly string[] | undefined
}

/** One text to type, on one line or on several. A password field never shows a value again. */
export function TextField(props: TextFieldProps) {
  const classes = useClasses()
  const id = fieldId(props)
  const shared = {
    id,
    name: props.name,
    placeholder: props.placeholder,
    required: props.required,
    disabled: props.disabled,
    readOnly: props.readOnly,
    maxLength: props.maxLength,
    autocomplete: props.autocomplete,
    autoFocus: props.autofocus,
    ...describe(props),
  }
  // The JSX types tell every input type apart; the attributes used here are allowed on all of ours.
  const type = (props.type ?? 'text') as 'text'
  const mono = props.mono ? ' k-mono' : ''
  return (
    <FieldFrame field={props} labelHidden={props.labelHidden}>
      {props.multiline === undefined ? (
        <input
          {...shared}
          class={classes(`k-input${mono}`, 'input')}
          type={type}
          value={props.type === 'password' ? undefined : props.value}
          min={props.min}
          max={props.max}
          list={props.suggestions && `${id}-list`}
        />
      ) : (
        <textarea
          {...shared}
          class={classes(`k-input k-textarea${mono}`, 'textarea')}
          rows={props.multiline}
          value={props.value ?? ''}
        />
      )}
      {props.suggestions && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </FieldFrame>
  )
}
