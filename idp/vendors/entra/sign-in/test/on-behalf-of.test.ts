import { ConfidentialClientApplication, type INetworkModule, type NetworkResponse } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServicePrincipal } from '#idp/core/directory/applications.ts'
import { setAccountEnabled, updateUser } from '#idp/core/directory/users.ts'
import { guidOf } from '#kit/ids.ts'
import { hashSecret } from '#kit/secrets.ts'
import { leftFor } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { type AppUnderTest, discover, postToken, startFlow } from './relying-party.ts'
import { API, applicationOf, changeApplication, consentToApi, exposeApi, idOf, READ } from './sample-api.ts'
import { ADA, enter, MARTA, type RunningEntra, SAMPLE, SPA, startEntra, TENANT } from './start-entra.ts'

const GRAPH = '00000003-0000-0000-c000-000000000000'
const SECRET = 'the-orders-api-keeps-this'
/** An API behind the one the person's client calls. */
const STOCK = { appId: guidOf('test/stock/app'), uri: 'api://stock.brightwave.example' } as const
const STOCK_READ = `${STOCK.uri}/stock.read`

let entra: RunningEntra
let wallMs = Date.now()
let assertion: string
beforeAll(async () => {
  entra = await startEntra(null, () => wallMs)
  await exposeApi(entra, { secrets: [{ keyId: 'k', hash: hashSecret(SECRET), hint: 'the' }] })
  await consentToApi(entra, SPA.appId, ['orders.read'])
  await consentToApi(entra, SAMPLE.appId, ['orders.read'])
  const { store, clock } = entra.system
  const orders = applicationOf(entra, API.appId)
  const [scope] = orders.api?.oauth2PermissionScopes ?? []
  if (orders.api === undefined || scope === undefined) throw new Error('There is no API.')
  const { api } = orders
  const stockScope = { ...scope, id: guidOf('test/stock/read'), value: 'stock.read' }
  await store.transact((tx) => {
    tx.put('applications', guidOf('test/stock'), {
      ...orders,
      id: guidOf('test/stock'),
      appId: STOCK.appId,
      displayName: 'Stock',
      identifierUris: [STOCK.uri],
      api: { ...api, requestedAccessTokenVersion: 1, oauth2PermissionScopes: [stockScope] },
    })
    const id = guidOf('test/stock/principal')
    createServicePrincipal(tx, { id, now: clock.iso(), tenantId: TENANT, appId: STOCK.appId })
    const grant = (name: string, what: object) =>
      tx.put('permissionGrants', guidOf(name), {
        id: guidOf(name),
        tenantId: TENANT,
        clientId: API.principalId,
        consentType: 'AllPrincipals' as const,
        scope: 'User.Read',
        createdDateTime: clock.iso(),
        ...what,
      })
    grant('test/obo/graph', {})
    grant('test/obo/stock', { resourceId: id, scope: 'stock.read' })
  })
  assertion = await tokenFor(`openid offline_access ${READ}`)
})
afterAll(() => entra.close())

/** What a person's own client gets for the API. */
async function tokenFor(scope: string, email = ADA, app: AppUnderTest = SPA): Promise<string> {
  const config = await discover(entra, app)
  const { url, checks } = await startFlow(config, app, { scope })
  const callback = leftFor(await enter(entra.browser(), url, email))
  return (await client.authorizationCodeGrant(config, callback, checks)).access_token
}

const exchange = (fields: Readonly<Record<string, string>> = {}, realm: string = TENANT) =>
  postToken(entra, realm, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: API.appId,
    client_secret: SECRET,
    assertion,
    scope: 'https://graph.microsoft.com/User.Read',
    ...fields,
  })

/** The transport of msal-node, which insists on https, over this one's http; answers are told in its words. */
function transport(): INetworkModule {
  const plain = (text: string): string => text.replaceAll(entra.origin.replace('http:', 'https:'), entra.origin)
  const send = async <T>(method: string, url: string, headers = {}, body?: string): Promise<NetworkResponse<T>> => {
    const answer = await fetch(plain(url), { method, headers, ...(body === undefined ? {} : { body }) })
    const text = (await answer.text()).replaceAll(entra.origin, entra.origin.replace('http:', 'https:'))
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: JSON.parse(text) as T }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options?.headers),
    sendPostRequestAsync: (url, options) => send('POST', url, options?.headers, options?.body),
  }
}

