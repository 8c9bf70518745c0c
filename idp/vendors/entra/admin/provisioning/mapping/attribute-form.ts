import { z } from 'zod'
import type { AttributeDefinition, ObjectMapping } from '#idp/core/provisioning/types.ts'
import { listField } from '#kit/http/forms.ts'
import { checkAttributeDefinition } from './attribute-shim.ts'

export const ATTRIBUTE_TYPES: readonly AttributeDefinition['type'][] = [
  'String',
  'Boolean',
  'DateTime',
  'Integer',
  'Reference',
  'Binary',
]

/** Attributes a list takes at most, so that a mapping stays something a person can read. */
const MOST_ATTRIBUTES = 500

const Ticked = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

/** An entry of the attribute list. The name of an entry that is changed is not sent. */
export const AttributeForm = z.strictObject({
  name: z.string().trim().max(256, 'A name has at most 256 characters.').default(''),
  type: z.enum(ATTRIBUTE_TYPES, { error: 'Choose a type.' }),
  required: Ticked,
  multiValued: Ticked,
  caseExact: Ticked,
  references: z.preprocess(listField, z.array(z.enum(['User', 'Group']))),
})

export type AttributeValues = z.infer<typeof AttributeForm>

/** What the form shows for a new entry. */
export const NEW_ATTRIBUTE: AttributeValues = {
  name: '',
  type: 'String',
  required: false,
  multiValued: false,
  caseExact: false,
  references: [],
}

export function attributeValuesOf(definition: AttributeDefinition): AttributeValues {
  const { name, type, required, multiValued, caseExact, referencedObjects } = definition
  return { name, type, required, multiValued, caseExact, references: [...referencedObjects] }
}

export type AttributeResult =
  | { readonly ok: true; readonly mapping: ObjectMapping }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

export function attributeNamed(mapping: ObjectMapping, name: string): AttributeDefinition | undefined {
  return mapping.targetAttributes.find((each) => each.name.toLowerCase() === name.toLowerCase())
}

/** Put an entry into the list of the app's attributes: a new one at its end, a changed one in its place. */
export function applyAttribute(
  mapping: ObjectMapping,
  edited: AttributeDefinition | undefined,
  values: AttributeValues,
): AttributeResult {
  const { references, ...rest } = values
  const definition: AttributeDefinition = {
    ...rest,
    name: edited?.name ?? values.name,
    primaryKey: edited?.primaryKey ?? false,
    referencedObjects: references,
  }
  if (definition.name === '') return { ok: false, problems: { name: 'Enter the name of the attribute.' } }
  if ((definition.type === 'Reference') !== references.length > 0) {
    const message =
      definition.type === 'Reference'
        ? 'Choose what the attribute refers to.'
        : 'Only an attribute of type Reference refers to objects.'
    return { ok: false, problems: { references: message } }
  }
  const existing = mapping.targetAttributes
  if (edited !== undefined) {
    const next = existing.map((each) => (each === edited ? definition : each))
    return { ok: true, mapping: { ...mapping, targetAttributes: next } }
  }
  if (existing.length >= MOST_ATTRIBUTES) {
    return { ok: false, problems: { name: `A list has at most ${MOST_ATTRIBUTES} attributes.` } }
  }
  const problem = checkAttributeDefinition(definition, { kind: mapping.sourceObjectName, existing })
  if (problem !== undefined) return { ok: false, problems: { name: problem } }
  return { ok: true, mapping: { ...mapping, targetAttributes: [...existing, definition] } }
}

/** Why an entry cannot be deleted; `undefined` when it can (reference 5.2). */
export function keptBecause(mapping: ObjectMapping, { name, primaryKey, required }: AttributeDefinition) {
  if (primaryKey) return 'The primary key cannot be deleted.'
  if (required) return 'A required attribute cannot be deleted.'
  const isMapped = mapping.attributeMappings.some(
    ({ targetAttributeName }) => targetAttributeName.toLowerCase() === name.toLowerCase(),
  )
  return isMapped ? 'A row of the mapping writes it. Delete the row first.' : undefined
}
