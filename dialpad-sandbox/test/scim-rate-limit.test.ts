import { afterEach, beforeEach, expect, test } from 'vitest'
import { issueApiKey } from '../commands/api-keys.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ERROR_URN, type ServedDialpad, serveDialpad, userByEmail } from './serve.ts'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

const status = async (path = '/Users?count=0', headers = {}): Promise<number> =>
  (await dialpad.scim('GET', path, undefined, headers)).status

test('counts each key by the minute of virtual time, and says how long to wait', async () => {
  await dialpad.system.control.setSwitches({ 'scim-rate-limit': '60' })
  const owner = userByEmail(dialpad.system, 'marta.silva@brightwave.example')
  const input = { companyId: owner.companyId, name: 'Other', ownerId: owner.id }
  const { secret } = await issueApiKey(dialpad.system, SYSTEM_ACTOR, input)

  for (let calls = 0; calls < 60; calls += 1)
    expect(await status(calls % 2 === 0 ? '/Groups' : '/Users/17')).not.toBe(429)
  dialpad.clock.nowMs += 20_500
  const refused = await dialpad.scim('GET', '/v2/Users')
  expect([refused.status, refused.headers['retry-after'], refused.json()]).toEqual([
    429,
    '40',
    { schemas: [ERROR_URN], status: '429', detail: 'Too many requests' },
  ])
  expect(await status('/Users', { authorization: `Bearer ${secret}` })).toBe(200)
  expect(await status('/Users', { authorization: 'Bearer no-such-key' })).toBe(401)

  dialpad.clock.nowMs += 39_499
  expect(await status()).toBe(429)
  dialpad.clock.nowMs += 1
  expect(await status()).toBe(200)
})

test('a refused creation creates nobody', async () => {
  await dialpad.system.control.setSwitches({ 'scim-rate-limit': '60' })
  for (let calls = 0; calls < 60; calls += 1) await status()
  const before = dialpad.system.store.count('users')
  const answer = await dialpad.scim('POST', '/Users', {})
  expect([answer.status, dialpad.system.store.count('users')]).toEqual([429, before])
})

test('there is none unless it is switched on', async () => {
  for (let calls = 0; calls < 130; calls += 1) expect(await status()).toBe(200)
})
