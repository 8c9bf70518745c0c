import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { OTHER_TENANT, PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { setCompanyAdmin, updateUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { type FakeProvider, startFakeProvider, type Tampering } from './fake-provider.ts'
import { ADMIN, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

const CALLBACK = '/login/microsoft/callback'
const TOMAS = {
  oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c01',
  preferred_username: PLAIN_USER,
  given_name: 'Tomas',
  family_name: 'Berg',
}
const MARTA = { oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c02', preferred_username: ADMIN, name: 'Marta Silva' }

let provider: FakeProvider
let served: ServedPages
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  served = await servePages({ microsoftAuthority: provider.authority })
})
afterEach(() => served.close())

/** Log in with Microsoft as this person, or as a provider gone wrong would. */
async function signInAs(person: object, tampering: Tampering = {}, browser = served.browser()): Promise<Page> {
  const location = await browser.leave('/login/microsoft')
  return browser.go(CALLBACK + provider.approve(location, { ...person }, tampering))
}

function tomas() {
  return served.system.store.get('users', tomasId)
}
let tomasId: string
beforeEach(() => {
  tomasId = served.system.store.find('users', 'email', PLAIN_USER)[0]?.id ?? ''
})

describe('Log in with Microsoft', () => {
  test('asks as the Dialpad app, with state, nonce and PKCE, and keeps none of them in the clear', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft')
    expect(location.origin + location.pathname).toBe(`${provider.origin}/organizations/oauth2/v2.0/authorize`)
    const asked = Object.fromEntries(location.searchParams)
    expect(asked).toEqual({
      client_id: PARTNER_APP.appId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: `${served.origin}${CALLBACK}`,
      scope: 'openid profile email offline_access User.Read Contacts.Read Calendars.Read User.ReadBasic.All',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const state = JSON.stringify(served.system.store.dump())
    expect(state).not.toContain(asked['state'])
    expect(state).not.toContain(asked['nonce'])
  })

  test('signs the user with that address in, pins them, and knows them by their id from then on', async () => {
    const page = await signInAs(TOMAS)
    expect([page.status, page.url.pathname, page.title]).toEqual([200, '/app', 'Signed in as Tomas Berg'])
    expect(tomas()?.microsoft).toEqual({ tenantId: TENANT_ID, objectId: TOMAS.oid })

    const renamed = await signInAs({ ...TOMAS, preferred_username: 'tomas.new@brightwave.example' })
    expect(renamed.title).toBe('Signed in as Tomas Berg')
  })

  test('finds a user by the email claim where the user name is none of ours', async () => {
    const page = await signInAs({ ...TOMAS, preferred_username: 'tberg@login.brightwave.example', email: PLAIN_USER })
    expect(page.title).toBe('Signed in as Tomas Berg')
  })

  test('comes back to the page that asked, for an admin to the portal', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft?next=/admin/company/users')
    const page = await browser.go(CALLBACK + provider.approve(location, MARTA))
    expect(page.title).toBe('Users')
  })

  test('lets people choose another account when asked to', async () => {
    const location = await served.browser().leave('/login/microsoft?prompt=select_account')
    expect(location.searchParams.get('prompt')).toBe('select_account')
  })
})

describe('whose account it is', () => {
  test('nobody has the address', async () => {
    const page = await signInAs({ ...TOMAS, preferred_username: 'ada.okafor@brightwave.example' })
    expect([page.status, page.title]).toEqual([403, 'No Dialpad account for this email'])
    expect(page.text).toContain('Brightwave has no Dialpad user with the email ada.okafor@brightwave.example.')
  })

  test('another organization is refused, whatever address its token claims', async () => {
    const stranger = { ...TOMAS, tid: OTHER_TENANT.id }
    const sameName = await signInAs(stranger)
    expect([sameName.status, sameName.title]).toEqual([403, 'This is another Microsoft organization'])
    const sameEmail = await signInAs({ ...stranger, preferred_username: 'x@northpeak.example', email: ADMIN })
    expect([sameEmail.status, sameEmail.title]).toEqual([403, 'No Dialpad company for this organization'])
    expect(sameEmail.text).toContain(OTHER_TENANT.id)
    expect(tomas()?.microsoft).toBeUndefined()
  })

  test('an account made anew in the directory is another one', async () => {
    await signInAs(TOMAS)
    const page = await signInAs({ ...TOMAS, oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9cff' })
    expect([page.status, page.title]).toEqual([403, 'This account is linked to another Microsoft account'])
  })

  test('a suspended user is refused, pinned or not, and so is a deleted one', async () => {
    await updateUser(served.system, SYSTEM_ACTOR, tomasId, { active: false })
    expect((await signInAs(TOMAS)).title).toBe('This account is suspended')
    expect(tomas()?.microsoft).toBeUndefined()
    await updateUser(served.system, SYSTEM_ACTOR, tomasId, { active: true })
    await signInAs(TOMAS)
    await updateUser(served.system, SYSTEM_ACTOR, tomasId, { active: false })
    expect((await signInAs(TOMAS)).title).toBe('This account is suspended')
    await deleteUser(served.system, SYSTEM_ACTOR, tomasId)
    expect((await signInAs(TOMAS)).title).toBe('No Dialpad account for this email')
  })

  test('a company without an organization is connected by its Company Admin, and by nobody else', async () => {
    const [company] = served.system.store.page('companies', 0, 1)
    await served.system.store.transact((tx) => {
      if (company === undefined) return
      const { microsoftTenantId: _, ...without } = company
      tx.put('companies', company.id, without)
    })
    expect((await signInAs(TOMAS)).title).toBe('Microsoft is not connected yet')
    expect((await signInAs({ ...MARTA, preferred_username: 'x@evil.example', email: ADMIN })).status).toBe(403)
    expect((await signInAs(MARTA)).title).toBe('Signed in as Marta Silva')
    expect((await signInAs(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })
})

describe('administrators of the Microsoft tenant', () => {
  const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
  const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1'

  test('become Company Admin at their first sign-in, which the change log tells', async () => {
    const browser = served.browser()
    const page = await signInAs({ ...TOMAS, wids: [USER_ADMINISTRATOR, GLOBAL_ADMINISTRATOR] }, {}, browser)
    expect(page.text).toContain('Company Admin')
    expect(tomas()?.isCompanyAdmin).toBe(true)
    const log = await browser.go('/admin/company/change-log?action=company_admin_changed')
    expect(log.text).toContain('Made Company Admin: administrator of the Microsoft tenant')
  })

  test('stay what they were made since, at later ones', async () => {
    const wids = [GLOBAL_ADMINISTRATOR]
    await signInAs({ ...TOMAS, wids })
    await setCompanyAdmin(served.system, SYSTEM_ACTOR, tomasId, false)
    expect((await signInAs({ ...TOMAS, wids })).title).toBe('Signed in as Tomas Berg')
    expect(tomas()?.isCompanyAdmin).toBe(false)
  })

  test.each([
    ['no role', undefined],
    ['another role', [USER_ADMINISTRATOR]],
    ['an empty list', []],
  ])('with %s nobody becomes one', async (_name, wids) => {
    await signInAs({ ...TOMAS, ...(wids === undefined ? {} : { wids }) })
    expect(tomas()?.isCompanyAdmin).toBe(false)
  })

  test('of another tenant are no administrators here', async () => {
    const page = await signInAs({ ...TOMAS, tid: OTHER_TENANT.id, wids: [GLOBAL_ADMINISTRATOR] })
    expect(page.status).toBe(403)
    expect(tomas()?.isCompanyAdmin).toBe(false)
  })
})

describe('an answer that proves nothing', () => {
  async function expectRefused(page: Page, status: number, title: string, browser?: Browser): Promise<void> {
    expect([page.status, page.title]).toEqual([status, title])
    expect(tomas()?.microsoft).toBeUndefined()
    if (browser !== undefined) expect((await browser.go('/app')).title).toBe('Log in')
  }

  const AN_HOUR_AGO = Math.floor(Date.now() / 1000) - 3600

  test.each<readonly [string, Tampering]>([
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { without: ['nonce'] }],
    ['another issuer', { claims: { iss: 'http://localhost:1/evil/v2.0' } }],
    ['an issuer of another tenant than its tid', { claims: { tid: OTHER_TENANT.id } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['an expiry in the past', { claims: { iat: AN_HOUR_AGO - 3600, exp: AN_HOUR_AGO } }],
    ['no signature', { signature: 'none' }],
    ['a signature by another key', { signature: 'other-key' }],
    ['a signature by an unpublished key of an unknown kid', { signature: 'other-key-unknown-kid' }],
    ['the key that signed it in its own header', { signature: 'other-key-in-header' }],
    ['an address of its own to fetch keys from', { signature: 'other-key-by-address' }],
    ['the kid of another published key', { signature: 'kid-of-another-key' }],
    ['no kid where there are two keys', { signature: 'no-kid' }],
    ['HS256 by the client secret', { signature: 'hs256-client-secret' }],
    ['HS256 by the public key', { signature: 'hs256-public-key' }],
    ['no tenant', { without: ['tid'] }],
    ['no object id', { without: ['oid'] }],
    ['no user name', { without: ['preferred_username'] }],
    ['a tenant that is no id', { claims: { tid: '../..' } }],
    ['roles that are no list', { claims: { wids: '62e90394-69f5-4237-9190-012177145e10' } }],
  ])('a token with %s', async (_name, tampering) => {
    const browser = served.browser()
    await expectRefused(await signInAs(TOMAS, tampering, browser), 502, 'The answer cannot be trusted', browser)
  })

  test('another state, or none', async () => {
    for (const change of [
      (q: URLSearchParams) => q.set('state', 'forged'),
      (q: URLSearchParams) => q.delete('state'),
    ]) {
      const browser = served.browser()
      const location = await browser.leave('/login/microsoft')
      const query = new URLSearchParams(provider.approve(location, TOMAS))
      change(query)
      await expectRefused(await browser.go(`${CALLBACK}?${query}`), 400, 'This login is over', browser)
    }
  })

  test('an answer that was used already, or that came to another browser', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft')
    const answer = CALLBACK + provider.approve(location, TOMAS)
    await expectRefused(await served.browser().go(answer), 400, 'This login is over')
    expect((await browser.go(answer)).title).toBe('Signed in as Tomas Berg')
    expect((await browser.go(answer)).title).toBe('This login is over')
  })

  test('a forged answer ends no login: it belongs to none', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft')
    await expectRefused(await browser.go(`${CALLBACK}?code=x&state=forged`), 400, 'This login is over', browser)
    expect((await browser.go(CALLBACK + provider.approve(location, TOMAS))).title).toBe('Signed in as Tomas Berg')
  })
})

describe('errors of the provider', () => {
  test('declined consent is told in its own words', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft')
    const state = location.searchParams.get('state') ?? ''
    const words = 'AADSTS65004: User declined to consent to access the app. <script>'
    const query = new URLSearchParams({ error: 'access_denied', error_description: words, state })
    const page = await browser.go(`${CALLBACK}?${query}`)
    expect([page.status, page.title]).toEqual([403, 'Consent was declined'])
    expect(page.text).toContain(words)
    expect(page.html).not.toContain('app. <script>')
  })

  test('another error is told with its code', async () => {
    const browser = served.browser()
    const location = await browser.leave('/login/microsoft')
    const state = location.searchParams.get('state') ?? ''
    const page = await browser.go(`${CALLBACK}?${new URLSearchParams({ error: 'server_error', state })}`)
    expect([page.status, page.title]).toEqual([502, 'Microsoft did not log you in'])
    expect(page.text).toContain('server_error')
  })

  test('an error of the token endpoint is told in its own words', async () => {
    const error = { error: 'invalid_grant', error_description: 'AADSTS70008: The code has expired.' }
    const page = await signInAs(TOMAS, { error })
    expect([page.status, page.title]).toEqual([502, 'Microsoft did not log you in'])
    expect(page.text).toContain('AADSTS70008: The code has expired.')
  })

  test('a provider that cannot be reached is named, and email remains', async () => {
    const alone = await servePages({ microsoftAuthority: 'http://localhost:1/organizations/v2.0' })
    try {
      const page = await alone.browser().go('/login/microsoft')
      expect([page.status, page.title]).toEqual([503, 'Microsoft cannot be reached'])
      expect(page.text).toContain('localhost:1')
    } finally {
      await alone.close()
    }
  })

  test('without the address of a provider the button is off and says why', async () => {
    const alone = await servePages()
    try {
      const { html, text } = await alone.browser().go('/login')
      expect(html).toMatch(/<button[^>]*disabled[^>]*>(<span[^>]*>)?Log in with Microsoft/)
      expect(text).toContain('started without the address of a Microsoft sign-in')
      expect((await alone.browser().go('/login/microsoft')).status).toBe(503)
    } finally {
      await alone.close()
    }
  })
})
