import type { Clock } from '#kit/clock.ts'
import type { OktaReader, OktaUser } from '../../collections.ts'
import { ExpressionError } from '../../expression/error.ts'
import { previewExpression } from '../../expression/evaluate.ts'
import { FUNCTIONS } from '../../expression/functions.ts'
import { type Node, parseExpression } from '../../expression/parser.ts'
import type { ExpressionScope } from '../../expression/values.ts'
import { userScope } from '../../profiles/expression-scope.ts'
import { schemaOf, USER_SCHEMA } from '../../profiles/read.ts'
import type { AttributeDefinition } from '../../profiles/records.ts'
import type { GroupRule, RuleCondition, RuleOperator } from './records.ts'

/** What a rule's condition says, and of whom it holds. Names and texts are compared with their case, as the language does. */

/** A text of the expression language. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}

/** Attributes "Use basic condition" offers: those that hold one value. */
export function ruleAttributes(reader: OktaReader): readonly AttributeDefinition[] {
  return schemaOf(reader, USER_SCHEMA).attributes.filter(({ type }) => !type.startsWith('array_'))
}

function comparison(attribute: AttributeDefinition | undefined, name: string, operator: RuleOperator, value: string) {
  const isText = attribute === undefined || !['number', 'integer', 'boolean'].includes(attribute.type)
  switch (operator) {
    case 'equals':
      return `user.${name} == ${isText ? quoted(value) : value.trim()}`
    case 'starts-with':
      return `String.startsWith(user.${name}, ${quoted(value)})`
    case 'contains':
      return `String.stringContains(user.${name}, ${quoted(value)})`
  }
}

/** The condition as an expression: what the Management API shows, and what is evaluated. */
export function ruleExpression(reader: OktaReader, condition: RuleCondition): string {
  switch (condition.kind) {
    case 'attribute': {
      const attribute = ruleAttributes(reader).find(({ name }) => name === condition.attribute)
      return comparison(attribute, condition.attribute, condition.operator, condition.value)
    }
    case 'group':
      return `isMemberOfAnyGroup(${condition.groupIds.map(quoted).join(', ')})`
    case 'expression':
      return condition.expression
  }
}

/** Of one person: whether the rule puts them into its groups, and why not. */
export type RuleVerdict =
  | { readonly kind: 'matches' }
  | { readonly kind: 'differs' }
  /** Under EXCEPT. */
  | { readonly kind: 'excepted' }
  /** The expression cannot be computed for this person, whose memberships then stay as they are. */
  | { readonly kind: 'error'; readonly message: string; readonly position: number }

/** Judge one person by a rule, whatever its state is. */
export function judgeRule(
  reader: OktaReader,
  clock: Clock,
  rule: Pick<GroupRule, 'condition' | 'exceptUserIds'>,
  user: OktaUser,
): RuleVerdict {
  if (rule.exceptUserIds.includes(user.id)) return { kind: 'excepted' }
  const outcome = previewExpression(ruleExpression(reader, rule.condition), userScope(reader, clock, user))
  if (!outcome.ok) return { kind: 'error', message: outcome.message, position: outcome.position }
  return { kind: outcome.value === true ? 'matches' : 'differs' }
}

/** Active rules that put somebody into a group, or would if they were not in it. */
export function rulesPutting(reader: OktaReader, clock: Clock, groupId: string, user: OktaUser): readonly GroupRule[] {
  return reader
    .find('groupRules', 'group', groupId)
    .filter((rule) => rule.status === 'ACTIVE' && judgeRule(reader, clock, rule, user).kind === 'matches')
}

/** People an expression is tried on before it is kept. */
const SAMPLE = 20

/**
 * What is wrong with a rule's expression; `undefined` when it can be kept: it can be read, names only attributes and functions there
 * are, and gives true or false.
 */
export function expressionProblem(reader: OktaReader, clock: Clock, source: string): string | undefined {
  if (source.trim() === '') return 'The field cannot be left blank'
  try {
    const unknown = unknownName(
      parseExpression(source),
      new Set(schemaOf(reader, USER_SCHEMA).attributes.map(({ name }) => name)),
    )
    if (unknown !== undefined) return unknown
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return `${error.message} (position ${error.position + 1})`
  }
  for (const user of reader.page('users', 0, SAMPLE)) {
    const problem = resultProblem(source, userScope(reader, clock, user))
    if (problem !== undefined) return problem
  }
  return undefined
}

function resultProblem(source: string, scope: ExpressionScope): string | undefined {
  const outcome = previewExpression(source, scope)
  // A function that cannot work with this person's values is no reason to refuse; the person just does not match.
  if (!outcome.ok || typeof outcome.value === 'boolean' || outcome.value === null) return undefined
  return 'The expression must give true or false.'
}

function unknownName(node: Node, attributes: ReadonlySet<string>): string | undefined {
  const among = (nodes: readonly Node[]): string | undefined => {
    for (const each of nodes) {
      const found = unknownName(each, attributes)
      if (found !== undefined) return found
    }
    return undefined
  }
  switch (node.kind) {
    case 'literal':
      return undefined
    case 'reference':
      if (node.scope !== 'user') return `"${node.scope}" is not known in a rule; use user.`
      return attributes.has(node.attribute) ? undefined : `Invalid property ${node.attribute} in expression.`
    case 'call':
      return Object.hasOwn(FUNCTIONS, node.name) ? among(node.args) : `There is no function ${node.name}.`
    case 'list':
      return among(node.items)
    case 'not':
      return among([node.operand])
    case 'binary':
      return among([node.left, node.right])
    case 'choice':
      return among([node.condition, node.yes, node.no])
  }
}
