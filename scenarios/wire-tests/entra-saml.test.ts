import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, createBrowser, type Page, pageOf } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'

/**
 * Single sign-on from the Entra twin to the Dialpad twin the way Dialpad's article goes: the SAML Toolkit of the gallery, three claims
 * without a namespace, and the provider Custom at Dialpad.
 */

const DOMAIN = 'brightwave.example'
const SETTINGS = '/admin/company/authentication/saml'
const ACS = `/saml/sso/custom/${DOMAIN}`

/** From a user access URL to the metadata of the same app. */
const METADATA = '/$2/federationmetadata/2007-06/federationmetadata.xml?appid=$1'

let kit: Kit
/** A Global Administrator at the Entra twin. */
let marta: Visitor
/** A Company Admin's browser at Dialpad. */
let admin: Browser
/** Of the app's single sign-on pages. */
let at: (page: string) => string
beforeAll(async () => {
  kit = await startKit({ world: 'connected-entra' })
  marta = createVisitor(kit.urls.entra)
  await marta.open('/admin')
  await signIn(marta, 'marta.silva')
  admin = createBrowser(kit.urls.dialpad)
  await admin.submit(await admin.go('/login'), '/login', {
    email: `marta.silva@${DOMAIN}`,
    password: TRAINING_PASSWORD,
  })
  await marta.open('/admin/apps/gallery/saml-toolkit')
  await marta.submit('/gallery/saml-toolkit', { displayName: 'Dialpad SAML' })
  const [, appId = ''] = /apps\/([0-9a-f-]{36})/.exec(marta.path) ?? []
  at = (page) => `/admin/apps/${appId}/sign-on${page}`
  await marta.follow('Single sign-on')
  await marta.submit('/sign-on/saml')
  await configure()
})
afterAll(() => kit.close())

async function signIn(visitor: Visitor, handle: string): Promise<void> {
  await visitor.submit('/email', { email: `${handle}@${DOMAIN}` })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
}

/** Each side's values are pasted into the other; then the three claims. */
async function configure(): Promise<void> {
  const { text } = await admin.go(`${SETTINGS}?provider=custom`)
  await marta.open(at('/basic'))
  await marta.submit('/sign-on/basic', {
    'identifier.0': /SP Entity ID (\S+)/.exec(text)?.[1],
    'replyUrl.0': /SP SSO Url (\S+)/.exec(text)?.[1],
  })
  for (const [name, source] of [
    ['FirstName', 'user.givenname'],
    ['LastName', 'user.surname'],
    ['Email', 'user.mail'],
  ]) {
    await marta.open(at('/claim'))
    await marta.submit('/sign-on/claim', { name, namespace: '', source })
  }
  await pasteIntoDialpad()
}

async function pasteIntoDialpad(): Promise<void> {
  await marta.open(at(''))
  const { text, html } = marta
  const [, download = ''] = /href="([^"]*\/base64)"/.exec(html) ?? []
  await marta.open(download)
  const certificate = marta.html.trim()
  expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----/)
  const page = await admin.go(`${SETTINGS}?provider=custom`)
  const saved = await admin.submit(page, `${SETTINGS}/settings`, {
    idpSsoUrl: /Login URL (\S+)/.exec(text)?.[1] ?? '',
    idpEntityId: /Microsoft Entra Identifier (\S+)/.exec(text)?.[1] ?? '',
    certificate,
  })
  expect(saved.text).toContain('SAML settings for Custom are saved.')
}

/** Send the form of the page at Entra, as its script does, in a browser of Dialpad's. */
async function deliver(page: Page, browser: Browser = createBrowser(kit.urls.dialpad)): Promise<Page> {
  const form = page.form(ACS)
  if (form === undefined) throw new Error(`${page.title}: ${page.text}`)
  return pageOf(await browser.post(form.action, Object.fromEntries(form.fields), { origin: kit.urls.entra }))
}

/** The user access URL, opened by somebody. */
async function openApp(handle: string): Promise<Visitor> {
  await marta.open(at('/test'))
  const [, address = ''] = /(http\S+\/api\/signin\/\S+)/.exec(marta.text) ?? []
  const visitor = createVisitor(kit.urls.entra)
  await visitor.open(address)
  await signIn(visitor, handle)
  return visitor
}

describe('Dialpad by the SAML Toolkit', () => {
  test('the values of each side pasted into the other, a person lands in the account', async () => {
    const visitor = await openApp('ada.okafor')
    const page = await deliver(visitor.page)
    expect(page.url.pathname).toBe('/app')
    expect(page.text).toContain('Ada Okafor')
  })

  test('from Dialpad’s Login Url, by way of a request, and back', async () => {
    const browser = createBrowser(kit.urls.dialpad)
    const begun = await browser.visit(`${kit.urls.dialpad}${ACS}`)
    expect(begun.url.origin, 'Dialpad sends the browser to Entra').toBe(kit.urls.entra)
    const visitor = createVisitor(kit.urls.entra)
    await visitor.open(begun.url.href)
    await signIn(visitor, 'ada.okafor')
    const page = await deliver(visitor.page, browser)
    expect(page.text).toContain('Ada Okafor')
  })

  test('a person Dialpad does not know has no account there', async () => {
    const page = await deliver((await openApp('rosa.jimenez')).page)
    expect(page.url.pathname).not.toBe('/app')
  })

  test('another certificate made active is refused until Dialpad has it', async () => {
    await marta.open(at('/certificates'))
    await marta.submit('/certificates/new')
    await marta.follow('Make certificate active')
    await marta.submit('/activate')
    const refused = await deliver((await openApp('ada.okafor')).page)
    expect(refused.text).toContain('signature')
    await pasteIntoDialpad()
    const page = await deliver((await openApp('ada.okafor')).page)
    expect(page.text).toContain('Ada Okafor')
  })

  test('set up from code in one call, changed, rolled over and switched off', async () => {
    const { entra } = kit.scene
    const made = await entra.addSamlApp({
      name: 'Wallboard',
      identifier: 'https://wallboard.example/saml',
      replyUrl: 'http://localhost:4999/acs',
      claims: { Region: '"EMEA"' },
    })
    const metadata = (): Promise<string> =>
      fetch(made.userAccessUrl.replace(/\/api\/signin\/([^?]+)\?tenantId=(.+)/, METADATA)).then((answer) =>
        answer.text(),
      )
    expect(await metadata()).toContain('X509Certificate')
    const rolled = await entra.rollSamlCertificate('Wallboard')
    expect(rolled.thumbprint).not.toBe(made.thumbprint)
    expect(
      (await entra.activateSamlCertificate({ app: 'Wallboard', thumbprint: made.thumbprint ?? '' })).thumbprint,
    ).toBe(made.thumbprint)
    expect((await entra.setSamlClaim({ app: 'Wallboard', name: 'Region', source: null })).claims).not.toContain(
      'Region',
    )
    await entra.editSamlApp('Wallboard', { nameId: 'user.mail', relayState: 'home', signingOption: 'both' })
    await expect(entra.editSamlApp('Wallboard', { replyUrl: 'nowhere' })).rejects.toThrow('complete web address')
    await entra.disableSaml('Wallboard')
    expect(await metadata()).toContain('AADSTS700016')
  })
})
