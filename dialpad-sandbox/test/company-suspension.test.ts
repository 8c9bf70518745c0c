import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '#kit/secrets.ts'
import type { Browser, Page } from '#kit/test/browser.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { issueApiKey } from '../commands/api-keys.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ERROR_URN } from './serve.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'
import { envelope } from './serve-rest.ts'

/** A company that does not pay: on hold the same day, suspended after 30 days (reference sheet 3.6, surprise 23). */

const BILLING = '/admin/company/billing'
const PAYMENT = `${BILLING}/payment`
const PASSWORD = 'Correct-horse-9'

let served: ServedPages
let admin: Browser
let key: string
beforeEach(async () => {
  served = await servePages()
  admin = await served.admin()
  const passwordHash = await hashPassword(PASSWORD)
  const [tomas] = served.system.store.find('users', 'email', PLAIN_USER)
  await served.system.store.transact((tx) => {
    if (tomas !== undefined) tx.put('users', tomas.id, { ...tomas, passwordHash })
  })
  const [owner] = served.system.store.find('users', 'email', ADMIN)
  const input = { companyId: owner?.companyId ?? '', ownerId: owner?.id ?? '', name: 'Directory' }
  key = (await issueApiKey(served.system, SYSTEM_ACTOR, input)).secret
})
afterEach(() => served.close())

async function failPayment(): Promise<Page> {
  return admin.submit(await admin.go(`${PAYMENT}/fail`), `${PAYMENT}/fail`)
}

async function suspendCompany(): Promise<void> {
  await failPayment()
  await served.system.control.moveClock({ kind: 'advance', duration: 'P30D' })
  // Their session has run out meanwhile.
  await logIn(admin, ADMIN)
}

function ask(path: string): Promise<Answer> {
  const { host, port } = new URL(served.origin)
  return call(`http://127.0.0.1:${port}${path}`, { headers: { host, authorization: `Bearer ${key}` } })
}

function states(): readonly string[] {
  return served.system.store.page('users', 0, 10).map(({ state }) => state)
}

describe('on hold', () => {
  test('is what a failed payment makes of a company, after a question; everything goes on', async () => {
    const before = await admin.go(BILLING)
    expect(before.text).toContain('Company Active')
    const page = await failPayment()
    expect(page.text).toContain('A payment of Brightwave failed.')
    expect(page.text).toContain('Company On hold')
    const users = await admin.go('/admin/company/users')
    expect(users.text).toContain('Brightwave is on hold')
    expect((await logIn(served.browser(), PLAIN_USER, PASSWORD)).title).toBe('Signed in as Tomas Berg')
    expect((await ask('/scim/Users')).status).toBe(200)
    expect((await ask('/api/v2/company')).json()['state']).toBe('active')
    expect((await admin.go('/admin/company/change-log?action=company_on_hold')).text).toContain('A payment failed')
  })

  test('counts from the first failure on', async () => {
    await failPayment()
    const [first] = served.system.store.page('companies', 0, 1)
    await served.system.control.moveClock({ kind: 'advance', duration: 'P1D' })
    await failPayment()
    expect(served.system.store.page('companies', 0, 1)[0]?.paymentFailedAt).toBe(first?.paymentFailedAt)
  })

  test('ends 30 days later to the millisecond', async () => {
    await failPayment()
    await served.system.control.moveClock({ kind: 'frozen', frozen: true })
    const failed = Date.parse(served.system.store.page('companies', 0, 1)[0]?.paymentFailedAt ?? '')
    const at = (ms: number): string => new Date(failed + 30 * 24 * 3_600_000 + ms).toISOString()
    await served.system.control.moveClock({ kind: 'set', instant: at(-1) })
    expect((await ask('/scim/Users')).status).toBe(200)
    await served.system.control.moveClock({ kind: 'set', instant: at(0) })
    expect((await ask('/scim/Users')).status).toBe(403)
  })
})

