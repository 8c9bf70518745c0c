import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differencesOf } from '../timeline/differences.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import { toRows } from '../timeline/rows.ts'
import { harOf } from './har.ts'
import { sequenceOf } from './sequence.ts'

const AT = '2026-11-21T00:00:00.000Z'
const URLS = { entra: 'http://localhost:1', dialpad: 'http://localhost:2' }

function entry(id: string, more: Partial<MergedEntry> = {}): MergedEntry {
  const [system = '', seq = '0'] = id.split(':')
  return {
    id,
    seqs: { [system]: Number(seq) },
    seq: Number(seq),
    system,
    at: AT,
    virtualAt: AT,
    kind: 'state',
    correlationId: 't',
    title: id,
    ...more,
  }
}

const callOf = (title: string, url: string): MergedEntry =>
  entry('entra:1', {
    kind: 'http-out',
    from: 'entra',
    title,
    request: { method: 'GET', url },
    response: { status: 200 },
  })

describe('sequenceOf', () => {
  test('has a line for each who took part, from left to right, and for a server outside of the kit', () => {
    const items = [callOf('GET / → 200', 'https://other.example/scim'), entry('dialpad:2'), entry('okta:1')]
    const { lifelines, steps } = sequenceOf(toRows(items, URLS))
    expect(lifelines).toEqual(['entra', 'okta', 'dialpad', 'elsewhere'])
    expect(steps.map(({ number, way }) => [number, way])).toEqual([
      [1, { kind: 'call', from: 'entra', to: 'elsewhere' }],
      [2, { kind: 'note', at: ['dialpad'] }],
      [3, { kind: 'note', at: ['okta'] }],
    ])
  })

  test('a label keeps its method, the end of its path and its status', () => {
    const title = `POST /organizations/login/${'x'.repeat(60)}/password → 303`
    const [step] = sequenceOf(toRows([callOf(title, 'http://localhost:2/')], URLS)).steps
    expect(step?.title).toBe(title)
    expect(step?.label).toMatch(/^POST …x+\/password → 303$/)
  })

  test('law: labels fit, and nothing is lost from the titles', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 120 }), { maxLength: 20 }), (titles) => {
        const rows = toRows(
          titles.map((title, index) => entry(`dialpad:${index + 1}`, { title })),
          URLS,
        )
        const { steps } = sequenceOf(rows)
        expect(steps.map(({ title }) => title)).toEqual(titles)
        for (const { label } of steps) expect(label.length).toBeLessThanOrEqual(60)
      }),
    )
  })

  test('nothing makes an empty picture', () => {
    expect(sequenceOf([])).toEqual({ lifelines: [], steps: [] })
  })
})

describe('harOf', () => {
  test('completes an address the receiver noted without its origin, and says when there was no answer', () => {
    const received = entry('dialpad:1', {
      kind: 'http-in',
      to: 'dialpad',
      request: { method: 'GET', url: '/app?a=1&a=2' },
      response: { status: 303, headers: { location: '/login' } },
    })
    const lost = { ...callOf('GET /scim', 'http://localhost:2/scim'), response: { error: 'timeout' } }
    const [one, two, ...rest] = harOf([received, lost, entry('dialpad:3')], URLS, '1.0.0').log.entries
    expect(rest).toEqual([])
    expect(one?.request.url).toBe('http://localhost:2/app?a=1&a=2')
    expect(one?.request.queryString).toEqual([
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
    ])
    expect(one?.response).toMatchObject({ status: 303, statusText: 'See Other', redirectURL: '/login' })
    expect(two?.response).toMatchObject({ status: 0, _error: 'timeout' })
  })
})

describe('differencesOf', () => {
  test('names fields with their paths, what came, what went, and lists as one value', () => {
    const before = { name: 'Ada', profile: { title: 'Agent', tags: ['a'] }, same: 1, old: true }
    const after = { name: 'Ada', profile: { title: 'Lead', tags: ['a', 'b'] }, same: 1, fresh: null }
    expect(differencesOf(before, after)).toEqual([
      { field: 'profile.title', before: 'Agent', after: 'Lead' },
      { field: 'profile.tags', before: '["a"]', after: '["a","b"]' },
      { field: 'fresh', after: 'null' },
      { field: 'old', before: 'true' },
    ])
  })

  test('law: nothing differs from itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(differencesOf(value, value)).toEqual([])
      }),
    )
  })
})
