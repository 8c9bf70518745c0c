import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pageOf } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { oktaUserIdOf } from '../../world.ts'
import { CALLBACK, mountOf, type OAuthStage, PERSON, SPA, startOAuth, WEB_APP, WEB_APP_BASIC } from './oauth-stage.ts'

/** What is refused, and in which words (reference sheet 6.1). */

let stage: OAuthStage
beforeAll(async () => {
  stage = await startOAuth()
})
afterAll(() => stage.close())

const edit = (clientId: string, patch: Readonly<Record<string, unknown>>) =>
  stage.system.store.transact((tx) => {
    const app = tx.get('apps', clientId)
    if (app?.oidc === undefined) throw new Error('No such app.')
    tx.put('apps', clientId, { ...app, oidc: { ...app.oidc, ...patch } })
  })

const answerTo = async (changes: Readonly<Record<string, string | null>>, server?: string) => {
  const url = await stage.browser().leave(stage.authorizeUrl(changes, server))
  return Object.fromEntries(url.searchParams)
}

describe('shown to the person, never sent to an address', () => {
  test.each([
    [
      'an address nobody registered',
      { redirect_uri: 'https://evil.example/cb' },
      'invalid_request',
      'must be a Login redirect URI',
    ],
    [
      'a registered address with something behind it',
      { redirect_uri: `${CALLBACK}/more` },
      'invalid_request',
      'must be a Login redirect URI',
    ],
    ['no address', { redirect_uri: null }, 'invalid_request', 'must be a Login redirect URI'],
    ['an unknown client', { client_id: '0oaunknown' }, 'invalid_client', "Invalid value for 'client_id' parameter."],
  ])('%s', async (_what, changes, code, words) => {
    const page = pageOf(await stage.browser().visit(stage.authorizeUrl(changes)))
    expect(page.status).toBe(400)
    expect(page.text).toContain(code)
    expect(page.text).toContain(words)
  })

  test('a posted request that is longer than an address, which is not kept', async () => {
    const kept = stage.system.store.count('oidcModels')
    const { searchParams } = new URL(stage.authorizeUrl({ state: 'a'.repeat(33_000) }))
    const visit = await stage.browser().post(`${mountOf('default')}/v1/authorize`, Object.fromEntries(searchParams))
    expect([pageOf(visit).status, pageOf(visit).text]).toEqual([
      400,
      expect.stringContaining('The request is too long.'),
    ])
    expect(stage.system.store.count('oidcModels')).toBe(kept)
  })

  test('an app that is inactive is an unknown client', async () => {
    const put = (status: 'ACTIVE' | 'INACTIVE') =>
      stage.system.store.transact((tx) => {
        const app = tx.get('apps', SPA)
        if (app !== undefined) tx.put('apps', SPA, { ...app, status })
      })
    await put('INACTIVE')
    expect(pageOf(await stage.browser().visit(stage.authorizeUrl({ client_id: SPA }))).text).toContain('invalid_client')
    await put('ACTIVE')
  })

  test('an authorization server that is not there', async () => {
    const answer = await call(stage.authorizeUrl({}, 'aus000'))
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text)).toMatchObject({ errorCode: 'E0000007' })
    expect((await call(`${stage.origin}/oauth2/org/v1/keys`)).status).toBe(404)
  })
})

