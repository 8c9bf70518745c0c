import { describe, expect, test } from 'vitest'
import { openVault } from '#kit/secrets.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import { OIDC_COLLECTIONS, type OidcShape } from './collections.ts'
import { createModels } from './models.ts'

const LIFETIMES = {
  session: 100,
  rememberedSession: 1000,
  refreshToken: 500,
  code: 60,
  accessToken: 60,
  idToken: 60,
  interaction: 60,
}

/** Records with both clocks in hand, in seconds, and accounts whose stamp can be changed. */
async function openModels() {
  const store = openMemoryStore<OidcShape & KitShape>({ ...OIDC_COLLECTIONS, ...KIT_COLLECTIONS })
  const time = { virtual: 0, wall: 0 }
  const stamps = new Map([['ada', 'first']])
  const models = createModels({
    store,
    clock: { now: () => time.virtual * 1000, iso: () => new Date(time.virtual * 1000).toISOString() },
    vault: await openVault(null),
    wallNowMs: () => time.wall * 1000,
    lifetimes: LIFETIMES,
    accountStamp: (accountId) => stamps.get(accountId),
    findClient: () => undefined,
    clientMetadata: () => ({}),
  })
  return { store, time, stamps, models }
}

const YEARS = 10 * 365 * 24 * 3600

describe('records of the provider', () => {
  test('of sessions end by virtual idleness, later for people who stay signed in, and never by the wall', async () => {
    const { models, time } = await openModels()
    const sessions = models.adapter('Session')
    await sessions.upsert('short', { uid: 'u1', accountId: 'ada', transient: true }, YEARS)
    await sessions.upsert('long', { uid: 'u2', accountId: 'ada' }, YEARS)
    time.wall = 999_999_999
    time.virtual = 99
    expect(await sessions.find('short')).toMatchObject({ accountId: 'ada', jti: 'short' })
    time.virtual = 100
    expect(await sessions.find('short')).toBeUndefined()
    expect(await sessions.findByUid('u1')).toBeUndefined()
    expect(await sessions.findByUid('u2')).toMatchObject({ accountId: 'ada' })
  })

  test('of codes end by the wall, whatever virtual time does', async () => {
    const { models, time } = await openModels()
    const codes = models.adapter('AuthorizationCode')
    await codes.upsert('code', { accountId: 'ada', clientId: 'app' }, 60)
    time.virtual = 999_999
    expect(await codes.find('code')).toMatchObject({ clientId: 'app' })
    time.wall = 60
    expect(await codes.find('code')).toBeUndefined()
    expect(models.trace('AuthorizationCode', 'code')).toEqual({
      state: 'expired',
      accountId: 'ada',
      clientId: 'app',
      scopes: [],
      authentication: { methods: [] },
    })
  })

  test('of an account end when its stamp changes or goes', async () => {
    const { models, stamps } = await openModels()
    const tokens = models.adapter('RefreshToken')
    await tokens.upsert('token', { accountId: 'ada', clientId: 'app' }, YEARS)
    stamps.set('ada', 'second')
    expect(await tokens.find('token')).toBeUndefined()
    expect(models.trace('RefreshToken', 'token')?.state).toBe('revoked')
    stamps.delete('ada')
    expect(await tokens.find('token')).toBeUndefined()
    expect(models.trace('RefreshToken', 'other')).toBeUndefined()
  })

  test('of a grant live as long as its newest refresh token', async () => {
    const { models, time } = await openModels()
    await models.adapter('Grant').upsert('g', { accountId: 'ada', clientId: 'app' }, YEARS)
    time.virtual = 400
    await models.adapter('RefreshToken').upsert('token', { accountId: 'ada', clientId: 'app', grantId: 'g' }, YEARS)
    time.virtual = 899
    expect(await models.adapter('Grant').find('g')).toBeDefined()
    time.virtual = 900
    expect(await models.adapter('Grant').find('g')).toBeUndefined()
  })

  test('are used up, and revoked with their grant, model by model', async () => {
    const { models, time } = await openModels()
    const codes = models.adapter('AuthorizationCode')
    const tokens = models.adapter('AccessToken')
    await codes.upsert('code', { accountId: 'ada', grantId: 'g' }, 60)
    await tokens.upsert('token', { accountId: 'ada', grantId: 'g' }, 60)
    time.wall = 7
    await codes.consume('code')
    expect(await codes.find('code')).toMatchObject({ consumed: 7 })
    expect(models.trace('AuthorizationCode', 'code')?.state).toBe('consumed')
    await expect(codes.consume('code')).rejects.toThrow('invalid_grant')
    await tokens.revokeByGrantId('g')
    expect(await tokens.find('token')).toBeUndefined()
    expect(await codes.find('code')).toBeDefined()
  })

  test('hold no identifier in the clear', async () => {
    const { models, store } = await openModels()
    await models
      .adapter('Session')
      .upsert('secret-id', { uid: 'secret-uid', accountId: 'ada', jti: 'secret-id' }, YEARS)
    expect(JSON.stringify(store.dump())).not.toContain('secret-')
  })

  test('that have expired are swept by later writes: the collection stays bounded', async () => {
    const { models, store, time } = await openModels()
    const codes = models.adapter('AuthorizationCode')
    await models.adapter('Session').upsert('kept', { uid: 'u', accountId: 'ada' }, YEARS)
    for (let n = 0; n < 500; n += 1) {
      await codes.upsert(`code-${n}`, { accountId: 'ada' }, 60)
      time.wall += 10
    }
    expect(store.count('oidcModels')).toBeLessThan(20)
    expect(await models.adapter('Session').find('kept')).toBeDefined()
  })
})
