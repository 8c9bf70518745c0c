import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOrder, type Entry, insertEntry, removeEntry, sliceAfterKey, sliceOrder, walkOrder } from './order.ts'

function entryOf(seq: number): Entry<number> {
  return { seq, key: String(seq).padStart(6, '0'), record: seq }
}

test('law: over thousands of entries, taken out and put back anywhere, it reads as a sorted list does', () => {
  const anyMove = fc.record({ at: fc.nat(4_000), length: fc.nat(900), back: fc.boolean() })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 }), fc.array(anyMove, { maxLength: 8 }), (size, moves) => {
      const order = createOrder<number>()
      const all = Array.from({ length: size }, (_, seq) => entryOf(seq))
      for (const entry of all) insertEntry(order, entry)
      const present = new Set(all)
      for (const { at, length, back } of moves) {
        const range = all.slice(at, at + length)
        for (const entry of range) if (present.delete(entry)) removeEntry(order, entry)
        if (!back) continue
        for (const entry of range.reverse()) {
          insertEntry(order, entry)
          present.add(entry)
        }
      }
      const expected = [...present].sort((left, right) => left.seq - right.seq)
      expect(order.size).toBe(expected.length)
      expect([...walkOrder(order)]).toEqual(expected)
      for (const offset of [0, 511, 512, 1_700, expected.length - 3]) {
        expect(sliceOrder(order, offset, 700)).toEqual(expected.slice(Math.max(0, offset), Math.max(0, offset) + 700))
      }
      for (const key of ['000511', '001700', '003999', 'x', '']) {
        expect(sliceAfterKey(order, key, 600)).toEqual(expected.filter((each) => each.key > key).slice(0, 600))
      }
      // Fewer than two entries to a chunk on average would make positions cost more than the root of what was there.
      expect(order.chunks.length).toBeLessThanOrEqual(Math.ceil(size / 512) + moves.length)
    }),
    { numRuns: 60 },
  )
})
