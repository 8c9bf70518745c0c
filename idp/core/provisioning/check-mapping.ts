import { definitionOf } from './attribute-definition.ts'
import { ExpressionError } from './expression/error.ts'
import { parseExpression } from './expression/parser.ts'
import { attributesIn, callsOf } from './expression/walk.ts'
import { isReferencePath, parseTargetPath } from './target-path.ts'
import type { AttributeDefinition, AttributeMapping, ObjectMapping } from './types.ts'

/** What is wrong with a mapping: with the row at `row` (counted from 0), or with the whole. */
export interface MappingProblem {
  readonly row?: number
  readonly message: string
}

/** Directory extensions go by names of this form; which of them a tenant has is not known here (reference 5.2). */
const DIRECTORY_EXTENSION = /^extension_[0-9a-f]{32}_\w+$/

/**
 * What must be put right before a mapping is saved (reference 5.1, 5.2): every path and expression can be read, what is read
 * is an attribute of the source and what is written one of the target's list, nothing is written twice, the target's own `id`
 * is not written and what it requires is, objects are matched by single values in an order without ties, and users are not
 * switched off.
 *
 * @param sourceAttributes What the source has; without it, source names are not looked up. Their case matters. Directory
 *   extensions may be named whether or not anybody has a value.
 * @returns the problems in the order of the rows; empty for a mapping that can be saved.
 */
export function checkMapping(
  mapping: ObjectMapping,
  sourceAttributes?: readonly AttributeDefinition[],
): readonly MappingProblem[] {
  const problems: MappingProblem[] = []
  if (mapping.sourceObjectName === 'User' && !mapping.enabled) {
    problems.push({ message: 'The mapping of users cannot be disabled.' })
  }
  if (!mapping.attributeMappings.some((row) => row.matchingPriority > 0)) {
    problems.push({ message: 'At least one attribute must be used to match objects.' })
  }
  const targets = new Set<string>()
  const precedences = new Set<number>()
  mapping.attributeMappings.forEach((row, index) => {
    const target = row.targetAttributeName.toLowerCase()
    const message = targets.has(target)
      ? `The target attribute ${row.targetAttributeName} is mapped more than once.`
      : row.matchingPriority > 0 && precedences.has(row.matchingPriority)
        ? `The matching precedence ${row.matchingPriority} is given more than once.`
        : rowProblem(row, mapping.targetAttributes, sourceAttributes)
    targets.add(target)
    precedences.add(row.matchingPriority)
    if (message !== undefined) problems.push({ row: index, message })
  })
  for (const { name, required, primaryKey } of mapping.targetAttributes) {
    if (required && !primaryKey && !targets.has(name.toLowerCase())) {
      problems.push({ message: `The target attribute ${name} is required and must be mapped.` })
    }
  }
  return problems
}

function rowProblem(
  row: AttributeMapping,
  targetAttributes: readonly AttributeDefinition[],
  sourceAttributes: readonly AttributeDefinition[] | undefined,
): string | undefined {
  const definition = definitionOf(targetAttributes, row.targetAttributeName)
  return (
    targetProblem(row, definition) ??
    flowProblem(row, definition) ??
    sourceProblem(row, sourceAttributes) ??
    matchingProblem(row, definition, sourceAttributes) ??
    referenceProblem(row, definition, sourceAttributes)
  )
}

function targetProblem(
  { targetAttributeName }: AttributeMapping,
  definition: AttributeDefinition | undefined,
): string | undefined {
  if (targetAttributeName.toLowerCase() === 'id' || definition?.primaryKey === true)
    return `The target attribute ${targetAttributeName} belongs to the app and cannot be mapped.`
  if (parseTargetPath(targetAttributeName) === undefined) {
    return `The target attribute ${targetAttributeName} cannot be read. Write name, name.part, name[type eq "work"].part or urn:…:name.`
  }
  return definition === undefined
    ? `The target attribute ${targetAttributeName} is not in the list of the app’s attributes. Add it there first.`
    : undefined
}

