import { type PatternMatch, readPattern } from '../scoping/pattern.ts'
import { type ExpressionFunction, required } from './function-definition.ts'
import { mustFit, textOf } from './values.ts'

const REFERENCE = /\$(?:\{(\w+)\}|(\d{1,2})|(\$))/g

/** The replacement with `${name}`, `$1` and `$$` filled in from a match. */
function filled(replacement: string, source: string, match: PatternMatch): string {
  let length = 0
  return replacement.replace(REFERENCE, (whole, name?: string, digits?: string, dollar?: string) => {
    if (dollar !== undefined) return '$'
    const key = name ?? digits ?? ''
    const span = match.group(/^\d+$/.test(key) ? Number(key) : key)
    const part = span === undefined ? (name === undefined ? whole : '') : source.slice(span.start, span.end)
    length += part.length
    mustFit(length)
    return part
  })
}

/** The text with every occurrence replaced, judged before it is made. */
function replacedAll(text: string, old: string, by: string): string {
  const parts = text.split(old)
  mustFit(text.length + (parts.length - 1) * (by.length - old.length))
  return parts.join(by)
}

interface ReplaceArguments {
  readonly source: string | null
  readonly oldValue: string | null
  readonly pattern: string | null
  readonly group: string | null
  readonly replacement: string | null
  readonly attribute: string | null
  readonly template: string | null
}

function matchesIn(pattern: string, text: string): readonly PatternMatch[] {
  const read = readPattern(pattern)
  if (!read.ok) throw new Error(read.message)
  return read.findAll(text)
}

/** The part of the other attribute that the group takes. */
function extracted(pattern: string, group: string, attribute: string | null): string | null {
  if (attribute === null) return null
  const [match] = matchesIn(pattern, attribute)
  const span = match?.group(group)
  return span === undefined ? null : attribute.slice(span.start, span.end)
}

/** Every match replaced, or of every match its group. */
function byPattern(source: string, pattern: string, group: string | null, replacement: string): string {
  let done = ''
  let at = 0
  for (const match of matchesIn(pattern, source)) {
    const span = group === null ? match : match.group(group)
    if (span === undefined) continue
    done += source.slice(at, span.start) + (group === null ? filled(replacement, source, match) : replacement)
    at = span.end
    mustFit(done.length)
  }
  return done + source.slice(at)
}

/** The five modes, told apart by which arguments are given (reference 5.3). A text that is empty counts as given. */
function replaced(given: ReplaceArguments): string | null {
  const { source, oldValue, pattern, group, replacement, attribute, template } = given
  if (pattern !== null && pattern !== '' && group !== null && replacement === null) {
    return source === null || source === '' ? extracted(pattern, group, attribute) : source
  }
  if (source === null) return null
  if (oldValue !== null && oldValue !== '') {
    if (template !== null) return replacedAll(template, oldValue, source)
    return replacement === null ? source : replacedAll(source, oldValue, replacement)
  }
  if (pattern !== null && pattern !== '') return byPattern(source, pattern, group, replacement ?? '')
  throw new Error('Nothing to look for is given: neither an old value nor a regular expression.')
}

/** Replacing parts of a text (reference 5.3). Regular expressions are matched in linear time: see `scoping/pattern.ts`. */
export const REPLACE_FUNCTION: ExpressionFunction = {
  name: 'Replace',
  description:
    'Replaces one text by another, fills a template, replaces what a regular expression or one of its groups finds, or, for an empty source, takes a group out of another attribute. Case matters.',
  parameters: [
    required('source'),
    required('oldValue'),
    required('regexPattern'),
    required('regexGroupName'),
    required('replacementValue'),
    required('replacementAttributeName'),
    required('template'),
  ],
  evaluate: ({ argument }) => {
    const [
      source = null,
      oldValue = null,
      pattern = null,
      group = null,
      replacement = null,
      attribute = null,
      template = null,
    ] = Array.from({ length: 7 }, (_, index) => textOf(argument(index)))
    return replaced({
      source,
      oldValue,
      pattern,
      group: group === '' ? null : group,
      replacement,
      attribute,
      template: template === '' ? null : template,
    })
  },
}
