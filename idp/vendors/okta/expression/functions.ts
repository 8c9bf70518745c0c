import { type Country, countryName, countryOf } from './countries.ts'
import { type ExpressionScope, type ExpressionValue, type GroupFacts, isList, textOf } from './values.ts'

/** Thrown by a function for what it cannot work with; the evaluator adds the place. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument'
}

/** One function of reference sheet 3.7. `arity` counts arguments: exactly, or at least the first and at most the second. */
export interface FunctionDefinition {
  readonly arity: readonly [least: number, most: number]
  readonly run: (args: readonly ExpressionValue[], scope: ExpressionScope) => ExpressionValue
}

const ANY = Number.POSITIVE_INFINITY

/** A function of texts; the first one being null, it yields null. */
function ofText(least: number, most: number, run: (...texts: string[]) => ExpressionValue): FunctionDefinition {
  return {
    arity: [least, most],
    run: ([first = null, ...rest]) => (first === null ? null : run(textOf(first), ...rest.map(textOf))),
  }
}

function listOf(value: ExpressionValue | undefined): readonly ExpressionValue[] {
  if (value === undefined || value === null) return []
  if (!isList(value)) throw new BadArgument('The first argument must be an array.')
  return value
}

function ofList(
  least: number,
  most: number,
  run: (list: readonly ExpressionValue[], ...rest: ExpressionValue[]) => ExpressionValue,
): FunctionDefinition {
  return { arity: [least, most], run: ([first, ...rest]) => run(listOf(first), ...rest) }
}

function integer(text: string | undefined, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value)) throw new BadArgument(`The ${name} must be a whole number.`)
  return value
}

function substring(text: string, from: string | undefined, to: string | undefined): string {
  const [start, end] = [integer(from, 'start'), integer(to, 'end')]
  if (start < 0 || end > text.length || start > end) {
    throw new BadArgument(`The text has ${text.length} characters: ${start} to ${end} is not inside it.`)
  }
  return text.slice(start, end)
}

/** The value of the first key contained in the input. */
function stringSwitch(args: readonly ExpressionValue[]): ExpressionValue {
  const [input = null, otherwise = null, ...pairs] = args
  if (pairs.length % 2 !== 0) throw new BadArgument('Each key needs a value.')
  const text = textOf(input)
  for (let index = 0; index < pairs.length; index += 2) {
    if (text.includes(textOf(pairs[index] ?? null))) return pairs[index + 1] ?? null
  }
  return otherwise
}

function numberOf(value: ExpressionValue | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(textOf(value))
  if (Number.isNaN(number)) throw new BadArgument(`"${textOf(value)}" is not a number.`)
  return number
}

function ofCountry(read: (country: Country) => string): FunctionDefinition {
  return ofText(1, 1, (code) => {
    const country = countryOf(code)
    return country === undefined ? null : read(country)
  })
}

function ofGroups(
  least: number,
  most: number,
  test: (group: GroupFacts, ...words: string[]) => boolean,
): FunctionDefinition {
  return {
    arity: [least, most],
    run: (args, { groups }) => groups.some((group) => test(group, ...args.map(textOf))),
  }
}

/** What a pattern matches, all of the name. Patterns are the administrator's own. */
function matches(name: string, pattern: string | undefined): boolean {
  try {
    return new RegExp(`^(?:${pattern ?? ''})$`).test(name)
  } catch {
    throw new BadArgument(`"${pattern}" is not a regular expression.`)
  }
}

/** Groups of the allow-list (ids), as an expression over `group` gives them; only `group.id` and `group.name` are understood. */
const filteredGroups: FunctionDefinition = {
  arity: [2, 3],
  run: ([allowed = null, wanted = null, limit = null], { groups }) => {
    const ids = listOf(allowed).map(textOf)
    const most = numberOf(limit) ?? groups.length
    const found = groups.filter(({ id }) => ids.includes(id)).slice(0, most)
    switch (textOf(wanted)) {
      case 'group.id':
        return found.map(({ id }) => id)
      case 'group.name':
        return found.map(({ name }) => name)
      default:
        throw new BadArgument('The second argument must be "group.name" or "group.id".')
    }
  },
}

