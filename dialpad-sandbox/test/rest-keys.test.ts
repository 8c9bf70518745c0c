import { afterEach, beforeEach, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { setCompanyAdmin } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { userByEmail } from './serve.ts'
import { envelope, type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeEach(async () => {
  served = await serveRest()
})
afterEach(() => served.close())

const bare = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  call(`${served.origin.replace('localhost', '127.0.0.1')}/api/v2${path}`, { headers })

test('a key is accepted in the header and in the address', async () => {
  expect((await bare('/company', { authorization: `Bearer ${served.key}` })).status).toBe(200)
  expect((await bare(`/company?apikey=${served.key}`)).status).toBe(200)
  expect((await bare(`/users?state=all&apikey=${served.key}`)).status).toBe(200)
  expect((await bare(`/company?apikey=${served.key}`, { 'dp-company-id': '1' })).status).toBe(200)
})

test('no key, an unknown one, another scheme', async () => {
  const refusal = envelope(401, 'authError', 'Invalid API key')
  for (const answer of [
    await bare('/company'),
    await bare('/company?apikey=unknown'),
    await bare('/company', { authorization: 'Bearer unknown' }),
    await bare(`/company?apikey=${served.key}`, { authorization: 'Bearer unknown' }),
    await bare('/company', { authorization: `Basic ${served.key}` }),
    await bare('/nowhere'),
  ]) {
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="Dialpad"')
    expect(answer.json()).toEqual(refusal)
  }
})

test('a key whose creator is no Company Admin any more is refused', async () => {
  await setCompanyAdmin(
    served.system,
    SYSTEM_ACTOR,
    userByEmail(served.system, 'tomas.berg@brightwave.example').id,
    true,
  )
  await setCompanyAdmin(
    served.system,
    SYSTEM_ACTOR,
    userByEmail(served.system, 'marta.silva@brightwave.example').id,
    false,
  )
  const answer = await served.rest('GET', '/company')
  expect(answer.json()).toEqual(envelope(403, 'forbidden', 'Company admin API key required'))
})

test('the journal shows calls with their person, and no key in either place', async () => {
  await bare(`/users?apikey=${served.key}&email=tomas.berg@brightwave.example`)
  await bare(`/users?email=tomas.berg@brightwave.example&apikey=${encodeURIComponent(served.key)}`)
  await served.rest('GET', '/company')
  await bare('/company?apikey=not-a-key-but-perhaps-nearly')
  const { items } = served.system.journal.read({})
  const calls = items.filter((entry) => entry.kind === 'http-in')
  expect(calls.map((entry) => [entry.title, entry.subject])).toEqual([
    ['GET /api/v2/users → 200', 'tomas.berg@brightwave.example'],
    ['GET /api/v2/users → 200', 'tomas.berg@brightwave.example'],
    ['GET /api/v2/company → 200', undefined],
    ['GET /api/v2/company → 401', undefined],
  ])
  expect(calls[0]?.request?.url).toBe('/api/v2/users?apikey=[redacted]&email=tomas.berg@brightwave.example')
  expect(calls[2]?.request?.headers?.['authorization']).toBe('Bearer [redacted]')
  const everything = JSON.stringify(items)
  expect(everything).not.toContain(served.key)
  expect(everything).not.toContain('not-a-key-but-perhaps-nearly')
})

test('the published rate limit holds where it is switched on', async () => {
  const create = () => served.rest('POST', '/webhooks', { hook_url: 'http://localhost:9/' })
  for (let count = 0; count < 101; count += 1) expect((await create()).status).toBe(200)
  await served.system.control.setSwitches({ 'rest-rate-limit': 'published' })
  for (let count = 0; count < 100; count += 1) expect((await create()).status).toBe(200)
  served.clock.nowMs += 20_000
  const refused = await create()
  expect(refused.headers['retry-after']).toBe('40')
  expect(refused.json()).toEqual(envelope(429, 'rateLimitExceeded', 'Too many requests'))
  expect((await served.rest('GET', '/webhooks')).status).toBe(200)
  served.clock.nowMs += 40_000
  expect((await create()).status).toBe(200)
})

test('a fault rule makes an operation fail in the shape of the API', async () => {
  await served.system.control.setFaults([
    { on: 'rest.users.list', effect: { status: 429, retryAfter: 7 }, times: 1 },
    { on: 'rest.company.get', effect: { status: 503 } },
  ])
  const refused = await served.rest('GET', '/users')
  expect(refused.headers['retry-after']).toBe('7')
  expect(refused.json()).toEqual(envelope(429, 'rateLimitExceeded', 'Too many requests'))
  expect((await served.rest('GET', '/users')).status).toBe(200)
  expect((await served.rest('GET', '/company')).json()).toEqual(
    envelope(503, 'backendError', 'The service is unavailable'),
  )
})
