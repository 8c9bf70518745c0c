import http from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, type CallOptions, call } from '#kit/test/call.ts'
import { type ServedSample, serveSample } from '#kit/test/sample-system.ts'
import { controlRoute } from './control-route.ts'

const MINUTE = 60_000

let sample: ServedSample

beforeEach(async () => {
  sample = await serveSample({
    version: '1.2.3',
    app: {
      patienceMs: 500,
      control: [
        controlRoute({
          method: 'POST',
          path: '/api-keys',
          status: 201,
          body: z.strictObject({ name: z.string() }),
          handle: ({ body }) => ({ id: 'key-1', name: body.name }),
        }),
      ],
    },
  })
})
afterEach(() => sample.close())

const kit = (path: string, options?: CallOptions): Promise<Answer> => call(`${sample.url}/_kit${path}`, options)
const post = (path: string, body: object | string = {}): Promise<Answer> => kit(path, { method: 'POST', body })
const put = (path: string, body: object): Promise<Answer> => kit(path, { method: 'PUT', body })
const errorOf = (answer: Answer): unknown => answer.json()['error']
const code = (answer: Answer): unknown => (errorOf(answer) as { code: string }).code

describe('who may call', () => {
  test('health tells what the system is', async () => {
    const answer = await kit('/health')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.json()).toEqual({
      status: 'ok',
      system: 'sample',
      version: '1.2.3',
      world: 'brightwave',
      now: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      urls: sample.system.urls,
    })
  })

  test.each(['rebound.example', 'localhost:1', '127.0.0.1'])('a request for host %s is refused', async (host) => {
    const answer = await kit('/health', { headers: { host } })
    expect([answer.status, code(answer)]).toEqual([403, 'foreign_host'])
    expect(Object.keys(errorOf(answer) as object)).toEqual(['code', 'message', 'hint'])
  })

  test('every name of this machine will do, and the port of another of our systems', async () => {
    const port = new URL(sample.url).port
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
      'localhost:2',
    ]) {
      expect((await kit('/health', { headers: { host } })).status).toBe(200)
    }
  })

  test.each(['https://evil.example', 'null', 'http://localhost:3'])(
    'a page from %s is refused, reading included',
    async (origin) => {
      const answer = await kit('/state', { headers: { origin } })
      expect([answer.status, code(answer)]).toEqual([403, 'foreign_origin'])
    },
  )

  test('a page of ours may call', async () => {
    expect((await kit('/health', { headers: { origin: sample.system.origin } })).status).toBe(200)
    expect((await kit('/health', { headers: { origin: 'http://localhost:2' } })).status).toBe(200)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'a change sent as "%s" is refused',
    async (type) => {
      const answer = await kit('/reset', {
        method: 'POST',
        body: '{}',
        headers: type === '' ? {} : { 'content-type': type },
      })
      expect([answer.status, code(answer)]).toEqual([415, 'unsupported_media_type'])
    },
  )

  test('what cannot be read, is not there, or not possible', async () => {
    const broken = await kit('/reset', { method: 'POST', body: '{"a', headers: { 'content-type': 'application/json' } })
    expect([broken.status, code(broken)]).toEqual([400, 'invalid_body'])
    const unknown = await kit('/nothing')
    expect([unknown.status, code(unknown)]).toEqual([404, 'not_found'])
    const method = await kit('/health', { method: 'DELETE', body: {} })
    expect([method.status, code(method), method.headers['allow']]).toEqual([405, 'method_not_allowed', 'GET'])
    const member = await post('/reset', { wrold: 'empty' })
    expect([member.status, code(member)]).toEqual([400, 'invalid_body'])
    const query = await kit('/journal?afer=3')
    expect([query.status, code(query)]).toEqual([400, 'invalid_query'])
  })

  test('a system adds calls of its own', async () => {
    const answer = await post('/api-keys', { name: 'CI' })
    expect([answer.status, answer.json()]).toEqual([201, { id: 'key-1', name: 'CI' }])
    expect((await post('/api-keys', { nam: 'CI' })).status).toBe(400)
    expect((await kit('/api-keys')).status).toBe(405)
  })
})

