import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { CALLBACK, mountOf, type OAuthStage, SPA, startOAuth, WEB_APP, WEB_APP_BASIC } from './oauth-stage.ts'

/** What stands at the addresses of an authorization server, and for whose scripts. */

const MOVED = 'https://shifts.brightwave.example'

let stage: OAuthStage
beforeAll(async () => {
  stage = await startOAuth()
})
afterAll(() => stage.close())

describe('an address is answered for applications, never with a page', () => {
  test.each([
    ['GET', '/oauth2/default/v1/token', 405, 'E0000022'],
    ['POST', '/oauth2/v1/keys', 405, 'E0000022'],
    ['POST', '/oauth2/v1/clients', 404, 'E0000008'],
    ['POST', '/oauth2/default/v1/par', 404, 'E0000008'],
    ['GET', '/oauth2/default', 404, 'E0000008'],
    ['GET', '/oauth2/aus000/.well-known/openid-configuration', 404, 'E0000007'],
  ])('%s %s', async (method, path, status, errorCode) => {
    const answer = await call(`${stage.origin}${path}`, { method })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toMatchObject({ errorCode, errorId: expect.stringMatching(/^oae\w{20,}$/) })
  })
})

describe('userinfo says why there is nothing to tell, and offers no proof it does not take', () => {
  const REFUSED = 'Bearer error="invalid_token", error_description="The access token is invalid."'
  test('no token, one that is none, one of a client by itself', async () => {
    const grant = await stage.post(
      `${mountOf('default')}/v1/token`,
      { grant_type: 'client_credentials', scope: 'reports:read' },
      WEB_APP_BASIC,
    )
    const own = String((JSON.parse(grant.text) as Record<string, unknown>)['access_token'])
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${own}` }]) {
      const answer = await call(`${stage.origin}${mountOf('default')}/v1/userinfo`, { headers })
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, REFUSED])
    }
  })

  test('in the form of a post as well', async () => {
    const tokens = await stage.tokens()
    const answer = await stage.post(`${mountOf('default')}/v1/userinfo`, { access_token: tokens['access_token'] ?? '' })
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { sub: expect.any(String) }])
  })
})

describe('scripts of an origin nobody trusts, which a redirect URI of the client has', () => {
  const allowed = 'access-control-allow-origin'
  const from = (origin: string) => ({ ...WEB_APP_BASIC, origin })

  beforeAll(() =>
    stage.system.store.transact((tx) => {
      const app = tx.get('apps', WEB_APP)
      if (app?.oidc === undefined) throw new Error('No such app.')
      const redirectUris = [...app.oidc.redirectUris, `${MOVED}/cb`, 'com.brightwave.shifts:/cb']
      tx.put('apps', WEB_APP, { ...app, oidc: { ...app.oidc, redirectUris } })
    }),
  )

  test('get tokens, and nothing else', async () => {
    const preflight = async (path: string, origin: string) =>
      (
        await call(`${stage.origin}${path}`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-own' },
        })
      ).headers[allowed]
    expect(await preflight('/oauth2/default/v1/token', MOVED)).toBe(MOVED)
    expect(await preflight('/oauth2/v1/token', MOVED)).toBe(MOVED)
    expect(await preflight('/oauth2/default/v1/userinfo', MOVED)).toBeUndefined()
    expect(await preflight('/oauth2/default/v1/token', 'https://elsewhere.example')).toBeUndefined()
    // What a page in a sandbox calls itself, and what the address of an installed app comes out as.
    expect(await preflight('/oauth2/default/v1/token', 'null')).toBeUndefined()

    const { code, verifier } = await stage.code()
    const answer = await stage.post(
      `${mountOf('default')}/v1/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, client_id: WEB_APP },
      from(MOVED),
    )
    expect([answer.status, answer.headers[allowed]]).toEqual([200, MOVED])
    const { access_token: token } = JSON.parse(answer.text) as Record<string, string>
    const info = await call(`${stage.origin}${mountOf('default')}/v1/userinfo`, {
      headers: { origin: MOVED, authorization: `Bearer ${token}` },
    })
    expect(info.headers[allowed]).toBeUndefined()
    const metadata = `${stage.origin}${mountOf('default')}/.well-known/openid-configuration`
    expect((await call(metadata, { headers: { origin: MOVED } })).headers[allowed]).toBeUndefined()
  })

  test('another client’s redirect URI does not do', async () => {
    const answer = await stage.post(
      `${mountOf('default')}/v1/token`,
      { grant_type: 'refresh_token', refresh_token: 'x', client_id: SPA },
      { origin: MOVED },
    )
    expect(answer.headers[allowed]).toBeUndefined()
  })
})
