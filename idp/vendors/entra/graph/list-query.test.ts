import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectPage } from './list-query.ts'

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

describe('collectPage', () => {
  test('law: walking the pages meets each record that passes once, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 9 }),
        (count, top, examinedAtMost, every) => {
          const all = numbers(count)
          const seen: unknown[] = []
          let position: number | undefined = 0
          while (position !== undefined) {
            const page: { readonly items: readonly unknown[]; readonly next?: number | undefined } = collectPage(
              { position, top },
              (offset, limit) => all.slice(offset, offset + limit),
              (value) => (value % every === 0 ? { value } : undefined),
              examinedAtMost,
            )
            expect(page.items.length).toBeLessThanOrEqual(top)
            seen.push(...page.items)
            position = page.next
          }
          expect(seen).toEqual(all.filter((value) => value % every === 0).map((value) => ({ value })))
        },
      ),
    )
  })

  test('a filter that finds nobody looks at some thousands, not at everybody, and says where to go on', () => {
    let read = 0
    const page = collectPage(
      { position: 0, top: 100 },
      (offset, limit) => {
        read += limit
        return numbers(100_000).slice(offset, offset + limit)
      },
      () => undefined,
    )
    expect(page).toEqual({ items: [], next: 2_000 })
    expect(read).toBeLessThan(2_500)
  })
})
