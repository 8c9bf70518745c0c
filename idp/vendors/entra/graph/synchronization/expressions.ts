import { randomInt } from 'node:crypto'
import { EXPRESSION_FUNCTIONS } from '#idp/core/provisioning/expression/catalogue.ts'
import { ExpressionError } from '#idp/core/provisioning/expression/error.ts'
import { type Expression, type Operand, parseExpression } from '#idp/core/provisioning/expression/parser.ts'
import { printExpression } from '#idp/core/provisioning/expression/print.ts'
import { testExpression } from '#idp/core/provisioning/expression/test-expression.ts'
import { listOf } from '#idp/core/provisioning/expression/values.ts'
import type { SourceAttributes } from '#idp/core/provisioning/types.ts'
import type { EntraSystem, Tenant } from '../../collections.ts'

/** Every function of the mapping language, as `schema/functions` lists it. All arguments travel as texts. */
export function functionSchemas(): readonly object[] {
  return EXPRESSION_FUNCTIONS.map(({ name, parameters }) => ({
    name,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      required: parameter.presence === 'required',
      allowMultipleOccurrences: parameter.presence === 'repeated',
      type: 'String',
    })),
  }))
}

/** Where a value of an expression comes from: Graph's `attributeMappingSource`. Arguments left out are not listed. */
interface MappingSourceTree {
  readonly expression: string
  readonly name: string
  readonly type: 'Function' | 'Attribute' | 'Constant'
  readonly parameters: readonly { readonly key: string; readonly value: MappingSourceTree }[]
}

function treeOf(operand: Operand): MappingSourceTree {
  const expression = printExpression(operand)
  switch (operand.kind) {
    case 'call':
      return { expression, name: operand.call.name, type: 'Function', parameters: argumentsOf(operand) }
    case 'attribute':
      return { expression, name: operand.name, type: 'Attribute', parameters: [] }
    case 'literal':
    case 'constant':
      return { expression, name: String(operand.value), type: 'Constant', parameters: [] }
    case 'comparison':
    case 'empty':
      return { expression, name: expression, type: 'Constant', parameters: [] }
  }
}

/** Arguments by the names of their parameters; repeated ones begin again at the first that may be repeated. */
function argumentsOf({ call, args }: Expression): MappingSourceTree['parameters'] {
  const { parameters } = call
  const firstRepeated = parameters.findIndex(({ presence }) => presence === 'repeated')
  const keyAt = (index: number): string => {
    const own = parameters[index]
    if (own !== undefined) return own.name
    const again = parameters.slice(Math.max(firstRepeated, 0))
    return again[(index - Math.max(firstRepeated, 0)) % Math.max(again.length, 1)]?.name ?? `argument${index + 1}`
  }
  return args.flatMap((arg, index) => (arg.kind === 'empty' ? [] : [{ key: keyAt(index), value: treeOf(arg) }]))
}

/** One of so many random numbers. */
const CHANCES = 2 ** 32

function failure(code: string, message: string) {
  return { code, message, innerError: null, details: [], target: null }
}

/**
 * What `parseExpression` answers: the expression taken apart and, where a test object came along, its value for it.
 * @param source Attributes of the test object; `undefined`: the expression is only read.
 */
export function readExpression(
  { clock }: Pick<EntraSystem, 'clock'>,
  tenant: Tenant,
  text: string,
  source: SourceAttributes | undefined,
): Readonly<Record<string, unknown>> {
  let parsed: Expression
  try {
    parsed = parseExpression(text)
  } catch (problem) {
    if (!(problem instanceof ExpressionError)) throw problem
    const message = `At character ${problem.position + 1}: ${problem.message}`
    return {
      parsingSucceeded: false,
      evaluationSucceeded: false,
      parsedExpression: null,
      evaluationResult: [],
      error: failure('ExpressionParsingFailed', message),
    }
  }
  const read = { parsingSucceeded: true, parsedExpression: treeOf(parsed) }
  if (source === undefined) return { ...read, evaluationSucceeded: false, evaluationResult: [], error: null }
  const [defaultDomain = ''] = tenant.domains
  const environment = { now: clock.now(), random: () => randomInt(CHANCES) / CHANCES, defaultDomain }
  const test = testExpression(text, source, environment)
  return test.ok
    ? { ...read, evaluationSucceeded: true, evaluationResult: listOf(test.value), error: null }
    : {
        ...read,
        evaluationSucceeded: false,
        evaluationResult: [],
        error: failure('ExpressionEvaluationFailed', `At character ${test.position + 1}: ${test.message}`),
      }
}
