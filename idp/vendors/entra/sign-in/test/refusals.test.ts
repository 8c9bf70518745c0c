import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { updateServicePrincipal } from '#idp/core/directory/applications.ts'
import { removeGrantsOfPrincipal } from '#idp/core/directory/grants.ts'
import { setAccountEnabled, updateUser } from '#idp/core/directory/users.ts'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { LOCKOUT_THRESHOLD } from '../check-password.ts'
import { discover, errorOf, postToken, startFlow } from './relying-party.ts'
import {
  ADA,
  BLOCKED,
  enter,
  MARTA,
  OUTSIDER,
  PARTNER,
  PASSWORD,
  PLAIN,
  type RunningEntra,
  SAMPLE,
  SPA,
  signInAs,
  startEntra,
  TENANT,
} from './start-entra.ts'

let entra: RunningEntra

beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

/** What every refusal shows for support. */
function expectRefusal(text: string, code: number): void {
  expect(text).toContain(`AADSTS${code}`)
  expect(text).toMatch(
    /Request Id [0-9a-f-]{36} Correlation Id [0-9a-f-]{36} Timestamp \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/,
  )
}

const address = (realm: string, params: Readonly<Record<string, string>>): string =>
  `${entra.origin}/${realm}/oauth2/v2.0/authorize?${new URLSearchParams(params)}`

const SOUND = { client_id: SAMPLE.appId, response_type: 'code', scope: 'openid', redirect_uri: SAMPLE.redirectUri }

describe('requests that are refused on a page', () => {
  test.each([
    ['an unknown tenant', 'nowhere.example', SOUND, 90002],
    ['personal accounts', 'consumers', SOUND, 9002346],
    ['no client', TENANT, { response_type: 'code' }, 900144],
    ['an unknown client', TENANT, { ...SOUND, client_id: '11111111-1111-4111-8111-111111111111' }, 700016],
    ['a single-tenant app at another tenant', OTHER_TENANT.id, SOUND, 700016],
    ['a single-tenant app without a tenant', 'common', SOUND, 50194],
    ['an unregistered redirect', TENANT, { ...SOUND, redirect_uri: 'http://localhost:39211/elsewhere' }, 50011],
    ['a redirect to another host', TENANT, { ...SOUND, redirect_uri: 'https://evil.example/callback' }, 50011],
    [
      'a redirect to a port there cannot be',
      TENANT,
      { ...SOUND, redirect_uri: 'http://localhost:99999/callback' },
      50011,
    ],
    [
      'a program in the place of a product of the kit',
      'organizations',
      { ...SOUND, client_id: PARTNER.appId, redirect_uri: 'http://localhost:39211/login/microsoft/callback' },
      50011,
    ],
  ])('%s', async (_what, realm, params, code) => {
    const page = pageOf(await entra.browser().visit(address(realm, params)))
    expect(page.status).toBe(400)
    expectRefusal(page.text, code)
  })
})

test('a posted request that is longer than an address is not kept', async () => {
  const kept = entra.system.store.count('oidcModels')
  const fields = { ...SOUND, state: 'a'.repeat(33_000) }
  const page = pageOf(await entra.browser().post(`/${TENANT}/oauth2/v2.0/authorize`, fields))
  expect(page.status).toBe(400)
  expectRefusal(page.text, 9002313)
  expect(entra.system.store.count('oidcModels')).toBe(kept)
})