describe('told to the application', () => {
  test.each([
    ['no state', { state: null }, 'invalid_request', "The authentication request has an invalid 'state' parameter."],
    [
      'a token at once',
      { response_type: 'token' },
      'unsupported_response_type',
      'The response type is not supported by the authorization server. Configured response types: [code].',
    ],
    [
      'an unknown scope',
      { scope: 'openid orders:write' },
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    ],
    [
      'no scope',
      { scope: null },
      'invalid_scope',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    ],
    [
      'no proof key of a client without a secret',
      { client_id: SPA },
      'invalid_request',
      "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
    ],
    [
      'a plain proof key',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
      'invalid_request',
      "The 'code_challenge_method' parameter must be 'S256'.",
    ],
    [
      'no session and no prompt',
      { prompt: 'none' },
      'login_required',
      'The client specified not to prompt, but the user is not logged in.',
    ],
  ])('%s', async (_what, changes, error, description) => {
    const { state, ...answer } = await answerTo(changes)
    expect(answer).toEqual({ error, error_description: description })
    expect(state).toBe('state' in changes ? undefined : 'state-of-a-test')
  })

  test('a person who is not assigned, signed in before or for this', async () => {
    await edit(WEB_APP, { implicitAssignment: false })
    const refusal = {
      state: 'state-of-a-test',
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    }
    const browser = stage.browser()
    const { answer } = await stage.code({ browser })
    expect(Object.fromEntries(answer.searchParams)).toEqual(refusal)
    expect(Object.fromEntries((await browser.leave(stage.authorizeUrl({ prompt: 'none' }))).searchParams)).toEqual(
      refusal,
    )
    await edit(WEB_APP, { implicitAssignment: true })
  })

  test('a policy of the server that is not for the client; the org server has none', async () => {
    const [policy] = stage.system.store.find('accessPolicies', 'server', 'default')
    if (policy === undefined) throw new Error('No policy.')
    await stage.system.store.transact((tx) => tx.put('accessPolicies', policy.id, { ...policy, clients: [SPA] }))
    const { answer } = await stage.code()
    expect(answer.searchParams.get('error_description')).toBe(
      'Policy evaluation failed for this request, please check the policy configurations.',
    )
    expect((await stage.code({ server: 'org' })).code).not.toBe('')
    const token = await stage.post(
      '/oauth2/default/v1/token',
      { grant_type: 'client_credentials', scope: 'openid' },
      WEB_APP_BASIC,
    )
    expect(token.status).toBe(400)
    await stage.system.store.transact((tx) => tx.put('accessPolicies', policy.id, policy))
  })

  test('people who may not sign in do not get past the password', async () => {
    for (const handle of ['umar.rashid', 'quentin.adler']) {
      const browser = stage.browser()
      const page = pageOf(await stage.typePassword(browser, await browser.visit(stage.authorizeUrl()), handle))
      expect(page.text).toContain('Unable to sign in')
    }
  })
})

