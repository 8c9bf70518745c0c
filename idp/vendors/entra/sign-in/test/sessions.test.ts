import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setAccountEnabled, softDeleteUser } from '#idp/core/directory/users.ts'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { discover, errorOf, startFlow } from './relying-party.ts'
import { applicationOf, changeApplication } from './sample-api.ts'
import { ADA, enter, MARTA, PLAIN, type RunningEntra, SAMPLE, startEntra, TENANT } from './start-entra.ts'

const DAY = 24 * 3600

let entra: RunningEntra

beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

/** A browser in which somebody has signed in to the sample app. */
async function signedIn(email: string, stay: 'yes' | 'no' = 'no', at = entra) {
  const browser = at.browser()
  const config = await discover(at, SAMPLE)
  const flow = await startFlow(config, SAMPLE)
  const visit = await enter(browser, flow.url, email, stay)
  const tokens = await client.authorizationCodeGrant(config, leftFor(visit), flow.checks)
  const silent = async () => browser.visit((await startFlow(config, SAMPLE, { prompt: 'none' })).url)
  return { browser, config, tokens, silent }
}

const userId = (email: string): string => entra.system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''

describe('a session', () => {
  test('ends after a day of virtual idleness, while tokens carry wall time', async () => {
    const { silent, tokens } = await signedIn(ADA)
    await entra.advance(DAY - 600)
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    await entra.advance(DAY - 600)
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    await entra.advance(DAY + 1)
    expect(errorOf(await silent())).toMatchObject({ error: 'login_required' })
    expect(Math.abs(Number(tokens.claims()?.iat) - Date.now() / 1000)).toBeLessThan(60)
  })

  test('lasts for weeks when the person stays signed in, and its refresh token for ninety idle days', async () => {
    const { silent, config, tokens } = await signedIn(ADA, 'yes')
    await entra.advance(80 * DAY)
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token))
    await entra.advance(89 * DAY)
    const again = await client.refreshTokenGrant(config, String(renewed.refresh_token))
    await entra.advance(91 * DAY)
    expect(errorOf(await silent())).toMatchObject({ error: 'login_required' })
    await expect(client.refreshTokenGrant(config, String(again.refresh_token))).rejects.toMatchObject({
      error_description: expect.stringMatching(/^AADSTS700082: /),
    })
  })

  test('ends when the person is blocked or deleted', async () => {
    const blocked = await signedIn(PLAIN)
    await entra.system.store.transact((tx) => setAccountEnabled(tx, TENANT, userId(PLAIN), false))
    expect(errorOf(await blocked.silent())).toMatchObject({ error: 'login_required' })

    const email = 'rosa.jimenez@brightwave.example'
    const deleted = await signedIn(email)
    await entra.system.store.transact((tx) => softDeleteUser(tx, TENANT, userId(email), entra.system.clock.iso()))
    expect(errorOf(await deleted.silent())).toMatchObject({ error: 'login_required' })
  })

  test('that ends while a page waits leads to a page that says to start again', async () => {
    const { browser, config } = await signedIn(ADA)
    const consent = await browser.visit((await startFlow(config, SAMPLE, { prompt: 'consent' })).url)
    expect(pageOf(consent).title).toBe('Permissions requested')
    await entra.advance(2 * DAY)
    const fresh = await browser.visit(pageOf(consent).url)
    expect(pageOf(await browser.send(fresh, '/consent', { decision: 'accept' })).text).toContain('AADSTS81010')
  })

  test('leaves nothing behind: expired records are swept by later ones', async () => {
    const before = entra.system.store.count('oidcModels')
    for (let n = 0; n < 3; n += 1) await signedIn(MARTA)
    expect(entra.system.store.count('oidcModels')).toBeGreaterThan(before)
    await entra.advance(400 * DAY)
    for (let n = 0; n < 3; n += 1) await signedIn(MARTA)
    const sessions = [...entra.system.store.entries('oidcModels')].filter(([, record]) => record.model === 'Session')
    expect(sessions.length).toBeLessThanOrEqual(6)
  })
})

