import { definitionOf } from './attribute-definition.ts'
import { isReferencePath, parseTargetPath } from './target-path.ts'
import type { AttributeDefinition, AttributeMapping } from './types.ts'

/** Lists of the core schema whose elements can be addressed one by one (RFC 7643 §4.1.2). */
const CORE_LISTS: ReadonlySet<string> = new Set([
  'addresses',
  'emails',
  'entitlements',
  'ims',
  'phonenumbers',
  'photos',
  'roles',
])
const EXTENSION = /^urn:ietf:params:scim:schemas:extension:[A-Za-z0-9_.-]+:2\.0:(User|Group):[A-Za-z$][\w$-]*$/

/** What an attribute is judged by when it is added to the list of the app's attributes. */
export interface ListedAttributes {
  readonly kind: 'User' | 'Group'
  readonly existing: readonly AttributeDefinition[]
}

/**
 * Whether an attribute may be added to the list of what the app holds (reference 5.2): one element of a list of the core
 * schema, as `phoneNumbers[type eq "pager"].value`, or an attribute of an extension, as
 * `urn:ietf:params:scim:schemas:extension:<Name>:2.0:User:<attribute>`. What is added is a single text, number, date or
 * boolean: no reference, no list, no key, and not required.
 *
 * @returns the problem; `undefined` when it may.
 */
export function checkAttributeDefinition(
  definition: AttributeDefinition,
  { kind, existing }: ListedAttributes,
): string | undefined {
  const { name } = definition
  if (definitionOf(existing, name) !== undefined) return `The attribute ${name} is in the list already.`
  const parsed = parseTargetPath(name)
  const isElement =
    parsed?.urn === undefined && parsed?.element !== undefined && CORE_LISTS.has(parsed.attribute.toLowerCase())
  if (isElement && kind === 'User') {
    if (parsed.sub === undefined) return `Name the part of ${name} that is written, such as ${name}.value.`
  } else if (EXTENSION.exec(name)?.[1] !== kind) {
    return `Write the name as urn:ietf:params:scim:schemas:extension:<Name>:2.0:${kind}:<attribute>${kind === 'User' ? ' or as an element of a list, such as phoneNumbers[type eq "pager"].value' : ''}.`
  }
  if (definition.type === 'Reference' || isReferencePath(name)) return 'A custom attribute cannot be a reference.'
  if (definition.type === 'Binary') return 'A custom attribute cannot be binary.'
  if (definition.multiValued) return 'A custom attribute has a single value.'
  if (definition.primaryKey) return 'The app has its primary key already.'
  if (definition.required) return 'A custom attribute cannot be required.'
  return undefined
}

/**
 * What is wrong with a changed list of the app's attributes (reference 5.2): something was removed that is required, the key,
 * or still mapped; a name is there twice; an attribute was added that {@link checkAttributeDefinition} refuses. An attribute
 * that stays may change its traits, but neither its key nor whether it is required.
 *
 * @returns messages, those on removals first; empty for a list that can be saved.
 */
export function checkAttributeList(
  before: ListedAttributes,
  after: readonly AttributeDefinition[],
  mappings: readonly AttributeMapping[],
): readonly string[] {
  const problems: string[] = []
  for (const old of before.existing) {
    const kept = definitionOf(after, old.name)
    if (kept !== undefined) {
      if (kept.primaryKey !== old.primaryKey || kept.required !== old.required) {
        problems.push(`Whether ${old.name} is the key or required is for the app to say.`)
      }
      continue
    }
    const isMapped = mappings.some(
      ({ targetAttributeName }) => targetAttributeName.toLowerCase() === old.name.toLowerCase(),
    )
    if (old.primaryKey || old.required) problems.push(`The attribute ${old.name} is required and cannot be removed.`)
    else if (isMapped) problems.push(`The attribute ${old.name} is mapped and cannot be removed.`)
  }
  after.forEach((definition, index) => {
    const isAgain = definitionOf(after.slice(0, index), definition.name) !== undefined
    const isListed = definitionOf(before.existing, definition.name) !== undefined
    const problem = isListed ? undefined : checkAttributeDefinition(definition, before)
    if (isAgain) problems.push(`The attribute ${definition.name} is in the list more than once.`)
    else if (problem !== undefined) problems.push(problem)
  })
  return problems
}
