import type { FunctionParameter } from './function-definition.ts'
import { ALL_FUNCTIONS } from './functions.ts'

/** A function as a list of them shows it: the expression builder, the graph API's `schema/functions`. */
export interface FunctionDescription {
  readonly name: string
  readonly parameters: readonly FunctionParameter[]
  readonly description: string
}

/** Every function an expression may call, by name. */
export const EXPRESSION_FUNCTIONS: readonly FunctionDescription[] = ALL_FUNCTIONS.map(
  ({ name, parameters, description }) => ({ name, parameters, description }),
)

/** How a function is called: `ToLower(source, [culture])`, `Join(separator, source1, source2, …)`. */
export function signatureOf({ name, parameters }: Pick<FunctionDescription, 'name' | 'parameters'>): string {
  const shown = parameters.map((each) => (each.presence === 'optional' ? `[${each.name}]` : each.name))
  const goesOn = parameters.some(({ presence }) => presence === 'repeated')
  return `${name}(${[...shown, ...(goesOn ? ['…'] : [])].join(', ')})`
}