describe('requests that the application is told about', () => {
  test.each([
    ['an implicit response type', { ...SOUND, response_type: 'id_token' }, 'unsupported_response_type', 700054],
    ['no scope', { ...SOUND, scope: '' }, 'invalid_request', 900144],
    ['an unknown scope', { ...SOUND, scope: 'openid Nothing.Read' }, 'invalid_scope', 70011],
    ['silence while nobody is signed in', { ...SOUND, prompt: 'none' }, 'login_required', 50058],
    ['an unsupported prompt', { ...SOUND, prompt: 'whatever' }, 'invalid_request', 90023],
    ['several prompts at once', { ...SOUND, prompt: 'consent select_account' }, 'invalid_request', 90023],
    ['the prompt of version 1 for admin consent', { ...SOUND, prompt: 'admin_consent' }, 'invalid_request', 90023],
  ])('%s', async (_what, params, error, code) => {
    const visit = await entra.browser().visit(address(TENANT, { ...params, state: 'kept' }))
    expect(errorOf(visit)).toMatchObject({
      error,
      description: expect.stringMatching(new RegExp(`^AADSTS${code}: .*Trace ID: `)),
    })
    expect(errorOf(visit).state).toBe('kept')
    expect(leftFor(visit).searchParams.has('iss')).toBe(false)
  })

  test('a public client without PKCE', async () => {
    const visit = await entra
      .browser()
      .visit(address(TENANT, { ...SOUND, client_id: SPA.appId, redirect_uri: SPA.redirectUri }))
    expect(errorOf(visit)).toMatchObject({
      error: 'invalid_request',
      description: expect.stringMatching(/^AADSTS9002325: /),
    })
  })

  test('consent declined', async () => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const consent = await signInAs(browser, await browser.visit((await startFlow(config, SAMPLE)).url), PLAIN)
    const visit = await browser.send(consent, '/consent', { decision: 'cancel' })
    expect(errorOf(visit)).toMatchObject({
      error: 'access_denied',
      description: expect.stringMatching(/^AADSTS65004: /),
    })
    expect(entra.system.store.find('permissionGrants', 'principal', 'nobody')).toEqual([])
  })
})