describe('suspended', () => {
  beforeEach(suspendCompany)

  test('lets nobody but Company Admins log in, and says whose fault it is not', async () => {
    const page = await logIn(served.browser(), PLAIN_USER, PASSWORD)
    expect([page.status, page.title]).toEqual([403, 'Log in'])
    expect(page.text).toContain('Brightwave is suspended Your account is not')
    expect((await logIn(served.browser(), ADMIN)).title).toBe('Signed in as Marta Silva')
  })

  test('refuses directories and API keys, in their own words; the company itself tells its state', async () => {
    const scim = await ask('/scim/Users')
    expect([scim.status, scim.json()]).toEqual([
      403,
      { schemas: [ERROR_URN], status: '403', detail: 'Brightwave is suspended for an unpaid bill' },
    ])
    const rest = await ask('/api/v2/users')
    expect([rest.status, rest.json()]).toEqual([
      403,
      envelope(403, 'forbidden', 'Brightwave is suspended for an unpaid bill'),
    ])
    const company = await ask('/api/v2/company')
    expect([company.status, company.json()['state']]).toEqual([200, 'suspended'])
  })

  test('leaves the users as they are: each is Active in the list', async () => {
    expect(states()).toEqual(['active', 'active'])
    const users = await admin.go('/admin/company/users')
    expect(users.text).toContain('Brightwave is suspended')
    expect(users.text).toContain('The users keep the states they have')
    expect(users.text).toMatch(/Tomas Berg .* Active/)
  })

  test('is looked at and not changed', async () => {
    const [tomas] = served.system.store.find('users', 'email', PLAIN_USER)
    const path = `/admin/users/${tomas?.id ?? ''}/suspend`
    const page = await admin.submit(await admin.go(path), path)
    expect(page.status).toBe(403)
    expect(page.text).toContain('nothing can be changed until its bill is paid under Billing')
    expect(states()).toEqual(['active', 'active'])
  })

  test('is over when the bill is paid', async () => {
    const page = await admin.submit(await admin.go(BILLING), `${PAYMENT}/pay`)
    expect(page.text).toContain('The bill is paid. Brightwave is active.')
    expect(page.text).toContain('Company Active')
    expect((await logIn(served.browser(), PLAIN_USER, PASSWORD)).title).toBe('Signed in as Tomas Berg')
    expect((await ask('/scim/Users')).status).toBe(200)
  })
})

test('somebody logged in when the company is suspended is out with the next request, and told why', async () => {
  await failPayment()
  await served.system.control.moveClock({ kind: 'advance', duration: 'P29DT23H' })
  const browser = served.browser()
  await logIn(browser, PLAIN_USER, PASSWORD)
  expect((await browser.go('/app')).title).toBe('Signed in as Tomas Berg')
  await served.system.control.moveClock({ kind: 'advance', duration: 'PT1H' })
  const page = await browser.go('/app')
  expect(page.title).toBe('Log in')
  expect(page.text).toContain('The whole company is suspended for an unpaid bill; this account is not.')
})

test('POST /_kit/billing does the same without clicks', async () => {
  const { host, port } = new URL(served.origin)
  const post = (body: object): Promise<Answer> =>
    call(`http://127.0.0.1:${port}/_kit/billing`, { method: 'POST', headers: { host }, body })
  const failed = await post({ payment: 'failed' })
  expect(failed.json()).toEqual({
    company: 'Brightwave',
    state: 'on-hold',
    paymentFailedAt: expect.any(String),
    suspendedFrom: expect.any(String),
  })
  const gap = Date.parse(String(failed.json()['suspendedFrom'])) - Date.parse(String(failed.json()['paymentFailedAt']))
  expect(gap).toBe(30 * 24 * 3_600_000)
  expect((await post({ payment: 'paid' })).json()).toEqual({ company: 'Brightwave', state: 'active' })
  expect((await post({ payment: 'late' })).status).toBe(400)
})
