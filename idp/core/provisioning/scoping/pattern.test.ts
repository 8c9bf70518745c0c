import { describe, expect, test } from 'vitest'
import { LONGEST_PATTERN, readPattern } from './pattern.ts'

function matches(pattern: string, text: string): boolean {
  const read = readPattern(pattern)
  if (!read.ok) throw new Error(read.message)
  return read.matches(text)
}

describe('regular expressions of scoping filters', () => {
  test.each([
    ['^(a+)+$', `${'a'.repeat(100_000)}!`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(100_000)],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['^(\\w+\\s?)*$', `${'word '.repeat(20_000)}!`],
  ])('an evil pattern, %s, does not hang the process', (pattern, text) => {
    const before = performance.now()
    expect(matches(pattern, text)).toBe(false)
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  test.each(['(?=a)b', '(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?>a+)b', '(?#note)a', '(', '[a', 'a{2,1}', '*'])(
    'what cannot be matched in linear time or at all is refused: %s',
    (pattern) => {
      expect(readPattern(pattern)).toMatchObject({ ok: false, message: expect.stringContaining('cannot be used: ') })
    },
  )

  test('what only one of the two languages has is refused, not read as something else', () => {
    expect(readPattern('[a-z-[aeiou]]')).toEqual({
      ok: false,
      message: 'At character 5: a set cannot be taken away from a set.',
    })
    expect(readPattern('\\Qa.b\\E')).toEqual({ ok: false, message: 'At character 1: \\Q is no escape sequence.' })
  })

  test('letters and digits of every alphabet are word characters', () => {
    expect(matches('^\\w+$', 'José')).toBe(true)
    expect(matches('^[\\w-]+$', 'Müller-Lüdenscheidt')).toBe(true)
    expect(matches('^\\d+$', '٣٤')).toBe(true)
    expect(matches('\\W', 'José')).toBe(false)
    expect(matches('^[^\\s]+$', 'a\u00a0b')).toBe(false)
    expect(matches('^[\\D]+$', 'a1')).toBe(false)
  })

  test('sets, escapes and anchors stay what they are', () => {
    expect(matches('^[]a]+$', ']a')).toBe(true)
    expect(matches('^[^]a]$', 'b')).toBe(true)
    expect(matches('^a\\]\\\\d$', 'a]\\d')).toBe(true)
    expect(matches('^1[0-9]{3}$', '1234')).toBe(true)
    expect(matches('^1[0-9]{3}$', '12345')).toBe(false)
    expect(matches('', 'anything')).toBe(true)
  })

  test('one that is too long, or too large when written out, is refused', () => {
    expect(readPattern('a'.repeat(LONGEST_PATTERN + 1)).ok).toBe(false)
    expect(readPattern('((a{100}){100}){100}').ok).toBe(false)
  })
})
