import type { ScimError, ScimType } from './errors.ts'
import { badRequest } from './errors.ts'
import type { AttributePath, NamedPath } from './path.ts'
import { excerpt, parseAttributePath, printAttributePath, readNamedPath } from './path.ts'

export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
export type ComparisonValue = string | number | boolean | null

/**
 * A filter, RFC 7644 section 3.4.2.2. `and` and `or` hold two or more. A comparison behind a value path,
 * `emails[type eq "work"].value eq "x"`, is read as `emails[type eq "work" and value eq "x"]`, which means the same.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: ComparisonOperator
      readonly value: ComparisonValue
    }
  /** Some element of the attribute satisfies the filter, whose paths are sub-attributes. */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly filter: Filter }

/** The path of a PATCH operation, RFC 7644 section 3.5.2. */
export type PatchPath =
  | { readonly kind: 'extension'; readonly urn: string }
  | {
      readonly kind: 'attribute'
      readonly urn?: string
      readonly name: string
      readonly filter?: Filter
      readonly sub?: string
    }

export interface FilterOptions {
  /** URNs of the known schemas: see `readNamedPath`. */
  readonly urns?: readonly string[]
  /** Reads `externalId eq ada.lovelace` as if the value were quoted. */
  readonly unquotedValues?: boolean
}

/** Characters of a filter, and how deep it may nest: beyond, it is refused. */
export const MAX_FILTER_LENGTH = 8192
export const MAX_FILTER_DEPTH = 40

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const WORD = /[^\s()[\]"]+/y
const SPACE = /\s*/y
const STRING = /"(?:[^"\\]|\\.)*"/y

/** A hand-written descent over the text; the depth is counted, so nesting ends in a refusal and not in the stack. */
class FilterReader {
  private position = 0
  private readonly text: string
  private readonly scimType: ScimType
  private readonly urns: readonly string[]
  private readonly unquotedValues: boolean

  constructor(text: string, scimType: ScimType, options: FilterOptions) {
    this.text = text
    this.scimType = scimType
    this.urns = options.urns ?? []
    this.unquotedValues = options.unquotedValues ?? false
    if (text.length > MAX_FILTER_LENGTH) {
      throw badRequest(scimType, `The expression is longer than ${MAX_FILTER_LENGTH} characters.`)
    }
  }

  filter(): Filter {
    const filter = this.alternatives(0)
    this.end()
    return filter
  }

  patchPath(): PatchPath {
    this.match(SPACE)
    const start = this.position
    const named = this.named(this.word('an attribute'), start)
    if (!this.takes('[')) {
      this.end()
      return named
    }
    if (named.kind === 'extension' || named.sub !== undefined) {
      throw this.failure('a value filter belongs behind an attribute', start)
    }
    const filter = this.alternatives(1)
    this.close(']')
    const sub = this.subAttribute()
    this.end()
    return { ...named, filter, ...(sub === undefined ? {} : { sub }) }
  }

  private alternatives(depth: number): Filter {
    if (depth > MAX_FILTER_DEPTH) throw this.failure(`nested deeper than ${MAX_FILTER_DEPTH} levels`)
    return this.chain('or', () => this.chain('and', () => this.term(depth)))
  }

  private chain(kind: 'and' | 'or', next: () => Filter): Filter {
    const first = next()
    const filters = [first]
    while (this.takesWord(kind)) filters.push(next())
    return filters.length === 1 ? first : { kind, filters }
  }

  private term(depth: number): Filter {
    if (this.takes('(')) {
      const filter = this.alternatives(depth + 1)
      this.close(')')
      return filter
    }
    if (this.startsNegation()) {
      if (!this.takes('(')) throw this.failure('"not" is followed by a parenthesis')
      const filter = this.alternatives(depth + 1)
      this.close(')')
      return { kind: 'not', filter }
    }
    this.match(SPACE)
    const start = this.position
    const path = parseAttributePath(this.word('an attribute'), this.urns, this.scimType, start)
    return this.takes('[') ? this.element(path, depth) : this.comparison(path)
  }

  private element(path: AttributePath, depth: number): Filter {
    const filter = this.alternatives(depth + 1)
    this.close(']')
    const sub = this.subAttribute()
    if (sub === undefined) return { kind: 'element', path, filter }
    const comparison = this.comparison({ name: sub })
    const filters = filter.kind === 'and' ? [...filter.filters, comparison] : [filter, comparison]
    return { kind: 'element', path, filter: { kind: 'and', filters } }
  }

  private comparison(path: AttributePath): Filter {
    this.match(SPACE)
    const start = this.position
    const operator = this.word('an operator').toLowerCase()
    if (operator === 'pr') return { kind: 'present', path }
    if (!OPERATORS.has(operator)) throw this.failure(`"${excerpt(operator)}" is not an operator`, start)
    return { kind: 'compare', path, operator: operator as ComparisonOperator, value: this.value() }
  }

