import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { updateServicePrincipal } from '#idp/core/directory/applications.ts'
import { assign } from '#idp/core/directory/assignments.ts'
import { guidOf } from '#kit/ids.ts'
import { leftFor } from '#kit/test/browser.ts'
import { type AppUnderTest, discover, errorOf, postToken, startFlow } from './relying-party.ts'
import { API, applicationOf, changeApplication, consentToApi, exposeApi, idOf, READ } from './sample-api.ts'
import { ADA, enter, MARTA, type RunningEntra, SAMPLE, SPA, startEntra, TENANT } from './start-entra.ts'

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
  await exposeApi(entra)
  await consentToApi(entra, SAMPLE.appId, ['orders.read'])
  await consentToApi(entra, SPA.appId, ['orders.read'])
})
afterAll(() => entra.close())

async function tokensFor(scope: string, email = ADA, app: AppUnderTest = SAMPLE) {
  const config = await discover(entra, app)
  const { url, checks } = await startFlow(config, app, { scope })
  const callback = leftFor(await enter(entra.browser(), url, email))
  return { config, tokens: await client.authorizationCodeGrant(config, callback, checks) }
}

const SHARED = { client_id: SAMPLE.appId, client_secret: SAMPLE.secret }

describe('an access token for an API of the tenant', () => {
  test('names the API, the client and the scopes, in the version the API asks for', async () => {
    const { config, tokens } = await tokensFor(`openid offline_access ${READ}`)
    expect(tokens.scope).toBe(READ)
    const keys = createRemoteJWKSet(new URL(String(config.serverMetadata().jwks_uri)))
    const issuer = `${entra.origin}/${TENANT}/v2.0`
    const { payload } = await jwtVerify(tokens.access_token, keys, { audience: API.appId, issuer })
    expect(payload).toMatchObject({
      azp: SAMPLE.appId,
      azpacr: '1',
      scp: 'orders.read',
      ver: '2.0',
      oid: idOf(entra, ADA),
      tid: TENANT,
      preferred_username: ADA,
    })
    expect(payload).not.toHaveProperty('appid')

    const back = await changeApplication(entra, API.appId, {
      api: { ...applicationOf(entra, API.appId).api, requestedAccessTokenVersion: 1 } as never,
    })
    const older = await client.refreshTokenGrant(config, String(tokens.refresh_token), { scope: READ })
    expect(decodeJwt(older.access_token)).toMatchObject({
      aud: API.uri,
      iss: `https://sts.windows.net/${TENANT}/`,
      appid: SAMPLE.appId,
      appidacr: '1',
      scp: 'orders.read',
      upn: ADA,
      ver: '1.0',
    })
    await back()
  })

  test('comes with the roles the API gives the person, directly or by a group', async () => {
    const { store, clock } = entra.system
    const { config, tokens } = await tokensFor(`openid offline_access ${READ}`)
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty('roles')
    await store.transact((tx) =>
      assign(tx, {
        id: guidOf('test/assignment'),
        now: clock.iso(),
        tenantId: TENANT,
        principalId: idOf(entra, ADA),
        resourceId: API.principalId,
        appRoleId: guidOf('test/orders/role/Orders.Approve'),
      }),
    )
    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token), { scope: READ })
    expect(decodeJwt(renewed.access_token)['roles']).toEqual(['Orders.Approve'])
    expect(decodeJwt(String(tokens.id_token))).not.toHaveProperty('roles')
  })

  test('is one of several a refresh token gives: each request names one resource', async () => {
    await tokensFor('openid offline_access User.Read')
    const { config, tokens } = await tokensFor(`openid offline_access User.Read ${READ}`)
    expect(decodeJwt(tokens.access_token)['aud']).toBe('00000003-0000-0000-c000-000000000000')
    expect(tokens.scope).toBe('openid User.Read')
    const other = await client.refreshTokenGrant(config, String(tokens.refresh_token), { scope: `${API.uri}/.default` })
    expect(decodeJwt(other.access_token)).toMatchObject({ aud: API.appId, scp: 'orders.read' })
    const both = await postToken(entra, TENANT, {
      ...SHARED,
      grant_type: 'refresh_token',
      refresh_token: String(other.refresh_token),
      scope: `User.Read ${READ}`,
    })
    expect(both).toMatchObject({ status: 400, body: { error: 'invalid_scope', error_codes: [28000] } })
  })

  test('is not given for what nobody has consented to, and says how to go on', async () => {
    const { tokens } = await tokensFor(`openid offline_access ${READ}`)
    const refused = (scope: string) =>
      postToken(entra, TENANT, {
        ...SHARED,
        grant_type: 'refresh_token',
        refresh_token: String(tokens.refresh_token),
        scope,
      })
    expect((await refused(`${API.uri}/orders.write`)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
      error_uri: `${entra.origin}/error?code=65001`,
    })
    expect((await refused(`${API.uri}/orders.burn`)).body['error_codes']).toEqual([650053])
    expect((await refused('api://nowhere/read')).body['error_codes']).toEqual([500011])
  })

  test('is not asked for without consent: the person is, unless the API trusts the client', async () => {
    const { store } = entra.system
    const grant = guidOf(`test/grant/${SPA.appId}/all`)
    const held = store.get('permissionGrants', grant)
    await store.transact((tx) => tx.delete('permissionGrants', grant))
    await tokensFor('openid User.Read', MARTA, SPA)
    const config = await discover(entra, SPA)
    const browser = entra.browser()
    await enter(browser, (await startFlow(config, SPA, { scope: 'openid' })).url, MARTA)
    const silent = async () =>
      browser.visit((await startFlow(config, SPA, { scope: `openid ${READ}`, prompt: 'none' })).url)
    expect(errorOf(await silent()).error).toBe('consent_required')

    const { api } = applicationOf(entra, API.appId)
    const trusted = { appId: SPA.appId, delegatedPermissionIds: [guidOf('test/orders/orders.read')] }
    const back = await changeApplication(entra, API.appId, {
      api: { ...api, preAuthorizedApplications: [trusted] } as never,
    })
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    await back()
    if (held !== undefined) await store.transact((tx) => tx.put('permissionGrants', grant, held))
  })

  test('is not given once the API is switched off in the tenant, or gone', async () => {
    const { store } = entra.system
    const { tokens } = await tokensFor(`openid offline_access ${READ}`)
    const fields = {
      ...SHARED,
      grant_type: 'refresh_token',
      refresh_token: String(tokens.refresh_token),
      scope: READ,
    }
    await store.transact((tx) => updateServicePrincipal(tx, TENANT, API.principalId, { accountEnabled: false }))
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([500014])
    await store.transact((tx) => updateServicePrincipal(tx, TENANT, API.principalId, { accountEnabled: true }))
    expect((await postToken(entra, TENANT, fields)).status).toBe(200)
  })
})

