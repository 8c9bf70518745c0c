import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deactivatePerson } from '../../commands/people.ts'
import { createApiToken, revokeApiToken } from '../../commands/tokens.ts'
import { oktaUserIdOf } from '../../world.ts'
import { type RunningApi, SUPER_ADMIN, startApi } from './start-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const actor = { kind: 'person', userId: oktaUserIdOf(SUPER_ADMIN) } as const

async function control(path: string, body: object, method = 'POST'): Promise<void> {
  const response = await fetch(`${api.origin}/_kit/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** An error in Okta's envelope. */
function error(code: string, more: object = {}) {
  return {
    errorCode: code,
    errorSummary: expect.any(String),
    errorLink: code,
    errorId: expect.stringMatching(/^oae\w{22}$/),
    errorCauses: expect.any(Array),
    ...more,
  }
}

describe('a token', () => {
  test('has the shape of the real ones, is kept as a hash only, and in no journal', async () => {
    const { token, value } = await createApiToken({ system: api.system }, actor, { name: 'Payroll' })
    expect(value).toMatch(/^00[\w-]{40}$/)
    expect(token.id).toMatch(/^00T\w{17}$/)
    await api.ask('GET', '/api/v1/org', { token: value })
    expect(JSON.stringify(api.system.store.dump())).not.toContain(value)
    expect(JSON.stringify(api.system.journal.read({}))).not.toContain(value)
  })

  test('is refused without credentials, with unknown ones, as Bearer, and with bad ones of any form', async () => {
    const none = await api.ask('GET', '/api/v1/users', { token: null })
    expect([none.status, none.json()]).toEqual([403, error('E0000005', { errorSummary: 'Invalid session' })])
    const given = await api.token(SUPER_ADMIN)
    for (const authorization of ['SSWS 00wrong', `Bearer ${given}`, `SSWS ${given} x`, 'SSWS', given]) {
      const answer = await api.ask('GET', '/api/v1/users', { token: null, headers: { authorization } })
      expect([answer.status, answer.json()], authorization).toEqual([
        401,
        error('E0000011', { errorSummary: 'Invalid token provided' }),
      ])
    }
  })

  test('is refused once it is revoked', async () => {
    const { token, value } = await createApiToken({ system: api.system }, actor, { name: 'Short' })
    expect((await api.ask('GET', '/api/v1/org', { token: value })).status).toBe(200)
    await revokeApiToken({ system: api.system }, actor, { tokenId: token.id })
    expect((await api.ask('GET', '/api/v1/org', { token: value })).json()).toEqual(error('E0000011'))
  })

  test('does what its owner may do: a reader reads, an app administrator changes no people', async () => {
    const reader = await api.token('oskar.lindqvist')
    expect((await api.ask('GET', '/api/v1/users?limit=1', { token: reader })).status).toBe(200)
    const body = { profile: { name: 'No' } }
    const refused = await api.ask('POST', '/api/v1/groups', { token: reader, body })
    expect([refused.status, refused.json()]).toEqual([403, error('E0000006')])
  })

  test('opens nothing once its owner has no administrator role', async () => {
    const userId = oktaUserIdOf('oskar.lindqvist')
    const token = await api.token('oskar.lindqvist')
    const before = api.system.store.get('users', userId)
    if (before === undefined) throw new Error('The world has no Oskar.')
    await api.system.store.transact((tx) => tx.put('users', userId, { ...before, adminRoles: [] }))
    const answer = await api.ask('GET', '/api/v1/org', { token })
    expect([answer.status, answer.json()]).toEqual([403, error('E0000006')])
    await api.system.store.transact((tx) => tx.put('users', userId, { ...before, status: 'SUSPENDED' }))
    expect((await api.ask('GET', '/api/v1/org', { token })).json()).toEqual(error('E0000011'))
    await api.system.store.transact((tx) => tx.put('users', userId, before))
  })

  test('ends with the account of its owner', async () => {
    const userId = oktaUserIdOf('oskar.lindqvist')
    await api.token('oskar.lindqvist')
    expect(api.system.store.count('apiTokens', 'owner', userId)).toBeGreaterThan(0)
    await deactivatePerson({ system: api.system }, actor, { userId })
    expect(api.system.store.count('apiTokens', 'owner', userId)).toBe(0)
  })
})

describe('a token of its own time', () => {
  let own: RunningApi
  beforeAll(async () => {
    own = await startApi()
  })
  afterAll(() => own.close())

  test('unused for 30 days it expires; each use begins the time anew', async () => {
    const idle = await own.token(SUPER_ADMIN)
    const busy = await own.token(SUPER_ADMIN)
    await own.advance('P29D')
    expect((await own.ask('GET', '/api/v1/org', { token: busy })).status).toBe(200)
    await own.advance('P2D')
    expect((await own.ask('GET', '/api/v1/org', { token: idle })).json()).toEqual(error('E0000011'))
    expect((await own.ask('GET', '/api/v1/org', { token: busy })).status).toBe(200)
  })
})

describe('every answer', () => {
  test.each([
    ['GET', '/api/v1/org', 200],
    ['GET', '/api/v1/users/nobody', 404],
    ['GET', '/api/v1/nothing/here', 404],
    ['PATCH', '/api/v1/org', 405],
  ])('names its request and its rate limit: %s %s', async (method, path, status) => {
    const answer = await api.ask(method, path)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.headers['x-okta-request-id']).toMatch(/^req\w{22}$/)
    expect(Number(answer.headers['x-rate-limit-limit'])).toBe(600)
    expect(Number(answer.headers['x-rate-limit-remaining'])).toBeGreaterThan(0)
    const waitMs = Number(answer.headers['x-rate-limit-reset']) * 1000 - Date.parse(answer.headers.date ?? '')
    expect(waitMs).toBeGreaterThan(0)
    expect(waitMs).toBeLessThanOrEqual(62_000)
  })

  test('unknown paths are E0000008, other methods E0000022 with Allow', async () => {
    expect((await api.ask('GET', '/api/v1/nothing')).json()).toEqual(error('E0000008'))
    const answer = await api.ask('PUT', '/api/v1/users')
    expect(answer.json()).toEqual(error('E0000022'))
    expect(answer.headers.allow).toBe('GET, POST')
  })

  test('of a list has its links in header lines of their own', async () => {
    const token = await api.token(SUPER_ADMIN)
    const lines = await new Promise<readonly string[]>((settle, fail) => {
      http
        .get(`${api.origin}/api/v1/users?limit=2`, { headers: { authorization: `SSWS ${token}` } }, (response) => {
          response.resume()
          const { rawHeaders } = response
          settle(rawHeaders.filter((_, at) => at > 0 && rawHeaders[at - 1]?.toLowerCase() === 'link'))
        })
        .on('error', fail)
    })
    expect(lines).toEqual([
      `<${api.origin}/api/v1/users?limit=2>; rel="self"`,
      expect.stringMatching(/^<http.*\/api\/v1\/users\?limit=2&after=[^&]+>; rel="next"$/),
    ])
  })
})

describe('a body', () => {
  test.each([
    ['{', 'application/json', 400, 'E0000003'],
    ['[1', 'application/json', 400, 'E0000003'],
    ['"text"', 'application/json', 400, 'E0000003'],
    ['', 'application/json', 400, 'E0000003'],
    ['['.repeat(60) + ']'.repeat(60), 'application/json', 400, 'E0000003'],
    ['name=x', 'application/x-www-form-urlencoded', 415, 'E0000021'],
    ['{}', 'application/json', 400, 'E0000001'],
  ])('%s as %s is refused', async (body, type, status, code) => {
    const answer = await api.ask('POST', '/api/v1/groups', { body, headers: { 'content-type': type } })
    expect([answer.status, answer.json()['errorCode']]).toEqual([status, code])
  })

  test('that is too large is refused in the same shape', async () => {
    const answer = await api.ask('POST', '/api/v1/groups', { body: { profile: { name: 'x'.repeat(1_100_000) } } })
    expect(answer.status).toBe(413)
    expect(answer.json()).toEqual(error('E0000003'))
  })

  test('names every member at fault', async () => {
    const answer = await api.ask('POST', '/api/v1/groups', { body: { profile: { description: 7 } } })
    expect(answer.json()).toEqual(
      error('E0000001', {
        errorSummary: 'Api validation failed: profile.name',
        errorCauses: [
          { errorSummary: expect.stringMatching(/^profile\.name: /) },
          { errorSummary: expect.stringMatching(/^profile\.description: /) },
        ],
      }),
    )
  })
})

describe('the rate limit', () => {
  test('where the switch says so, refuses with E0000047 until its reset, for each token and family of addresses', async () => {
    const token = await api.token(SUPER_ADMIN)
    await control('switches', { 'api-rate-limit': '10' }, 'PATCH')
    const statuses: number[] = []
    for (let call = 0; call < 11; call += 1) statuses.push((await api.ask('GET', '/api/v1/org', { token })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
    const refused = await api.ask('GET', '/api/v1/org', { token })
    expect(refused.json()).toEqual(error('E0000047'))
    expect(refused.headers['x-rate-limit-remaining']).toBe('0')
    expect(refused.headers['x-rate-limit-limit']).toBe('10')
    expect((await api.ask('GET', '/api/v1/users?limit=1', { token })).status).toBe(200)
    await api.advance('PT61S')
    expect((await api.ask('GET', '/api/v1/org', { token })).status).toBe(200)
    await control('switches', { 'api-rate-limit': 'off' }, 'PATCH')
  })
})

describe('a fault rule', () => {
  test.each([
    [429, 'E0000047'],
    [500, 'E0000009'],
    [503, 'E0000010'],
    [401, 'E0000011'],
    [403, 'E0000006'],
  ])('answers %i in the shape of the product', async (status, code) => {
    await control('faults', { rules: [{ on: 'okta.api.org.get', effect: { status, retryAfter: 7 }, times: 1 }] }, 'PUT')
    const answer = await api.ask('GET', '/api/v1/org')
    expect([answer.status, answer.json()]).toEqual([status, error(code)])
    if (status === 429) {
      expect(answer.headers['x-rate-limit-remaining']).toBe('0')
      const waitMs = Number(answer.headers['x-rate-limit-reset']) * 1000 - Date.parse(answer.headers.date ?? '')
      expect(waitMs).toBeGreaterThanOrEqual(6_000)
      expect(waitMs).toBeLessThanOrEqual(9_000)
    }
    expect((await api.ask('GET', '/api/v1/org')).status).toBe(200)
  })

  test('drops the connection, or answers a page', async () => {
    await control('faults', { rules: [{ on: 'okta.api.org.get', effect: { drop: true }, times: 1 }] }, 'PUT')
    await expect(api.ask('GET', '/api/v1/org')).rejects.toThrow()
    await control('faults', { rules: [{ on: 'okta.api.org.get', effect: { html: true }, times: 1 }] }, 'PUT')
    expect((await api.ask('GET', '/api/v1/org')).headers['content-type']).toContain('text/html')
    await control('faults', { rules: [] }, 'PUT')
  })
})

describe('the org and its user type', () => {
  test('are there for scripts that check first', async () => {
    expect((await api.ask('GET', '/api/v1/org')).json()).toMatchObject({
      id: expect.stringMatching(/^00o\w{17}$/),
      subdomain: 'brightwave',
      companyName: 'Brightwave',
      status: 'ACTIVE',
    })
    const types = (await api.ask('GET', '/api/v1/meta/types/user')).json() as unknown as { id: string }[]
    expect(types).toEqual([expect.objectContaining({ id: expect.stringMatching(/^oty\w{17}$/), default: true })])
    for (const id of ['default', types[0]?.id]) {
      expect((await api.ask('GET', `/api/v1/meta/types/user/${id}`)).json()).toMatchObject({ name: 'user' })
    }
    expect((await api.ask('GET', '/api/v1/meta/types/user/oty1')).json()).toEqual(error('E0000007'))
  })
})
