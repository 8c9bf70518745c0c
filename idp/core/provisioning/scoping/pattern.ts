import { RE2JS, RE2JSException } from 're2js'

/** Longest regular expression a clause takes, in characters. */
export const LONGEST_PATTERN = 1_000

/** A part of a text, from the first character to the one after the last. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

/** One place where a pattern was found. */
export interface PatternMatch extends TextSpan {
  /** What a group took, by its name or number; `undefined` when it took nothing or there is none. */
  group(name: string | number): TextSpan | undefined
}

export type ReadPattern =
  | {
      readonly ok: true
      /** Whether the text, or any part of it, matches. Takes time in proportion to the text. */
      matches(text: string): boolean
      /** Every place where it matches, from left to right, none overlapping another. */
      findAll(text: string): readonly PatternMatch[]
    }
  | { readonly ok: false; readonly message: string }

/** Classes that hold letters and digits of every alphabet there, not of English only. Without brackets, so that they fit into a set too. */
const UNICODE_CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}',
  s: '\\t\\n\\x0b\\f\\r\\x85\\p{Z}',
}

/** A class, or its opposite, in the words of the matcher; `null` for another escape. */
function classFor(letter: string, inSet: boolean): string | null {
  const members = UNICODE_CLASSES[letter.toLowerCase()]
  if (members === undefined) return null
  const isOpposite = letter !== letter.toLowerCase()
  if (!inSet) return `[${isOpposite ? '^' : ''}${members}]`
  if (!isOpposite) return members
  // A set cannot hold the opposite of several classes: only that of digits is one class.
  return letter === 'D' ? '\\P{Nd}' : `\\${letter}`
}

type Translated = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }

/** Rewrite what the two languages spell alike and mean differently; refuse what only one of them has. */
function translate(pattern: string): Translated {
  let text = ''
  let inSet = false
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at)
    const next = pattern.charAt(at + 1)
    if (char === '\\') {
      if ('QEC'.includes(next) && next !== '') {
        return { ok: false, message: `At character ${at + 1}: \\${next} is no escape sequence.` }
      }
      text += classFor(next, inSet) ?? char + next
      at += 1
      continue
    }
    if (inSet && char === '-' && next === '[') {
      return { ok: false, message: `At character ${at + 1}: a set cannot be taken away from a set.` }
    }
    if (!inSet && char === '[') {
      inSet = true
      // A closing bracket right at the beginning of a set is one of its members.
      const opening = /^\[\^?\]?/.exec(pattern.slice(at))?.[0] ?? char
      text += opening
      at += opening.length - 1
      continue
    }
    if (char === ']') inSet = false
    text += char
  }
  return { ok: true, text }
}

function findAll(compiled: RE2JS, text: string): readonly PatternMatch[] {
  const named = compiled.namedGroups()
  const matcher = compiled.matcher(text)
  const found: PatternMatch[] = []
  while (matcher.find()) {
    const spans = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => ({
      start: matcher.start(index),
      end: matcher.end(index),
    }))
    found.push({
      start: matcher.start(),
      end: matcher.end(),
      group: (name) => {
        const span = spans[typeof name === 'number' ? name : (named[name] ?? -1)]
        return span === undefined || span.start < 0 ? undefined : span
      },
    })
  }
  return found
}

/**
 * Read a regular expression an administrator typed, in the .NET dialect as far as it can be matched in linear time: RE2's
 * language, with `\d`, `\w` and `\s` knowing every alphabet. It is found anywhere in the text unless it is anchored, and
 * case matters. Look-around, back references, atomic groups, conditions and set subtraction are refused, because only
 * backtracking can match them, and a backtracking matcher can be kept busy for good by forty characters. `$` is the very
 * end of the text.
 */
export function readPattern(pattern: string): ReadPattern {
  if (pattern.length > LONGEST_PATTERN) {
    return { ok: false, message: `A regular expression has at most ${LONGEST_PATTERN} characters.` }
  }
  const translated = translate(pattern)
  if (!translated.ok) return translated
  try {
    const compiled = RE2JS.compile(translated.text)
    return { ok: true, matches: (text) => compiled.test(text), findAll: (text) => findAll(compiled, text) }
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    const reason = error.message.replace(/^error parsing regexp: /, '').replace(/\.$/, '')
    return {
      ok: false,
      message: `This regular expression cannot be used: ${reason}. Look-around and back references are not supported.`,
    }
  }
}
