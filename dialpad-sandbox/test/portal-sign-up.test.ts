import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { ADMIN, logIn, type ServedPages, servePages } from './serve-pages.ts'

const MARTA = {
  oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c02',
  preferred_username: ADMIN,
  given_name: 'Marta',
  family_name: 'Silva',
}
const OFFICE = { officeName: 'Denver', country: 'US', areaCode: '720', timezone: 'US/Mountain' }

let provider: FakeProvider
let served: ServedPages
let browser: Browser
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  served = await servePages({ world: 'fresh', microsoftAuthority: provider.authority })
  browser = served.browser()
})
afterEach(() => served.close())

async function signUpWithMicrosoft(person: object): Promise<Page> {
  const location = await browser.leave('/signup/microsoft')
  return browser.go(`/login/microsoft/callback${provider.approve(location, { ...person })}`)
}

describe('a world without a company', () => {
  test('the login points to the sign-up, and signing in with Microsoft does too', async () => {
    expect((await browser.go('/login')).text).toContain('Nobody has signed up yet')
    const location = await browser.leave('/login/microsoft')
    const page = await browser.go(`/login/microsoft/callback${provider.approve(location, MARTA)}`)
    expect([page.status, page.title]).toEqual([403, 'No Dialpad company for this organization'])
    expect(page.text).toContain('Sign up with Microsoft')
  })

  test('the ways to sign up are named as the article names them', async () => {
    const page = await browser.go('/signup')
    for (const label of ['Sign up with Microsoft', 'Sign up with Google', 'Sign up with email']) {
      expect(page.text).toContain(label)
    }
  })
})

describe('Sign up with Microsoft', () => {
  test('makes the company of the organization, with its first Company Admin', async () => {
    const company = await signUpWithMicrosoft(MARTA)
    expect(company.title).toBe('Confirm your company')
    expect(company.html).toContain('value="Brightwave"')
    const office = await browser.submit(company, '/signup/company', { companyName: 'Brightwave', employees: '10-49' })
    expect(office.title).toBe('Set up your first office')
    const page = await browser.submit(office, '/signup/office', OFFICE)
    expect(page.title).toBe('Signed in as Marta Silva')
    expect(page.text).toContain('Brightwave is set up. You are its Company Admin.')
    expect(page.text).toContain('+17205550100')

    const [made] = served.system.store.page('companies', 0, 2)
    expect(made).toMatchObject({ name: 'Brightwave', domains: ['brightwave.example'], microsoftTenantId: TENANT_ID })
    expect((await browser.go('/admin/company/licenses')).text).toContain('Denver Connect 5 1 4')
    // The sign-up was a login with Microsoft too: the directory is open, and what opens it is in the clear nowhere.
    expect((await browser.go('/admin/company/users/add')).text).toContain('Search the directory')
    for (const { accessToken, refreshToken } of provider.issued) {
      expect(JSON.stringify(served.system.store.dump())).not.toMatch(new RegExp(`${accessToken}|${refreshToken}`))
    }
  })

  test('logs in instead when the organization has its company', async () => {
    const company = await signUpWithMicrosoft(MARTA)
    const office = await browser.submit(company, '/signup/company', { companyName: 'Brightwave', employees: '1-9' })
    await browser.submit(office, '/signup/office', OFFICE)
    browser = served.browser()
    expect((await signUpWithMicrosoft(MARTA)).title).toBe('Signed in as Marta Silva')
    expect(served.system.store.count('companies')).toBe(1)
    browser = served.browser()
    const other = {
      ...MARTA,
      oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c03',
      preferred_username: 'new@brightwave.example',
    }
    expect((await signUpWithMicrosoft(other)).title).toBe('No Dialpad account for this email')
  })

  test('two people who sign up at once: the second is told', async () => {
    const first = await signUpWithMicrosoft(MARTA)
    const another = browser
    browser = served.browser()
    const second = await signUpWithMicrosoft({ ...MARTA, oid: '7a1f0c52-9c7e-4d6b-8a35-2f4e6d8b9c04' })
    for (const [who, page] of [
      [another, first],
      [browser, second],
    ] as const) {
      await who.submit(page, '/signup/company', { companyName: 'Brightwave', employees: '1-9' })
    }
    await another.submit(await another.go('/signup/office'), '/signup/office', OFFICE)
    const refused = await browser.submit(await browser.go('/signup/office'), '/signup/office', OFFICE)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('A company with the domain brightwave.example has signed up already')
    expect(served.system.store.count('companies')).toBe(1)
  })
})

describe('Sign up with email', () => {
  const PERSON = { email: 'nora@lumen.example', givenName: 'Nora', familyName: 'Lind', password: 'Correct-horse-9' }

  test('makes a company of the address’s domain; its admin logs in with the password', async () => {
    const company = await browser.submit(await browser.go('/signup/email'), '/signup/email', PERSON)
    expect(company.title).toBe('Confirm your company')
    expect(JSON.stringify(served.system.store.dump())).not.toContain('nora@lumen.example')
    const office = await browser.submit(company, '/signup/company', { companyName: 'Lumen', employees: '1-9' })
    const page = await browser.submit(office, '/signup/office', { ...OFFICE, country: 'GB', areaCode: '20' })
    expect(page.title).toBe('Signed in as Nora Lind')
    expect((await logIn(served.browser(), PERSON.email, PERSON.password)).title).toBe('Signed in as Nora Lind')
    expect(JSON.stringify(served.system.journal.read({ limit: 1000 }).items)).not.toContain(PERSON.password)

    const again = await browser.submit(
      await served
        .browser()
        .go('/signup/email')
        .then(() => browser.go('/signup/email')),
      '/signup/email',
      PERSON,
    )
    expect(again.text).toContain('A company with the domain lumen.example has signed up already')
  })

  test('every step checks what it is given', async () => {
    const form = await browser.go('/signup/email')
    const person = await browser.submit(form, '/signup/email', { ...PERSON, email: 'nora', password: 'short' })
    expect(person.status).toBe(422)
    expect(person.text).toContain('Enter a full email address')
    expect(person.text).toContain('Use at least 8 characters')
    const company = await browser.submit(form, '/signup/email', PERSON)
    const nameless = await browser.submit(company, '/signup/company', { companyName: ' ' })
    expect(nameless.text).toContain('Enter the company name')
    expect(nameless.text).toContain('Choose how many you are')
    expect((await browser.go('/signup/office')).title).toBe('Confirm your company')
    const office = await browser.submit(company, '/signup/company', { companyName: 'Lumen', employees: '1-9' })
    const wrongCode = await browser.submit(office, '/signup/office', { ...OFFICE, areaCode: '07' })
    expect(wrongCode.text).toContain('Enter an area code of two or three digits.')
    expect(served.system.store.count('companies')).toBe(0)
  })

  test('a step without what goes before starts again', async () => {
    expect((await browser.go('/signup/company')).title).toBe('Sign up')
    expect((await browser.go('/signup/office')).title).toBe('Sign up')
  })
})