  private value(): ComparisonValue {
    this.match(SPACE)
    const start = this.position
    if (this.text[start] === '"') {
      const quoted = this.match(STRING)
      if (quoted === undefined) throw this.failure('the string is not closed', start)
      try {
        return JSON.parse(quoted) as string
      } catch {
        throw this.failure('the string is not a JSON string', start)
      }
    }
    const word = this.word('a value')
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (JSON_NUMBER.test(word)) return Number(word)
    if (this.unquotedValues) return word
    throw this.failure(`the value ${excerpt(word)} has no quotation marks`, start)
  }

  private startsNegation(): boolean {
    this.match(SPACE)
    const start = this.position
    if (this.match(WORD)?.toLowerCase() === 'not') {
      this.match(SPACE)
      // An attribute may be called "not"; only a parenthesis makes it the operator.
      if (this.text[this.position] === '(') return true
    }
    this.position = start
    return false
  }

  private subAttribute(): string | undefined {
    if (this.text[this.position] !== '.') return undefined
    const start = this.position + 1
    const path = parseAttributePath(this.word('a sub-attribute').slice(1), [], this.scimType, start)
    if (path.sub !== undefined || path.urn !== undefined) throw this.failure('one sub-attribute at most', start)
    return path.name
  }

  private named(word: string, start: number): NamedPath {
    return readNamedPath(word, this.urns, this.scimType, start)
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.position += found.length
    return found
  }

  private word(expected: string): string {
    this.match(SPACE)
    const word = this.match(WORD)
    if (word === undefined) throw this.failure(`${expected} is missing`)
    return word
  }

  private takes(symbol: string): boolean {
    const start = this.position
    this.match(SPACE)
    if (this.text[this.position] === symbol) {
      this.position += 1
      return true
    }
    this.position = start
    return false
  }

  private takesWord(wanted: string): boolean {
    const start = this.position
    this.match(SPACE)
    if (this.match(WORD)?.toLowerCase() === wanted) return true
    this.position = start
    return false
  }

  private close(symbol: string): void {
    if (!this.takes(symbol)) throw this.failure(`"${symbol}" is missing`)
  }

  private end(): void {
    this.match(SPACE)
    if (this.position < this.text.length) {
      throw this.failure(
        `nothing is expected from ${JSON.stringify(this.text.slice(this.position, this.position + 20))}`,
      )
    }
  }

  private failure(what: string, at: number = this.position): ScimError {
    const subject = this.scimType === 'invalidPath' ? 'path' : 'filter'
    return badRequest(this.scimType, `The ${subject} cannot be read at position ${at}: ${what}.`)
  }
}

/** Reads a filter, RFC 7644 section 3.4.2.2. @throws ScimError invalidFilter, with the position. */
export function parseFilter(text: string, options: FilterOptions = {}): Filter {
  return new FilterReader(text, 'invalidFilter', options).filter()
}

/** Reads the path of a PATCH operation. @throws ScimError invalidPath, with the position. */
export function parsePatchPath(text: string, options: FilterOptions = {}): PatchPath {
  return new FilterReader(text, 'invalidPath', options).patchPath()
}

function printTerm(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or' ? `(${printFilter(filter)})` : printFilter(filter)
}

/** The text of a filter: `parseFilter(printFilter(f))` equals `f`. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.map(printTerm).join(` ${filter.kind} `)
    case 'not':
      return `not (${printFilter(filter.filter)})`
    case 'present':
      return `${printAttributePath(filter.path)} pr`
    case 'compare':
      return `${printAttributePath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'element':
      return `${printAttributePath(filter.path)}[${printFilter(filter.filter)}]`
  }
}

/** The text of a path: `parsePatchPath` reads it back. */
export function printPatchPath(path: PatchPath): string {
  if (path.kind === 'extension') return path.urn
  const filter = path.filter === undefined ? '' : `[${printFilter(path.filter)}]`
  const sub = path.sub === undefined ? '' : `.${path.sub}`
  return `${path.urn === undefined ? '' : `${path.urn}:`}${path.name}${filter}${sub}`
}

/** A necessary condition of a filter. `attribute` in lower case, dotted; behind its URN if it is one of an extension. */
export interface Equality {
  readonly attribute: string
  readonly value: string
}

const CORE_URN = /^urn:ietf:params:scim:schemas:core:/i

/**
 * The `attribute eq "text"` terms every match must satisfy: the filter itself, or terms joined by `and`, also within a value
 * path (`emails.value`). A server takes the first one it has an index for and evaluates the whole filter on what that
 * yields. Empty: nothing to look up. For a multi-valued attribute a term says that some element has the value.
 */
export function equalityOf(filter: Filter): readonly Equality[] {
  switch (filter.kind) {
    case 'and':
      return filter.filters.flatMap(equalityOf)
    case 'element':
      return equalityOf(filter.filter).map(({ attribute, value }) => ({
        attribute: `${keyOf(filter.path)}.${attribute}`,
        value,
      }))
    case 'compare':
      return filter.operator === 'eq' && typeof filter.value === 'string'
        ? [{ attribute: keyOf(filter.path), value: filter.value }]
        : []
    case 'or':
    case 'not':
    case 'present':
      return []
  }
}

function keyOf(path: AttributePath): string {
  const { urn, ...local } = path
  return printAttributePath(urn === undefined || CORE_URN.test(urn) ? local : path).toLowerCase()
}
