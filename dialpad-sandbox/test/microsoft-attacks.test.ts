import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { OTHER_TENANT, PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { MOST_PENDING, PENDING_LIFE_MS } from '../sign-in/microsoft/pending-logins.ts'
import { type FakeProvider, startFakeProvider, type Tampering } from './fake-provider.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** What somebody tries who has no account here, or another one: against the login with Microsoft and the sessions it begins. */

const CALLBACK = '/login/microsoft/callback'
const TOMAS = { oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c01', preferred_username: PLAIN_USER, name: 'Tomas Berg' }
const MARTA = { oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c02', preferred_username: ADMIN, name: 'Marta Silva' }

let provider: FakeProvider
let served: ServedPages
/** Wall time as Dialpad is told it. */
let wallMs: number
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  wallMs = Date.now()
  served = await servePages({ microsoftAuthority: provider.authority, wallNowMs: () => wallMs })
})
afterEach(() => served.close())

const begin = (browser: Browser, query = ''): Promise<URL> => browser.leave(`/login/microsoft${query}`)

function answer(location: URL, person: object, tampering: Tampering = {}, more: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams(provider.approve(location, { ...person }, tampering))
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return `${CALLBACK}?${query}`
}

async function titleAt(browser: Browser): Promise<string> {
  return (await browser.go('/app')).title
}

function expectPage(page: Page, status: number, title: string): void {
  expect([page.status, page.title]).toEqual([status, title])
}

describe('a login under way', () => {
  test('is over after half an hour, to the millisecond', async () => {
    const [inTime, late] = [served.browser(), served.browser()]
    const [first, second] = [await begin(inTime), await begin(late)]
    wallMs += PENDING_LIFE_MS - 1
    expectPage(await inTime.go(answer(first, TOMAS)), 200, 'Signed in as Tomas Berg')
    wallMs += 1
    expectPage(await late.go(answer(second, TOMAS)), 400, 'This login is over')
    expect(await titleAt(late)).toBe('Log in')
  })

  test('is one of several in as many tabs, begun at once, and any of them may be the one that ends', async () => {
    for (const chosen of [0, 3, MOST_PENDING - 1]) {
      const browser = served.browser()
      await browser.go('/login')
      const begun = await Promise.all(Array.from({ length: MOST_PENDING }, () => begin(browser)))
      expect(new Set(begun.map(({ searchParams }) => searchParams.get('state'))).size).toBe(MOST_PENDING)
      expectPage(await browser.go(answer(begun[chosen] as URL, TOMAS)), 200, 'Signed in as Tomas Berg')
      // The session of the person is a new one, and takes nothing over: the other tabs begin again.
      const other = begun[chosen === 0 ? 1 : 0] as URL
      expectPage(await browser.go(answer(other, MARTA)), 400, 'This login is over')
      expect(await titleAt(browser)).toBe('Signed in as Tomas Berg')
    }
  })

  test('each leads where it was to lead, whatever another tab asked for later', async () => {
    const browser = served.browser()
    await browser.go('/login')
    const first = await begin(browser, '?next=/admin/company/users')
    await begin(browser, '?next=/admin/company/change-log')
    expect((await browser.go(answer(first, MARTA))).title).toBe('Users')
  })

  test('of more than a browser keeps the oldest goes', async () => {
    const browser = served.browser()
    const oldest = await begin(browser)
    for (let more = 0; more < MOST_PENDING; more += 1) await begin(browser)
    expectPage(await browser.go(answer(oldest, TOMAS)), 400, 'This login is over')
  })

  test('answered twice at once signs in once', async () => {
    const browser = served.browser()
    const address = answer(await begin(browser), TOMAS)
    const statuses = (await Promise.all([browser.raw('GET', address), browser.copy().raw('GET', address)])).map(
      ({ status }) => status,
    )
    expect(statuses.toSorted()).toEqual([303, 400])
  })
})

describe('what belongs to another login', () => {
  test('a code of somebody else is of no use in mine: its verifier is not mine (PKCE)', async () => {
    const [victim, attacker] = [served.browser(), served.browser()]
    const [mine, theirs] = [await begin(victim), await begin(attacker)]
    const stolen = new URLSearchParams(provider.approve(mine, MARTA)).get('code') ?? ''
    const given = provider.issued.length
    const page = await attacker.go(answer(theirs, TOMAS, {}, { code: stolen }))
    expectPage(page, 502, 'Microsoft did not log you in')
    expect(page.text).toContain('invalid_grant')
    expect(provider.issued).toHaveLength(given)
    expect(await titleAt(attacker)).toBe('Log in')
  })

  test('an attacker’s own answer signs nobody else’s browser in (login CSRF)', async () => {
    const [victim, attacker] = [served.browser(), served.browser()]
    await victim.go('/login')
    await begin(victim)
    expectPage(await victim.go(answer(await begin(attacker), TOMAS)), 400, 'This login is over')
    expect(await titleAt(victim)).toBe('Log in')
  })

  test('an answer in the name of another issuer is not acted upon: no code leaves (mix-up, RFC 9207)', async () => {
    for (const iss of ['https://login.evil.example/x/v2.0', `${provider.origin}/not-a-tenant/v2.0`, 'nonsense']) {
      const browser = served.browser()
      const given = provider.issued.length
      const page = await browser.go(answer(await begin(browser), TOMAS, {}, { iss }))
      expectPage(page, 502, 'The answer cannot be trusted')
      expect(provider.issued).toHaveLength(given)
    }
  })

  test('an answer of one tenant with the token of another is refused', async () => {
    const browser = served.browser()
    const iss = `${provider.origin}/${OTHER_TENANT.id}/v2.0`
    expectPage(await browser.go(answer(await begin(browser), TOMAS, {}, { iss })), 502, 'The answer cannot be trusted')
    const right = served.browser()
    const own = { iss: `${provider.origin}/${TENANT_ID}/v2.0` }
    expectPage(await right.go(answer(await begin(right), TOMAS, {}, own)), 200, 'Signed in as Tomas Berg')
  })

  test.each<readonly [string, Tampering]>([
    ['of two audiences that says nobody it was issued to', { claims: { aud: [PARTNER_APP.appId, 'another-app'] } }],
    ['of two audiences, issued to the other', { claims: { aud: [PARTNER_APP.appId, 'x'], azp: 'x' } }],
    ['for us, issued to another application', { claims: { azp: 'another-app' } }],
    ['of no audience', { without: ['aud'] }],
    ['that nobody issued', { without: ['iss'] }],
    ['that never expires', { without: ['exp'] }],
  ])('a token %s', async (_name, tampering) => {
    const browser = served.browser()
    const page = await browser.go(answer(await begin(browser), TOMAS, tampering))
    expectPage(page, 502, 'The answer cannot be trusted')
    const [verdict] = served.system.journal.read({ limit: 1000 }).items.flatMap((entry) => entry.verdict ?? [])
    expect(verdict?.accepted).toBe(false)
  })

  test('a token of two audiences that was issued to us will do', async () => {
    const browser = served.browser()
    const claims = { aud: [PARTNER_APP.appId, 'another-app'], azp: PARTNER_APP.appId }
    expectPage(await browser.go(answer(await begin(browser), TOMAS, { claims })), 200, 'Signed in as Tomas Berg')
  })
})

describe('whoever is pinned', () => {
  test('is known by the id alone: renamed they are who they were, and their old name opens nothing to another', async () => {
    const [before, after, another] = [served.browser(), served.browser(), served.browser()]
    await before.go(answer(await begin(before), TOMAS))
    const renamed = { ...TOMAS, preferred_username: 'tomas.lind@brightwave.example' }
    expectPage(await after.go(answer(await begin(after), renamed)), 200, 'Signed in as Tomas Berg')
    const successor = { ...TOMAS, oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9cff' }
    expectPage(
      await another.go(answer(await begin(another), successor)),
      403,
      'This account is linked to another Microsoft account',
    )
  })

  test('in one tenant is nobody in another, with the same id', async () => {
    const [first, second] = [served.browser(), served.browser()]
    await first.go(answer(await begin(first), TOMAS))
    const page = await second.go(answer(await begin(second), { ...TOMAS, tid: OTHER_TENANT.id }))
    expectPage(page, 403, 'This is another Microsoft organization')
  })
})

describe('errors of the provider', () => {
  test('are shown as words, never as markup, whatever they hold', async () => {
    const words = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202E&lt;b&gt; {{7*7}}'
    for (const error of ['access_denied', 'server_error', '<b>odd</b>']) {
      const browser = served.browser()
      const state = (await begin(browser)).searchParams.get('state') ?? ''
      const query = new URLSearchParams({ error, error_description: words, error_uri: 'javascript:alert(3)', state })
      const page = await browser.go(`${CALLBACK}?${query}`)
      expect(page.status).toBeGreaterThanOrEqual(400)
      expect(page.html).not.toMatch(/<img src=x|<script>alert|<b>odd|javascript:/)
      expect(page.text).toContain('{{7*7}}')
    }
  })

  test('with a state of nobody are not shown at all', async () => {
    const page = await served.browser().go(`${CALLBACK}?error=access_denied&error_description=Call+555-0100&state=x`)
    expectPage(page, 400, 'This login is over')
    expect(page.text).not.toContain('555-0100')
  })
})

describe('the session a login begins', () => {
  test('is a new one: what somebody planted before is worth nothing afterwards (fixation)', async () => {
    const victim = served.browser()
    await victim.go('/login')
    const planted = victim.copy()
    await victim.go(answer(await begin(victim), TOMAS))
    expect(victim.cookie('dialpad_session')).not.toBe(planted.cookie('dialpad_session'))
    expect(await titleAt(planted)).toBe('Log in')
    expect(await titleAt(victim)).toBe('Signed in as Tomas Berg')
  })

  test('ends the one of whoever was logged in with this browser', async () => {
    const browser = await served.admin()
    const before = browser.copy()
    await browser.go(answer(await begin(browser), TOMAS))
    expect(await titleAt(browser)).toBe('Signed in as Tomas Berg')
    expect(await titleAt(before)).toBe('Log in')
  })

  test('is held by a cookie no script reads and no other site’s form sends', async () => {
    const browser = served.browser()
    const { headers } = await browser.raw('GET', answer(await begin(browser), TOMAS))
    const [cookie = '', ...more] = headers['set-cookie'] ?? []
    expect(more).toEqual([])
    expect(cookie).toMatch(/^dialpad_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(headers['cache-control']).toBe('no-store')
  })

  test('leads nowhere but to pages of ours', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example', '/logout']) {
      const browser = served.browser()
      const location = await begin(browser, `?next=${encodeURIComponent(next)}`)
      expect((await browser.go(answer(location, TOMAS))).url.href).toBe(`${served.origin}/app`)
    }
  })
})

describe('logging out', () => {
  async function signedIn(): Promise<Browser> {
    const browser = served.browser()
    await browser.go(answer(await begin(browser), TOMAS))
    return browser
  }

  test('ends the session; what the back button shows is asked for anew, and is the login', async () => {
    const browser = await signedIn()
    const account = await browser.raw('GET', '/app')
    expect([account.status, account.headers['cache-control']]).toEqual([200, 'no-store'])
    const thief = browser.copy()
    await browser.submit(await browser.go('/app'), '/logout')
    expect(await titleAt(browser)).toBe('Log in')
    expect(await titleAt(thief)).toBe('Log in')
    expect(JSON.stringify(served.system.store.dump().collections['kitSessions'] ?? {})).not.toContain('microsoftTokens')
  })

  test('says that Microsoft is another matter, and leads to its sign-out', async () => {
    const browser = await signedIn()
    const page = await browser.submit(await browser.go('/app'), '/logout')
    expect(page.text).toContain('You have logged out.')
    expect(page.text).toContain('You are still signed in to Microsoft')
    const there = await browser.leave(page.linkTo('Sign out of Microsoft') ?? '')
    expect(there.origin + there.pathname).toBe(`${provider.origin}/organizations/oauth2/v2.0/logout`)
    expect(Object.fromEntries(there.searchParams)).toEqual({
      client_id: PARTNER_APP.appId,
      post_logout_redirect_uri: `${served.origin}/`,
    })
  })

  test('by a password says nothing of Microsoft', async () => {
    const browser = served.browser()
    await logIn(browser, ADMIN)
    const page = await browser.submit(await browser.go('/app'), '/logout')
    expect(page.text).toContain('You have logged out.')
    expect(page.text).not.toContain('still signed in')
  })

  test('is nothing another site can make a browser do', async () => {
    const browser = await signedIn()
    expect((await browser.raw('GET', '/logout')).status).toBe(404)
    expect((await browser.raw('POST', '/logout', {}, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser.raw('POST', '/logout', { _csrf: 'guessed' })).status).toBe(403)
    expect(await titleAt(browser)).toBe('Signed in as Tomas Berg')
  })
})
