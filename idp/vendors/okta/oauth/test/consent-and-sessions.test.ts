import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { editOidcApp } from '../commands/apps.ts'
import { type OAuthStage, PERSON, startOAuth, WEB_APP } from './oauth-stage.ts'

/** Consent, the session token of the Authentication API, asking again for the password, the tile. */

let stage: OAuthStage
beforeAll(async () => {
  stage = await startOAuth()
})
afterAll(() => stage.close())

const KIT = { kind: 'kit' } as const
const edit = (patch: Parameters<typeof editOidcApp>[2]['patch']) =>
  editOidcApp({ system: stage.system }, KIT, { appId: WEB_APP, patch })
const events = () => Array.from(stage.system.store.entries('systemLog'), ([, { eventType }]) => eventType)

test('an app that requires consent asks once for each scope that has to be allowed; no is access_denied', async () => {
  await edit({ consentMethod: 'REQUIRED' })
  const browser = stage.browser()
  const silent = await stage.browser().leave(stage.authorizeUrl({ prompt: 'none' }))
  expect(silent.searchParams.get('error')).toBe('login_required')
  const page = pageOf(await stage.typePassword(browser, await browser.visit(stage.authorizeUrl())))
  expect(page.title).toBe('Sample web app would like to:')
  expect(page.text).toContain('View your email address.')
  const asked = await browser.leave(stage.authorizeUrl({ prompt: 'none' }))
  expect(asked.searchParams.get('error')).toBe('consent_required')
  const denied = leftFor(await browser.send(page, new URL(page.url).pathname, { decision: 'deny' }))
  expect(Object.fromEntries(denied.searchParams)).toMatchObject({
    error: 'access_denied',
    error_description: 'The resource owner or authorization server denied the request.',
  })
  const again = await browser.go(stage.authorizeUrl())
  const allowed = leftFor(await browser.send(again, new URL(again.url).pathname, { decision: 'allow' }))
  expect(allowed.searchParams.get('code')).not.toBeNull()
  expect((await browser.leave(stage.authorizeUrl({ prompt: 'none' }))).searchParams.get('code')).not.toBeNull()
  expect(events()).toEqual(
    expect.arrayContaining(['app.oauth2.as.consent.grant', 'app.oauth2.as.authorize.code', 'user.authentication.sso']),
  )
  await edit({ consentMethod: 'TRUSTED' })
})

test('a session token signs its person in, once, and answers at once', async () => {
  const answer = await call(`${stage.origin}/api/v1/authn`, {
    method: 'POST',
    body: { username: `${PERSON}@brightwave.example`, password: TRAINING_PASSWORD },
  })
  const { sessionToken } = answer.json() as { sessionToken: string }
  const url = stage.authorizeUrl({ sessionToken, prompt: 'none' })
  const first = await stage.browser().leave(url)
  expect(first.searchParams.get('code')).not.toBeNull()
  expect((await stage.browser().leave(url)).searchParams.get('error')).toBe('login_required')
})

test('prompt=login asks for the password whatever session there is, and auth_time tells', async () => {
  const browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/'))
  const page = pageOf(await browser.visit(stage.authorizeUrl({ prompt: 'login' })))
  expect(page.title).toBe('Sign In')
  const code = leftFor(await stage.typePassword(browser, page)).searchParams.get('code')
  expect(code).not.toBeNull()
})

test('a sign-in that was asked for anew and left again has signed nobody out', async () => {
  const browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/'))
  expect(pageOf(await browser.visit(stage.authorizeUrl({ max_age: '0' }))).title).toBe('Sign In')
  expect(pageOf(await browser.visit('/')).title).not.toBe('Sign In')
  expect((await browser.leave(stage.authorizeUrl({ prompt: 'none' }))).searchParams.get('code')).not.toBeNull()
})

test('login_hint is typed already, whether nobody is signed in or somebody has to sign in anew', async () => {
  const hint = `${PERSON}@brightwave.example`
  const browser = stage.browser()
  for (const more of [{}, { prompt: 'login' }]) {
    const page = pageOf(await browser.visit(stage.authorizeUrl({ login_hint: hint, ...more })))
    expect(page.html).toContain(`value="${hint}"`)
    expect(leftFor(await stage.typePassword(browser, page)).searchParams.get('code')).not.toBeNull()
  }
})

test('a nonce without openid is of no consequence', async () => {
  const { answer } = await stage.code({ changes: { scope: 'email', nonce: 'n' } })
  expect(answer.searchParams.get('code')).not.toBeNull()
})

test('auth_time is that of the sign-in to the org, however late the app comes', async () => {
  const browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/'))
  await stage.advance('PT1H')
  const tokens = await stage.tokens({ browser })
  const { auth_time: authTime, iat = 0 } = decodeJwt(tokens['id_token'] ?? '')
  expect(iat - Number(authTime)).toBeGreaterThanOrEqual(3600)
})

test('an app either side may begin has a tile, which leads to its own address with the issuer', async () => {
  await edit({ loginMode: 'SPEC', initiateLoginUri: 'http://localhost:8080/login', implicitAssignment: false })
  const browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/'), 'ada.okafor')
  const app = stage.system.store.get('apps', WEB_APP)
  const path = `/home/oidc_client/${WEB_APP}/${app?.embedKey}`
  expect(pageOf(await browser.visit(path)).status).toBe(403)
  await edit({ implicitAssignment: true })
  expect((await browser.leave(path)).href).toBe(`http://localhost:8080/login?iss=${encodeURIComponent(stage.origin)}`)
})
