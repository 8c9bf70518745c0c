import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, createBrowser, type Page, pageOf } from '#kit/test/browser.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { DOMAIN, type OktaStage, openOktaStage } from './okta-stage.ts'

/** Single sign-on from the Okta twin to the Dialpad twin, by the pages of both and the forms browsers post between them. */

const SETTINGS = '/admin/company/authentication/saml'
const ACS = `/saml/sso/okta/${DOMAIN}`
const METADATA = `/api/saml/metadata/okta/${DOMAIN}`
const TOMAS = 'tomas.berg'

interface IdpValues {
  readonly idpSsoUrl: string
  readonly idpEntityId: string
  readonly certificate: string
}

let stage: OktaStage
/** A Company Admin's browser at Dialpad. */
let admin: Browser
beforeAll(async () => {
  stage = await openOktaStage()
})
afterAll(() => stage.close())

beforeEach(async () => {
  await stage.resetTo('connected-okta')
  admin = createBrowser(stage.dialpad.origin)
  await admin.submit(await admin.go('/login'), '/login', {
    email: `marta.silva@${DOMAIN}`,
    password: TRAINING_PASSWORD,
  })
})

/** What Dialpad's SAML page says of itself. */
async function serviceValues(): Promise<{ readonly acsUrl: string; readonly spEntityId: string }> {
  const { text } = await admin.go(`${SETTINGS}?provider=okta`)
  return {
    acsUrl: /SP SSO Url (\S+)/.exec(text)?.[1] ?? '',
    spEntityId: /SP Entity ID (\S+)/.exec(text)?.[1] ?? '',
  }
}

async function pasteIntoOkta(typed: Readonly<Record<string, string | undefined>>): Promise<void> {
  expect(await stage.send(await stage.at('signon/edit'), '/signon/edit', typed)).toContain('settings were saved')
}

/** What the setup instructions say. */
async function instructions(): Promise<IdpValues> {
  await stage.marta.open(await stage.at('signon'))
  await stage.marta.follow('View SAML setup instructions')
  const { text, title } = stage.marta
  expect(title).toBe('How to Configure SAML 2.0 for Dialpad')
  return {
    idpSsoUrl: /IdP SSO URL (\S+)/.exec(text)?.[1] ?? '',
    idpEntityId: /IdP Entity ID \(Issuer\) (\S+)/.exec(text)?.[1] ?? '',
    certificate: stage.marta.valueOf('certificate') ?? '',
  }
}

async function pasteIntoDialpad(values: IdpValues): Promise<void> {
  const page = await admin.go(`${SETTINGS}?provider=okta`)
  const saved = await admin.submit(page, `${SETTINGS}/settings`, { ...values })
  expect(saved.text).toContain('SAML settings for Okta are saved.')
}

/** The order that works (reference sheet 5.4). */
async function configure(): Promise<void> {
  await pasteIntoOkta({ ...(await serviceValues()), format: 'email' })
  await pasteIntoDialpad(await instructions())
}

/** Send the form of the page at Okta, as its script does, in a browser of Dialpad's. */
async function deliver(page: Page, browser: Browser = createBrowser(stage.dialpad.origin)): Promise<Page> {
  const form = page.form(ACS) ?? page.form(METADATA)
  if (form === undefined) throw new Error(`${page.title}: ${page.text}`)
  return pageOf(await browser.post(form.action, Object.fromEntries(form.fields), { origin: stage.okta.origin }))
}

function tileOf({ html }: Visitor): string | undefined {
  return /href="(\/home\/dialpad\/[^"]+)"/.exec(html)?.[1]
}

/** Sign in to the dashboard and click the tile. */
async function clickTile(handle: string): Promise<Visitor> {
  const visitor = await stage.signIn(handle)
  const tile = tileOf(visitor)
  if (tile === undefined) throw new Error(`${handle} has no tile: ${visitor.text}`)
  await visitor.open(tile)
  return visitor
}

/** From the tile to whatever Dialpad says then. */
async function tileLogin(handle: string): Promise<Page> {
  return deliver((await clickTile(handle)).page)
}

/** Why Dialpad refused last. */
async function refusal(): Promise<string | undefined> {
  const { items } = await stage.dialpad.journal({ kind: 'saml' })
  const title = items.findLast((entry) => entry.title.startsWith('SAML answer'))?.title
  return title?.replace('SAML answer refused: ', '')
}

async function events(eventType: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await stage.records('okta', 'systemLog')).filter((event) => event['eventType'] === eventType)
}

