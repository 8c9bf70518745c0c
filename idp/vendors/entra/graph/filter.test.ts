import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFilter, satisfies } from './filter.ts'
import { GraphError } from './graph-error.ts'

describe('parseFilter', () => {
  test('reads comparisons and functions joined by and, in parentheses or not', () => {
    expect(
      parseFilter(
        "(displayName eq 'O''Neil') and startswith(mail,'a') and count gt -1.5 and at ge 2026-01-01T00:00:00Z",
      ),
    ).toEqual([
      { path: 'displayName', operator: 'eq', value: "O'Neil" },
      { path: 'mail', operator: 'startswith', value: 'a' },
      { path: 'count', operator: 'gt', value: -1.5 },
      { path: 'at', operator: 'ge', value: '2026-01-01T00:00:00Z' },
    ])
    expect(parseFilter('sp/id eq 5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58 and on eq true and manager eq null')).toEqual([
      { path: 'sp/id', operator: 'eq', value: '5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58' },
      { path: 'on', operator: 'eq', value: true },
      { path: 'manager', operator: 'eq', value: null },
    ])
  })

  test('law: any text is read or refused by a GraphError', () => {
    const words = fc.constantFrom('a', 'eq', 'and', 'or', 'not', "'x'", '(', ')', ',', 'startswith', '7', 'true', "'")
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseFilter(given)
        } catch (error) {
          expect(error).toBeInstanceOf(GraphError)
        }
      }),
    )
  })
})

describe('satisfies', () => {
  const entry = { at: '2026-02-11T08:31:10.250Z', who: { name: 'Ada Okafor' }, ms: 812 }
  test.each([
    ["who/name eq 'Ada Okafor'", true],
    ["who/name eq 'ada okafor'", false],
    ["contains(who/name,'Oka')", true],
    ["contains(who/name,'oka')", false],
    ['at gt 2026-02-11T08:31:10Z', true],
    ['at lt 2026-02-11', false],
    ['at eq 2026-02-11T08:31:10.25Z', true],
    ['ms gt 800 and ms lt 900', true],
    ["ms gt '800'", false],
    ["who/nothing eq 'x'", false],
    ['who/nothing eq null', true],
  ])('with its case: %s', (filter, holds) => {
    expect(satisfies(entry, parseFilter(filter), true)).toBe(holds)
  })

  test('of the directory, case does not matter', () => {
    expect(satisfies(entry, parseFilter("who/name eq 'ada okafor' and at gt 2026-02-11T00:00:00Z"), false)).toBe(true)
  })
})
