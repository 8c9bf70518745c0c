import { ExpressionError } from './expression/error.ts'
import { parseExpression } from './expression/parser.ts'
import { parseTargetPath } from './target-path.ts'
import type { AttributeMapping, ObjectMapping } from './types.ts'

/** What is wrong with a mapping: with the row at `row` (counted from 0), or with the whole. */
export interface MappingProblem {
  readonly row?: number
  readonly message: string
}

/**
 * What must be put right before a mapping is saved (reference 5.1, 5.2): every path and expression can be read, no target is
 * written twice, the target's own `id` is not written, objects are matched by something, and users are not switched off.
 *
 * @returns the problems in the order of the rows; empty for a mapping that can be saved.
 */
export function checkMapping(mapping: ObjectMapping): readonly MappingProblem[] {
  const problems: MappingProblem[] = []
  if (mapping.sourceObjectName === 'User' && !mapping.enabled) {
    problems.push({ message: 'The mapping of users cannot be disabled.' })
  }
  if (!mapping.attributeMappings.some((row) => row.matchingPriority > 0)) {
    problems.push({ message: 'At least one attribute must be used to match objects.' })
  }
  const targets = new Set<string>()
  mapping.attributeMappings.forEach((row, index) => {
    const target = row.targetAttributeName.toLowerCase()
    const message = targets.has(target)
      ? `The target attribute ${row.targetAttributeName} is mapped more than once.`
      : rowProblem(row)
    targets.add(target)
    if (message !== undefined) problems.push({ row: index, message })
  })
  return problems
}

function rowProblem({ source, targetAttributeName, matchingPriority }: AttributeMapping): string | undefined {
  if (targetAttributeName.toLowerCase() === 'id')
    return 'The target attribute id belongs to the app and cannot be mapped.'
  if (parseTargetPath(targetAttributeName) === undefined) {
    return `The target attribute ${targetAttributeName} cannot be read. Write name, name.part, name[type eq "work"].part or urn:…:name.`
  }
  if (!Number.isInteger(matchingPriority) || matchingPriority < 0)
    return 'The matching precedence is a whole number from 1.'
  if (source.type === 'Attribute' && source.name.trim() === '') return 'A source attribute is required.'
  if (source.type !== 'Function') return undefined
  try {
    parseExpression(source.expression)
    return undefined
  } catch (problem) {
    if (!(problem instanceof ExpressionError)) throw problem
    return `At character ${problem.position + 1}: ${problem.message}`
  }
}