describe('set up', () => {
  test('the values of each side are pasted into the other, and the tile lands in the account', async () => {
    const service = await serviceValues()
    expect(service).toEqual({
      acsUrl: `https://dialpad.com${ACS}`,
      spEntityId: `https://dialpad.com${METADATA}`,
    })
    await pasteIntoOkta({ ...service, format: 'email' })
    const values = await instructions()
    expect(values.idpSsoUrl).toMatch(new RegExp(`^${stage.okta.origin}/app/dialpad/exk\\w{17}/sso/saml$`))
    expect(values.idpEntityId).toBe(`http://www.okta.com/${/exk\w+/.exec(values.idpSsoUrl)?.[0]}`)
    await pasteIntoDialpad(values)

    const { page } = await clickTile(TOMAS)
    expect(page.title).toBe('Signing in to Dialpad')
    expect(page.form(ACS)?.action).toBe(stage.dialpad.origin + ACS)
    expect((await deliver(page)).title).toBe('Signed in as Tomas Berg')
    const [event] = await events('user.authentication.sso')
    expect(event).toMatchObject({
      outcome: { result: 'SUCCESS' },
      actor: { alternateId: `${TOMAS}@${DOMAIN}` },
      target: [{ type: 'AppInstance', displayName: 'Dialpad' }, { type: 'AppUser' }],
    })
    const exchanges = JSON.stringify((await stage.okta.journal({ kind: 'saml' })).items)
    expect(exchanges).toContain('saml2p:Response')
    expect(exchanges).not.toContain(page.form(ACS)?.fields.find(([name]) => name === 'SAMLResponse')?.[1])
  })

  test('with the addresses on this machine it works too', async () => {
    await pasteIntoOkta({
      acsUrl: stage.dialpad.origin + ACS,
      spEntityId: stage.dialpad.origin + METADATA,
      format: 'email',
    })
    await pasteIntoDialpad(await instructions())
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('the certificate is accepted with its BEGIN and END lines, and without', async () => {
    await configure()
    const values = await instructions()
    expect(values.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/)
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
    await pasteIntoDialpad({ ...values, certificate: values.certificate.replace(/-----[A-Z ]+-----/g, '').trim() })
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })
})

describe('set up, from the Login Url', () => {
  beforeEach(configure)

  test('whoever is not signed in signs in at Okta and lands where they wanted to go', async () => {
    const browser = createBrowser(stage.dialpad.origin)
    const asked = await browser.leave(`${ACS}?next=${encodeURIComponent('/app?a=1&b=%20')}`)
    expect(asked.origin).toBe(stage.okta.origin)
    const visitor = await stage.signIn(TOMAS, asked.href.slice(stage.okta.origin.length))
    expect(visitor.title).toBe('Signing in to Dialpad')
    const landed = await deliver(visitor.page, browser)
    expect([landed.title, landed.url.search]).toEqual(['Signed in as Tomas Berg', '?a=1&b=%20'])
    expect((await events('user.authentication.sso')).at(-1)).toMatchObject({
      debugData: { initiationType: 'SP_INITIATED' },
    })
  })

  test('whoever is signed in is not asked again, and an answer is good in the browser that asked, once', async () => {
    const browser = createBrowser(stage.dialpad.origin)
    const visitor = await stage.signIn(TOMAS)
    await visitor.open((await browser.leave(ACS)).href)
    const { page } = visitor
    expect((await deliver(page)).title).not.toBe('Signed in as Tomas Berg')
    expect(await refusal()).toBe('in-response-to')
    expect((await deliver(page, browser)).title).toBe('Signed in as Tomas Berg')
    expect((await deliver(page, browser)).title).toBe('This login is over')
  })
})

describe('set up, then', () => {
  beforeEach(configure)

  test('a rollover breaks the sign-in until Dialpad has the new certificate', async () => {
    const old = (await instructions()).certificate
    await stage.send(await stage.at('signon'), '/certificates/generate')
    expect((await tileLogin(TOMAS)).title, 'the new one is inactive').toBe('Signed in as Tomas Berg')
    expect((await instructions()).certificate).toBe(old)

    const inactive = (await stage.records('okta', 'samlCertificates')).find(({ isActive }) => isActive === false)
    await stage.send(await stage.at(`signon/certificates/${inactive?.['id']}/activate`), '/activate')
    expect((await tileLogin(TOMAS)).title).toBe('SAML error: signature')
    expect(await refusal()).toBe('signature')

    const values = await instructions()
    expect(values.certificate).not.toBe(old)
    await pasteIntoDialpad(values)
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
    await pasteIntoDialpad({ ...values, certificate: old })
    expect((await tileLogin(TOMAS)).title, 'the old one').toBe('SAML error: signature')
  })

  test('an app that was not assigned has no tile, and its address says 403 App Not Assigned', async () => {
    const tile = tileOf(await stage.signIn(TOMAS)) ?? ''
    const stranger = await stage.signIn('priya.raman')
    expect(tileOf(stranger)).toBeUndefined()
    await stranger.open(tile)
    expect([stranger.status, stranger.title]).toEqual([403, '403 App Not Assigned'])
    expect(await events('app.generic.unauth_app_access_attempt')).toHaveLength(1)
    await stage.assign('priya.raman')
    expect(tileOf(await stage.signIn('priya.raman'))).toBe(tile)
    expect((await tileLogin('priya.raman')).title).toMatch(/^Signed in as Priya/)
  })

  test('somebody suspended in Dialpad is refused there, and let in again afterwards', async () => {
    await stage.editAccount(TOMAS, { state: 'suspended' })
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('suspended')
    await stage.editAccount(TOMAS, { state: 'active' })
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('deprovisioning ends it on both sides: unassigned, then deactivated', async () => {
    await stage.assign('priya.raman')
    const visitor = await clickTile('priya.raman')
    const { page } = visitor
    expect((await deliver(page)).title).toMatch(/^Signed in as Priya/)

    await stage.unassign('priya.raman')
    await visitor.open(visitor.path)
    expect([visitor.status, visitor.title]).toEqual([403, '403 App Not Assigned'])

    const other = await clickTile(TOMAS)
    const tile = other.path
    await stage.lifecycle(TOMAS, 'deactivate')
    expect((await deliver(other.page)).title).not.toBe('Signed in as Tomas Berg')
    expect(await refusal(), 'an answer given before is of no use').toBe('suspended')
    await other.open(tile)
    expect([other.title, other.path.startsWith('/login/login.htm')]).toEqual(['Sign In', true])
    expect((await stage.signIn(TOMAS)).text).toContain('Unable to sign in')
  })

  test('somebody suspended in Okta cannot sign in, while Dialpad knows nothing of it', async () => {
    const visitor = await clickTile(TOMAS)
    const tile = visitor.path
    await stage.lifecycle(TOMAS, 'suspend')
    await visitor.open(tile)
    expect(visitor.title).toBe('Sign In')
    expect(await stage.account(TOMAS)).toMatchObject({ state: 'active' })
    await stage.lifecycle(TOMAS, 'unsuspend')
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('with provisioning broken the tile still works, and the other way round', async () => {
    await stage.fault('scim.users.create', { status: 500 }, 1)
    await stage.assign('priya.raman')
    expect(await stage.tasks()).toHaveLength(1)
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
    await (await clickTile('priya.raman')).open('/')
    await tileLogin('priya.raman')
    expect(await refusal(), 'assigned, with a tile, and without an account').toBe('no-account')

    await pasteIntoOkta({ spEntityId: 'https://somewhere.example/else' })
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('audience')
    await stage.editProfile(TOMAS, 'title', 'Solution Architect')
    expect(await stage.account(TOMAS)).toMatchObject({ title: 'Solution Architect' })
  })
})

describe('a fault and its symptom (reference sheet 8.2)', () => {
  beforeEach(configure)

  test.each([
    ['https', (issuer: string) => issuer.replace('http:', 'https:')],
    ['a trailing slash', (issuer: string) => `${issuer}/`],
  ])('the issuer pasted with %s: another issuer', async (_name, spoil) => {
    const values = await instructions()
    await pasteIntoDialpad({ ...values, idpEntityId: spoil(values.idpEntityId) })
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('issuer')
    await pasteIntoDialpad(values)
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('an attribute named email, not Email: refused for the attribute', async () => {
    await stage.send(await stage.at('signon/attributes'), '/signon/attributes', { 'name.2': 'email' })
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('attribute')
    await stage.send(await stage.at('signon/attributes'), '/signon/attributes', { 'name.2': 'Email' })
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('the user name is no address: no account', async () => {
    await pasteIntoOkta({ format: 'email-prefix' })
    await stage.send(await stage.at('signon/update-now'), '/update-now')
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('no-account')
    await pasteIntoOkta({ format: 'email' })
    await stage.send(await stage.at('signon/update-now'), '/update-now')
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test('SP SSO URL and SP Entity ID swapped: the answer goes to the wrong place', async () => {
    const { acsUrl, spEntityId } = await serviceValues()
    await pasteIntoOkta({ acsUrl: spEntityId, spEntityId: acsUrl })
    await tileLogin(TOMAS)
    expect(await refusal()).toBe('destination')
    await pasteIntoOkta({ acsUrl, spEntityId })
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })

  test.each([
    ['ten-minutes-fast', 'not-yet-valid'],
    ['ten-minutes-slow', 'expired'],
  ])('a clock that is wrong: an assertion is not yet valid, or expired (%s)', async (value, reason) => {
    await stage.okta.setSwitch('saml-clock', value)
    await tileLogin(TOMAS)
    expect(await refusal()).toBe(reason)
    await stage.okta.setSwitch('saml-clock', 'right')
    expect((await tileLogin(TOMAS)).title).toBe('Signed in as Tomas Berg')
  })
})
