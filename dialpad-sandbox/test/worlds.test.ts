import { afterEach, describe, expect, test } from 'vitest'
import { digitsOf } from '#kit/ids.ts'
import { call } from '#kit/test/call.ts'
import { CAST_PEOPLE, TARGET_GROUP_MEMBERS } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY, TENANT_ID } from '#kit/world/constants.ts'
import { authenticateApiKey } from '../commands/api-keys.ts'
import { createUser } from '../commands/create-user.ts'
import { seatsUsed } from '../commands/place-users.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { CONNECTED_GROUP, seededGroupId } from '../world.ts'
import { openDialpad, type ServedDialpad, serveDialpad, USER_URN, userByEmail } from './serve.ts'

describe('world', () => {
  test('brightwave: the company, its admin, offices, seats, reserved numbers, one user made by hand, no key', async () => {
    const system = await openDialpad('brightwave')
    const { store } = system
    const [company] = store.page('companies', 0, 1)
    expect(company).toMatchObject({
      name: 'Brightwave',
      domains: ['brightwave.example'],
      microsoftTenantId: TENANT_ID,
      scim: { officeField: 'physicalDeliveryOfficeName', mismatch: { kind: 'best' }, exhaustion: 'reject' },
    })
    expect(
      Array.from(store.entries('users'), ([, user]) => [user.emails[0], user.origin, user.isCompanyAdmin]),
    ).toEqual([
      ['marta.silva@brightwave.example', 'sign-up', true],
      ['tomas.berg@brightwave.example', 'portal', false],
    ])
    expect(
      Array.from(store.entries('offices'), ([, { name, country, areaCode, seats }]) => [
        name,
        country,
        areaCode,
        seats.talk,
      ]),
    ).toEqual([
      ['Denver', 'US', '720', 20],
      ['Toronto', 'CA', '416', 8],
      ['London', 'GB', '20', 8],
    ])
    expect([...store.entries('numbers')].filter(([, number]) => number.status === 'reserved')).toHaveLength(8)
    expect(store.count('apiKeys')).toBe(0)
    await system.close()
  })

  test('is the same each time', async () => {
    const [one, other] = [await openDialpad('connected-entra'), await openDialpad('connected-entra')]
    expect(one.store.dump()).toEqual(other.store.dump())
    await one.close()
    await other.close()
  })

  test('fresh: no company at all', async () => {
    const system = await openDialpad('fresh')
    expect([system.store.count('companies'), system.store.count('users')]).toEqual([0, 0])
    await system.close()
  })

  test('connected-entra: the group is synced, by ids that anybody can compute, and its key is in use', async () => {
    const system = await openDialpad('connected-entra')
    const ids = TARGET_GROUP_MEMBERS.map((handle) => digitsOf(`connected-entra/user/${handle}`))
    expect(ids.map((id) => system.store.get('users', id)?.state)).toEqual(ids.map(() => 'active'))
    const group = system.store.get('groups', seededGroupId('connected-entra', CONNECTED_GROUP))
    expect(group?.displayName).toBe('Dialpad Users')
    expect(system.store.find('groupMembers', 'group', group?.id ?? '').map(({ userId }) => userId)).toEqual(ids)
    expect((await authenticateApiKey(system, CONNECTED_API_KEY)).key.name).toBe('Microsoft Entra provisioning')
    await system.close()
  })

  test('everybody of the cast fits into brightwave', async () => {
    const system = await openDialpad('brightwave')
    const [company] = system.store.page('companies', 0, 1)
    for (const person of CAST_PEOPLE) {
      const email = `${person.handle}@brightwave.example`
      if (system.store.count('users', 'email', email) > 0) continue
      await createUser(system, SYSTEM_ACTOR, {
        companyId: company?.id ?? '',
        email,
        givenName: person.givenName,
        familyName: person.familyName,
        country: person.country,
        placement: { kind: 'request', request: { physicalDeliveryOfficeName: person.office } },
        state: 'active',
        origin: 'scim',
      })
    }
    expect(system.store.count('users')).toBe(CAST_PEOPLE.length)
    await system.close()
  })

  test('scale:N has seats for everybody and nobody in them but the administrator', async () => {
    const system = await openDialpad('scale:500')
    const [office] = system.store.find(
      'offices',
      'company',
      userByEmail(system, 'marta.silva@brightwave.example').companyId,
    )
    expect([office?.seats.talk, seatsUsed(system.store, office?.id ?? '', 'talk')]).toEqual([500, 1])
    await system.close()
  })
})

describe('POST /_kit/api-keys', () => {
  let dialpad: ServedDialpad
  afterEach(() => dialpad.close())
  const post = (body: object) => call(`${dialpad.origin}/_kit/api-keys`, { method: 'POST', body })

  test('makes a key that opens SCIM', async () => {
    dialpad = await serveDialpad('brightwave')
    const answer = await post({
      name: 'CI',
      owner: 'marta.silva@brightwave.example',
      expiresAt: '2026-04-01T00:00:00.000Z',
    })
    expect([answer.status, answer.json()]).toEqual([201, { id: expect.any(String), secret: expect.any(String) }])
    const authorization = `Bearer ${String(answer.json()['secret'])}`
    expect((await dialpad.scim('GET', '/Users', undefined, { authorization })).status).toBe(200)
  })

  test('in world empty nobody needs to own it, and any domain is accepted', async () => {
    dialpad = await serveDialpad('empty')
    const authorization = `Bearer ${String((await post({ name: 'Suite' })).json()['secret'])}`
    expect((await dialpad.scim('GET', '/Users', undefined, { authorization })).json()).toMatchObject({
      totalResults: 0,
    })
    const body = { schemas: [USER_URN], userName: 'anybody@anywhere.example' }
    expect((await dialpad.scim('POST', '/Users', body, { authorization })).status).toBe(201)
  })

  test.each([
    [{ name: 'CI', owner: 'nobody@brightwave.example' }, 404, 'unknown_owner'],
    [{ name: 'CI', owner: 'tomas.berg@brightwave.example' }, 403, 'company_admin_required'],
    [{ name: '' }, 422, 'invalid_value'],
    [{ name: 'CI', expiresAt: '2026-03-01T00:00:00.000Z' }, 422, 'invalid_value'],
    [{ name: 'CI', colour: 'red' }, 400, 'invalid_body'],
  ])('%j is refused with %i %s', async (body, status, code) => {
    dialpad = await serveDialpad('brightwave')
    const answer = await post(body)
    expect([answer.status, (answer.json()['error'] as { code: string }).code]).toEqual([status, code])
  })

  test('a reset keeps keys valid where it is told to', async () => {
    dialpad = await serveDialpad('brightwave')
    const reset = (body: object) => call(`${dialpad.origin}/_kit/reset`, { method: 'POST', body })
    await reset({ keepApiKeys: true })
    expect((await dialpad.scim('GET', '/Users')).status).toBe(200)
    await reset({})
    expect((await dialpad.scim('GET', '/Users')).status).toBe(401)
  })
})
