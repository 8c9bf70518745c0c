import { expect, test } from 'vitest'
import type { JournalEntry } from '#kit/journal.ts'
import { readTail } from './journal-commands.ts'

const entry = (seq: number, system = 'entra'): JournalEntry => ({
  seq,
  system,
  at: '2026-01-05T09:00:00.000Z',
  virtualAt: '2026-01-05T09:00:00.000Z',
  kind: 'state',
  correlationId: '',
  title: `${seq}`,
})

/** A home whose journal has this many entries, every third of them Dialpad's; it answers as the real one does, 200 at a time. */
function longJournal(length: number) {
  const asked: string[] = []
  return {
    asked,
    call: async (_method: string, path: string): Promise<unknown> => {
      const query = new URL(path, 'http://home').searchParams
      const before = query.get('before') === 'newest' ? length + 1 : Number(query.get('before')?.split(':')[1])
      asked.push(query.get('before') ?? '')
      const first = Math.max(1, before - Number(query.get('limit')))
      const items = Array.from({ length: before - first }, (_, at) =>
        entry(first + at, (first + at) % 3 === 0 ? 'dialpad' : 'entra'),
      )
      return { items, next: `entra:${first}`, more: first > 1 }
    },
  }
}

const titles = (items: readonly JournalEntry[]) => items.map(({ title }) => Number(title))

test('a long journal is asked once for its newest entries', async () => {
  const home = longJournal(20_000)
  expect(titles(await readTail(home, { lines: 3 }))).toEqual([19_998, 19_999, 20_000])
  expect(home.asked).toEqual(['newest'])
})

test('and further back only for what a filter leaves out', async () => {
  const home = longJournal(1_000)
  const found = titles(await readTail(home, { lines: 100, system: 'dialpad' }))
  expect([found.length, found.at(0), found.at(-1)]).toEqual([100, 702, 999])
  expect(home.asked).toEqual(['newest', 'entra:801'])
})

test('to the beginning when there are not so many, and nowhere for none', async () => {
  const home = longJournal(250)
  expect(titles(await readTail(home, { lines: 500 }))).toHaveLength(250)
  expect(home.asked).toEqual(['newest', 'entra:51'])
  expect(await readTail(home, { lines: 0 })).toEqual([])
  expect(home.asked).toHaveLength(2)
})
