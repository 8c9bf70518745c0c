import type { RefusalCause } from '../commands/refusal.ts'
import { countryOf } from '../expression/countries.ts'
import type { AttributeDefinition, ProfileValue } from './records.ts'

const EMAIL = /^[^\s@]+@[^\s@]+$/

/** Attributes of people that hold an e-mail address. */
const ADDRESSES: ReadonlySet<string> = new Set(['login', 'email', 'secondEmail'])

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function hasType({ type }: AttributeDefinition, value: ProfileValue): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'integer':
      return Number.isInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'array_string':
      return Array.isArray(value) && value.every(isText)
    case 'array_number':
      return Array.isArray(value) && value.every((each) => typeof each === 'number')
    case 'array_integer':
      return Array.isArray(value) && value.every(Number.isInteger)
    case 'country_code':
      return isText(value) && (value === '' || (value.length === 2 && countryOf(value) !== undefined))
    case 'language_code':
      return isText(value) && (value === '' || /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(value))
    case 'string':
      return isText(value)
  }
}

/** What is wrong with one value by the rules of its attribute (reference sheet 3.2, 1.12); `undefined`: nothing. */
export function valueProblem(attribute: AttributeDefinition, value: ProfileValue | undefined): string | undefined {
  const { title, required, minLength, maxLength, members } = attribute
  if (value === undefined || value === '') return required ? `${title}: The field cannot be left blank` : undefined
  if (!hasType(attribute, value)) return `${title}: The value is not of the type ${attribute.type}`
  if (isText(value)) {
    if (minLength !== undefined && value.length < minLength) {
      return `${title}: The field must have at least ${minLength} characters`
    }
    if (maxLength !== undefined && value.length > maxLength) {
      return `${title}: The field cannot have more than ${maxLength} characters`
    }
  }
  if (members !== undefined && !members.some((member) => member.value === value)) {
    return `${title}: The value must be one of the attribute members: ${members.map((each) => each.value).join(', ')}`
  }
  return undefined
}

/** Every problem of a profile. `addresses`: the profile of a person, whose addresses must be such. */
export function profileProblems(
  attributes: readonly AttributeDefinition[],
  values: Readonly<Record<string, ProfileValue | undefined>>,
  { addresses = false }: { readonly addresses?: boolean } = {},
): readonly RefusalCause[] {
  const known = new Set(attributes.map(({ name }) => name))
  const causes: RefusalCause[] = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({ field: name, summary: `${name}: There is no such attribute` }))
  for (const attribute of attributes) {
    const value = values[attribute.name]
    const problem = valueProblem(attribute, value)
    if (problem !== undefined) causes.push({ field: attribute.name, summary: problem })
    else if (addresses && ADDRESSES.has(attribute.name) && isText(value) && value !== '' && !EMAIL.test(value)) {
      causes.push({ field: attribute.name, summary: `${attribute.title}: Must be in the form of an email address` })
    }
  }
  return causes
}