describe('reset', () => {
  test('back to the seed and to wall time; journal, switches, faults and sessions are gone', async () => {
    const { store, journal, clock } = sample.system
    expect((await post('/clock', { advance: 'P30D' })).status).toBe(200)
    await kit('/switches', { method: 'PATCH', body: { id: 'counting', value: 'down' } })
    await put('/faults', { rules: [{ on: 'visits.list', effect: { status: 500 } }] })
    await store.transact((tx) => {
      tx.put('visits', 'second', { id: 'second', count: 9 })
      const at = clock.iso()
      tx.put('kitSessions', 'k', { subjectId: 'ada', csrfToken: 't', createdAt: at, expiresAt: at, data: {} })
    })
    let told = 0
    sample.system.onReplaced(() => {
      told += 1
    })

    const answer = await post('/reset')

    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ status: 'ok', world: 'brightwave' })
    expect(Math.abs(Date.now() - clock.now())).toBeLessThan(5000)
    expect(store.count('visits')).toBe(1)
    expect(store.count('kitSessions')).toBe(0)
    expect(store.count('kitFaults')).toBe(0)
    expect(sample.system.switches.value('counting')).toBe('up')
    expect(journal.read({}).items.map((entry) => entry.title)).toEqual(['Reset to world brightwave'])
    expect(told).toBe(1)
  })

  test('to another world, keeping what an option names', async () => {
    await sample.system.store.transact((tx) => tx.put('keys', 'a', { id: 'a', hash: 'x' }))
    await post('/reset', { world: 'empty', keepKeys: true })
    expect(sample.system.store.get('keys', 'a')).toEqual({ id: 'a', hash: 'x' })
    expect(sample.system.store.get('visits', 'first')?.count).toBe(0)
    expect((await post('/reset', { keepKeys: false, keepApiKeys: true })).status).toBe(200)
    expect(sample.system.store.count('keys')).toBe(0)
    expect((await kit('/health')).json()['world']).toBe('empty')
  })

  test('an unknown world is refused and nothing changes', async () => {
    const before = sample.system.store.revision
    const answer = await post('/reset', { world: 'atlantis' })
    expect([answer.status, errorOf(answer)]).toEqual([
      422,
      { code: 'unknown_world', message: 'There is no world "atlantis".', hint: expect.stringContaining('brightwave') },
    ])
    expect(sample.system.store.revision).toBe(before)
  })
})

describe('state', () => {
  test('what was read can be put back, the time included', async () => {
    expect((await post('/clock', { advance: 'P1D' })).status).toBe(200)
    const then = sample.system.clock.now()
    const state = (await kit('/state')).json()
    await post('/reset', { world: 'empty' })
    const answer = await put('/state', state)
    expect(answer.status).toBe(200)
    expect(answer.json()['world']).toBe('brightwave')
    expect(sample.system.clock.now() - then).toBeGreaterThanOrEqual(0)
    expect(sample.system.clock.now() - then).toBeLessThan(5000)
    expect(sample.system.store.get('visits', 'first')?.count).toBe(1)
  })

  const good = async (): Promise<{ collections: Record<string, Record<string, unknown>> }> =>
    (await kit('/state')).json() as never

  test.each([
    ['no document', async () => ({})],
    [
      'an unknown collection',
      async () => ({ ...(await good()), collections: { ...(await good()).collections, ghosts: {} } }),
    ],
    [
      'a record that is no object',
      async () => ({ ...(await good()), collections: { ...(await good()).collections, visits: { a: 7 } } }),
    ],
    ['no world', async () => ({ ...(await good()), collections: { ...(await good()).collections, kitMeta: {} } })],
    ['an unknown member', async () => ({ ...(await good()), more: 1 })],
    ['another version', async () => ({ ...(await good()), version: 99 })],
  ])('%s is refused and the old state stays', async (_what, make) => {
    const before = sample.system.store.dump()
    const answer = await put('/state', await make())
    expect([answer.status, code(answer)]).toEqual([422, 'invalid_state'])
    expect(sample.system.store.dump()).toEqual(before)
  })
})

describe('snapshots', () => {
  test('are taken, listed, replaced and restored, the virtual time included', async () => {
    const taken = await post('/snapshots', { name: 'before-lunch' })
    expect([taken.status, taken.json()]).toEqual([
      201,
      { name: 'before-lunch', world: 'brightwave', takenAt: expect.any(String), virtualAt: expect.any(String) },
    ])
    expect((await post('/snapshots', { name: 'before-lunch' })).status).toBe(200)
    const at = sample.system.clock.now()
    expect((await post('/clock', { advance: 'P3D' })).status).toBe(200)
    await sample.system.store.transact((tx) => tx.delete('visits', 'first'))

    expect((await kit('/snapshots')).json()).toEqual({ snapshots: [expect.objectContaining({ name: 'before-lunch' })] })
    expect((await post('/snapshots/before-lunch/restore')).status).toBe(200)
    expect(sample.system.store.has('visits', 'first')).toBe(true)
    expect(Math.abs(sample.system.clock.now() - at)).toBeLessThan(5000)
  })

  test.each(['', '../escape', 'a/b', '.hidden', 'x'.repeat(65)])('the name "%s" is refused', async (name) => {
    const answer = await post('/snapshots', { name })
    expect([answer.status, code(answer)]).toEqual([422, 'invalid_name'])
  })

  test('one that does not exist is not found', async () => {
    const answer = await post('/snapshots/never/restore')
    expect([answer.status, code(answer)]).toEqual([404, 'unknown_snapshot'])
  })
})