function flowProblem(
  { flowType, source, targetAttributeName, defaultValue = '' }: AttributeMapping,
  definition: AttributeDefinition | undefined,
): string | undefined {
  if (flowType === 'MultiValueAddOnly' && definition?.multiValued !== true) {
    return `MultiValueAddOnly is for attributes with several values; ${targetAttributeName} has one.`
  }
  if (source.type === 'Constant' && source.value === '') return 'A constant value is required.'
  if (definition?.type === 'Boolean' && defaultValue !== '' && !/^(true|false)$/i.test(defaultValue)) {
    return `The default value of ${targetAttributeName} is True or False.`
  }
  return undefined
}

function sourceProblem(
  { source }: AttributeMapping,
  sourceAttributes: readonly AttributeDefinition[] | undefined,
): string | undefined {
  switch (source.type) {
    case 'None':
    case 'Constant':
      return undefined
    case 'Attribute':
      return source.name.trim() === '' ? 'A source attribute is required.' : nameProblem(source.name, sourceAttributes)
    case 'Function':
      return expressionProblem(source.expression, sourceAttributes)
  }
}

function nameProblem(name: string, sourceAttributes: readonly AttributeDefinition[] | undefined): string | undefined {
  if (sourceAttributes === undefined || DIRECTORY_EXTENSION.test(name)) return undefined
  if (sourceAttributes.some((known) => known.name === name)) return undefined
  const alike = sourceAttributes.find((known) => known.name.toLowerCase() === name.toLowerCase())
  const hint = alike === undefined ? '' : ` Names are case-sensitive: write ${alike.name}.`
  return `There is no source attribute ${name}.${hint}`
}

/** Positions are counted from 1 for people. */
const at = (position: number, message: string): string => `At character ${position + 1}: ${message}`

function expressionProblem(
  text: string,
  sourceAttributes: readonly AttributeDefinition[] | undefined,
): string | undefined {
  try {
    const expression = parseExpression(text)
    const [unique] = callsOf(expression, 'SelectUniqueValue')
    if (unique !== undefined) {
      return at(unique.position, 'SelectUniqueValue is for provisioning into a directory, not into an app.')
    }
    for (const [name, position] of attributesIn(expression)) {
      const problem = nameProblem(name, sourceAttributes)
      if (problem !== undefined) return at(position, problem)
    }
    return undefined
  } catch (problem) {
    if (!(problem instanceof ExpressionError)) throw problem
    return at(problem.position, problem.message)
  }
}

function matchingProblem(
  { matchingPriority, source, targetAttributeName }: AttributeMapping,
  definition: AttributeDefinition | undefined,
  sourceAttributes: readonly AttributeDefinition[] = [],
): string | undefined {
  if (!Number.isInteger(matchingPriority) || matchingPriority < 0)
    return 'The matching precedence is a whole number from 1.'
  if (matchingPriority === 0) return undefined
  if (definition?.multiValued === true || isReferencePath(targetAttributeName)) {
    return `Objects cannot be matched by ${targetAttributeName}: only a single value can be looked for.`
  }
  if (source.type === 'None') return 'Objects cannot be matched by an attribute that is mapped from nothing.'
  const isList =
    source.type === 'Attribute' && sourceAttributes.some(({ name, multiValued }) => name === source.name && multiValued)
  return isList ? `Objects cannot be matched by ${source.name}, which may have several values.` : undefined
}

/** References are written as ids of the target in a pass of their own, so they can only be copied from references. */
function referenceProblem(
  { source, targetAttributeName }: AttributeMapping,
  definition: AttributeDefinition | undefined,
  sourceAttributes: readonly AttributeDefinition[] | undefined,
): string | undefined {
  const isWritten = isReferencePath(targetAttributeName)
  if (!isWritten) {
    return definition?.type === 'Reference'
      ? `${targetAttributeName} cannot be written: of the references of an app only manager and members can.`
      : undefined
  }
  const refers =
    source.type === 'Attribute' &&
    (sourceAttributes === undefined ||
      sourceAttributes.some(({ name, type }) => name === source.name && type === 'Reference'))
  return refers ? undefined : `${targetAttributeName} is a reference: map it directly from an attribute that is one.`
}
