import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { DialpadShape, DialpadUser } from '../records.ts'
import { type HandClock, MORNING, openDialpad, userByEmail } from '../test/serve.ts'
import { authenticateApiKey, issueApiKey, revokeApiKey } from './api-keys.ts'

let clock: HandClock
let system: OpenedSystem<DialpadShape>
let marta: DialpadUser
beforeEach(async () => {
  clock = { nowMs: MORNING }
  system = await openDialpad('brightwave', clock)
  marta = userByEmail(system, 'marta.silva@brightwave.example')
})
afterEach(() => system.close())

const issue = (name = 'Entra', expiresAt?: string) =>
  issueApiKey(system, SYSTEM_ACTOR, { companyId: marta.companyId, name, ownerId: marta.id, expiresAt })

describe('API keys', () => {
  test('a key is kept as a hash, and sealed only while the switch says so', async () => {
    const { key, secret } = await issue()
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(key.last4).toBe(secret.slice(-4))
    expect(key.sealed).toBeUndefined()
    await system.control.setSwitches({ 'api-key-display': 'click-to-show' })
    const old = await issue('2019')
    expect(system.vault.open(old.key.sealed ?? '')).toBe(old.secret)
    const everything = JSON.stringify(system.store.dump()) + JSON.stringify(system.journal.read({}).items)
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(old.secret)
  })

  test('expiry is judged by virtual time, at the instant itself', async () => {
    const { secret } = await issue('Short', '2026-03-02T10:00:00.000Z')
    clock.nowMs += 3_600_000 - 1
    expect((await authenticateApiKey(system, secret)).key.name).toBe('Short')
    clock.nowMs += 1
    await expect(authenticateApiKey(system, secret)).rejects.toMatchObject({ code: 'invalid-api-key', status: 401 })
  })

  test('revoking forgets a sealed secret, and twice is once', async () => {
    await system.control.setSwitches({ 'api-key-display': 'click-to-show' })
    const { key } = await issue()
    const revoked = await revokeApiKey(system, SYSTEM_ACTOR, key.id)
    expect(revoked.sealed).toBeUndefined()
    expect(await revokeApiKey(system, SYSTEM_ACTOR, key.id)).toEqual(revoked)
    expect(system.store.find('changeLog', 'target', key.id).map((entry) => entry.action)).toEqual([
      'api_key_created',
      'api_key_revoked',
    ])
  })

  test('last use is written once per minute', async () => {
    const { key, secret } = await issue()
    await authenticateApiKey(system, secret)
    const { revision } = system.store
    clock.nowMs += 59_999
    await authenticateApiKey(system, secret)
    expect(system.store.revision).toBe(revision)
    clock.nowMs += 1
    await authenticateApiKey(system, secret)
    expect(system.store.get('apiKeys', key.id)?.lastUsedAt).toBe('2026-03-02T09:01:00.000Z')
  })

  test('only a Company Admin can own one, with a name and an expiry to come', async () => {
    const tomas = userByEmail(system, 'tomas.berg@brightwave.example')
    const byTomas = issueApiKey(system, SYSTEM_ACTOR, { companyId: tomas.companyId, name: 'X', ownerId: tomas.id })
    await expect(byTomas).rejects.toMatchObject({ code: 'company-admin-required', status: 403 })
    await expect(issue(' ')).rejects.toMatchObject({ code: 'invalid-value', field: 'name' })
    await expect(issue('Late', '2026-03-02T09:00:00.000Z')).rejects.toMatchObject({ field: 'expiresAt' })
  })
})
