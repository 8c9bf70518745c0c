import { z } from 'zod'
import { definitionOf } from '#idp/core/provisioning/attribute-definition.ts'
import { checkAttributeDefinition } from '#idp/core/provisioning/check-attribute-list.ts'
import type { AttributeDefinition, ObjectMapping } from '#idp/core/provisioning/types.ts'
import { listField } from '#kit/http/forms.ts'

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

/** An entry of the attribute list. Of an entry that is changed neither the name nor whether it is required is sent. */
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

/** Where a problem stands, by what it speaks of; the name is at fault otherwise. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/cannot be a reference|cannot be binary/, 'type'],
  [/has a single value/, 'multiValued'],
  [/cannot be required/, 'required'],
]

function faultOf(message: string): AttributeResult {
  const field = FAULTS.find(([pattern]) => pattern.test(message))?.[1] ?? 'name'
  return { ok: false, problems: { [field]: message } }
}

/**
 * Put an entry into the list of the app's attributes: a new one at its end, a changed one in its place. A new entry follows
 * the rules of custom attributes (reference 5.2), unless it is one of `usual` coming back; a custom attribute that is changed
 * follows them still.
 *
 * @param usual attributes a new configuration starts with.
 */
export function applyAttribute(
  mapping: ObjectMapping,
  edited: AttributeDefinition | undefined,
  values: AttributeValues,
  usual: readonly AttributeDefinition[],
): AttributeResult {
  const { references, ...rest } = values
  const existing = mapping.targetAttributes
  const definition: AttributeDefinition = {
    ...rest,
    name: edited?.name ?? values.name,
    required: edited?.required ?? values.required,
    primaryKey: edited?.primaryKey ?? false,
    referencedObjects: references,
  }
  if (definition.name === '') return { ok: false, problems: { name: 'Enter the name of the attribute.' } }
  const others = existing.filter((each) => each !== edited)
  const isCustom = definitionOf(usual, definition.name) === undefined
  const rules = { kind: mapping.sourceObjectName, existing: others }
  const problem = isCustom ? checkAttributeDefinition(definition, rules) : undefined
  if (problem !== undefined) return faultOf(problem)
  if (edited === undefined && definitionOf(existing, definition.name) !== undefined) {
    return { ok: false, problems: { name: `The attribute ${definition.name} is in the list already.` } }
  }
  if (edited === undefined && existing.length >= MOST_ATTRIBUTES) {
    return { ok: false, problems: { name: `A list has at most ${MOST_ATTRIBUTES} attributes.` } }
  }
  if ((definition.type === 'Reference') !== references.length > 0) {
    const message =
      definition.type === 'Reference'
        ? 'Choose what the attribute refers to.'
        : 'Only an attribute of type Reference refers to objects.'
    return { ok: false, problems: { references: message } }
  }
  const next =
    edited === undefined ? [...existing, definition] : existing.map((each) => (each === edited ? definition : each))
  return { ok: true, mapping: { ...mapping, targetAttributes: next } }
}

/** Why an entry cannot be deleted; `undefined` when it can (reference 5.2). */
export function keptBecause(
  mapping: ObjectMapping,
  { name, primaryKey, required }: AttributeDefinition,
): string | undefined {
  if (primaryKey) return 'The primary key cannot be deleted.'
  if (required) return 'A required attribute cannot be deleted.'
  const isMapped = mapping.attributeMappings.some(
    ({ targetAttributeName }) => targetAttributeName.toLowerCase() === name.toLowerCase(),
  )
  return isMapped ? 'A row of the mapping writes it. Delete the row first.' : undefined
}
