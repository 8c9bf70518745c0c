import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page, Typed } from '#kit/test/browser.ts'
import { type FakeProvider, type GraphReply, startFakeProvider } from './fake-provider.ts'
import { ADMIN, type ServedPages, servePages } from './serve-pages.ts'

const ADD = '/admin/company/users/add'
const MARTA = { oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c02', preferred_username: ADMIN, name: 'Marta Silva' }
const INES = {
  id: '1',
  displayName: 'Ines Moreau',
  mail: 'ines.moreau@brightwave.example',
  userPrincipalName: 'im@brightwave.example',
}
const OMAR = { id: '2', displayName: 'Omar Aziz', mail: null, userPrincipalName: 'omar.aziz@brightwave.example' }
const MARTA_THERE = { id: '3', displayName: 'Marta Silva', mail: ADMIN.toUpperCase(), userPrincipalName: ADMIN }
const GUEST = { id: '4', displayName: 'Guest <b>', mail: 'guest@elsewhere.example', userPrincipalName: 'guest_x' }

const EXPIRED: GraphReply = [401, { error: { code: 'InvalidAuthenticationToken', message: 'expired' } }]
const everybody = (): GraphReply => [200, { value: [OMAR, INES, MARTA_THERE, GUEST] }]

let provider: FakeProvider
let served: ServedPages
beforeEach(async () => {
  provider = await startFakeProvider()
  provider.behave(everybody)
  served = await servePages({ microsoftAuthority: provider.authority })
})
afterEach(async () => {
  await served.close()
  await provider.close()
})

/** The Company Admin, logged in with Microsoft, at Add User. */
async function openAsMicrosoftUser(browser: Browser): Promise<Page> {
  const location = await browser.leave(`/login/microsoft?next=${ADD}`)
  return browser.go(`/login/microsoft/callback${provider.approve(location, { ...MARTA })}`)
}

async function search(browser: Browser, page: Page, typed: Typed = {}): Promise<Page> {
  return browser.submit(page, ADD, { do: 'search', directory: 'o', ...typed })
}

function officeId(): string {
  return served.system.store.page('offices', 0, 1)[0]?.id ?? ''
}

describe('picking people from the directory', () => {
  test('lists names and addresses, marks who cannot be picked, and adds who was ticked to the addresses', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    expect(form.title).toBe('Add User')
    expect(provider.asked).toEqual([])

    const found = await search(browser, form, { emails: 'typed@brightwave.example', officeId: officeId() })
    expect(found.status).toBe(200)
    expect(found.text).toContain('Ines Moreau ines.moreau@brightwave.example Not yet')
    expect(found.text).toContain('Omar Aziz omar.aziz@brightwave.example Not yet')
    expect(found.text).toContain(`Marta Silva ${ADMIN.toUpperCase()} Already in Dialpad`)
    expect(found.text).toContain('Guest <b> guest@elsewhere.example Not of a domain of the company')
    expect(found.html).not.toContain('Guest <b>')
    expect(found.html.match(/<input[^>]*name="pick"[^>]*>/g)?.filter((box) => box.includes('disabled'))).toHaveLength(2)
    expect(found.valueOf('emails')).toBe('typed@brightwave.example')
    expect(found.valueOf('officeId')).toBe(officeId())

    const picked = await browser.submit(found, ADD, { do: 'pick', pick: [INES.mail, OMAR.userPrincipalName] })
    expect(picked.valueOf('emails')).toBe(`typed@brightwave.example\n${INES.mail}\n${OMAR.userPrincipalName}`)
    const again = await search(browser, picked)
    expect(again.text).toContain('Ines Moreau ines.moreau@brightwave.example In the addresses above')

    const confirm = await browser.submit(again, ADD)
    expect(confirm.text).toContain('3 users for')
    expect(confirm.text).toContain(INES.mail)
  })

  test('asks Graph for beginnings of names and addresses, twenty at most, and says when there are more', async () => {
    provider.behave(() => [200, { value: [INES], '@odata.nextLink': `${provider.origin}/v1.0/users?$skiptoken=x` }])
    const browser = served.browser()
    const found = await search(browser, await openAsMicrosoftUser(browser), { directory: "O'Neil" })
    expect(provider.asked.map(({ url }) => url.searchParams.get('$filter')).sort()).toEqual([
      "startswith(displayName,'O''Neil')",
      "startswith(mail,'O''Neil')",
      "startswith(surname,'O''Neil')",
      "startswith(userPrincipalName,'O''Neil')",
    ])
    expect(provider.asked.every(({ url }) => url.searchParams.get('$top') === '20')).toBe(true)
    expect(found.text).toContain('There are more than these')
    const first = await search(browser, found, { directory: '' })
    expect(first.status).toBe(200)
    expect(provider.asked.slice(4).map(({ url }) => url.searchParams.get('$filter'))).toEqual([null])
  })

  test('says so when nobody is found', async () => {
    provider.behave(() => [200, { value: [] }])
    const browser = served.browser()
    const found = await search(browser, await openAsMicrosoftUser(browser), { directory: 'zz' })
    expect(found.text).toContain('Nobody found')
  })

  test('next takes ticked people too, and a forged choice is judged like a typed address', async () => {
    const browser = served.browser()
    const found = await search(browser, await openAsMicrosoftUser(browser), { officeId: officeId() })
    expect((await browser.submit(found, ADD, { pick: INES.mail })).text).toContain('1 user for')
    const foreign = await browser.submit(found, ADD, { pick: GUEST.mail })
    expect(foreign.status).toBe(422)
    expect(foreign.text).toContain('guest@elsewhere.example is not of a domain of the company')
    const there = await browser.submit(found, ADD, { pick: ADMIN })
    expect(there.text).toContain(`A user with the email ${ADMIN} already exists`)
  })
})