describe('clock', () => {
  test('reads, advances, sets, freezes and paces', async () => {
    expect((await kit('/clock')).json()).toEqual({
      now: expect.any(String),
      // Told from two looks at the wall clock, between which it may tick.
      offsetMs: expect.closeTo(0, -1),
      frozen: false,
      rate: 1,
      nextDue: null,
    })
    const frozen = (await post('/clock', { frozen: true })).json()
    expect(frozen).toMatchObject({ frozen: true, ran: [] })
    const before = sample.system.clock.now()
    const advanced = (await post('/clock', { advance: 'PT40M' })).json()
    expect(Date.parse(String(advanced['now'])) - before).toBe(40 * MINUTE)
    const target = new Date(before + 60 * MINUTE).toISOString()
    expect((await post('/clock', { set: target })).json()).toMatchObject({ now: target, ran: [] })
    expect((await post('/clock', { frozen: false })).json()).toMatchObject({ frozen: false })
    expect((await post('/clock', { rate: 60 })).json()).toMatchObject({ rate: 60 })
  })

  test('the past is refused', async () => {
    const answer = await post('/clock', { set: '2001-01-01T00:00:00.000Z' })
    expect([answer.status, code(answer)]).toEqual([409, 'clock_backwards'])
  })

  test.each([
    [{ advance: '40 minutes' }, 422, 'invalid_duration'],
    [{ advance: 'P1M' }, 422, 'invalid_duration'],
    [{ set: '2026-02-30T00:00:00Z' }, 422, 'invalid_instant'],
    [{ set: 'P9999999D' }, 422, 'invalid_instant'],
    [{ advance: 'P9999999D' }, 422, 'too_late'],
    [{ rate: 0 }, 422, 'invalid_rate'],
    [{ advance: 'PT1M', rate: 2 }, 400, 'invalid_body'],
    [{}, 400, 'invalid_body'],
    [{ frozen: 'yes' }, 400, 'invalid_body'],
  ])('%j is refused with %i %s', async (body, status, refusal) => {
    const answer = await post('/clock', body)
    expect([answer.status, code(answer)]).toEqual([status, refusal])
  })

  test('an advance answers with what ran; what is due is listed before', async () => {
    const start = sample.system.clock.now()
    let at = start + 30 * MINUTE
    sample.system.schedule.register({
      list: () => [{ id: 'cycle', what: 'Cycle', at }],
      async run(item) {
        at = item.at + 40 * MINUTE
        return `ran at ${sample.system.clock.iso()}`
      },
    })
    const due = new Date(at).toISOString()
    expect((await kit('/due')).json()).toEqual({ due: [{ id: 'cycle', what: 'Cycle', at: due }] })
    expect((await kit('/clock')).json()['nextDue']).toBe(due)
    const answer = (await post('/clock', { advance: 'PT40M' })).json()
    expect(answer['ran']).toEqual([{ system: 'sample', what: 'Cycle', at: due, summary: `ran at ${due}` }])
    const [moved, ran] = sample.system.journal.read({ kind: 'clock' }).items
    expect(moved?.title).toMatch(/^Clock moved to /)
    expect(ran).toMatchObject({ title: `Cycle: ran at ${due}`, causeSeq: moved?.seq })
  })

  test('work beyond the patience of a request becomes an operation', async () => {
    let finish = (): void => undefined
    let done = false
    sample.system.schedule.register({
      list: () => (done ? [] : [{ id: 'long', what: 'Long work', at: sample.system.clock.now() + 1 }]),
      run: () =>
        new Promise((settle) => {
          finish = () => {
            done = true
            settle('finished')
          }
        }),
    })
    const answer = await post('/clock', { advance: 'PT1M' })
    expect(answer.status).toBe(202)
    const path = `/operations/${String(answer.json()['operation'])}`
    expect((await kit(path)).json()).toMatchObject({ status: 'running' })
    finish()
    await expect
      .poll(async () => (await kit(path)).json())
      .toMatchObject({ status: 'done', result: { ran: [{ summary: 'finished' }] } })
    const unknown = await kit('/operations/none')
    expect([unknown.status, code(unknown)]).toEqual([404, 'unknown_operation'])
  })
})