/** Names are case-sensitive. */
export const FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = {
  'String.append': ofText(2, 2, (text, suffix = '') => text + suffix),
  'String.join': { arity: [1, ANY], run: ([separator = null, ...parts]) => parts.map(textOf).join(textOf(separator)) },
  'String.len': ofText(1, 1, (text) => text.length),
  'String.removeSpaces': ofText(1, 1, (text) => text.replaceAll(/\s/g, '')),
  'String.replace': ofText(3, 3, (text, match = '', by = '') => text.replaceAll(match, () => by)),
  'String.replaceFirst': ofText(3, 3, (text, match = '', by = '') => text.replace(match, () => by)),
  'String.startsWith': ofText(2, 2, (text, start = '') => text.startsWith(start)),
  'String.stringContains': ofText(2, 2, (text, part = '') => text.includes(part)),
  'String.stringSwitch': { arity: [2, ANY], run: stringSwitch },
  'String.substring': ofText(3, 3, substring),
  'String.substringAfter': ofText(2, 2, (text, mark = '') => {
    const at = text.indexOf(mark)
    return at < 0 ? '' : text.slice(at + mark.length)
  }),
  'String.substringBefore': ofText(2, 2, (text, mark = '') => {
    const at = text.indexOf(mark)
    return at < 0 ? text : text.slice(0, at)
  }),
  'String.toUpperCase': ofText(1, 1, (text) => text.toUpperCase()),
  'String.toLowerCase': ofText(1, 1, (text) => text.toLowerCase()),
  'Arrays.add': ofList(2, 2, (list, value = null) => [...list, value]),
  'Arrays.remove': ofList(2, 2, (list, value = null) => list.filter((each) => each !== value)),
  'Arrays.clear': ofList(1, 1, () => []),
  'Arrays.get': ofList(2, 2, (list, index = null) => list[integer(textOf(index), 'position')] ?? null),
  'Arrays.flatten': { arity: [0, ANY], run: (args) => args.flatMap((each) => (isList(each) ? each : [each])) },
  'Arrays.contains': ofList(2, 2, (list, value = null) => list.includes(value)),
  'Arrays.size': ofList(1, 1, (list) => list.length),
  'Arrays.isEmpty': ofList(1, 1, (list) => list.length === 0),
  'Arrays.toCsvString': ofList(1, 1, (list) => list.map(textOf).join(',')),
  'Convert.toInt': {
    arity: [1, 1],
    run: ([value]) => {
      const number = numberOf(value)
      return number === null ? null : Math.round(number)
    },
  },
  'Convert.toNum': { arity: [1, 1], run: ([value]) => numberOf(value) },
  'Iso3166Convert.toAlpha2': ofCountry(({ alpha2 }) => alpha2),
  'Iso3166Convert.toAlpha3': ofCountry(({ alpha3 }) => alpha3),
  'Iso3166Convert.toNumeric': ofCountry(({ numeric }) => numeric),
  'Iso3166Convert.toName': ofCountry(countryName),
  isMemberOfGroup: ofGroups(1, 1, ({ id }, wanted) => id === wanted),
  isMemberOfAnyGroup: ofGroups(1, ANY, ({ id }, ...wanted) => wanted.includes(id)),
  isMemberOfGroupName: ofGroups(1, 1, ({ name }, wanted) => name === wanted),
  isMemberOfGroupNameStartsWith: ofGroups(1, 1, ({ name }, start = '') => name.startsWith(start)),
  isMemberOfGroupNameContains: ofGroups(1, 1, ({ name }, part = '') => name.includes(part)),
  isMemberOfGroupNameRegex: ofGroups(1, 1, ({ name }, pattern) => matches(name, pattern)),
  getFilteredGroups: filteredGroups,
  'user.getInternalProperty': {
    arity: [1, 1],
    run: ([name = null], { internal }) => {
      const value = internal[textOf(name)]
      if (value === undefined) throw new BadArgument(`There is no internal property "${textOf(name)}".`)
      return value
    },
  },
  'Time.now': { arity: [0, 2], run: (_args, { nowIso }) => nowIso },
}