describe('the tokens of the login', () => {
  test('are renewed when Graph refuses them, once for all requests of the session', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    const [first] = provider.issued
    provider.behave((_url, token) => (token === first?.accessToken ? EXPIRED : everybody()))
    const pages = await Promise.all([search(browser, form), search(browser, form), search(browser, form)])
    for (const page of pages) expect(page.text).toContain('Ines Moreau')
    expect(provider.issued).toHaveLength(2)
    expect((await search(browser, form)).text).toContain('Ines Moreau')
    expect(provider.issued).toHaveLength(2)
  })

  test('stand in no journal, no page, and not in the clear in the state', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    const [first] = provider.issued
    provider.behave((_url, token) =>
      token === first?.accessToken ? EXPIRED : [403, { error: { code: 'Denied', message: `echo ${token}` } }],
    )
    const page = await search(browser, form)
    expect(provider.issued).toHaveLength(2)
    const seen = [
      JSON.stringify(served.system.journal.read({ limit: 1000 }).items),
      JSON.stringify(served.system.store.dump()),
      page.html,
    ]
    for (const { accessToken, refreshToken } of provider.issued) {
      for (const text of seen) {
        expect(text).not.toContain(accessToken)
        expect(text).not.toContain(refreshToken)
      }
    }
  })

  test('end with the session: logged out, or idle for two weeks of virtual time', async () => {
    const browser = served.browser()
    const page = await openAsMicrosoftUser(browser)
    await browser.submit(page, '/logout')
    await browser.submit(await browser.go('/login'), '/login', { email: ADMIN, password: 'Practice-2026!' })
    expect((await browser.go(ADD)).text).toContain('You did not log in with Microsoft')
    await openAsMicrosoftUser(browser)
    await served.system.control.moveClock({ kind: 'advance', duration: 'P15D' })
    expect((await browser.go(ADD)).title).toBe('Log in')
    expect(JSON.stringify(served.system.journal.read({ limit: 1000 }).items)).not.toContain('microsoftTokens')
  })
})