function middleTier(clientSecret = SECRET): ConfidentialClientApplication {
  const { host } = new URL(entra.origin)
  return new ConfidentialClientApplication({
    auth: { clientId: API.appId, clientSecret, authority: `https://${host}/${TENANT}`, knownAuthorities: [host] },
    system: { networkClient: transport() },
  })
}

describe('on behalf of a person', () => {
  test('msal-node gets a token for Graph, keeps it, and is told of a consent that is missing', async () => {
    const api = middleTier()
    const asked = { oboAssertion: assertion, scopes: ['https://graph.microsoft.com/User.Read'] }
    const result = await api.acquireTokenOnBehalfOf(asked)
    expect(result).toMatchObject({ fromCache: false, account: { username: ADA }, tenantId: TENANT })
    expect(decodeJwt(result?.accessToken ?? '')).toMatchObject({
      aud: GRAPH,
      appid: API.appId,
      appidacr: '1',
      idtyp: 'user',
      oid: idOf(entra, ADA),
      upn: ADA,
    })
    expect(String(decodeJwt(result?.accessToken ?? '')['scp']).split(' ')).toContain('User.Read')
    expect(await entra.oidc.isAccessTokenLive(result?.accessToken ?? '')).toBe(true)
    expect(await api.acquireTokenOnBehalfOf(asked)).toMatchObject({ fromCache: true })
    const everything = { ...asked, scopes: ['https://graph.microsoft.com/.default'] }
    expect(await api.acquireTokenOnBehalfOf(everything)).toMatchObject({ fromCache: false })
    expect(await api.acquireTokenOnBehalfOf(everything)).toMatchObject({ fromCache: true })
    await expect(api.acquireTokenOnBehalfOf({ ...asked, scopes: ['Calendars.Read'] })).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      subError: 'consent_required',
      errorMessage: expect.stringContaining('AADSTS65001'),
    })
    await expect(middleTier('wrong').acquireTokenOnBehalfOf(asked)).rejects.toMatchObject({
      errorMessage: expect.stringContaining('AADSTS7000215'),
    })
  })

  test('a token for another API says the person and the API in between; it is renewed like any other', async () => {
    const { status, body } = await exchange({ scope: `${STOCK_READ} offline_access openid profile` })
    expect({ status, scope: body['scope'] }).toEqual({ status: 200, scope: STOCK_READ })
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      aud: STOCK.uri,
      appid: API.appId,
      scp: 'stock.read',
      upn: ADA,
      ver: '1.0',
    })
    const claims = decodeJwt(String(body['id_token']))
    expect(claims).toMatchObject({ aud: API.appId, iss: `${entra.origin}/${TENANT}/v2.0`, oid: idOf(entra, ADA) })
    const renewed = await postToken(entra, TENANT, {
      grant_type: 'refresh_token',
      client_id: API.appId,
      client_secret: SECRET,
      refresh_token: String(body['refresh_token']),
    })
    expect(decodeJwt(String(renewed.body['access_token']))).toMatchObject({ aud: STOCK.uri, scp: 'stock.read' })
  })

  test('a chain goes on: what was got on behalf of somebody is exchanged by the next API', async () => {
    const first = await exchange({ scope: STOCK_READ })
    expect(first.body).not.toHaveProperty('refresh_token')
    expect(first.body).not.toHaveProperty('id_token')
    const next = { client_id: STOCK.appId, assertion: String(first.body['access_token']) }
    expect((await exchange(next)).body).toMatchObject({ error_codes: [65001], suberror: 'consent_required' })
  })

  test('everything consented to is got by .default, and by a resource at the endpoint of version 1', async () => {
    const { body } = await exchange({ scope: `${STOCK.uri}/.default` })
    expect(body['scope']).toBe(`${STOCK_READ} ${STOCK.uri}/.default`)
    const back = await changeApplication(entra, API.appId, { requiredScopes: [STOCK_READ] })
    const answer = await fetch(`${entra.origin}/${TENANT}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        requested_token_use: 'on_behalf_of',
        client_id: API.appId,
        client_secret: SECRET,
        assertion,
        resource: STOCK.uri,
      }),
    })
    expect(await answer.json()).toMatchObject({ resource: STOCK.uri, scope: 'stock.read', expires_in: '3600' })
    await back()
  })

  test.each([
    ['without an assertion', { assertion: '' }, 'invalid_request', 900144],
    ['without its use', { requested_token_use: '' }, 'invalid_request', 900144],
    ['for another use', { requested_token_use: 'other' }, 'invalid_request', 9002313],
    ['without a scope', { scope: '' }, 'invalid_request', 900144],
    ['for two resources', { scope: `User.Read ${STOCK_READ}` }, 'invalid_scope', 28000],
    ['with what is no token', { assertion: 'opaque' }, 'invalid_grant', 50013],
    ['without a secret', { client_secret: '' }, 'invalid_client', 7000215],
    ['by another application than it is for', { client_id: STOCK.appId }, 'invalid_grant', 500131],
  ])('is refused %s', async (_what, fields, error, code) => {
    expect((await exchange(fields)).body).toMatchObject({ error, error_codes: [code] })
  })

  test('is refused with a token of somebody else’s making, for Graph, of an application, or an ID token', async () => {
    const codeFor = async (given: string, realm?: string) =>
      (await exchange({ assertion: given }, realm)).body['error_codes']
    const [head = '', body = '', sign = ''] = assertion.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Readonly<Record<string, unknown>>
    const altered = Buffer.from(JSON.stringify({ ...claims, oid: idOf(entra, MARTA) })).toString('base64url')
    expect(await codeFor(`${head}.${altered}.${sign}`)).toEqual([50013])
    expect(await codeFor(await tokenFor('openid User.Read'))).toEqual([500131])
    const { body: own } = await postToken(entra, TENANT, {
      grant_type: 'client_credentials',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      scope: `${API.uri}/.default`,
    })
    expect(await codeFor(String(own['access_token']))).toEqual([7000114])
    const config = await discover(entra, SAMPLE)
    const { url, checks } = await startFlow(config, SAMPLE, { scope: 'openid' })
    const tokens = await client.authorizationCodeGrant(config, leftFor(await enter(entra.browser(), url, ADA)), checks)
    const asSample = { client_id: SAMPLE.appId, client_secret: SAMPLE.secret, assertion: String(tokens.id_token) }
    expect((await exchange(asSample)).body['error_codes']).toEqual([240002])
    const back = await changeApplication(entra, API.appId, { signInAudience: 'AzureADMultipleOrgs' })
    expect(await codeFor(assertion, OTHER_TENANT.id)).toEqual([50013])
    await back()
  })

  test('ends with the assertion’s hour, and with the person it stands for', async () => {
    const code = async () => (await exchange({ assertion: given })).body['error_codes']
    const { store } = entra.system
    const given = await tokenFor(`openid offline_access ${READ}`, MARTA)
    const marta = idOf(entra, MARTA)
    expect(await code()).toBeUndefined()
    await store.transact((tx) => setAccountEnabled(tx, TENANT, marta, false))
    expect(await code()).toEqual([50057])
    await store.transact((tx) => setAccountEnabled(tx, TENANT, marta, true))
    const domains = { id: TENANT, verifiedDomains: ['brightwave.example'] }
    const before = store.get('users', marta)?.passwordHash
    await store.transact((tx) => updateUser(tx, domains, marta, { passwordHash: 'other' }))
    expect(await code()).toEqual([50173])
    if (before !== undefined) await store.transact((tx) => updateUser(tx, domains, marta, { passwordHash: before }))
    wallMs += 3601_000
    expect(await code()).toEqual([500133])
    wallMs -= 3601_000
  })

  test('is a sign-in of its own in the log, and so is a refusal', async () => {
    const logged = (filter: object) => {
      const { store, clock } = entra.system
      const [newest] = signIns(store, TENANT, clock.now(), { kind: 'nonInteractiveUser', appId: API.appId, ...filter })
      return newest
    }
    await exchange({ scope: STOCK_READ })
    expect(logged({ status: 'success' })).toMatchObject({
      user: { userPrincipalName: ADA },
      app: { displayName: 'Orders' },
      resource: { displayName: 'Stock' },
    })
    await exchange({ scope: 'Calendars.Read' })
    expect(logged({ errorCode: 65001 })).toMatchObject({ user: { userPrincipalName: ADA } })
  })

  test('leaves no token in the journal', async () => {
    await exchange()
    const journal = JSON.stringify(entra.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('on_behalf_of')
    expect(journal).not.toContain(assertion.slice(-40))
    expect(journal).not.toContain(SECRET)
  })
})
