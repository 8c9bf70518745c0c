import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '#kit/clock.ts'
import type { JournalEntry, JournalQuery } from '#kit/journal.ts'
import { type JournalOptions, type OpenedJournal, openJournal } from './open-journal.ts'

const clock: Clock = { now: () => Date.UTC(2026, 0, 5), iso: () => '2026-01-05T00:00:00.000Z' }
const TRACE = '0af7651916cd43dd8448eb211c80319c'

function openFor(options: Partial<JournalOptions> = {}): OpenedJournal {
  return openJournal({ system: 'here', clock, wall: () => Date.UTC(2025, 0, 1), correlation: () => TRACE, ...options })
}

describe('recording', () => {
  test('an entry gets its number, its system, both times and the trace it belongs to', () => {
    const journal = openFor()
    expect(journal.record({ kind: 'state', title: 'User created', subject: 'ada@brightwave.example' })).toEqual({
      seq: 1,
      system: 'here',
      at: '2025-01-01T00:00:00.000Z',
      virtualAt: '2026-01-05T00:00:00.000Z',
      correlationId: TRACE,
      kind: 'state',
      title: 'User created',
      subject: 'ada@brightwave.example',
    })
    expect(journal.record({ kind: 'clock', title: 'Advanced', correlationId: 'given', causeSeq: 1 })).toMatchObject({
      seq: 2,
      correlationId: 'given',
      causeSeq: 1,
    })
  })

  test('outside any exchange an entry gets a trace id of its own', () => {
    const journal = openFor({ correlation: () => undefined })
    const [one, two] = [journal.record({ kind: 'state', title: 'a' }), journal.record({ kind: 'state', title: 'b' })]
    expect(one.correlationId).toMatch(/^[0-9a-f]{32}$/)
    expect(two.correlationId).not.toBe(one.correlationId)
  })

  test('neither the entry, nor the listeners, nor the file see a secret', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'twin-journal-'))
    const journal = openFor({ dir })
    const heard: JournalEntry[] = []
    journal.subscribe((entry) => heard.push(entry))
    journal.record({
      kind: 'http-out',
      title: 'POST /token?code=TOPSECRET-1 → 200',
      request: {
        method: 'POST',
        url: 'http://localhost/token',
        headers: { Authorization: 'Bearer TOPSECRET-2' },
        body: 'client_secret=TOPSECRET-3',
      },
      response: { status: 200, headers: { 'set-cookie': 'a=TOPSECRET-4' }, body: '{"access_token":"TOPSECRET-5"}' },
      change: { type: 'api-key', id: '1', after: { secret: 'TOPSECRET-6' } },
    })
    journal.close()
    const text = readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), 'utf8'))
      .join('')
    expect(text).toContain('"kind":"http-out"')
    expect(text + JSON.stringify(heard) + JSON.stringify(journal.read({}))).not.toContain('TOPSECRET')
    await rm(dir, { recursive: true })
  })
})

describe('reading', () => {
  test('reads on from a number, by kind and subject, and says where to read on', () => {
    const journal = openFor()
    for (let n = 1; n <= 10; n += 1)
      journal.record({ kind: n % 2 === 0 ? 'scim' : 'oidc', title: `${n}`, subject: n > 5 ? 'ada' : 'ben' })
    const titles = (query: Parameters<typeof journal.read>[0]): string[] =>
      journal.read(query).items.map((entry) => entry.title)
    expect(titles({ after: 7 })).toEqual(['8', '9', '10'])
    expect(titles({ kind: 'scim', subject: 'ada' })).toEqual(['6', '8', '10'])
    expect(journal.read({ kind: 'scim', limit: 2 })).toMatchObject({ next: 4, oldest: 1 })
    expect(titles({ kind: 'scim', limit: 2, after: 4 })).toEqual(['6', '8'])
    expect(journal.read({ kind: 'fault' })).toEqual({ items: [], next: 10, oldest: 1 })
    expect(journal.read({ after: 10 })).toEqual({ items: [], next: 10, oldest: 1 })
    expect(journal.read({ after: 99 }).next).toBe(99)
  })

  test('before a number come its nearest forerunners, still in ascending order', () => {
    const journal = openFor()
    for (let number = 1; number <= 9; number += 1) {
      journal.record({ kind: number % 2 === 0 ? 'scim' : 'state', title: String(number) })
    }
    const titles = (query: JournalQuery) => journal.read(query).items.map((entry) => entry.title)
    expect(titles({ before: Number.MAX_SAFE_INTEGER, limit: 2 })).toEqual(['8', '9'])
    expect(titles({ before: 8, limit: 3 })).toEqual(['5', '6', '7'])
    expect(titles({ before: 8, limit: 2, kind: 'scim' })).toEqual(['4', '6'])
    expect(titles({ before: 8, after: 6 })).toEqual(['7'])
    expect(titles({ before: 1 })).toEqual([])
  })

  test('what belongs to one trace is found, and not what merely speaks of it', () => {
    const journal = openFor()
    const record = (title: string, correlationId: string, more = {}) =>
      journal.record({ kind: 'state', title, correlationId, ...more })
    record('1', 'aaaa')
    record('2', 'bbbb')
    record('3', 'aaaa')
    record('4', 'cccc', { change: { type: 'note', id: '1', after: { correlationId: 'aaaa' } } })
    const titles = (query: JournalQuery) => journal.read(query).items.map(({ title }) => title)
    expect(titles({ correlationId: 'aaaa' })).toEqual(['1', '3'])
    expect(titles({ correlationId: 'aaaa', before: 3 })).toEqual(['1'])
    expect(titles({ correlationId: 'aaaa', limit: 1 })).toEqual(['1'])
    expect(titles({ correlationId: 'aa' })).toEqual([])
  })

  test('nothing recorded yet reads as nothing', () => {
    expect(openFor().read({})).toEqual({ items: [], next: 0, oldest: 1 })
  })

  test('a subscription hears what comes until it ends', () => {
    const journal = openFor()
    const heard: number[] = []
    const end = journal.subscribe((entry) => heard.push(entry.seq))
    journal.record({ kind: 'state', title: 'a' })
    journal.record({ kind: 'state', title: 'b' })
    end()
    journal.record({ kind: 'state', title: 'c' })
    expect(heard).toEqual([1, 2])
  })
})

