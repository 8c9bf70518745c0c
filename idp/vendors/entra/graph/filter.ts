import { GraphError, unsupportedQuery } from './graph-error.ts'

export type FilterValue = string | number | boolean | null

/** One condition: `{path} {operator} {value}`, functions included. */
export interface FilterClause {
  /** `displayName`, `servicePrincipal/id`. */
  readonly path: string
  readonly operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'startswith' | 'endswith' | 'contains'
  readonly value: FilterValue
}

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<instant>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)(?![\w-])|(?<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?![\w-])|(?<number>-?\d+(?:\.\d+)?)(?![\w-])|(?<word>[A-Za-z_@][\w.@/]*)|(?<mark>[(),]))/y

type TokenKind = 'text' | 'instant' | 'guid' | 'number' | 'word' | 'mark'

interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le'])
const FUNCTIONS: ReadonlySet<string> = new Set(['startswith', 'endswith', 'contains'])
const MOST_CLAUSES = 20

function invalid(): GraphError {
  return new GraphError('BadRequest', 400, 'Invalid filter clause: it cannot be read.')
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const groups = TOKEN.exec(text)?.groups
    const found = Object.entries(groups ?? {}).find(([, value]) => value !== undefined)
    if (found === undefined) throw invalid()
    tokens.push({ kind: found[0] as TokenKind, text: found[1] ?? '' })
  }
  return tokens
}

/**
 * Read a `$filter` (OData 4.01 §5.1.1) as far as it is supported: comparisons and text functions joined by `and`, in
 * parentheses or not.
 *
 * @throws {GraphError} `BadRequest` for what cannot be read; `Request_UnsupportedQuery` for `or`, `not`, lambdas and functions
 *   beyond these.
 */
export function parseFilter(text: string): readonly FilterClause[] {
  const tokens = tokensOf(text)
  let at = 0
  const peek = (): Token | undefined => tokens[at]
  const next = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw invalid()
    at += 1
    return token
  }
  const expect = (mark: string): void => {
    if (next().text !== mark) throw invalid()
  }

  const literalOf = ({ kind, text: given }: Token): FilterValue => {
    switch (kind) {
      case 'text':
        return given.slice(1, -1).replaceAll("''", "'")
      case 'instant':
      case 'guid':
        return given
      case 'number':
        return Number(given)
      case 'word':
        if (given === 'true' || given === 'false') return given === 'true'
        if (given === 'null') return null
        throw invalid()
      case 'mark':
        throw invalid()
    }
  }

  const clause = (): readonly FilterClause[] => {
    const first = next()
    if (first.text === '(' && first.kind === 'mark') {
      const inner = conjunction()
      expect(')')
      return inner
    }
    if (first.kind !== 'word') throw invalid()
    if (first.text === 'not' || /\/(any|all)$/.test(first.text)) {
      throw unsupportedQuery(`'${first.text}' in filters is not supported here.`)
    }
    if (peek()?.text === '(') {
      const operator = first.text.toLowerCase()
      if (!FUNCTIONS.has(operator)) throw unsupportedQuery(`The function '${first.text}' is not supported in filters.`)
      next()
      const path = next()
      expect(',')
      const value = literalOf(next())
      expect(')')
      if (path.kind !== 'word' || typeof value !== 'string') throw invalid()
      return [{ path: path.text, operator: operator as FilterClause['operator'], value }]
    }
    const operator = next()
    if (operator.text === 'in') throw unsupportedQuery("The operator 'in' is not supported here.")
    if (operator.kind !== 'word' || !COMPARISONS.has(operator.text)) throw invalid()
    return [{ path: first.text, operator: operator.text as FilterClause['operator'], value: literalOf(next()) }]
  }

  const conjunction = (): readonly FilterClause[] => {
    const clauses = [...clause()]
    while (peek()?.text === 'and') {
      next()
      clauses.push(...clause())
    }
    if (peek()?.text === 'or') throw unsupportedQuery("'or' in filters is not supported here.")
    return clauses
  }

  if (tokens.length > MOST_CLAUSES * 6) throw unsupportedQuery(`A filter has at most ${MOST_CLAUSES} clauses here.`)
  const clauses = conjunction()
  if (at < tokens.length) throw invalid()
  return clauses
}

/** The value at `servicePrincipal/id` of a rendered resource. */
function valueAt(resource: unknown, path: string): unknown {
  let value = resource
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(t|$)/i

/** Numbers by value, instants by time, texts by their characters; `undefined` where the two cannot be compared. */
function orderOf(left: unknown, right: FilterValue): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  if (INSTANT.test(left) && INSTANT.test(right)) {
    return Date.parse(left.toUpperCase()) - Date.parse(right.toUpperCase())
  }
  return left === right ? 0 : left < right ? -1 : 1
}

/** Whether one condition holds between the value held and the value asked for, both folded alike. */
function holds(operator: FilterClause['operator'], held: unknown, value: FilterValue): boolean {
  const order = orderOf(held, value)
  switch (operator) {
    case 'eq':
      return held === value || order === 0
    case 'ne':
      return held !== value && order !== 0
    case 'gt':
      return order !== undefined && order > 0
    case 'ge':
      return order !== undefined && order >= 0
    case 'lt':
      return order !== undefined && order < 0
    case 'le':
      return order !== undefined && order <= 0
    case 'startswith':
      return typeof held === 'string' && held.startsWith(String(value))
    case 'endswith':
      return typeof held === 'string' && held.endsWith(String(value))
    case 'contains':
      return typeof held === 'string' && held.includes(String(value))
  }
}

/**
 * Whether a rendered resource satisfies every clause.
 * @param caseSensitive Texts of the directory compare without case; those of the provisioning log with it (reference 11.1).
 */
export function satisfies(resource: object, clauses: readonly FilterClause[], caseSensitive: boolean): boolean {
  const fold = <V>(value: V): V =>
    !caseSensitive && typeof value === 'string' ? (value.toLowerCase() as unknown as V) : value
  return clauses.every(({ path, operator, value }) =>
    holds(operator, fold(valueAt(resource, path) ?? null), fold(value)),
  )
}

/**
 * Refuse clauses on properties that cannot be filtered by here.
 * @param filterable Property path to the operators it takes.
 * @throws {GraphError} `Request_UnsupportedQuery` naming the property.
 */
export function mustSupport(
  clauses: readonly FilterClause[],
  filterable: Readonly<Record<string, readonly FilterClause['operator'][]>>,
  resource: string,
): void {
  for (const { path, operator } of clauses) {
    const operators = Object.hasOwn(filterable, path) ? filterable[path] : undefined
    if (operators?.includes(operator)) continue
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${path}' of resource '${resource}'.`,
    )
  }
}
