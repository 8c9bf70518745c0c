import { z } from 'zod'
import type { AttributePatch } from '../../commands/change-attributes.ts'
import type { AttributeType } from '../../profiles/records.ts'

/** Bodies of `POST /api/v1/meta/schemas/…` (reference sheet 6.3). What this org cannot keep is refused, not dropped. */

const NUMERIC = { string: 'array_string', number: 'array_number', integer: 'array_integer' } as const

const Length = z.int().min(0).max(10_000).nullish()

/** One property. `null` takes a member back. */
const Property = z
  .looseObject({
    title: z.string().max(255).optional(),
    type: z.enum(['string', 'boolean', 'number', 'integer', 'array']).optional(),
    format: z.enum(['country-code', 'language-code']).nullish(),
    items: z.looseObject({ type: z.enum(['string', 'number', 'integer']) }).nullish(),
    description: z.string().max(1000).nullish(),
    externalName: z.string().max(255).nullish(),
    externalNamespace: z.string().max(255).nullish(),
    required: z.boolean().nullish(),
    mutability: z.enum(['READ_WRITE']).nullish(),
    scope: z.enum(['NONE', 'SELF']).nullish(),
    enum: z.array(z.string()).nullish(),
    oneOf: z.array(z.looseObject({ const: z.string(), title: z.string() })).nullish(),
    minLength: Length,
    maxLength: Length,
    union: z.enum(['ENABLE', 'DISABLE']).nullish(),
    unique: z.enum(['NOT_UNIQUE']).nullish(),
    permissions: z
      .array(z.looseObject({ principal: z.enum(['SELF']), action: z.enum(['READ_ONLY']) }))
      .max(1)
      .nullish(),
    master: z.looseObject({ type: z.enum(['PROFILE_MASTER']) }).nullish(),
  })
  .superRefine(({ type, items, enum: values, oneOf }, context) => {
    const problem = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message })
    if (type === 'array' && (items === undefined || items === null))
      problem('items', 'An array says what its items are.')
    if ((values ?? oneOf ?? []).length > 0 && type !== undefined && type !== 'string') {
      problem('enum', 'Attribute members are for the type string.')
    }
    if (values === undefined || values === null || oneOf === undefined || oneOf === null) return
    if (values.length !== oneOf.length || oneOf.some((each) => !values.includes(each.const))) {
      problem('oneOf', 'Each member of enum has its title in oneOf.')
    }
  })

type PropertyInput = z.infer<typeof Property>

const Definition = z.looseObject({ properties: z.record(z.string().max(100), Property.nullable()).optional() })

export const SchemaInput = z.looseObject({
  definitions: z
    .looseObject({
      custom: Definition.optional(),
      /** Looked at only to see that it says what is there. */
      base: z.looseObject({ properties: z.record(z.string().max(100), z.unknown()).optional() }).optional(),
    })
    .optional(),
})

function typeOf({ type, items, format }: PropertyInput): { readonly type?: AttributeType } {
  if (type === undefined) return {}
  if (type === 'array') return { type: NUMERIC[items?.type ?? 'string'] }
  if (type === 'string' && format === 'country-code') return { type: 'country_code' }
  if (type === 'string' && format === 'language-code') return { type: 'language_code' }
  return { type }
}

function membersOf({ enum: values, oneOf }: PropertyInput): Pick<AttributePatch, 'members'> {
  if (oneOf !== undefined && oneOf !== null) {
    return { members: oneOf.map((member) => ({ title: member.title, value: member.const })) }
  }
  if (values === undefined) return oneOf === null ? { members: null } : {}
  if (values === null) return { members: null }
  return { members: values.map((value) => ({ title: value, value })) }
}

const orNull = (text: string | null): string | null => (text === '' ? null : text)

/** The attribute a property describes. */
export function patchOf(property: PropertyInput): AttributePatch {
  const { title, description, externalName, externalNamespace, required, scope, minLength, maxLength, union } = property
  return {
    ...(title === undefined ? {} : { title }),
    ...typeOf(property),
    ...membersOf(property),
    ...(description === undefined ? {} : { description: orNull(description) }),
    ...(externalName === undefined ? {} : { externalName: orNull(externalName) }),
    ...(externalNamespace === undefined ? {} : { externalNamespace: orNull(externalNamespace) }),
    ...(required === undefined ? {} : { required: required ?? false }),
    ...(scope === undefined ? {} : { scope: scope ?? 'NONE' }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(union === undefined ? {} : { union: union === 'ENABLE' }),
  }
}

/** What the custom part of a body changes, by variable name. */
export function changesOf({
  definitions,
}: z.infer<typeof SchemaInput>): Readonly<Record<string, AttributePatch | null>> {
  const properties = definitions?.custom?.properties ?? {}
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, property === null ? null : patchOf(property)]),
  )
}
