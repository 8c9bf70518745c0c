import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { call } from '#kit/test/call.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'

/** The control API as the contract lists it, asked of the four origins that really run. */

const NAMES = SYSTEM_ADDRESSES.map(({ name }) => name)
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function ask(name: (typeof NAMES)[number], method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${kit.urls[name]}/_kit${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe.each(NAMES)('%s', (name) => {
  test('GET /health names system, version, world, now and every address', async () => {
    expect(await ask(name, 'GET', '/health')).toEqual({
      status: 200,
      body: {
        status: 'ok',
        system: name,
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        world: 'brightwave',
        now: expect.stringMatching(ISO),
        urls: kit.urls,
      },
    })
  })

  test('GET and PUT /state: the whole state goes out and comes back', async () => {
    const state = await ask(name, 'GET', '/state')
    expect(state.status).toBe(200)
    expect(await ask(name, 'PUT', '/state', state.body)).toMatchObject({ status: 200 })
    expect(await ask(name, 'PUT', '/state', { nonsense: true })).toMatchObject({ status: 422 })
  })

  test('GET and POST /snapshots, restore: a snapshot brings its virtual time back', async () => {
    const { body } = await ask(name, 'GET', '/clock')
    expect(await ask(name, 'POST', '/snapshots', { name: `before-${name}` })).toMatchObject({ status: 201 })
    await ask(name, 'POST', '/clock', { advance: 'PT3H' })
    expect(await ask(name, 'POST', `/snapshots/before-${name}/restore`, {})).toMatchObject({ status: 200 })
    const after = await ask(name, 'GET', '/clock')
    const gained = Date.parse(String(after.body['now'])) - Date.parse(String(body['now']))
    expect(gained).toBeLessThan(60_000)
    expect(await ask(name, 'POST', '/snapshots/nobody/restore', {})).toMatchObject({ status: 404 })
  })

  test('GET and POST /clock, GET /due: moves forward, never back', async () => {
    const reading = await ask(name, 'GET', '/clock')
    expect(reading.body).toMatchObject({
      now: expect.stringMatching(ISO),
      offsetMs: expect.any(Number),
      frozen: false,
      rate: 1,
    })
    expect(reading.body).toHaveProperty('nextDue')
    const moved = await ask(name, 'POST', '/clock', { advance: 'PT1M' })
    expect(moved).toMatchObject({ status: 200, body: { now: expect.stringMatching(ISO), ran: expect.any(Array) } })
    expect(await ask(name, 'POST', '/clock', { set: '2001-01-01T00:00:00.000Z' })).toMatchObject({ status: 409 })
    expect(await ask(name, 'POST', '/clock', { advance: 'soon' })).toMatchObject({ status: 422 })
    expect(await ask(name, 'POST', '/clock', { advance: 'PT1M', rate: 2 })).toMatchObject({ status: 400 })
    for (const frozen of [true, false]) {
      expect(await ask(name, 'POST', '/clock', { frozen })).toMatchObject({ status: 200 })
      expect((await ask(name, 'GET', '/clock')).body['frozen']).toBe(frozen)
    }
    expect(await ask(name, 'POST', '/clock', { rate: 60 })).toMatchObject({ status: 200 })
    expect(await ask(name, 'POST', '/clock', { rate: 1 })).toMatchObject({ status: 200 })
    expect((await ask(name, 'GET', '/due')).status).toBe(200)
  })

  test('GET /journal has items, next and oldest; the stream sends what comes', async () => {
    const journal = await ask(name, 'GET', '/journal')
    expect(journal.body).toMatchObject({ items: expect.any(Array) })
    expect(journal.body).toHaveProperty('next')
    expect(journal.body).toHaveProperty('oldest')
    const stop = new AbortController()
    const stream = await fetch(`${kit.urls[name]}/_kit/journal/stream`, { signal: stop.signal })
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    stop.abort()
  })

  test('GET, PUT and DELETE /faults; an operation nobody has is refused', async () => {
    const { body } = await ask(name, 'GET', '/faults/operations')
    expect(body).toMatchObject({ operations: expect.any(Array) })
    expect(await ask(name, 'PUT', '/faults', { on: 'no.such.operation', effect: { status: 429 } })).toMatchObject({
      status: 422,
    })
    expect((await ask(name, 'GET', '/faults')).status).toBe(200)
    expect((await ask(name, 'DELETE', '/faults', {})).status).toBe(200)
  })

  test('GET and PATCH /switches: every switch of the ledger with value, values, default and source', async () => {
    const { body } = await ask(name, 'GET', '/switches')
    for (const each of body['switches'] as readonly Record<string, unknown>[]) {
      expect(each).toMatchObject({
        id: expect.any(String),
        value: each['default'],
        values: expect.any(Array),
        source: expect.any(String),
      })
      expect(await ask(name, 'PATCH', '/switches', { id: each['id'], value: each['value'] })).toMatchObject({
        status: 200,
      })
    }
    expect(await ask(name, 'PATCH', '/switches', { id: 'none', value: 'on' })).toMatchObject({ status: 422 })
  })

  test('refuses a foreign Host, a foreign Origin, another media type, unknown members and calls, each with code, message and hint', async () => {
    const url = `${kit.urls[name]}/_kit`
    const json = { 'content-type': 'application/json' }
    const refusals = [
      [await call(`${url}/health`, { headers: { host: 'evil.example' } }), 403],
      [await call(`${url}/health`, { headers: { origin: 'https://evil.example' } }), 403],
      [await call(`${url}/reset`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }), 415],
      [await call(`${url}/reset`, { method: 'POST', headers: json, body: '{"word":"fresh"}' }), 400],
      [await call(`${url}/reset`, { method: 'POST', headers: json, body: '{"world":"atlantis"}' }), 422],
      [await call(`${url}/nothing`), 404],
      [await call(`${url}/health`, { method: 'DELETE', headers: json, body: '{}' }), 405],
    ] as const
    for (const [answer, status] of refusals) {
      expect(answer.status).toBe(status)
      expect(JSON.parse(answer.text)).toEqual({
        error: { code: expect.any(String), message: expect.any(String), hint: expect.any(String) },
      })
    }
  })
})

describe('of one system alone', () => {
  test('entra and okta: GET and PUT /aliases and /outbound', async () => {
    for (const name of ['entra', 'okta'] as const) {
      const { body } = await ask(name, 'GET', '/aliases')
      expect(body['aliases']).toMatchObject({
        'dialpad.com': kit.urls.dialpad,
        'www.dialpad.com': kit.urls.dialpad,
        'dialpadbeta.com': kit.urls.dialpad,
      })
      expect(await ask(name, 'PUT', '/aliases', body)).toMatchObject({ status: 200 })
      expect(await ask(name, 'PUT', '/outbound', { hosts: ['scim.example'] })).toMatchObject({ status: 200 })
      expect((await ask(name, 'GET', '/outbound')).body).toEqual({ hosts: ['scim.example'] })
    }
    expect((await ask('dialpad', 'GET', '/aliases')).status).toBe(404)
  })

  test('dialpad: POST /api-keys makes a key that works, and reset can keep it', async () => {
    const { status, body } = await ask('dialpad', 'POST', '/api-keys', { name: 'test' })
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.any(String), secret: expect.any(String) })
    const users = async (): Promise<number> =>
      (await fetch(`${kit.urls.dialpad}/scim/Users`, { headers: { authorization: `Bearer ${body['secret']}` } })).status
    expect(await users()).toBe(200)
    await ask('dialpad', 'POST', '/reset', { keepApiKeys: true })
    expect(await users()).toBe(200)
    await ask('dialpad', 'POST', '/reset', {})
    expect(await users()).toBe(401)
  })

  test('the kit home resets all, and moves all: one cycle runs in 40 minutes, answered when it is over', async () => {
    expect(await ask('kit', 'POST', '/reset', { world: 'connected-entra' })).toMatchObject({ status: 200 })
    for (const name of NAMES) expect((await ask(name, 'GET', '/health')).body['world']).toBe('connected-entra')
    const { body } = await ask('kit', 'POST', '/clock', { advance: 'PT40M' })
    const ran = body['ran'] as readonly { readonly system: string; readonly summary: string }[]
    expect(ran.filter(({ system }) => system === 'entra')).toHaveLength(1)
    await ask('kit', 'POST', '/reset', { world: 'brightwave' })
  })
})