describe('bounds', () => {
  test('the oldest entries are dropped beyond the number allowed, and the page says so', () => {
    const journal = openFor({ maxEntries: 100 })
    for (let n = 0; n < 10_000; n += 1) journal.record({ kind: 'state', title: 'x' })
    const page = journal.read({ limit: 1_000 })
    expect(page.oldest).toBe(9_901)
    expect(page.items.map((entry) => entry.seq)).toEqual(Array.from({ length: 100 }, (_, n) => 9_901 + n))
  })

  test('and beyond the bytes allowed', () => {
    const journal = openFor({ maxBytes: 10_000 })
    for (let n = 0; n < 50; n += 1) journal.record({ kind: 'state', title: 'x'.repeat(900) })
    const { items, oldest } = journal.read({})
    expect(items.length).toBeGreaterThan(5)
    expect(JSON.stringify(items).length).toBeLessThanOrEqual(10_100)
    expect(items[0]?.seq).toBe(oldest)
  })
})

describe('on disk', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'twin-journal-'))
  })
  afterEach(async () => {
    await rm(dir, { recursive: true })
  })

  test('entries and numbers go on after a restart', () => {
    const first = openFor({ dir })
    for (let n = 0; n < 3; n += 1) first.record({ kind: 'state', title: `${n}` })
    const before = first.read({})
    first.close()
    const second = openFor({ dir })
    expect(second.read({})).toEqual(before)
    expect(second.record({ kind: 'state', title: 'next' }).seq).toBe(4)
    second.close()
    const other = openFor({ dir, system: 'here.other' })
    expect(other.read({}).items).toEqual([])
    other.close()
  })

  test('a torn tail is tolerated, and nothing is written behind it', () => {
    const first = openFor({ dir })
    first.record({ kind: 'state', title: 'whole' })
    first.close()
    appendFileSync(join(dir, 'here.journal.1.ndjson'), '{"seq":2,"system":"he')
    const second = openFor({ dir })
    expect(second.record({ kind: 'state', title: 'after' }).seq).toBe(2)
    second.close()
    const third = openFor({ dir })
    expect(third.read({}).items.map((entry) => entry.title)).toEqual(['whole', 'after'])
    third.close()
  })

  test('what is recorded is on disk once the requests that came in together are done', async () => {
    const journal = openFor({ dir })
    journal.record({ kind: 'state', title: 'kept' })
    await immediate()
    const killed = openFor({ dir })
    expect(killed.read({}).items).toHaveLength(1)
    killed.close()
    journal.close()
  })

  test('old segments are removed as their entries are dropped', async () => {
    const journal = openFor({ dir, maxEntries: 6_000 })
    for (let n = 0; n < 30_000; n += 1) {
      journal.record({ kind: 'state', title: 'x' })
      if (n % 100 === 0) await immediate()
    }
    await immediate()
    expect(readdirSync(dir).length).toBeLessThanOrEqual(3)
    const { oldest } = journal.read({})
    journal.close()
    const again = openFor({ dir, maxEntries: 6_000 })
    expect(again.read({}).oldest).toBe(oldest)
    again.close()
  })

  test('clearing forgets everything, on disk too, and numbers go on, also after a restart', () => {
    const first = openFor({ dir })
    for (let n = 0; n < 5; n += 1) first.record({ kind: 'state', title: `${n}` })
    first.clear()
    expect(first.read({})).toEqual({ items: [], next: 5, oldest: 6 })
    first.close()
    const second = openFor({ dir })
    expect(second.read({})).toEqual({ items: [], next: 5, oldest: 6 })
    expect(second.record({ kind: 'state', title: 'after' }).seq).toBe(6)
    second.close()
    const third = openFor({ dir })
    expect(third.read({}).items.map((entry) => entry.seq)).toEqual([6])
    third.close()
  })

  test('without a disk to write to it goes on in memory and says so once', async () => {
    const problems: string[] = []
    const journal = openFor({ dir, onProblem: (error) => problems.push(error.message) })
    rmSync(dir, { recursive: true })
    for (let n = 0; n < 3; n += 1) {
      journal.record({ kind: 'state', title: `${n}` })
      await immediate()
    }
    expect(journal.read({}).items).toHaveLength(3)
    expect(problems).toEqual(['The journal of here can no longer be written to disk; it goes on in memory.'])
    journal.close()
    dir = await mkdtemp(join(tmpdir(), 'twin-journal-'))
  })
})
