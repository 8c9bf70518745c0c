import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'

/** A text property of a user as the forms show it. */
export interface UserField {
  /** Name of the property and of the form field. */
  readonly name: keyof DirectoryUser & string
  readonly label: string
  /** Characters at most, as the directory's API documents them. */
  readonly longest: number
  readonly hint?: string
}

export interface UserFieldGroup {
  readonly title: 'Identity' | 'Job Information' | 'Contact Information' | 'Settings'
  readonly fields: readonly UserField[]
}

/** The properties an administrator edits beside display name, user principal name, user type and manager; in the order of the page. */
export const USER_FIELD_GROUPS: readonly UserFieldGroup[] = [
  {
    title: 'Identity',
    fields: [
      { name: 'givenName', label: 'First name', longest: 64 },
      { name: 'surname', label: 'Last name', longest: 64 },
    ],
  },
  {
    title: 'Job Information',
    fields: [
      { name: 'jobTitle', label: 'Job title', longest: 128 },
      { name: 'department', label: 'Department', longest: 64 },
      { name: 'employeeId', label: 'Employee ID', longest: 16 },
      { name: 'physicalDeliveryOfficeName', label: 'Office location', longest: 128 },
    ],
  },
  {
    title: 'Contact Information',
    fields: [
      { name: 'streetAddress', label: 'Street address', longest: 1024 },
      { name: 'city', label: 'City', longest: 128 },
      { name: 'state', label: 'State or province', longest: 128 },
      { name: 'postalCode', label: 'ZIP or postal code', longest: 40 },
      { name: 'country', label: 'Country or region', longest: 2, hint: 'Two letters, such as US.' },
      { name: 'telephoneNumber', label: 'Business phone', longest: 64 },
      { name: 'mobile', label: 'Mobile phone', longest: 64 },
      { name: 'mail', label: 'Email', longest: 254 },
    ],
  },
  {
    title: 'Settings',
    fields: [
      { name: 'usageLocation', label: 'Usage location', longest: 2, hint: 'Two letters, such as US.' },
      { name: 'preferredLanguage', label: 'Preferred language', longest: 35, hint: 'A language tag, such as en-US.' },
    ],
  },
]

/** Every field of {@link USER_FIELD_GROUPS}. */
export const USER_FIELDS: readonly UserField[] = USER_FIELD_GROUPS.flatMap((group) => group.fields)

const COUNTRIES = new Set(['country', 'usageLocation'])

function fieldSchema({ name, label, longest }: UserField): z.ZodType<string> {
  if (COUNTRIES.has(name)) {
    return z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^([A-Z]{2})?$/, `${label} is a country code of two letters, such as US.`)
      .default('')
  }
  return z.string().trim().max(longest, `${label} has at most ${longest} characters.`).default('')
}

/** Form fields of {@link USER_FIELDS}: trimmed texts, empty where nothing is typed. */
export const USER_FIELD_SCHEMAS: Readonly<Record<string, z.ZodType<string>>> = Object.fromEntries(
  USER_FIELDS.map((field) => [field.name, fieldSchema(field)]),
)

/** The fields of a parsed form as properties to set; empty texts clear. */
export function userPropertiesOf(form: Readonly<Record<string, unknown>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(USER_FIELDS.map(({ name }) => [name, String(form[name] ?? '') || null]))
}