describe('a token of an application for an API', () => {
  const ask = (scope: string) => postToken(entra, TENANT, { ...SHARED, grant_type: 'client_credentials', scope })

  test('carries the roles an administrator has consented to', async () => {
    const { store } = entra.system
    const [principal] = store.find('servicePrincipals', 'appId', `${TENANT}/${SAMPLE.appId}`)
    if (principal === undefined) throw new Error('The world has changed.')
    const permissions = [...(principal.applicationPermissions ?? []), `${API.uri}/Orders.Sync`, `${API.uri}/Gone`]
    await store.transact((tx) =>
      tx.put('servicePrincipals', principal.id, { ...principal, applicationPermissions: permissions }),
    )
    const { body } = await ask(`${API.uri}/.default`)
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      aud: API.appId,
      iss: `${entra.origin}/${TENANT}/v2.0`,
      azp: SAMPLE.appId,
      azpacr: '1',
      idtyp: 'app',
      roles: ['Orders.Sync'],
      oid: principal.id,
      sub: principal.id,
      ver: '2.0',
    })
    await store.transact((tx) => tx.put('servicePrincipals', principal.id, principal))
  })

  test('has no roles when nobody has, and is refused where the API requires assignment', async () => {
    const { store } = entra.system
    const { body } = await ask(`${API.uri}/.default`)
    expect(decodeJwt(String(body['access_token']))).not.toHaveProperty('roles')
    await store.transact((tx) =>
      updateServicePrincipal(tx, TENANT, API.principalId, { appRoleAssignmentRequired: true }),
    )
    expect((await ask(`${API.uri}/.default`)).body).toMatchObject({ error: 'invalid_grant', error_codes: [501051] })
    await store.transact((tx) =>
      updateServicePrincipal(tx, TENANT, API.principalId, { appRoleAssignmentRequired: false }),
    )
  })
})
