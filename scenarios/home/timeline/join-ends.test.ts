import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '#kit/journal.ts'
import { createProgress, formatCursor, parseCursor } from './cursor.ts'
import { joinEnds } from './join-ends.ts'
import { mergeJournals, pageLength } from './merge-journals.ts'
import { toRows } from './rows.ts'

const AT = '2026-11-21T00:00:00.'

function entry(system: string, seq: number, atMs: number, more: Partial<JournalEntry> = {}): JournalEntry {
  const at = `${AT}${String(atMs).padStart(3, '0')}Z`
  return { seq, system, at, virtualAt: at, kind: 'state', correlationId: 'c', title: `${system} ${seq}`, ...more }
}

/** A call from one system to another, as both wrote it down. */
function exchange(
  span: string | undefined,
  [from, fromSeq, fromAt]: readonly [string, number, number],
  [to, toSeq, toAt]: readonly [string, number, number],
): readonly [JournalEntry, JournalEntry] {
  const headers = span === undefined ? {} : { traceparent: span }
  return [
    entry(from, fromSeq, fromAt, {
      kind: 'http-out',
      subject: 'ada',
      request: { method: 'POST', url: 'https://phone.example/scim/Users?x=1', headers },
      response: { status: 201 },
    }),
    entry(to, toSeq, toAt, {
      kind: 'scim',
      title: 'POST /scim/Users → 201',
      request: { method: 'POST', url: '/scim/Users?x=1', headers },
      response: { status: 201 },
    }),
  ]
}

describe('joinEnds', () => {
  test('both ends of an exchange are one entry, where its sender wrote it down', () => {
    const [sent, received] = exchange('00-a-1-01', ['entra', 12, 5], ['dialpad', 40, 3])
    const between = entry('dialpad', 41, 4)
    expect(joinEnds([received, between, sent])).toEqual([
      { ...between, id: 'dialpad:41', seqs: { dialpad: 41 } },
      {
        ...sent,
        kind: 'scim',
        title: 'POST /scim/Users → 201',
        id: 'entra:12,dialpad:40',
        seqs: { entra: 12, dialpad: 40 },
        from: 'entra',
        to: 'dialpad',
      },
    ])
  })

  test('two calls of one correlation to one address are told apart by their spans', () => {
    const [sent1, received1] = exchange('00-a-1-01', ['entra', 1, 5], ['dialpad', 2, 3])
    const [sent2, received2] = exchange('00-a-2-01', ['entra', 2, 6], ['dialpad', 1, 2])
    const ids = joinEnds([received2, received1, sent1, sent2]).map(({ id }) => id)
    expect(ids).toEqual(['entra:1,dialpad:2', 'entra:2,dialpad:1'])
  })

  test('without a span, correlation, method and address decide; the host may be an alias', () => {
    const [sent, received] = exchange(undefined, ['entra', 1, 5], ['dialpad', 2, 3])
    expect(joinEnds([received, sent]).map(({ id }) => id)).toEqual(['entra:1,dialpad:2'])
    expect(joinEnds([{ ...received, correlationId: 'other' }, sent])).toHaveLength(2)
  })

  test('an end alone keeps its side', () => {
    const [sent, received] = exchange('00-a-1-01', ['entra', 1, 5], ['dialpad', 2, 3])
    expect(joinEnds([sent])[0]).toMatchObject({ id: 'entra:1', from: 'entra' })
    expect(joinEnds([received])[0]).toMatchObject({ id: 'dialpad:2', to: 'dialpad' })
  })
})

