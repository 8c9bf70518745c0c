import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '#kit/secrets.ts'
import type { Browser } from '#kit/test/browser.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { inviteUsers, renewInvitation } from '../commands/invitations.ts'
import { updateUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { INVITATION_DAYS } from '../domain/invitations.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { SAMPLE_CERTIFICATE } from './sample-certificate.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** Ways in of people who are suspended or deleted, and links that came to them by mail. */

const NEW = 'ines.moreau@brightwave.example'
const PASSWORD = 'Six-tall-herons'
const TOMAS = { oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c01', preferred_username: PLAIN_USER, name: 'Tomas Berg' }

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

const idOf = (email: string): string => served.system.store.find('users', 'email', email)[0]?.id ?? ''
const advance = (duration: string) => served.system.control.moveClock({ kind: 'advance', duration })
const setActive = (email: string, active: boolean) => updateUser(served.system, SYSTEM_ACTOR, idOf(email), { active })

/** Notes of the journal about doors, oldest first. */
function doorsTold(): readonly string[] {
  const { items } = served.system.journal.read({ limit: 1000 })
  return items.filter(({ change }) => change?.type === 'door').map(({ title }) => title)
}

async function logInWithMicrosoft(): Promise<Browser> {
  const browser = served.browser()
  const location = await browser.leave('/login/microsoft')
  await browser.go(`/login/microsoft/callback${provider.approve(location, { ...TOMAS })}`)
  return browser
}

describe('a session', () => {
  test.each(['suspended', 'deleted'] as const)(
    'of somebody %s is ended in that moment, its tokens are gone, and no reactivation brings it back',
    async (how) => {
      const browser = await logInWithMicrosoft()
      const sealed = () => JSON.stringify(served.system.store.dump()).includes('microsoftTokens')
      expect(sealed()).toBe(true)
      if (how === 'suspended') await setActive(PLAIN_USER, false)
      else await deleteUser(served.system, SYSTEM_ACTOR, idOf(PLAIN_USER))
      expect(sealed()).toBe(false)
      // Nothing was asked for in between: only the record says that it is over.
      if (how === 'suspended') await setActive(PLAIN_USER, true)
      const page = await browser.go('/app')
      expect(page.text).toContain('You were logged out This account is suspended or deleted.')
      expect((await browser.go('/app')).text).not.toContain('You were logged out')
      expect(doorsTold()[0]).toMatch(/^Browser session of Tomas Berg refused \(/)
    },
  )

  test('of everybody else goes on', async () => {
    const admin = await served.admin()
    await setActive(PLAIN_USER, false)
    expect((await admin.go('/app')).title).toBe('Signed in as Marta Silva')
  })
})

describe('a password', () => {
  test('of somebody suspended is right, refused, and told to the journal', async () => {
    const passwordHash = await hashPassword(PASSWORD)
    await served.system.store.transact((tx) => {
      const user = tx.get('users', idOf(PLAIN_USER))
      if (user !== undefined) tx.put('users', user.id, { ...user, passwordHash })
    })
    await setActive(PLAIN_USER, false)
    expect((await logIn(served.browser(), PLAIN_USER, 'wrong-one-here')).status).toBe(401)
    expect(doorsTold()).toEqual([])
    expect((await logIn(served.browser(), PLAIN_USER, PASSWORD)).text).toContain('This account is suspended')
    expect(doorsTold()).toEqual(['Email and password of Tomas Berg refused (the account is suspended)'])
  })
})

describe('an invitation', () => {
  let companyId: string
  let link: string
  beforeEach(async () => {
    companyId = served.system.store.page('companies', 0, 1)[0]?.id ?? ''
    const [invited] = await inviteUsers(served.system, SYSTEM_ACTOR, {
      companyId,
      officeId: served.system.store.find('offices', 'name', `${companyId}/Denver`)[0]?.id ?? '',
      licence: 'talk',
      people: [{ email: NEW, givenName: 'Ines', familyName: 'Moreau' }],
    })
    link = `/invite?token=${invited?.token}`
  })

  async function expectNotValid(browser: Browser, address = link): Promise<void> {
    const page = await browser.go(address)
    expect([page.status, page.title]).toEqual([410, 'This invitation is not valid'])
  }

  test('opens until the thirtieth day is over, in virtual time', async () => {
    await advance(`P${INVITATION_DAYS - 1}DT23H59M`)
    const early = served.browser()
    expect((await early.go(link)).title).toBe('Get started')
    await advance('PT2M')
    await expectNotValid(served.browser())
    // The page was open when the time ran out.
    await expectNotValid(early, '/invite/accept')
  })

  test('takes a password that will do, once, and the password logs in from then on', async () => {
    const [first, second] = [served.browser(), served.browser()]
    const [form, other] = [await first.go(link), await second.go(link)]
    for (const [password, problem] of [
      ['short', 'Use at least 8 characters'],
      ['password123', 'This is one of the passwords everybody tries first'],
      ['aaaaaaaaaaaa', 'Use more than one or two different characters'],
      ['Ines.Moreau', 'Your address or name is guessed first: choose another'],
    ] as const) {
      const refused = await first.submit(form, '/invite/accept', { password })
      expect(refused.status).toBe(422)
      expect(refused.text).toContain(problem)
      expect(refused.html).not.toContain(`value="${password}"`)
    }
    expect((await first.submit(form, '/invite/accept', { password: PASSWORD })).title).toBe('Signed in as Ines Moreau')
    const late = await second.submit(other, '/invite/accept', { password: 'Another-heron-7' })
    expect([late.status, late.title]).toEqual([410, 'This invitation is not valid'])
    await expectNotValid(served.browser())
    expect((await logIn(served.browser(), NEW, PASSWORD)).title).toBe('Signed in as Ines Moreau')
    expect((await logIn(served.browser(), NEW, 'Another-heron-7')).status).toBe(401)
  })

  test('sent anew ends the one before, also where its page is open', async () => {
    const browser = served.browser()
    await browser.go(link)
    const { token } = await renewInvitation(served.system, SYSTEM_ACTOR, companyId, idOf(NEW))
    await expectNotValid(browser, '/invite/accept')
    await expectNotValid(served.browser())
    expect((await served.browser().go(`/invite?token=${token}`)).title).toBe('Get started')
  })

  test('of somebody suspended is of no more use, not even once they are active again', async () => {
    await setActive(NEW, false)
    await expectNotValid(served.browser())
    expect(doorsTold()).toEqual(['Invitation of Ines Moreau refused (the account is suspended)'])
    await setActive(NEW, true)
    await expectNotValid(served.browser())
    expect(served.system.store.get('users', idOf(NEW))?.passwordHash).toBeUndefined()
  })

  test('is accepted by nobody else’s form, and begins a session that was not there before', async () => {
    const browser = served.browser()
    const form = await browser.go(link)
    const planted = browser.copy()
    const forged = await browser.raw('POST', '/invite/accept', { password: PASSWORD, _csrf: 'guessed' })
    expect(forged.status).toBe(403)
    await browser.submit(form, '/invite/accept', { password: PASSWORD })
    expect((await planted.go('/app')).title).toBe('Log in')
  })
})

describe('the recovery', () => {
  test('offered to a Company Admin is gone once they are suspended', async () => {
    await updateUser(served.system, SYSTEM_ACTOR, idOf(PLAIN_USER), { isCompanyAdmin: true })
    const [company] = served.system.store.page('companies', 0, 1)
    if (company === undefined) throw new Error('There is no company.')
    await served.system.store.transact((tx) =>
      tx.put('companies', company.id, {
        ...company,
        saml: {
          provider: 'custom',
          idpSsoUrl: 'https://idp.example/sso',
          idpEntityId: 'http://idp.example/metadata',
          certificate: SAMPLE_CERTIFICATE,
          preventOtherProviders: true,
        },
      }),
    )
    const browser = served.browser()
    expect((await logIn(browser, ADMIN)).text).toContain('Recover (sandbox only)')
    const page = await browser.go('/login/recovery')
    expect(page.title).toBe('Recovery')
    await setActive(ADMIN, false)
    expect((await browser.submit(page, '/login/recovery')).title).toBe('Log in')
    expect((await browser.go('/login/recovery')).title).toBe('Log in')
    expect(served.system.store.get('companies', company.id)?.saml?.preventOtherProviders).toBe(true)
  })
})
