import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '#kit/secrets.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { updateUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

let served: ServedPages
beforeEach(async () => {
  served = await servePages()
})
afterEach(() => served.close())

function idOf(email: string): string {
  return served.system.store.find('users', 'email', email)[0]?.id ?? ''
}

/** People provisioned by a directory have no password; this one chose one long ago. */
async function givePassword(email: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await served.system.store.transact((tx) => {
    const user = tx.get('users', idOf(email))
    if (user !== undefined) tx.put('users', user.id, { ...user, passwordHash })
  })
}

describe('the public page', () => {
  test('leads to the login by Log In > Use Dialpad online, and to the sign-up', async () => {
    const page = await served.browser().go('/')
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/<span[^>]*>Log In<\/span>.*href="\/login"[^>]*>.*Use Dialpad online/s)
    expect(page.html).toContain('href="/signup"')
    expect((await served.browser().raw('GET', '/')).headers['set-cookie']).toBeUndefined()
  })
})

describe('logging in with email and password', () => {
  test('lands on the account page, which names who is signed in, under a new session', async () => {
    const browser = served.browser()
    const login = await browser.go('/login')
    const before = browser.cookie('dialpad_session')
    const page = await browser.submit(login, '/login', {
      email: 'MARTA.silva@brightwave.example ',
      password: 'Practice-2026!',
    })
    expect(page.url.pathname).toBe('/app')
    expect(page.title).toBe('Signed in as Marta Silva')
    expect(page.text).toContain('Admin settings')
    expect(browser.cookie('dialpad_session')).not.toBe(before)
    expect(served.system.store.get('users', idOf(ADMIN))?.lastLoginAt).toBeDefined()
  })

  test('leads back to the page that asked for it, and nowhere else', async () => {
    const browser = served.browser()
    const login = await browser.go('/admin/company/change-log?action=user_created')
    expect(login.title).toBe('Log in')
    const page = await browser.submit(login, '/login', { email: ADMIN, password: 'Practice-2026!' })
    expect(page.title).toBe('Change log')
    const strangers = [
      '//evil.example/',
      'https://evil.example/',
      '/\\evil.example',
      '/.//evil.example',
      '/a/..//evil.example',
    ]
    for (const next of [...strangers, '/login', '/Login']) {
      const other = served.browser()
      const form = await other.go(`/login?next=${encodeURIComponent(next)}`)
      const landed = await other.submit(form, '/login', { email: ADMIN, password: 'Practice-2026!', next })
      expect(landed.url.pathname).toBe('/app')
    }
  })

  test('a wrong password and an unknown address are told alike, and the password is nowhere', async () => {
    const wrong = await logIn(served.browser(), ADMIN, 'not-this-one-7731')
    const unknown = await logIn(served.browser(), 'nobody@brightwave.example', 'not-this-one-7731')
    for (const page of [wrong, unknown]) {
      expect(page.status).toBe(401)
      expect(page.text).toContain('Wrong email or password Check both and try again.')
      expect(page.html).not.toContain('not-this-one-7731')
    }
    const journal = JSON.stringify(served.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('POST /login')
    expect(journal).not.toContain('not-this-one-7731')
  })

  test('missing fields are told beside them', async () => {
    const page = await logIn(served.browser(), '', '')
    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter your email address')
    expect(page.text).toContain('Enter your password')
  })

  test('somebody without a password is sent to their provider', async () => {
    const page = await logIn(served.browser(), PLAIN_USER, 'anything')
    expect(page.status).toBe(401)
    expect(page.text).toContain('This account has no password')
  })

  test('a suspended person is refused even with the right password', async () => {
    await givePassword(PLAIN_USER, 'Right-password-1')
    await updateUser(served.system, SYSTEM_ACTOR, idOf(PLAIN_USER), { active: false })
    const page = await logIn(served.browser(), PLAIN_USER, 'Right-password-1')
    expect(page.status).toBe(403)
    expect(page.text).toContain('This account is suspended')
  })

  test('after five wrong passwords an address waits 15 minutes of virtual time, the right password included', async () => {
    const browser = served.browser()
    for (let attempt = 1; attempt <= 5; attempt += 1) expect((await logIn(browser, ADMIN, 'wrong')).status).toBe(401)
    const refused = await logIn(browser, ADMIN)
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('Try again in 15 minutes.')
    expect((await logIn(browser, PLAIN_USER, 'wrong')).status).toBe(401)
    await served.system.control.moveClock({ kind: 'advance', duration: 'PT15M' })
    expect((await logIn(browser, ADMIN)).title).toBe('Signed in as Marta Silva')
  })

  test('guessing many passwords at once is no quicker than one after another', async () => {
    const guesses = Array.from({ length: 12 }, (_, number) => logIn(served.browser(), ADMIN, `guess-${number}`))
    const statuses = (await Promise.all(guesses)).map((page) => page.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
  })

  test('two weeks without a request end the session', async () => {
    const browser = await served.admin()
    await served.system.control.moveClock({ kind: 'advance', duration: 'P13D' })
    expect((await browser.go('/app')).title).toBe('Signed in as Marta Silva')
    await served.system.control.moveClock({ kind: 'advance', duration: 'P15D' })
    expect((await browser.go('/app')).title).toBe('Log in')
  })
})

describe('logging in with another provider', () => {
  test('says that the company has none, and that nobody has the domain', async () => {
    const browser = served.browser()
    const form = await browser.go('/login/provider')
    const none = await browser.submit(form, '/login/provider', { domain: 'Brightwave.example' })
    expect(none.text).toContain('Brightwave has not set up SAML with an identity provider')
    const unknown = await browser.submit(form, '/login/provider', { domain: 'elsewhere.example' })
    expect(unknown.text).toContain('No Dialpad company has the domain elsewhere.example')
  })

  test('Google is there and cannot be used', async () => {
    const { html, text } = await served.browser().go('/login')
    expect(html).toMatch(/<button[^>]*disabled[^>]*>(<span[^>]*>)?Log in with Google/)
    expect(text).toContain('Google accounts are not part of this simulation.')
  })
})

describe('logging out', () => {
  test('ends the session for whoever has its cookie', async () => {
    const browser = await served.admin()
    const thief = browser.copy()
    const page = await browser.submit(await browser.go('/app'), '/logout')
    expect(page.text).toContain('You have logged out.')
    expect((await thief.go('/admin')).title).toBe('Log in')
  })
})

describe('a session', () => {
  test.each(['suspended', 'deleted'])('ends with the next request once its person is %s', async (how) => {
    await givePassword(PLAIN_USER, 'Right-password-1')
    const browser = served.browser()
    expect((await logIn(browser, PLAIN_USER, 'Right-password-1')).title).toBe('Signed in as Tomas Berg')
    if (how === 'suspended') await updateUser(served.system, SYSTEM_ACTOR, idOf(PLAIN_USER), { active: false })
    else await deleteUser(served.system, SYSTEM_ACTOR, idOf(PLAIN_USER))
    const page = await browser.go('/app')
    expect(page.title).toBe('Log in')
    expect(page.text).toContain('This account is suspended or deleted.')
    await updateUserIfThere()
    expect((await browser.go('/app')).title).toBe('Log in')
  })

  async function updateUserIfThere(): Promise<void> {
    const user = served.system.store.find('users', 'email', PLAIN_USER)[0]
    if (user !== undefined) await updateUser(served.system, SYSTEM_ACTOR, user.id, { active: true })
  }
})

describe('forms', () => {
  test.each([
    ['without a token', {}, {}],
    ['with a token of another session', { _csrf: 'x'.repeat(43) }, {}],
  ])('%s are refused with 403', async (_name, fields, headers) => {
    const browser = await served.admin()
    for (const path of ['/login', '/logout', '/admin/company/authentication/api-keys', '/signup/email']) {
      expect((await browser.raw('POST', path, { ...fields, name: 'x' }, headers)).status).toBe(403)
    }
    expect(served.system.store.count('apiKeys')).toBe(0)
    expect((await browser.go('/app')).title).toBe('Signed in as Marta Silva')
  })

  test('from another site are refused with 403, in the look of the site', async () => {
    const browser = await served.admin()
    const answer = await browser.raw('POST', '/logout', { _csrf: 'any' }, { origin: 'http://evil.example' })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('The form was sent from another site.')
    expect(answer.text).toContain('look-dialpad')
  })
})

describe('the portal', () => {
  test('refuses who is no Company Admin, and offers to come back as one', async () => {
    await givePassword(PLAIN_USER, 'Right-password-1')
    const browser = served.browser()
    const account = await logIn(browser, PLAIN_USER, 'Right-password-1')
    expect(account.text).not.toContain('Admin settings')
    const refused = await browser.go('/admin/company/users')
    expect(refused.status).toBe(403)
    expect(refused.title).toBe('Company Admins only')
    const login = await browser.submit(refused, '/logout', { next: '/admin/company/users' })
    expect((await browser.submit(login, '/login', { email: ADMIN, password: 'Practice-2026!' })).title).toBe('Users')
  })

  test('is closed to people who are not signed in', async () => {
    for (const path of ['/admin', '/admin/company', '/admin/users/1', '/admin/nothing-here']) {
      expect((await served.browser().go(path)).title).toBe('Log in')
    }
  })
})

test('a fault rule of the login answers in the look of the site', async () => {
  await served.system.control.setFaults([{ on: 'portal.sign-in', effect: { status: 503, retryAfter: 7 }, times: 1 }])
  const browser = served.browser()
  const page = await logIn(browser, ADMIN)
  expect([page.status, page.title]).toEqual([503, 'Something went wrong'])
  expect((await logIn(browser, ADMIN)).title).toBe('Signed in as Marta Silva')
})
