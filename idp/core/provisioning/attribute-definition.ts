import { isBooleanPath, isCaseExactPath } from './target-path.ts'
import type { AttributeDefinition } from './types.ts'

/** The definition of a target attribute, its name compared without case (RFC 7643 §2.1). */
export function definitionOf(
  definitions: readonly AttributeDefinition[],
  path: string,
): AttributeDefinition | undefined {
  const exact = definitions.find(({ name }) => name === path)
  if (exact !== undefined) return exact
  const lower = path.toLowerCase()
  return definitions.find(({ name }) => name.toLowerCase() === lower)
}

/** The type of a target attribute; without a definition `active` and `primary` are booleans and all else is text. */
export function typeOf(definitions: readonly AttributeDefinition[], path: string): AttributeDefinition['type'] {
  return definitionOf(definitions, path)?.type ?? (isBooleanPath(path) ? 'Boolean' : 'String')
}

/** Whether texts of a target attribute differ when only their case does; without a definition only identifiers do. */
export function isCaseExact(definitions: readonly AttributeDefinition[], path: string): boolean {
  return definitionOf(definitions, path)?.caseExact ?? isCaseExactPath(path)
}