describe('signing out', () => {
  test('ends the session at once and shows it', async () => {
    const { browser, silent } = await signedIn(MARTA)
    const page = pageOf(await browser.visit(`${entra.origin}/${TENANT}/oauth2/v2.0/logout`))
    expect(page.title).toBe('You signed out of your account')
    expect(errorOf(await silent())).toMatchObject({ error: 'login_required' })
  })

  test('goes to a registered address without an id_token_hint, and to no other', async () => {
    const { browser } = await signedIn(MARTA)
    const target = new URLSearchParams({ post_logout_redirect_uri: 'http://localhost:40404/', state: 'kept' })
    const left = leftFor(await browser.visit(`${entra.origin}/common/oauth2/v2.0/logout?${target}`))
    expect(left.href).toBe('http://localhost:40404/?state=kept')
    const ours = new URLSearchParams({ post_logout_redirect_uri: 'http://localhost:40404/login/microsoft/callback' })
    expect(pageOf(await browser.visit(`${entra.origin}/common/oauth2/v2.0/logout?${ours}`)).status).toBe(200)
    const foreign = new URLSearchParams({ post_logout_redirect_uri: 'https://evil.example/' })
    expect(pageOf(await browser.visit(`${entra.origin}/common/oauth2/v2.0/logout?${foreign}`)).title).toBe(
      'You signed out of your account',
    )
  })

  test('tells the applications signed in to, in frames, which session ends, and then goes on', async () => {
    const logoutUrl = 'http://localhost:39211/signed-out'
    const optionalClaims = {
      idToken: [{ name: 'sid', essential: false, additionalProperties: [] }],
      accessToken: [],
      saml2Token: [],
    }
    const { web } = applicationOf(entra, SAMPLE.appId)
    const back = await changeApplication(entra, SAMPLE.appId, { web: { ...web, logoutUrl }, optionalClaims })
    const { browser, tokens } = await signedIn(MARTA)
    const params = new URLSearchParams({ post_logout_redirect_uri: SAMPLE.redirectUri })
    const answer = await browser.raw('GET', `/${TENANT}/oauth2/v2.0/logout?${params}`)
    const about = new URLSearchParams({
      iss: `${entra.origin}/${TENANT}/v2.0`,
      sid: String(tokens.claims()?.['sid']),
    })
    expect(answer.text.replaceAll('&amp;', '&')).toContain(`src="${logoutUrl}?${about}"`)
    expect(answer.headers['content-security-policy']).toContain('frame-src http://localhost:39211')
    expect(answer.headers['refresh']).toBe(`1; url=${SAMPLE.redirectUri}`)
    // Signed out: nobody is told a second time.
    expect((await browser.raw('GET', `/${TENANT}/oauth2/v2.0/logout?${params}`)).status).toBe(303)
    await back()
  })
})

describe('a restart', () => {
  test('keeps the signing key, sessions and refresh tokens', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'entra-'))
    try {
      const first = await startEntra(dir)
      const before = await signedIn(MARTA, 'no', first)
      const keys = async (at: RunningEntra) => (await fetch(`${at.origin}/common/discovery/keys`)).json()
      const keysBefore = await keys(first)
      const { cookies } = before.browser
      await first.close()

      const second = await startEntra(dir)
      expect(await keys(second)).toEqual(keysBefore)
      const browser = second.browser()
      for (const [name, value] of cookies) browser.cookies.set(name, value)
      const config = await discover(second, SAMPLE)
      const visit = await browser.visit((await startFlow(config, SAMPLE, { prompt: 'none' })).url)
      expect(leftFor(visit).searchParams.has('code')).toBe(true)
      const renewed = await client.refreshTokenGrant(config, String(before.tokens.refresh_token))
      expect(renewed.claims()?.['preferred_username']).toBe(MARTA)
      await second.close()
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})

describe('a reset', () => {
  test('ends every session and makes a new key, without a restart', async () => {
    const own = await startEntra()
    const { browser } = await signedIn(MARTA, 'yes', own)
    const keys = async () => (await fetch(`${own.origin}/common/discovery/v2.0/keys`)).json()
    const before = await keys()
    const answer = await fetch(`${own.origin}/_kit/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(answer.status).toBe(200)
    expect(await keys()).not.toEqual(before)
    const config = await discover(own, SAMPLE)
    expect(errorOf(await browser.visit((await startFlow(config, SAMPLE, { prompt: 'none' })).url)).error).toBe(
      'login_required',
    )
    await own.close()
  })
})