test('client credentials that are not percent-encoded are nobody’s, and no failure of ours', async () => {
  const response = await fetch(`${entra.origin}/organizations/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('%zz:secret').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x' }),
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'unauthorized_client', error_codes: [700016] })
})

/** What a person's own client keeps for later. */
async function refreshTokenOf(email: string): Promise<string> {
  const config = await discover(entra, SAMPLE)
  const { url, checks } = await startFlow(config, SAMPLE)
  const callback = leftFor(await enter(entra.browser(), url, email))
  return String((await client.authorizationCodeGrant(config, callback, checks)).refresh_token)
}

test('a parameter twice, of which one might be judged and the other redeemed', async () => {
  const fields = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: SAMPLE.appId,
    client_secret: SAMPLE.secret,
    refresh_token: await refreshTokenOf(ADA),
  })
  fields.append('refresh_token', await refreshTokenOf(MARTA))
  for (const path of ['oauth2/v2.0/token', 'oauth2/token']) {
    const response = await fetch(`${entra.origin}/${TENANT}/${path}`, { method: 'POST', body: fields })
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({
        error: 'invalid_request',
        error_codes: [9000411],
        error_description: expect.stringMatching(/^AADSTS9000411: .*'refresh_token' is duplicated\./),
      }),
    ])
  }
})

describe('parameters of ours, which a request from outside brings along,', () => {
  const at = async (realm: string, app: typeof SAMPLE | typeof PARTNER, more: Readonly<Record<string, string>>) => {
    const { url } = await startFlow(await discover(entra, app), app, more)
    return url.replace(`/${TENANT}/`, `/${realm}/`)
  }

  test('do not spare the person the consent', async () => {
    const browser = entra.browser()
    await enter(browser, await at(TENANT, SAMPLE, {}), ADA)
    const asked = { scope: 'openid Mail.Read', entra_default_scope: 'https://graph.microsoft.com/.default' }
    expect(pageOf(await browser.visit(await at(TENANT, SAMPLE, asked))).title).toBe('Permissions requested')
  })

  test('do not let an account of another tenant in', async () => {
    const browser = entra.browser()
    await enter(browser, await at('organizations', PARTNER, { scope: 'openid' }), OUTSIDER)
    const asked = { scope: 'openid', entra_device_realm: OTHER_TENANT.id }
    expect(pageOf(await browser.visit(await at(TENANT, PARTNER, asked))).text).toContain(
      'This sign-in needs another account.',
    )
  })
})

describe('people who are refused', () => {
  const begin = async () => {
    const browser = entra.browser()
    return { browser, start: await browser.visit((await startFlow(await discover(entra, SAMPLE), SAMPLE)).url) }
  }

  test('an unknown name, beside the field', async () => {
    const { browser, start } = await begin()
    const page = pageOf(await browser.send(start, '/email', { email: 'nobody@brightwave.example' }))
    expect([page.status, page.title]).toEqual([422, 'Sign in'])
    expect(page.text).toContain("We couldn't find an account with that username. Try another account. (AADSTS50034)")
  })

  test('a wrong password, beside the field', async () => {
    const { browser, start } = await begin()
    const page = pageOf(await signInAs(browser, start, ADA, { password: 'Wrong-2026!' }))
    expect([page.status, page.title]).toEqual([422, 'Enter password'])
    expect(page.text).toContain('(AADSTS50126)')
    expect(page.html).not.toContain('Wrong-2026!')
  })

  test('a blocked account, and only with the right password', async () => {
    const one = await begin()
    expect(pageOf(await signInAs(one.browser, one.start, BLOCKED)).text).toContain('(AADSTS50057)')
    const other = await begin()
    expect(pageOf(await signInAs(other.browser, other.start, BLOCKED, { password: 'x' })).text).toContain(
      '(AADSTS50126)',
    )
  })

  test('after ten wrong passwords, even with the right one, until virtual time has passed', async () => {
    const email = 'kenji.sato@brightwave.example'
    const { browser, start } = await begin()
    const step = await browser.send(start, '/email', { email })
    for (let n = 0; n < LOCKOUT_THRESHOLD; n += 1) await browser.send(step, '/password', { password: 'x' })
    expect(pageOf(await browser.send(step, '/password', { password: PASSWORD })).text).toContain('(AADSTS50053)')
    await entra.advance(61)
    expect(pageOf(await browser.send(step, '/password', { password: PASSWORD })).title).toBe('Stay signed in?')
  })

  test('a wrong password too often, tried all at once: the right one is not among those looked at later', async () => {
    const email = 'hana.suzuki@brightwave.example'
    const { browser, start } = await begin()
    const step = await browser.send(start, '/email', { email })
    const tries = Array.from({ length: LOCKOUT_THRESHOLD + 8 }, () =>
      browser.send(step, '/password', { password: 'x' }),
    )
    const locked = (await Promise.all(tries)).filter((each) => pageOf(each).text.includes('(AADSTS50053)'))
    expect(locked).toHaveLength(8)
  })

  test('an account of another tenant, at a tenant’s address', async () => {
    const browser = entra.browser()
    const config = await discover(entra, PARTNER)
    const page = pageOf(await signInAs(browser, await browser.visit((await startFlow(config, PARTNER)).url), OUTSIDER))
    expect(page.status).toBe(403)
    expectRefusal(page.text, 50020)
    const signIn = await browser.send(page, '/switch')
    const back = await browser.send(signIn, '/email', { email: MARTA })
    expect(pageOf(back).title).toBe('Enter password')
  })

  test('somebody who is not assigned where assignment is required, and everybody where the app is disabled', async () => {
    const { store } = entra.system
    const [principal] = store.find('servicePrincipals', 'appId', `${TENANT}/${SAMPLE.appId}`)
    const patch = (values: Parameters<typeof updateServicePrincipal>[3]) =>
      store.transact((tx) => updateServicePrincipal(tx, TENANT, principal?.id ?? '', values))
    await patch({ appRoleAssignmentRequired: true })
    const one = await begin()
    const unassigned = pageOf(await signInAs(one.browser, one.start, ADA))
    expectRefusal(unassigned.text, 50105)
    expect(pageOf(await one.browser.send(unassigned, '/switch')).title).toBe('Sign in')
    const silent = await one.browser.visit(
      (await startFlow(await discover(entra, SAMPLE), SAMPLE, { prompt: 'none' })).url,
    )
    expect(errorOf(silent).error).toBe('interaction_required')

    await patch({ appRoleAssignmentRequired: false, accountEnabled: false })
    const two = await begin()
    expectRefusal(pageOf(await signInAs(two.browser, two.start, ADA)).text, 7000112)
    await patch({ accountEnabled: true })
  })

  test('a member where the tenant does not let members consent, with a way to ask an administrator', async () => {
    await entra.system.store.transact((tx) => tx.put('consentSettings', TENANT, { userConsent: 'block' }))
    const { browser, start } = await begin()
    const page = pageOf(await signInAs(browser, start, 'lena.fischer@brightwave.example'))
    expect([page.status, page.title]).toEqual([403, 'Need admin approval'])
    expect(page.text).toContain('AADSTS90094')
    const forged = await browser.send(page, '/consent', { decision: 'accept' })
    expect(pageOf(forged).status).toBe(403)
    await entra.system.store.transact((tx) => tx.delete('consentSettings', TENANT))
  })
})

describe('forms', () => {
  test('need the token of their session and an origin of ours', async () => {
    const browser = entra.browser()
    const start = await browser.visit(address(TENANT, SOUND))
    expect(pageOf(await browser.send(start, '/email', { email: ADA, _csrf: 'forged' })).status).toBe(403)
    expect(pageOf(await browser.send(start, '/email', { email: ADA }, { origin: 'https://evil.example' })).status).toBe(
      403,
    )
    expect(pageOf(await entra.browser().send(start, '/email', { email: ADA })).status).toBe(403)
  })

  test('of another browser’s sign-in are over', async () => {
    const start = pageOf(await entra.browser().visit(address(TENANT, SOUND)))
    const page = pageOf(await entra.browser().visit(start.url))
    expectRefusal(page.text, 81010)
  })

  test('of a sign-in whose password was given in another browser session ask for the password again', async () => {
    const browser = entra.browser()
    const step = await browser.send(await browser.visit(address(TENANT, SOUND)), '/email', { email: ADA })
    const stay = pageOf(await browser.send(step, '/password', { password: PASSWORD }))
    const thief = entra.browser()
    for (const [name, value] of browser.cookies)
      if (name.startsWith('entra_interaction')) thief.cookies.set(name, value)
    expect(pageOf(await thief.visit(stay.url)).title).toBe('Enter password')
  })
})

describe('token requests', () => {
  const redeem = async (email = ADA) => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const flow = await startFlow(config, SAMPLE)
    const visit = await enter(browser, flow.url, email)
    const code = leftFor(visit).searchParams.get('code') ?? ''
    const fields = {
      grant_type: 'authorization_code',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      redirect_uri: SAMPLE.redirectUri,
      code_verifier: flow.checks.pkceCodeVerifier,
      code,
    }
    return { config, callback: leftFor(visit), flow, fields }
  }

  test('are refused in Entra’s words, with everything support would ask for', async () => {
    const { fields } = await redeem()
    const { client_secret: _secret, ...withoutSecret } = fields
    const cases = [
      [{ ...fields, client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
      [withoutSecret, 401, 'invalid_client', 7000218],
      [{ ...fields, code_verifier: 'a'.repeat(43) }, 400, 'invalid_grant', 501481],
      [{ ...fields, redirect_uri: 'http://localhost:39211/' }, 400, 'invalid_grant', 500112],
      [{ ...fields, code: 'made-up' }, 400, 'invalid_grant', 70000],
      [{ ...fields, client_id: PARTNER.appId, client_secret: PARTNER.secret }, 400, 'invalid_grant', 70000],
      [{ ...fields, grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
      [{ ...fields, client_id: '11111111-1111-4111-8111-111111111111' }, 400, 'unauthorized_client', 700016],
    ] as const
    for (const [sent, status, error, code] of cases) {
      const answer = await postToken(entra, TENANT, sent)
      expect(answer).toMatchObject({
        status,
        body: {
          error,
          error_codes: [code],
          error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: `)),
          trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          timestamp: expect.stringMatching(/Z$/),
        },
      })
    }
    expect((await postToken(entra, TENANT, fields)).status).toBe(200)
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([54005])
  })

  test('for an account of another tenant than the address are refused, code and refresh token alike', async () => {
    const config = await discover(entra, PARTNER, 'common')
    const browser = entra.browser()
    const flow = await startFlow(config, PARTNER)
    const visit = await enter(browser, flow.url, OUTSIDER)
    const shared = { client_id: PARTNER.appId, client_secret: PARTNER.secret }
    const fields = {
      ...shared,
      grant_type: 'authorization_code',
      redirect_uri: PARTNER.redirectUri,
      code_verifier: flow.checks.pkceCodeVerifier,
      code: leftFor(visit).searchParams.get('code') ?? '',
    }
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([700005])
    const { body } = await postToken(entra, 'organizations', fields)
    const refresh = { ...shared, grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    expect((await postToken(entra, TENANT, refresh)).body['error_codes']).toEqual([700005])
    expect((await postToken(entra, OTHER_TENANT.domain, refresh)).status).toBe(200)
  })

  test('end with the consent, and with the secret of the application', async () => {
    const { config, callback, flow } = await redeem('oskar.lindqvist@brightwave.example')
    const tokens = await client.authorizationCodeGrant(config, callback, flow.checks)
    const fields = {
      grant_type: 'refresh_token',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      refresh_token: String(tokens.refresh_token),
    }
    const { store, clock } = entra.system
    const [application] = store.find('applications', 'appId', SAMPLE.appId)
    const [user] = store.find('users', 'userPrincipalName', 'oskar.lindqvist@brightwave.example')
    if (application === undefined || user === undefined) throw new Error('The world has changed.')
    const secrets = application.secrets.map((each) => ({ ...each, endDateTime: clock.iso() }))
    await store.transact((tx) => tx.put('applications', application.id, { ...application, secrets }))
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([7000222])
    await store.transact((tx) => tx.put('applications', application.id, application))

    expect(store.count('permissionGrants', 'principal', user.id)).toBe(1)
    await store.transact((tx) => removeGrantsOfPrincipal(tx, user.id))
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([65001])
  })

  test('end with the account: blocked, or with another password', async () => {
    const { config, callback, flow } = await redeem('priya.raman@brightwave.example')
    const tokens = await client.authorizationCodeGrant(config, callback, flow.checks)
    const fields = {
      grant_type: 'refresh_token',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      refresh_token: String(tokens.refresh_token),
    }
    const { store } = entra.system
    const [user] = store.find('users', 'userPrincipalName', 'priya.raman@brightwave.example')
    const id = user?.id ?? ''
    await store.transact((tx) => setAccountEnabled(tx, TENANT, id, false))
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([50057])
    await store.transact((tx) => setAccountEnabled(tx, TENANT, id, true))
    await store.transact((tx) =>
      updateUser(tx, { id: TENANT, verifiedDomains: ['brightwave.example'] }, id, { passwordHash: 'other' }),
    )
    expect((await postToken(entra, TENANT, fields)).body['error_codes']).toEqual([50173])
  })
})

describe('secrets', () => {
  test('stand in no journal entry and not in the store', async () => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const flow = await startFlow(config, SAMPLE)
    const visit = await enter(browser, flow.url, ADA)
    const tokens = await client.authorizationCodeGrant(config, leftFor(visit), flow.checks)
    const secrets = [
      PASSWORD,
      SAMPLE.secret,
      leftFor(visit).searchParams.get('code') ?? '',
      tokens.access_token,
      String(tokens.refresh_token),
      String(tokens.id_token),
      // The other cookies name an interaction, which stands in its address too; steps after the password need the form's session.
      ...[...browser.cookies].filter(([name]) => /^entra_(sso|signin) /.test(name)).map(([, value]) => value),
    ]
    const store = JSON.stringify(entra.system.store.dump())
    const journal = JSON.stringify(entra.system.journal.read({ limit: 20_000 }).items)
    // The private part of the signing key (RFC 7518 §6.3.2.1), as JSON or as JSON within a text.
    expect(store).not.toMatch(/"d\\?":/)
    for (const secret of secrets) {
      expect(store).not.toContain(secret)
      expect(journal).not.toContain(secret)
    }
  })
})
