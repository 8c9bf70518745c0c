import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AttributeDefinition, Profile, ProfileValue } from '../profiles/records.ts'

/** A value in words; lists are joined by commas. */
export function profileText(value: ProfileValue | undefined): string {
  if (value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Name of an attribute's control: the profile's names cannot meet those of the form itself. */
export function fieldName(attribute: Pick<AttributeDefinition, 'name'>): string {
  return `attribute.${attribute.name}`
}

/** The control of one attribute: a drop-down for a list of members and for yes or no, else a text. */
export function ProfileField(props: {
  readonly attribute: AttributeDefinition
  readonly text: string
  readonly problem?: string | undefined
  readonly hint?: string | undefined
}) {
  const { attribute, text } = props
  const shared = {
    label: attribute.title,
    name: fieldName(attribute),
    problem: props.problem,
    hint: props.hint ?? attribute.description,
    required: attribute.required,
  }
  if (attribute.members !== undefined) {
    const options = attribute.members.map(({ title, value }) => ({ value, label: title }))
    // A value the list does not hold stays visible, so that the refusal of it can be understood.
    const isListed = text === '' || options.some(({ value }) => value === text)
    return (
      <SelectField
        {...shared}
        value={text}
        emptyLabel="Select an option"
        options={isListed ? options : [...options, { value: text, label: text }]}
      />
    )
  }
  if (attribute.type === 'boolean') return <CheckboxField {...shared} required={false} checked={text === 'true'} />
  return <TextField {...shared} value={text} autocomplete="off" />
}

/** Texts of a form by attribute, for {@link profileOf} and to show again. */
export function textsOf(
  attributes: readonly AttributeDefinition[],
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    attributes.flatMap((attribute) => {
      const given = body[fieldName(attribute)]
      if (attribute.type === 'boolean') return [[attribute.name, given === undefined ? 'false' : 'true']]
      return typeof given === 'string' ? [[attribute.name, given.trim()]] : []
    }),
  )
}

/** The value a text stands for. A number that cannot be read stays a text, for the command to refuse. */
export function valueOfText(attribute: AttributeDefinition, text: string): ProfileValue {
  const number = (each: string): number | string => (each !== '' && Number.isFinite(Number(each)) ? Number(each) : each)
  switch (attribute.type) {
    case 'number':
    case 'integer':
      return number(text)
    case 'boolean':
      return text === 'true'
    case 'array_string':
      return partsOf(text)
    case 'array_number':
    case 'array_integer':
      return partsOf(text).map(number)
    case 'string':
    case 'country_code':
    case 'language_code':
      return text
  }
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/**
 * A profile from the texts of a form. Only attributes that the form sent and that differ from `before`: a field that was empty and
 * stays so is left as it is, null included; one that is cleared becomes `""` (reference sheet 1.11).
 */
export function changedProfile(
  attributes: readonly AttributeDefinition[],
  texts: Readonly<Record<string, string>>,
  before: Profile,
): Profile {
  return Object.fromEntries(
    attributes.flatMap((attribute) => {
      const text = texts[attribute.name]
      if (text === undefined || text === profileText(before[attribute.name])) return []
      if (attribute.type === 'boolean' && text === 'false' && before[attribute.name] === undefined) return []
      return [[attribute.name, valueOfText(attribute, text)]]
    }),
  )
}

/**
 * Every value a form shows, changed or not: what the command compares with the mapping. An unticked box that had no value stays
 * without one.
 */
export function wholeProfile(
  attributes: readonly AttributeDefinition[],
  texts: Readonly<Record<string, string>>,
  before: Profile,
): Profile {
  return Object.fromEntries(
    attributes.flatMap((attribute) => {
      const text = texts[attribute.name]
      if (text === undefined || (text === 'false' && before[attribute.name] === undefined)) return []
      return [[attribute.name, valueOfText(attribute, text)]]
    }),
  )
}
