import { evaluateExpression } from './expression/evaluate.ts'
import { parseExpression } from './expression/parser.ts'
import { type Nullable, textOf } from './expression/values.ts'
import { isBooleanPath, isReferencePath } from './target-path.ts'
import type { AttributeMapping, SourceAttributes, TargetAttributes, TargetValue } from './types.ts'

/**
 * What the target should hold, by path, in the order of the mapping (reference 5.1, 5.2). Null never flows and an empty text
 * counts as null: such a row yields its default on creation and nothing on update. Rows for creation only yield nothing
 * on update. Of a list the first value flows. References (members, manager) are not among them: they have their own pass.
 *
 * @throws {ExpressionError} when an expression cannot be read or fails for this object: a failure of the object, not of the run.
 */
export function mapAttributes(
  mappings: readonly AttributeMapping[],
  source: SourceAttributes,
  phase: 'create' | 'update',
): TargetAttributes {
  const target = new Map<string, TargetValue>()
  for (const mapping of mappings) {
    const path = mapping.targetAttributeName
    if (phase === 'update' && mapping.flowType === 'ObjectAddOnly') continue
    if (isReferencePath(path)) continue
    const mapped = textOf(sourceValue(mapping, source))
    const text = mapped === null || mapped === '' ? defaultOf(mapping, phase) : mapped
    if (text !== undefined) target.set(path, typedFor(path, text))
  }
  return target
}

/** The rows objects are matched by, lowest precedence number first. */
export function matchingAttributes(mappings: readonly AttributeMapping[]): readonly AttributeMapping[] {
  return mappings
    .filter((mapping) => mapping.matchingPriority > 0)
    .toSorted((one, other) => one.matchingPriority - other.matchingPriority)
}

/** The row that writes references of this kind, if the mapping has one: the engine's later pass follows it. */
export function referenceMapping(
  mappings: readonly AttributeMapping[],
  attribute: 'members' | 'manager',
): AttributeMapping | undefined {
  return mappings.find(
    ({ targetAttributeName: path }) =>
      isReferencePath(path) && (path.toLowerCase() === attribute || path.toLowerCase().endsWith(`:${attribute}`)),
  )
}

function sourceValue({ source: from }: AttributeMapping, source: SourceAttributes): Nullable {
  switch (from.type) {
    case 'Attribute':
      return Object.hasOwn(source, from.name) ? (source[from.name] ?? null) : null
    case 'Constant':
      return from.value
    case 'Function':
      return evaluateExpression(parseExpression(from.expression), source)
    case 'None':
      return null
  }
}

function defaultOf({ defaultValue }: AttributeMapping, phase: 'create' | 'update'): string | undefined {
  return phase === 'create' && defaultValue !== '' ? defaultValue : undefined
}

/** A boolean for boolean attributes when the text says one; anything else stays as mapped, for the target to judge. */
function typedFor(path: string, text: string): TargetValue {
  if (!isBooleanPath(path)) return text
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : text
}
