import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setAccountEnabled } from '#idp/core/directory/users.ts'
import { pageOf } from '#kit/test/browser.ts'
import { MARTA, PLAIN, type RunningEntra, signInAs, startEntra, TENANT } from './start-entra.ts'

let entra: RunningEntra

beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

const open = async (email: string, path = '/admin') => {
  const browser = entra.browser()
  const page = await signInAs(browser, await browser.visit(`${entra.origin}${path}`), email)
  return { browser, page }
}

describe('the admin center', () => {
  test('sends people to sign in, without consent, and back to where they wanted to go', async () => {
    const { page } = await open(MARTA, '/admin/apps')
    expect(pageOf(page)).toMatchObject({ status: 200, title: 'Apps', url: new URL(`${entra.origin}/admin/apps`) })
  })

  test('an address that is too long to be kept leads to the first page', async () => {
    const { page } = await open(MARTA, `/admin/apps?${'a'.repeat(2048)}`)
    expect(pageOf(page).url.href).toBe(`${entra.origin}/admin`)
  })

  test('knows who works in it and with which roles', async () => {
    const { page } = await open(MARTA)
    expect(pageOf(page).text).toContain(`${MARTA} Global Administrator`)
  })

  test('refuses a page to people without a role, names the roles and offers another account', async () => {
    const { browser, page } = await open(PLAIN, '/admin/apps')
    expect(pageOf(page)).toMatchObject({ status: 403, title: "You don't have access" })
    expect(pageOf(page).text).toContain('Global Administrator, Cloud Application Administrator')
    const picker = await browser.send(page, '/admin/switch-account')
    expect(pageOf(picker).title).toBe('Pick an account')
    const home = await signInAs(browser, await browser.send(picker, '/account', { choice: 'other' }), MARTA)
    expect(pageOf(home).text).toContain(MARTA)
  })

  test('ends the session when the person is blocked', async () => {
    const email = 'jonas.weber@brightwave.example'
    const { browser } = await open(email)
    const [user] = entra.system.store.find('users', 'userPrincipalName', email)
    await entra.system.store.transact((tx) => setAccountEnabled(tx, TENANT, user?.id ?? '', false))
    expect(pageOf(await browser.visit(`${entra.origin}/admin`)).title).toBe('Pick an account')
  })

  test('ends after eight virtual hours of idleness, when the sign-in still holds it comes back by itself', async () => {
    const { browser } = await open(MARTA)
    const before = [...browser.cookies].find(([name]) => name.startsWith('entra_admin'))
    await entra.advance(9 * 3600)
    expect(pageOf(await browser.visit(`${entra.origin}/admin`)).text).toContain(MARTA)
    expect([...browser.cookies].find(([name]) => name.startsWith('entra_admin'))).not.toEqual(before)
  })

  test('a forged callback starts a new sign-in and opens nothing', async () => {
    const browser = entra.browser()
    const page = await browser.visit(`${entra.origin}/admin/signin-oidc?code=made-up&state=made-up`)
    expect(pageOf(page).title).toBe('Sign in')
  })
})
