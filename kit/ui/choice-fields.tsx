import type { ComponentChildren } from 'preact'
import { describe, type FieldBasics, FieldFrame, FieldNotes, fieldId } from './field-frame.tsx'
import { joinClasses, useClasses } from './look.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
  readonly disabled?: boolean | undefined
}

export interface SelectFieldProps extends FieldBasics {
  readonly value?: string | undefined
  readonly options: readonly Choice[]
  /** First entry with an empty value: `Select an office`. */
  readonly emptyLabel?: string | undefined
  readonly labelHidden?: boolean | undefined
}

/** One of several, from a drop-down. */
export function SelectField(props: SelectFieldProps) {
  const classes = useClasses()
  return (
    <FieldFrame field={props} labelHidden={props.labelHidden}>
      <div class={classes('k-select', 'select')}>
        <select
          id={fieldId(props)}
          name={props.name}
          required={props.required}
          disabled={props.disabled}
          class={classes('k-input k-select__input', 'select-input')}
          {...describe(props)}
        >
          {props.emptyLabel !== undefined && (
            <option value="" selected={(props.value ?? '') === ''}>
              {props.emptyLabel}
            </option>
          )}
          {props.options.map((option) => (
            <option
              key={option.value}
              value={option.value}
              selected={option.value === props.value}
              disabled={option.disabled}
            >
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </FieldFrame>
  )
}

export interface CheckboxFieldProps extends FieldBasics {
  /** Sent when ticked; `true` unless told. Nothing is sent when not ticked. */
  readonly value?: string | undefined
  readonly checked?: boolean | undefined
}

/** Yes or no. */
export function CheckboxField(props: CheckboxFieldProps) {
  return <BooleanField {...props} kind="checkbox" />
}

/** On or off, as a switch. Sent like a checkbox, with its form. */
export function ToggleField(props: CheckboxFieldProps) {
  return <BooleanField {...props} kind="switch" />
}

function BooleanField(props: CheckboxFieldProps & { readonly kind: 'checkbox' | 'switch' }) {
  const id = fieldId(props)
  return (
    <div class={joinClasses('k-field k-field--inline', props.problem ? 'k-field--problem' : undefined)}>
      <input
        type="checkbox"
        {...(props.kind === 'switch' ? { role: 'switch' as const } : {})}
        class={props.kind === 'switch' ? 'k-toggle' : 'k-checkbox'}
        id={id}
        name={props.name}
        value={props.value ?? 'true'}
        checked={props.checked}
        required={props.required}
        disabled={props.disabled}
        {...describe(props)}
      />
      <label class="k-inline-label" for={id}>
        {props.label}
      </label>
      <FieldNotes field={props} />
    </div>
  )
}

export interface RadioGroupProps extends FieldBasics {
  readonly value?: string | undefined
  readonly options: readonly Choice[]
  /** Side by side: for two or three short words. */
  readonly row?: boolean | undefined
  readonly children?: ComponentChildren
}

/** One of a few, all visible. */
export function RadioGroup(props: RadioGroupProps) {
  const classes = useClasses()
  const id = fieldId(props)
  return (
    <fieldset class="k-field k-fieldset" {...describe(props)} disabled={props.disabled}>
      <legend class={classes('k-label', 'label')}>{props.label}</legend>
      <div class={props.row ? 'k-radios k-radios--row' : 'k-radios'}>
        {props.options.map((option, index) => (
          <div class="k-field--inline" key={option.value}>
            <input
              type="radio"
              class="k-radio"
              id={`${id}-${index}`}
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              disabled={option.disabled}
              required={props.required}
              aria-describedby={option.hint && `${id}-${index}-hint`}
            />
            <label class="k-inline-label" for={`${id}-${index}`}>
              {option.label}
            </label>
            {option.hint && (
              <p class="k-hint" id={`${id}-${index}-hint`}>
                {option.hint}
              </p>
            )}
          </div>
        ))}
      </div>
      <FieldNotes field={props} />
    </fieldset>
  )
}