describe('when the directory cannot be read', () => {
  async function expectTypingWorks(browser: Browser, page: Page): Promise<void> {
    const confirm = await browser.submit(page, ADD, { emails: INES.mail, officeId: officeId() })
    expect(confirm.text).toContain('1 user for')
  }

  test('an admin who did not log in with Microsoft is told so, with the way there', async () => {
    const browser = await served.admin()
    const page = await browser.go(ADD)
    expect(page.text).toContain('You did not log in with Microsoft')
    expect(page.linkTo('Log in with Microsoft')).toBe(`/login/microsoft?next=${encodeURIComponent(ADD)}`)
    const forged = await browser.submit(page, ADD, { do: 'search', directory: 'o' })
    expect(forged.text).toContain('You did not log in with Microsoft')
    expect(provider.asked).toEqual([])
    await expectTypingWorks(browser, page)
  })

  test.each([
    ['consent taken back', 'AADSTS65001: The user or administrator has not consented to use the application.'],
    ['admin blocked', 'AADSTS50057: The user account is disabled.'],
    ['refresh token expired', 'AADSTS700082: The refresh token has expired due to inactivity.'],
  ])('%s: the renewal is refused, told in its own words, and the tokens are forgotten', async (_why, words) => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    provider.behave(() => EXPIRED, { error: 'invalid_grant', error_description: words })
    const page = await search(browser, form)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Microsoft does not let Dialpad into the directory any more')
    expect(page.text).toContain(words)
    expect(page.linkTo('Log in with Microsoft')).toBe(`/login/microsoft?next=${encodeURIComponent(ADD)}`)
    await expectTypingWorks(browser, page)
    const before = provider.asked.length
    expect((await search(browser, form)).text).toContain('You did not log in with Microsoft')
    expect(provider.asked).toHaveLength(before)
  })

  test('refused even with new tokens: it ends, and does not go on asking', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    provider.behave(() => EXPIRED)
    expect((await search(browser, form)).text).toContain('any more')
    expect(provider.asked).toHaveLength(8)
    expect(provider.issued).toHaveLength(2)
  })

  test('renewed as somebody else: their directory is not shown', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    provider.behave((_url, token) => (token === provider.issued[0]?.accessToken ? EXPIRED : everybody()))
    provider.renewAs({ oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9cff' })
    const page = await search(browser, form)
    expect(page.text).toContain('any more')
    expect(page.text).not.toContain('Ines Moreau')
  })

  test('denied for want of a permission', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    provider.behave(() => [403, { error: { code: 'Authorization_RequestDenied', message: 'no' } }])
    const page = await search(browser, form)
    expect(page.text).toContain('Microsoft denied the search')
    expect(page.text).toContain('Authorization_RequestDenied')
    await expectTypingWorks(browser, page)
  })

  test.each<readonly [string, GraphReply, string]>([
    [
      'an error of Graph',
      [503, { error: { code: 'serviceNotAvailable', message: 'x' } }],
      'status 503 (serviceNotAvailable)',
    ],
    ['an answer that is no list', [200, { people: [] }], 'status 200'],
  ])('%s', async (_what, reply, words) => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    provider.behave(() => reply)
    const page = await search(browser, form, { emails: 'typed@brightwave.example' })
    expect(page.text).toContain('The directory did not answer')
    expect(page.text).toContain(words)
    expect(page.valueOf('emails')).toBe('typed@brightwave.example')
    await expectTypingWorks(browser, page)
  })

  test('nobody there at all', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    await provider.close()
    const page = await search(browser, form)
    expect(page.text).toContain('The directory did not answer')
    await expectTypingWorks(browser, page)
    provider = await startFakeProvider()
  })

  test('the company moved to another organization: the tokens are of no use here', async () => {
    const browser = served.browser()
    const form = await openAsMicrosoftUser(browser)
    const [company] = served.system.store.page('companies', 0, 1)
    await served.system.store.transact((tx) => {
      if (company !== undefined) {
        tx.put('companies', company.id, { ...company, microsoftTenantId: '00000000-0000-4000-8000-000000000000' })
      }
    })
    expect((await search(browser, form)).text).toContain('You did not log in with Microsoft')
    expect(provider.asked).toEqual([])
  })
})
