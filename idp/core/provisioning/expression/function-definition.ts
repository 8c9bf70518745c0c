import type { ExpressionEnvironment } from './environment.ts'
import type { Nullable } from './values.ts'

/** One parameter of a function, as the expression builder lists it. */
export interface FunctionParameter {
  readonly name: string
  /** `optional`: may be left off at the end. `repeated`: may be given again and again. Any argument may be left empty. */
  readonly presence: 'required' | 'optional' | 'repeated'
  /** Takes a comparison such as `[country] = "US"`: nothing else, or that as well. Absent: takes none. */
  readonly comparison?: 'only' | 'also'
}

/** What a call is given when it is evaluated. */
export interface FunctionCall {
  /** The value of the argument at this index, evaluated when asked for, so the branch of an IIF not taken never is. Null where nothing was given. */
  argument(index: number): Nullable
  /** Arguments written. */
  readonly count: number
  /** @throws {Error} where the caller has brought none. */
  environment(): ExpressionEnvironment
}

/** How app roles are written to a list of roles when the function stands at the top of a row (reference 2.8). */
export type RoleWriting = 'single' | 'added' | 'asserted'

/** One row of the function table (reference 5.3). */
export interface ExpressionFunction {
  readonly name: string
  /** What it does, for the expression builder. */
  readonly description: string
  readonly parameters: readonly FunctionParameter[]
  /** The arguments come in pairs. */
  readonly isEven?: true
  readonly roles?: RoleWriting
  /** @throws {Error} with a message; the evaluator adds the position. */
  readonly evaluate: (call: FunctionCall) => Nullable
}

const parameter =
  (presence: FunctionParameter['presence']) =>
  (name: string, comparison?: FunctionParameter['comparison']): FunctionParameter =>
    comparison === undefined ? { name, presence } : { name, presence, comparison }

export const required = parameter('required')
export const optional = parameter('optional')
export const repeated = parameter('repeated')

/** Fewest and most arguments a function takes. */
export function arityOf({ parameters }: Pick<ExpressionFunction, 'parameters'>): { fewest: number; most: number } {
  const fewest = parameters.filter(({ presence }) => presence === 'required').length
  const isOpen = parameters.some(({ presence }) => presence === 'repeated')
  return { fewest, most: isOpen ? Number.POSITIVE_INFINITY : parameters.length }
}
