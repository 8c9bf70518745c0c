import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page, Typed } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { type ServedPages, servePages } from './serve-pages.ts'

const KEYS = '/admin/company/authentication/api-keys'

let served: ServedPages
let admin: Browser
beforeEach(async () => {
  served = await servePages()
  admin = await served.admin()
})
afterEach(() => served.close())

async function addKey(fields: Typed): Promise<Page> {
  return admin.submit(await admin.go(`${KEYS}/new`), KEYS, fields)
}

function secretOn(page: Page): string {
  return /id="secret-once"[^>]*value="([^"]+)"/.exec(page.html)?.[1] ?? ''
}

async function scimStatus(secret: string): Promise<number> {
  const url = `${served.origin.replace('localhost', '127.0.0.1')}/scim/Users?count=1`
  return (await call(url, { headers: { authorization: `Bearer ${secret}` } })).status
}

describe('API Keys', () => {
  test('are found by the path the articles give', async () => {
    const company = await admin.go('/admin')
    expect(company.title).toBe('Company Settings')
    for (const label of ['Company Settings', 'My Company', 'Authentication', 'API Keys', 'SCIM']) {
      expect(company.text).toContain(label)
    }
    const keys = await admin.go(KEYS)
    expect(keys.title).toBe('API Keys')
    expect(keys.text).toContain('No API keys yet')
    expect(keys.html).toMatch(/title="formerly Add a key"/)
    expect(keys.text).toContain('Add key')
  })

  test('a key is shown once, works, and is kept nowhere readable', async () => {
    const page = await addKey({ name: 'Entra', expiration: '' })
    const secret = secretOn(page)
    expect(secret.length).toBeGreaterThan(30)
    expect(page.text).toContain('It will not be visible again')
    expect(await scimStatus(secret)).toBe(200)
    const later = await admin.go(KEYS)
    expect(later.html).not.toContain(secret)
    expect(later.text).toContain(`…${secret.slice(-4)}`)
    expect(later.text).toContain('Basic access')
    expect(JSON.stringify(served.system.store.dump())).not.toContain(secret)
    expect(JSON.stringify(served.system.journal.read({ limit: 1000 }).items)).not.toContain(secret)
  })

  test('additional scopes are chosen from the published list, shown, and change nothing of what a directory may', async () => {
    const page = await addKey({ name: 'Events', expiration: '', scopes: ['change_log', 'calls:list'] })
    expect(await scimStatus(secretOn(page))).toBe(200)
    expect((await admin.go(KEYS)).text).toContain('Basic access, change_log, calls:list')
    const refused = await addKey({ name: '', expiration: '', scopes: 'change_log' })
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/<input[^>]*value="change_log"[^>]*checked|<input[^>]*checked[^>]*value="change_log"/)
    expect((await addKey({ name: 'Odd', expiration: '', scopes: 'scim' })).text).toContain('Choose scopes of the list')
  })

  test('a key works until its last day ends', async () => {
    const today = served.system.clock.iso().slice(0, 10)
    const secret = secretOn(await addKey({ name: 'Today', expiration: today }))
    expect(await scimStatus(secret)).toBe(200)
    await served.system.control.moveClock({ kind: 'advance', duration: 'P1D' })
    expect(await scimStatus(secret)).toBe(401)
    expect((await admin.go(KEYS)).text).toContain('Expired')
  })

  test.each([
    [{ name: '', expiration: '' }, 'Enter a name'],
    [{ name: 'x'.repeat(65), expiration: '' }, 'Use at most 64 characters'],
    [{ name: 'a', expiration: '2026-02-30' }, 'Enter a date as YYYY-MM-DD'],
    [{ name: 'a', expiration: 'soon' }, 'Enter a date as YYYY-MM-DD'],
    [{ name: 'a', expiration: '2001-01-01' }, 'The expiration must be a time in the future.'],
  ])('%o is refused beside the field', async (fields, problem) => {
    const page = await addKey(fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain(problem)
    expect(served.system.store.count('apiKeys')).toBe(0)
  })

  test('revoking names the key, and ends it at once', async () => {
    const secret = secretOn(await addKey({ name: '<b>Old</b> key', expiration: '' }))
    const id = [...served.system.store.entries('apiKeys')][0]?.[0] ?? ''
    const confirm = await admin.go(`${KEYS}/${id}/revoke`)
    expect(confirm.text).toContain('Revoke this API key? <b>Old</b> key')
    expect(confirm.html).not.toContain('<b>Old</b>')
    expect(await scimStatus(secret)).toBe(200)
    const page = await admin.submit(confirm, `${KEYS}/${id}/revoke`)
    expect(page.text).toContain('API key "<b>Old</b> key" is revoked.')
    expect(await scimStatus(secret)).toBe(401)
    expect((await admin.go(KEYS)).text).not.toContain('is revoked.')
  })

  test('with click-to-show the value can be shown again, on asking, and never goes into the journal', async () => {
    await served.system.control.setSwitches({ 'api-key-display': 'click-to-show' })
    const secret = secretOn(await addKey({ name: '2019', expiration: '' }))
    const list = await admin.go(KEYS)
    expect(list.text).toContain('Click to show value')
    expect(list.html).not.toContain(secret)
    const id = [...served.system.store.entries('apiKeys')][0]?.[0] ?? ''
    const shown = await admin.submit(list, `${KEYS}/${id}/show`)
    expect(shown.html).toContain(secret)
    expect(JSON.stringify(served.system.journal.read({ limit: 1000 }).items)).not.toContain(secret)
    await served.system.control.setSwitches({ 'api-key-display': 'once' })
    expect((await admin.go(KEYS)).text).not.toContain('Click to show value')
    const refused = await admin.submit(list, `${KEYS}/${id}/show`)
    expect(refused.html).not.toContain(secret)
    expect(refused.text).toContain('cannot be shown again')
  })

  test('a key nobody has made is a page that says so', async () => {
    const page = await admin.go(`${KEYS}/4711/revoke`)
    expect([page.status, page.title]).toEqual([404, 'Page not found'])
    expect(page.text).toContain('API key 4711 not found.')
  })
})
