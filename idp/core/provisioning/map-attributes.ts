import { definitionOf, typeOf } from './attribute-definition.ts'
import type { ExpressionEnvironment } from './expression/environment.ts'
import { evaluateExpression, evaluateOperand } from './expression/evaluate.ts'
import type { RoleWriting } from './expression/function-definition.ts'
import { isoText, readDate } from './expression/instant.ts'
import { type Expression, parseExpression } from './expression/parser.ts'
import { type HeldRole, heldRoleText, readHeldRole } from './expression/role-functions.ts'
import { listOf, type Nullable, textOf } from './expression/values.ts'
import { ROLE_TYPE } from './target-list.ts'
import { isReferencePath, parseTargetPath } from './target-path.ts'
import { readTargetValue } from './target-value.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  SourceAttributes,
  TargetAttributes,
  TargetElement,
  TargetList,
  TargetResource,
  TargetValue,
} from './types.ts'

/** What mapping one object depends on beyond its attributes. */
export interface MappingContext {
  /** What the target is known to hold: types, and which attributes are lists. */
  readonly definitions?: readonly AttributeDefinition[] | undefined
  /** Time, chance and place of expressions; without it, functions that need them fail. */
  readonly environment?: ExpressionEnvironment | undefined
  /** The target's object, for the rows that write only while it shows no value. */
  readonly current?: TargetResource | null | undefined
}

/** Nothing is to be written, not even a default. */
const NOTHING = Symbol('nothing')

/**
 * What the target should hold, by path, in the order of the mapping (reference 5.1, 5.2). Null never flows and an empty text
 * counts as null: such a row yields its default on creation and nothing on update. A row of the type None writes its default
 * wherever the target shows no value. Values take the type of the target's attribute as far as they can be read as one. Of a
 * list the first value flows, unless the target's attribute is multi-valued; app roles have forms of their own (reference 2.8).
 * References (members, manager) are not among them: they have their own pass.
 *
 * @throws {ExpressionError} when an expression cannot be read or fails for this object: a failure of the object, not of the run.
 */
export function mapAttributes(
  mappings: readonly AttributeMapping[],
  source: SourceAttributes,
  phase: 'create' | 'update',
  context: MappingContext = {},
): TargetAttributes {
  const target = new Map<string, TargetValue>()
  for (const mapping of mappings) {
    const path = mapping.targetAttributeName
    if (isReferencePath(path) || !writes(mapping, phase, context)) continue
    const mapped = mappedValue(mapping, source, context)
    if (mapped === NOTHING) continue
    const value = mapped ?? defaultOf(mapping, phase, context)
    if (value !== undefined) target.set(path, value)
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

/** Whether the target shows a value under the path; a target that was not looked at may. */
function isEmptyIn({ current, definitions = [] }: MappingContext, path: string): boolean {
  return current != null && readTargetValue(current, path, typeOf(definitions, path)) === undefined
}

function writes(
  { flowType, targetAttributeName: path }: AttributeMapping,
  phase: 'create' | 'update',
  context: MappingContext,
): boolean {
  if (phase === 'create') return true
  switch (flowType) {
    case 'Always':
    case 'MultiValueAddOnly':
      return true
    case 'ObjectAddOnly':
      return false
    case 'ValueAddOnly':
    case 'AttributeAddOnly':
      return isEmptyIn(context, path)
  }
}

function mappedValue(
  mapping: AttributeMapping,
  source: SourceAttributes,
  context: MappingContext,
): TargetValue | undefined | typeof NOTHING {
  const { source: from } = mapping
  switch (from.type) {
    case 'Attribute':
      return typed(mapping, Object.hasOwn(source, from.name) ? (source[from.name] ?? null) : null, context)
    case 'Constant':
      return typed(mapping, from.value, context)
    case 'Function': {
      const expression = parseExpression(from.expression)
      const { roles, name } = expression.call
      if (roles !== undefined && parseTargetPath(mapping.targetAttributeName)?.attribute.toLowerCase() === 'roles') {
        return roleList(heldRoles(expression, source, context), roles)
      }
      const value = typed(mapping, evaluateExpression(expression, source, context.environment), context)
      return value === undefined && name === 'IgnoreFlowIfNullOrEmpty' ? NOTHING : value
    }
    case 'None':
      return undefined
  }
}

function defaultOf(
  mapping: AttributeMapping,
  phase: 'create' | 'update',
  context: MappingContext,
): TargetValue | undefined {
  const fillsGap = mapping.source.type === 'None' && isEmptyIn(context, mapping.targetAttributeName)
  return phase === 'create' || fillsGap ? typed(mapping, mapping.defaultValue ?? null, context) : undefined
}

/** The value in the type of the target's attribute; `undefined` for one that is missing or empty. */
function typed(
  { targetAttributeName: path, flowType }: AttributeMapping,
  value: Nullable,
  { definitions = [] }: MappingContext,
): TargetValue | undefined {
  const isList = definitionOf(definitions, path)?.multiValued === true && parseTargetPath(path)?.element === undefined
  if (!isList) {
    const text = textOf(value)
    return text === null || text === '' ? undefined : typedText(typeOf(definitions, path), text)
  }
  const values = [...new Set(listOf(value))].filter((text) => text !== '')
  const mode = flowType === 'MultiValueAddOnly' ? 'add' : 'replace'
  return listFrom(
    values.map((text) => ({ value: text })),
    mode,
  )
}

function listFrom(elements: readonly TargetElement[], mode: TargetList['mode']): TargetList | undefined {
  return elements.length === 0 ? undefined : { kind: 'list', elements, mode }
}

/** A text that is none of the type stays as mapped, for the target to judge. */
function typedText(type: AttributeDefinition['type'], text: string): TargetValue {
  switch (type) {
    case 'Boolean': {
      const lower = text.toLowerCase()
      return lower === 'true' ? true : lower === 'false' ? false : text
    }
    case 'Integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : text
    case 'DateTime': {
      const instant = readDate(text)
      return instant === undefined ? text : isoText(instant)
    }
    case 'String':
    case 'Reference':
    case 'Binary':
      return text
  }
}

function heldRoles(
  expression: Expression,
  source: SourceAttributes,
  { environment }: MappingContext,
): readonly HeldRole[] {
  const [roles] = expression.args
  const texts = roles === undefined ? [] : listOf(evaluateOperand(roles, source, environment))
  return texts.map(readHeldRole)
}

/** The forms of reference 2.8. A single role goes by its name; of several each has its value and is none the primary one. */
function roleList(held: readonly HeldRole[], writing: RoleWriting): TargetList | undefined {
  const type = ROLE_TYPE
  if (writing === 'single') {
    const single = held.slice(0, 1)
    const elements = single.map((role) => ({
      primary: true,
      type,
      value: role.displayName,
      legacyText: heldRoleText(role),
    }))
    return listFrom(elements, 'add')
  }
  const distinct = [...new Map(held.map((role) => [role.value, role])).values()]
  const elements = distinct.map((role) => ({ primary: false, type, display: role.displayName, value: role.value }))
  if (writing === 'asserted') return listFrom(elements, 'assert')
  return listFrom(
    elements.map((element, index) => ({
      ...element,
      legacyText: heldRoleText(distinct[index] ?? { id: '', value: element.value, displayName: element.display }),
    })),
    'add',
  )
}