describe('faults', () => {
  test('rules are set, used up in order and removed', async () => {
    expect((await kit('/faults/operations')).json()).toEqual({
      operations: ['visits.count', 'visits.list', 'visits.answer'],
      flaws: { 'visits.answer': ['too-many', 'none'] },
    })
    const rule = { on: 'visits.count', effect: { status: 429, retryAfter: 5 }, times: 2 }
    expect((await put('/faults', { rules: [rule] })).json()).toEqual({
      rules: [{ id: 'fault-0001', ...rule, used: 0 }],
    })
    const { faults } = sample.system
    expect(faults.take('visits.list')).toBeUndefined()
    expect([faults.take('visits.count'), faults.take('visits.count'), faults.take('visits.count')]).toEqual([
      rule.effect,
      rule.effect,
      undefined,
    ])
    expect((await kit('/faults')).json()).toEqual({ rules: [{ id: 'fault-0001', ...rule, used: 2 }] })
    expect((await kit('/faults', { method: 'DELETE', body: {} })).json()).toEqual({ rules: [] })
    expect(sample.system.journal.read({ kind: 'fault' }).items.map((entry) => entry.title)).toEqual([
      'Fault rules set: 1',
      'Fault on visits.count: status 429 (1 of 2)',
      'Fault on visits.count: status 429 (2 of 2)',
      'Fault rules removed',
    ])
  })

  test('an unknown operation, an empty effect, an unknown member are refused and the old rules stay', async () => {
    await put('/faults', { on: 'visits.list', effect: { drop: true } })
    const unknown = await put('/faults', { rules: [{ on: 'visits.cuont', effect: { status: 500 } }] })
    expect([unknown.status, code(unknown)]).toEqual([422, 'unknown_operation'])
    for (const effect of [{}, { statsu: 500 }, { status: 99 }]) {
      expect((await put('/faults', { rules: [{ on: 'visits.list', effect }] })).status).toBe(400)
    }
    expect((await kit('/faults')).json()['rules']).toHaveLength(1)
  })

  test('an operation that hands out something wrong takes one of its flaws, alone, and waits until it can be had', async () => {
    const armed = { on: 'visits.answer', effect: { flaw: 'too-many' }, times: 1 }
    await put('/faults', armed)
    const { faults } = sample.system
    expect(faults.take('visits.answer', () => false)).toBeUndefined()
    expect(faults.take('visits.answer', ({ flaw }) => flaw === 'too-many')).toEqual(armed.effect)
    expect(faults.take('visits.answer')).toBeUndefined()
    expect(sample.system.journal.read({ kind: 'fault' }).items.at(-1)?.title).toBe(
      'Fault on visits.answer: too-many (1 of 1)',
    )
    for (const [on, effect] of [
      ['visits.answer', { flaw: 'too-few' }],
      ['visits.answer', { status: 500 }],
      ['visits.answer', { flaw: 'none', delayMs: 5 }],
      ['visits.list', { flaw: 'none' }],
    ]) {
      const refused = await put('/faults', { rules: [{ on, effect }] })
      expect([refused.status, code(refused)]).toEqual([422, 'unknown_flaw'])
    }
  })
})

describe('switches', () => {
  test('every switch of the ledger is listed and can be set', async () => {
    const listed = {
      id: 'counting',
      value: 'up',
      values: ['up', 'down'],
      default: 'up',
      behaviour: 'Counts visits.',
      source: 'none published',
    }
    expect((await kit('/switches')).json()).toEqual({ switches: [listed] })
    const answer = await kit('/switches', { method: 'PATCH', body: { id: 'counting', value: 'down' } })
    expect(answer.json()).toEqual({ switches: [{ ...listed, value: 'down' }] })
    expect(sample.system.switches.value('counting')).toBe('down')
    await kit('/switches', { method: 'PATCH', body: { counting: 'up' } })
    expect(sample.system.switches.value('counting')).toBe('up')
  })

  test('an unknown switch or value is refused', async () => {
    const id = await kit('/switches', { method: 'PATCH', body: { id: 'cuonting', value: 'up' } })
    expect([id.status, code(id)]).toEqual([422, 'unknown_switch'])
    const value = await kit('/switches', { method: 'PATCH', body: { id: 'counting', value: 'sideways' } })
    expect([value.status, code(value)]).toEqual([422, 'unknown_value'])
    expect((await kit('/switches', { method: 'PATCH', body: { counting: 7 } })).status).toBe(400)
  })
})