describe('the token endpoint', () => {
  const exchange = async (
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = WEB_APP_BASIC,
    server = 'default',
  ) => {
    const answer = await stage.post(`${mountOf(server)}/v1/token`, fields, headers)
    return {
      status: answer.status,
      body: JSON.parse(answer.text) as Readonly<Record<string, unknown>>,
      headers: answer.headers,
    }
  }
  let sound: Readonly<Record<string, string>>
  beforeEach(async () => {
    const { code, verifier } = await stage.code()
    sound = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
  })
  const DEAD_CODE = { error: 'invalid_grant', error_description: 'The authorization code is invalid or has expired.' }

  test('a wrong secret, none, an unknown client', async () => {
    const wrong = { authorization: `Basic ${Buffer.from(`${WEB_APP}:wrong`).toString('base64')}` }
    expect(await exchange(sound, wrong)).toMatchObject({
      status: 401,
      body: {
        error: 'invalid_client',
        error_description: 'The client secret supplied for a confidential client is invalid.',
      },
    })
    expect(await exchange(sound, {})).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(await exchange({ ...sound, client_id: WEB_APP }, {})).toMatchObject({
      status: 401,
      body: {
        error_description: 'Client authentication failed. Either the client or the client credentials are invalid.',
      },
    })
    // A client nobody knows is told so in the envelope of the Management API.
    expect(await exchange({ ...sound, client_id: '0oanone', client_secret: 'x' }, {})).toMatchObject({
      status: 401,
      body: {
        errorCode: 'invalid_client',
        errorSummary: "Invalid value for 'client_id' parameter.",
        errorLink: 'invalid_client',
        errorId: expect.stringMatching(/^oae\w{20,}$/),
        errorCauses: [],
      },
    })
    // The code is still good: nobody without the secret can use it up.
    expect((await exchange(sound)).status).toBe(200)
  })

  test('what stands for a client that has proved itself is nothing from outside', async () => {
    expect(await exchange({ ...sound, client_id: WEB_APP, client_secret: 'proven' }, {})).toMatchObject({ status: 401 })
  })

  test('a code a second time, which also ends what the first time gave', async () => {
    const first = await exchange(sound)
    expect(first.status).toBe(200)
    expect(await exchange(sound)).toMatchObject({ status: 400, body: DEAD_CODE })
    const token = String(first.body['access_token'])
    expect(
      (await call(`${stage.origin}/oauth2/default/v1/userinfo`, { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(401)
  })

  test('a code of another server, of another client, of nobody', async () => {
    expect(await exchange(sound, WEB_APP_BASIC, 'org')).toMatchObject({ status: 400, body: DEAD_CODE })
    expect(await exchange({ ...sound, client_id: SPA }, {})).toMatchObject({ status: 400, body: DEAD_CODE })
    expect(await exchange({ ...sound, code: 'made-up' })).toMatchObject({ status: 400, body: DEAD_CODE })
    expect((await exchange(sound)).status).toBe(200)
  })

  test('another verifier, another address', async () => {
    expect(await exchange({ ...sound, code_verifier: 'b'.repeat(43) })).toMatchObject({
      body: { error: 'invalid_grant', error_description: 'PKCE verification failed.' },
    })
    expect(await exchange({ ...sound, redirect_uri: 'http://localhost:8080/other' })).toMatchObject({
      body: {
        error: 'invalid_grant',
        error_description: "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      },
    })
  })

  test('grants that are not offered, and one the client does not have', async () => {
    expect(await exchange({ grant_type: 'password', username: 'a', password: 'b', scope: 'openid' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
    expect(await exchange({ grant_type: 'client_credentials', client_id: SPA, scope: 'openid' }, {})).toMatchObject({
      status: 400,
      body: {
        error: 'unauthorized_client',
        error_description:
          'The client is not authorized to use the provided grant type. Configured grant types: [authorization_code, refresh_token].',
      },
    })
    expect(await exchange({ grant_type: 'client_credentials', scope: 'openid' }, WEB_APP_BASIC, 'org')).toMatchObject({
      status: 401,
      body: {
        error: 'invalid_client',
        error_description:
          'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      },
    })
  })

  test('somebody who is suspended gets nothing more for a refresh token, nor after coming back as somebody new', async () => {
    const tokens = await stage.tokens({ changes: { scope: 'openid offline_access' } })
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' }
    const put = (status: 'ACTIVE' | 'SUSPENDED') =>
      stage.system.store.transact((tx) => {
        const user = tx.get('users', oktaUserIdOf(PERSON))
        if (user !== undefined) tx.put('users', user.id, { ...user, status })
      })
    await put('SUSPENDED')
    expect(await exchange(refresh)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' },
    })
    const info = await call(`${stage.origin}/oauth2/default/v1/userinfo`, {
      headers: { authorization: `Bearer ${tokens['access_token']}` },
    })
    expect(info.status).toBe(401)
    await put('ACTIVE')
    expect((await exchange(refresh)).status).toBe(200)
  })

  test('a refresh token that was not used for the window of the rule', async () => {
    const tokens = await stage.tokens({ changes: { scope: 'openid offline_access' } })
    await stage.advance('P8D')
    expect(await exchange({ grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' })).toMatchObject(
      {
        status: 400,
        body: { error: 'invalid_grant' },
      },
    )
  })

  test('a browser without PKCE, and an origin nobody trusts', async () => {
    const { code_verifier: _, ...bare } = sound
    const fromPage = { ...WEB_APP_BASIC, origin: 'http://localhost:3000' }
    const refused = await exchange(bare, fromPage)
    expect(refused.body['error_description']).toBe(
      'Browser requests to the token endpoint must use Proof Key for Code Exchange.',
    )
    const foreign = await exchange(sound, { ...WEB_APP_BASIC, origin: 'https://elsewhere.example' })
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
    expect(foreign.status).toBe(400)
    const trusted = await exchange(sound, { ...WEB_APP_BASIC, origin: 'http://localhost:3000' })
    expect(trusted.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  })
})

describe('signing out', () => {
  test('needs a token of this server and a registered address, else nobody is signed out', async () => {
    const browser = stage.browser()
    const tokens = await stage.tokens({ browser })
    const at = (params: Readonly<Record<string, string>>) => `/oauth2/default/v1/logout?${new URLSearchParams(params)}`
    const hint = { id_token_hint: tokens['id_token'] ?? '' }
    for (const bad of [
      {},
      { id_token_hint: 'nonsense' },
      { id_token_hint: `${(tokens['id_token'] ?? '').slice(0, -4)}AAAA` },
      { ...hint, post_logout_redirect_uri: 'https://evil.example/' },
    ]) {
      expect(pageOf(await browser.visit(at(bad))).status).toBe(400)
    }
    expect((await browser.visit(stage.authorizeUrl({ prompt: 'none' }))).kind).toBe('left')
    expect(pageOf(await browser.visit(at(hint))).title).toBe('Signed out')
    const after = await browser.leave(stage.authorizeUrl({ prompt: 'none' }))
    expect(after.searchParams.get('error')).toBe('login_required')
  })
})
