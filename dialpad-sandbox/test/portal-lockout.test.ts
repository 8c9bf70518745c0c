import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { inviteUsers } from '../commands/invitations.ts'
import { suspendUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { Company } from '../records.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { SAMPLE_CERTIFICATE } from './sample-certificate.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** "Prevent users from logging in with other SSO providers" (reference sheet 2.2, surprise 16), and the way back. */

const SAML = '/admin/company/authentication/saml'
const SETTINGS = `${SAML}/settings`
const RECOVERY = '/login/recovery'
const CALLBACK = '/login/microsoft/callback'
const LOCKED = 'Brightwave logs in with SAML only'

const IDP = {
  idpSsoUrl: 'https://idp.example/sso',
  idpEntityId: 'http://idp.example/metadata',
  certificate: SAMPLE_CERTIFICATE,
  preventOtherProviders: 'true',
}
const OIDS = { [ADMIN]: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c02', [PLAIN_USER]: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c01' }

let provider: FakeProvider
let served: ServedPages
let admin: Browser
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  served = await servePages({ microsoftAuthority: provider.authority })
  admin = await served.admin()
})
afterEach(() => served.close())

function company(): Company | undefined {
  return served.system.store.page('companies', 0, 1)[0]
}

async function ask(): Promise<Page> {
  return admin.submit(await admin.go(`${SAML}?provider=custom`), SETTINGS, IDP)
}

async function prevent(): Promise<Page> {
  return admin.submit(await ask(), SETTINGS)
}

async function microsoft(
  person: typeof ADMIN | typeof PLAIN_USER,
  browser = served.browser(),
  oid = OIDS[person],
): Promise<Page> {
  const location = await browser.leave('/login/microsoft')
  return browser.go(CALLBACK + provider.approve(location, { oid, preferred_username: person, name: 'Somebody Else' }))
}

describe('switching it on', () => {
  test('asks first and says what it does; nothing is saved until then', async () => {
    const page = await ask()
    expect(page.title).toBe('Prevent other SSO providers')
    expect(page.text).toContain('Everybody, Company Admins too, then logs in with SAML only.')
    expect(page.text).toContain('If a value is wrong, everybody is locked out')
    expect(company()?.saml).toBeUndefined()
    const saved = await admin.submit(page, SETTINGS)
    expect(saved.text).toContain('SAML settings for Custom are saved.')
    expect(saved.text).toContain('Everybody logs in with SAML only')
    expect(company()?.saml).toMatchObject({ provider: 'custom', preventOtherProviders: true, ...idp() })
  })

  test('values that are wrong are told before anything is asked', async () => {
    const form = await admin.go(SAML)
    const page = await admin.submit(form, SETTINGS, { ...IDP, certificate: 'none' })
    expect([page.status, page.title]).toEqual([422, 'SAML'])
    expect(page.text).toContain('This is not an X.509 certificate in base64: copy it whole.')
  })

  test('once on, other values are saved without asking again, and switching it off needs no question', async () => {
    await prevent()
    const changed = await admin.submit(await admin.go(SAML), SETTINGS, { idpEntityId: 'http://idp.example/other' })
    expect(changed.title).toBe('SAML')
    expect(company()?.saml).toMatchObject({ idpEntityId: 'http://idp.example/other', preventOtherProviders: true })
    await admin.submit(await admin.go(SAML), SETTINGS, { preventOtherProviders: undefined })
    expect(company()?.saml?.preventOtherProviders).toBe(false)
    expect((await logIn(served.browser(), ADMIN)).title).toBe('Signed in as Marta Silva')
  })
})

function idp() {
  return { idpSsoUrl: IDP.idpSsoUrl, idpEntityId: IDP.idpEntityId }
}

