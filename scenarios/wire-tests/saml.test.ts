import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, createBrowser, type Page, pageOf } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'

/** A sign-in by SAML from end to end: an identity provider in a process of its own, a browser, and Dialpad. */

const ROOT = new URL('../..', import.meta.url).pathname
const PROVIDER = 'idp/protocols/saml/test/provider-process.ts'

const ADMIN = 'marta.silva@brightwave.example'
const PERSON = 'tomas.berg@brightwave.example'
const SETTINGS = '/admin/company/authentication/saml'
const ACS = '/saml/sso/okta/brightwave.example'
const METADATA = '/api/saml/metadata/okta/brightwave.example'

let kit: Kit
let provider: { readonly origin: string; readonly child: ChildProcess } | undefined
beforeAll(async () => {
  kit = await startKit()
})
afterEach(async () => {
  if (provider === undefined) return
  const ended = once(provider.child, 'exit')
  provider.child.stdin?.end()
  await ended
  provider = undefined
})
afterAll(() => kit.close())

async function startProvider(origin: string): Promise<string> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', PROVIDER], {
    cwd: ROOT,
    env: {
      ...process.env,
      PERSON,
      ACS_URL: origin + ACS,
      AUDIENCE: origin + METADATA,
      FORM_ACTION: kit.urls.dialpad + ACS,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  provider = { origin: line, child }
  return line
}

/** Copy what the provider's metadata says into the SAML page, as an administrator does. */
async function configure(origin: string): Promise<void> {
  const { text } = await call(`${origin}/metadata`, { headers: { host: new URL(origin).host } })
  const take = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
  const admin = createBrowser(kit.urls.dialpad)
  await admin.submit(await admin.go('/login'), '/login', { email: ADMIN, password: TRAINING_PASSWORD })
  const saved = await admin.submit(await admin.go(`${SETTINGS}?provider=okta`), `${SETTINGS}/settings`, {
    idpSsoUrl: take(/Location="([^"]*)"/),
    idpEntityId: take(/entityID="([^"]*)"/),
    certificate: take(/<ds:X509Certificate>([^<]*)</),
  })
  expect(saved.text).toContain('SAML settings for Okta are saved.')
}

/** Let the browser send the form of the provider's page, as its script does. */
async function deliver(browser: Browser, page: Page): Promise<Page> {
  const form = page.form(ACS)
  if (form === undefined) throw new Error(`${page.title}: ${page.html}`)
  const headers = { origin: provider?.origin ?? '' }
  return pageOf(await browser.post(form.action, Object.fromEntries(form.fields), headers))
}

describe.each([
  ['as they are on this machine', () => kit.urls.dialpad],
  ['as the product has them', () => 'https://dialpad.com'],
])('with the addresses of the service %s', (_name, originOf) => {
  test('people log in from both sides, and a rollover is followed', async () => {
    const origin = await startProvider(originOf())
    await configure(origin)

    const browser = createBrowser(kit.urls.dialpad)
    const asked = await browser.send(await browser.go('/login/provider?next=/app?a=1'), '/login/provider', {
      domain: 'brightwave.example',
    })
    if (asked.kind !== 'left') throw new Error(asked.text)
    const answered = await deliver(browser, await createBrowser(origin).go(asked.url.href))
    expect([answered.title, answered.url.search]).toEqual(['Signed in as Tomas Berg', '?a=1'])

    const other = createBrowser(kit.urls.dialpad)
    const tile = await createBrowser(origin).go('/sso')
    expect((await deliver(other, tile)).title).toBe('Signed in as Tomas Berg')
    expect((await deliver(createBrowser(kit.urls.dialpad), tile)).title).toBe('This login is over')

    await call(`${origin}/rollover`, { method: 'POST', headers: { host: new URL(origin).host } })
    const tileAgain = async (): Promise<string> =>
      (await deliver(createBrowser(kit.urls.dialpad), await createBrowser(origin).go('/sso'))).title
    expect(await tileAgain()).toBe('SAML error: signature')
    await configure(origin)
    expect(await tileAgain()).toBe('Signed in as Tomas Berg')
  })
})