describe('mergeJournals and pageLength', () => {
  test('law: backward is forward turned round, at like times too', () => {
    const journal = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 }).map((times) => times.sort())
    fc.assert(
      fc.property(fc.array(journal, { minLength: 1, maxLength: 3 }), (many) => {
        const journals = many.map((times, system) => times.map((at, seq) => entry(`system ${system}`, seq, at)))
        const turned = journals.map((each) => each.toReversed())
        expect(mergeJournals(turned, 'backward')).toEqual(mergeJournals(journals, 'forward').toReversed())
      }),
    )
  })

  test('wall time decides between journals, and never against the order within one', () => {
    const one = [entry('entra', 1, 5), entry('entra', 2, 1)]
    const other = [entry('dialpad', 1, 3)]
    expect(mergeJournals([one, other], 'forward').map(({ title }) => title)).toEqual([
      'dialpad 1',
      'entra 1',
      'entra 2',
    ])
  })

  test('law: a page never tears an exchange apart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 24 }),
        (calls, limit) => {
          const entries = calls
            .flatMap(([start, length], index) =>
              exchange(`00-a-${index}-01`, ['entra', index, start + length], ['dialpad', index, start]),
            )
            .sort((one, other) => one.at.localeCompare(other.at))
          const page = entries.slice(0, pageLength(entries, limit))
          expect(page.length).toBeGreaterThan(0)
          for (const item of joinEnds(page)) expect(Object.keys(item.seqs)).toHaveLength(2)
        },
      ),
    )
  })
})

describe('cursors', () => {
  test('are read as they are printed; 0 is the beginning', () => {
    expect(formatCursor(parseCursor('entra:12,okta:3'))).toBe('entra:12,okta:3')
    expect(parseCursor('0').size).toBe(0)
    expect(() => parseCursor('twelve')).toThrow('"twelve" is not a place in the journals.')
  })

  test('overlapping exchanges do not make a reader who comes back miss one', () => {
    const items = [{ seqs: { entra: 1, dialpad: 2 } }, { seqs: { entra: 2, dialpad: 1 } }]
    const tell = createProgress(new Map(), items)
    expect(items.map((item) => formatCursor(tell(item)))).toEqual(['entra:1', 'entra:2,dialpad:2'])
  })
})

describe('toRows', () => {
  const urls = { entra: 'http://localhost:1', dialpad: 'http://localhost:2' }

  test('says the way and the outcome in words', () => {
    const pair = exchange('00-a-1-01', ['entra', 1, 5], ['dialpad', 2, 3])
    const refused = entry('dialpad', 3, 6, { kind: 'http-in', request: { url: '/' }, response: { status: 403 } })
    const lost = entry('entra', 4, 7, {
      kind: 'http-out',
      request: { method: 'GET', url: 'http://localhost:2/scim' },
      response: { error: 'connection refused' },
    })
    const abroad = { ...lost, seq: 5, request: { method: 'GET', url: 'https://other.example/scim' } }
    const rows = toRows(joinEnds([...pair, refused, lost, abroad]), urls)
    expect(rows.map(({ wayWords, outcome, outcomeWords }) => [wayWords, outcome, outcomeWords])).toEqual([
      ['Entra to Dialpad', 'ok', '201 ok'],
      ['Browser to Dialpad', 'refused', '403 refused'],
      ['Entra to Dialpad', 'failed', 'failed'],
      ['Entra to other.example', 'failed', 'failed'],
    ])
  })

  test('a message that travels by a browser awaits no answer', () => {
    const written = entry('okta', 1, 1, { kind: 'saml', response: { url: 'https://phone.example/acs', body: '<r/>' } })
    expect(toRows(joinEnds([written]), urls).map(({ outcome, outcomeWords }) => [outcome, outcomeWords])).toEqual([
      ['event', 'saml'],
    ])
  })

  test('a journey of the clock is one line, whatever its steps; what ran on the way is another', () => {
    const moved = (system: string, seq: number) =>
      entry(system, seq, seq, { kind: 'clock', title: `Clock moved to ${seq}` })
    const ran = entry('entra', 3, 3, { kind: 'clock', title: 'Cycle: done', causeSeq: 2 })
    const items = [moved('kit', 4), moved('entra', 4), ran, moved('dialpad', 2), moved('entra', 2), moved('okta', 2)]
    const rows = toRows(joinEnds(items), urls)
    expect(rows.map(({ wayWords, title }) => `${wayWords}: ${title}`)).toEqual([
      'All systems: Clock moved to 4',
      'Entra: Cycle: done',
    ])
  })
})