describe('aliases and allow-list', () => {
  test('are read and replaced', async () => {
    expect((await kit('/aliases')).json()).toEqual({ aliases: { 'other.example': 'http://localhost:2' } })
    expect((await put('/aliases', { aliases: { 'Else.example': 'http://127.0.0.1:9' } })).json()).toEqual({
      aliases: { 'else.example': 'http://127.0.0.1:9' },
    })
    expect((await kit('/outbound')).json()).toEqual({ hosts: [] })
    expect((await put('/outbound', { hosts: [], timeoutMs: 500 })).json()).toEqual({ hosts: [], timeoutMs: 500 })
    expect((await put('/outbound', { hosts: ['scim.example', 'scim.example:8443'] })).json()).toEqual({
      hosts: ['scim.example', 'scim.example:8443'],
      timeoutMs: 500,
    })
  })

  test.each([
    { 'a b': 'http://localhost:1' },
    { 'a.example': 'http://localhost:1/path' },
    { 'a.example': 'ftp://localhost' },
  ])('alias %j is refused', async (aliases) => {
    const answer = await put('/aliases', { aliases })
    expect([answer.status, code(answer)]).toEqual([422, 'invalid_alias'])
  })

  test.each(['https://scim.example', 'scim.example/path', '*', '*.example', ''])(
    'host "%s" is refused',
    async (host) => {
      const answer = await put('/outbound', { hosts: [host] })
      expect([answer.status, code(answer)]).toEqual([422, 'invalid_host'])
    },
  )
})

describe('journal', () => {
  test('is read by number, kind and subject', async () => {
    const { journal } = sample.system
    const first = journal.record({ kind: 'scim', title: 'one', subject: 'ada' })
    journal.record({ kind: 'scim', title: 'two', subject: 'ben' })
    journal.record({ kind: 'mail', title: 'three', subject: 'ada' })
    const titles = async (query: string): Promise<unknown> =>
      ((await kit(`/journal?${query}`)).json()['items'] as { title: string }[]).map((entry) => entry.title)
    expect(await titles('kind=scim')).toEqual(['one', 'two'])
    expect(await titles('subject=ada')).toEqual(['one', 'three'])
    expect(await titles(`after=${first.seq}&limit=1`)).toEqual(['two'])
    expect((await kit('/journal')).json()).toMatchObject({ next: first.seq + 2, oldest: expect.any(Number) })
    expect((await kit('/journal?kind=gossip')).status).toBe(400)
  })

  test('the stream resumes after Last-Event-ID and goes on live', async () => {
    const { journal } = sample.system
    const first = journal.record({ kind: 'scim', title: 'one' })
    journal.record({ kind: 'scim', title: 'two' })
    const stream = await openStream(`${sample.url}/_kit/journal/stream`, { 'last-event-id': String(first.seq) })
    expect(stream.contentType).toBe('text/event-stream')
    journal.record({ kind: 'scim', title: 'three' })
    await expect
      .poll(() => stream.events())
      .toEqual([
        { id: first.seq + 1, title: 'two' },
        { id: first.seq + 2, title: 'three' },
      ])
    stream.close()
  })

  test('without a place to resume at, the stream tells only what is new', async () => {
    const { journal } = sample.system
    journal.record({ kind: 'scim', title: 'old' })
    const stream = await openStream(`${sample.url}/_kit/journal/stream?kind=mail`)
    journal.record({ kind: 'scim', title: 'other kind' })
    journal.record({ kind: 'mail', title: 'new' })
    await expect.poll(() => stream.events().map((event) => event.title)).toEqual(['new'])
    stream.close()
  })
})

interface OpenStream {
  readonly contentType: string | undefined
  events(): { readonly id: number; readonly title: string }[]
  close(): void
}

function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  return new Promise((settle, fail) => {
    const request = http.get(url, { headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('error', () => undefined)
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.once('data', () =>
        settle({
          contentType: response.headers['content-type'],
          events: () =>
            Array.from(text.matchAll(/^id: (\d+)\ndata: (.*)$/gm), ([, id, data]) => ({
              id: Number(id),
              title: (JSON.parse(data ?? '{}') as { title: string }).title,
            })),
          close: () => request.destroy(),
        }),
      )
    })
    request.on('error', fail)
  })
}