describe('while it is on', () => {
  beforeEach(prevent)

  test('a password lets nobody in, the Company Admin neither, and is judged first', async () => {
    const browser = served.browser()
    const page = await logIn(browser, ADMIN)
    expect([page.status, page.title]).toEqual([403, 'Log in'])
    expect(page.text).toContain(LOCKED)
    expect(page.text).toContain('That holds for everybody, Company Admins too: use Login with another provider.')
    expect((await browser.go('/app')).title).toBe('Log in')
    const wrong = await logIn(served.browser(), ADMIN, 'not the password')
    expect([wrong.status, wrong.text.includes(LOCKED)]).toEqual([401, false])
  })

  test('Log in with Microsoft lets nobody in, and pins nobody', async () => {
    for (const person of [PLAIN_USER, ADMIN] as const) {
      const browser = served.browser()
      const page = await microsoft(person, browser)
      expect([page.status, page.title]).toEqual([403, LOCKED])
      expect((await browser.go('/app')).title).toBe('Log in')
      expect(served.system.store.find('users', 'email', person)[0]?.microsoft).toBeUndefined()
    }
  })

  test('Google stays a button that cannot be used', async () => {
    expect((await served.browser().go('/login')).html).toMatch(
      /<button[^>]*disabled[^>]*>(<span[^>]*>)?Log in with Google/,
    )
  })

  test('an invitation cannot be accepted with a password', async () => {
    const [office] = served.system.store.page('offices', 0, 1)
    const [invited] = await inviteUsers(served.system, SYSTEM_ACTOR, {
      companyId: company()?.id ?? '',
      officeId: office?.id ?? '',
      licence: 'talk',
      people: [{ email: 'ines.moreau@brightwave.example', givenName: 'Ines', familyName: 'Moreau', number: undefined }],
    })
    const guest = served.browser()
    const page = await guest.go(`/invite?token=${invited?.token ?? ''}`)
    expect([page.status, page.title]).toEqual([403, LOCKED])
    expect(invited === undefined ? '' : served.system.store.get('users', invited.user.id)?.state).toBe('pending')
  })

  test('Login with another provider leads to the company’s identity provider', async () => {
    const browser = served.browser()
    const form = await browser.go('/login/provider')
    const left = await browser.send(form, '/login/provider', { domain: 'brightwave.example' })
    expect(left.kind === 'left' && left.url.href).toMatch(/^https:\/\/idp\.example\/sso\?SAMLRequest=/)
  })

  test('who is logged in already stays so, and can switch it off', async () => {
    expect((await admin.go('/app')).title).toBe('Signed in as Marta Silva')
    expect((await admin.go(SAML)).text).toContain('whoever logs out is locked out')
  })

  test('a suspended account is told that, and not the other', async () => {
    const [user] = served.system.store.find('users', 'email', PLAIN_USER)
    await suspendUser(served.system, SYSTEM_ACTOR, user?.id ?? '')
    expect((await microsoft(PLAIN_USER)).title).toBe('This account is suspended')
  })
})

describe('the recovery of the sandbox', () => {
  beforeEach(prevent)

  test('is for a Company Admin who has just proved who they are, by password or Microsoft, and asks first', async () => {
    for (const enter of [
      (browser: Browser) => logIn(browser, ADMIN),
      (browser: Browser) => microsoft(ADMIN, browser),
    ]) {
      const browser = served.browser()
      const refused = await enter(browser)
      expect(refused.linkTo('Recover (sandbox only)')).toBe(RECOVERY)
      const question = await browser.go(RECOVERY)
      expect(question.title).toBe('Recovery')
      expect(question.text).toContain('The product has no such page.')
      expect(company()?.saml?.preventOtherProviders).toBe(true)
      const done = await browser.submit(question, RECOVERY)
      expect(done.text).toContain('The other ways in are open again.')
      expect(company()?.saml).toMatchObject({ preventOtherProviders: false, ...idp() })
      expect((await browser.go('/app')).title).toBe('Log in')
      expect((await logIn(browser, ADMIN)).title).toBe('Signed in as Marta Silva')
      const log = await browser.go('/admin/company/change-log?action=saml_settings_changed')
      expect(log.text).toContain('Other providers allowed again by the recovery of the sandbox')
      await prevent()
    }
  })

  test('is given to nobody else: no stranger, no user, no half-proved admin, no demoted one', async () => {
    const stranger = served.browser()
    expect((await stranger.go(RECOVERY)).title).toBe('Log in')
    const plain = served.browser()
    expect((await microsoft(PLAIN_USER, plain)).linkTo('Recover (sandbox only)')).toBeUndefined()
    expect((await plain.go(RECOVERY)).title).toBe('Log in')
    const guesser = served.browser()
    await logIn(guesser, ADMIN, 'not the password')
    expect((await guesser.go(RECOVERY)).title).toBe('Log in')

    const [marta] = served.system.store.find('users', 'email', ADMIN)
    const locked = served.browser()
    await logIn(locked, ADMIN)
    const question = await locked.go(RECOVERY)
    await served.system.store.transact((tx) => {
      if (marta !== undefined) tx.put('users', marta.id, { ...marta, isCompanyAdmin: false })
    })
    expect((await locked.submit(question, RECOVERY)).title).toBe('Log in')
    expect(company()?.saml?.preventOtherProviders).toBe(true)
  })

  test('is not given to another Microsoft account with the address of the admin', async () => {
    const [marta] = served.system.store.find('users', 'email', ADMIN)
    await served.system.store.transact((tx) => {
      if (marta === undefined) return
      const microsoftId = { tenantId: company()?.microsoftTenantId ?? '', objectId: OIDS[ADMIN] }
      tx.put('users', marta.id, { ...marta, microsoft: microsoftId })
    })
    const impostor = served.browser()
    const page = await microsoft(ADMIN, impostor, '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9cff')
    expect(page.linkTo('Recover (sandbox only)')).toBeUndefined()
    expect((await impostor.go(RECOVERY)).title).toBe('Log in')
  })
})
