import { type Profile, SAML } from '@node-saml/node-saml'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import { signMessage } from '#idp/protocols/saml/sign-response.ts'
import { activeCertificateOf, openSigner, prepareCertificate } from '#idp/protocols/saml/signing-certificates.ts'
import { elementsOf, xmlOf } from '#idp/protocols/saml/test/answer-message.ts'
import { deflateForRedirect, encodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { createBrowser } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import type { OktaApp, SingleLogout } from '../../apps/records.ts'
import { addApp, editSignOn, setAppStatus } from '../../commands/apps.ts'
import { assignPerson } from '../../commands/assignments.ts'
import { appHref } from '../../console/apps/app-href.ts'
import { issuerOf, logoutPath, metadataPath, ssoPath } from '../addresses.ts'
import { formOf as formIn, KIT, openSamlStage, PERSON, type SamlStage } from './saml-stage.ts'

/** Single Logout, begun by an app of the integration wizard; on the other side `@node-saml/node-saml`, as it comes. */

const ACS_URL = 'http://localhost:4999/acs'
const ENTITY_ID = 'https://expenses.example/entity'
const SLO_URL = 'http://localhost:4999/slo?tenant=a&b=1'
const LABEL = 'Expenses'

let stage: SamlStage
let appId: string
/** The app's own key pair, and one of somebody else. */
let own: SamlCertificateRecord
let other: SamlCertificateRecord

beforeAll(async () => {
  stage = await openSamlStage()
  const { system } = stage
  const now = Date.now()
  const prepare = (owner: string) =>
    prepareCertificate(system, {
      owner,
      subject: [{ name: 'commonName', value: owner }],
      hash: 'sha256',
      notBeforeMs: now,
      notAfterMs: now + 86_400_000,
      activate: false,
    })
  ;[own, other] = await Promise.all([prepare('expenses'), prepare('somebody else')])
  const signOn = { acsUrl: ACS_URL, spEntityId: ENTITY_ID }
  appId = (await addApp({ system }, KIT, { catalogKey: 'scim', label: LABEL, signOn })).id
  for (const login of [PERSON, 'chloe.nguyen']) {
    const user = system.store.find('users', 'login', `${login}@brightwave.example`)[0]
    await assignPerson({ system }, KIT, { appId, userId: user?.id ?? '' })
  }
})
afterAll(() => stage.close())

const app = (): OktaApp => {
  const found = stage.system.store.get('apps', appId)
  if (found === undefined) throw new Error('There is no app.')
  return found
}
const setUp = (over: Partial<SingleLogout> = {}): Promise<OktaApp> => {
  const singleLogout = { enabled: true, url: SLO_URL, issuer: ENTITY_ID, certificate: own.certificate, ...over }
  return editSignOn({ system: stage.system }, KIT, { appId, patch: { singleLogout } })
}
const keyOf = (record: SamlCertificateRecord): string =>
  openSigner(stage.system, record).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const events = (eventType: string) => stage.system.store.find('systemLog', 'eventType', eventType)

function service(over: Partial<ConstructorParameters<typeof SAML>[0]> = {}): SAML {
  return new SAML({
    idpCert: activeCertificateOf(stage.system.store, appId)?.certificate ?? '',
    idpIssuer: issuerOf(app()),
    entryPoint: stage.origin + ssoPath(app()),
    logoutUrl: stage.origin + logoutPath(app()),
    issuer: ENTITY_ID,
    audience: ENTITY_ID,
    callbackUrl: ACS_URL,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    privateKey: keyOf(own),
    signatureAlgorithm: 'sha256',
    ...over,
  })
}

interface SignedIn {
  readonly visitor: Visitor
  readonly profile: Profile
}

async function signedIn(handle = PERSON): Promise<SignedIn> {
  const visitor = createVisitor(stage.origin, createBrowser(stage.origin))
  const saml = service()
  await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
  await visitor.submit('/login/identify', { username: `${handle}@brightwave.example` })
  await visitor.submit('/login/verify', { password: TRAINING_PASSWORD })
  const form = visitor.page.form('')
  const { profile } = await saml.validatePostResponseAsync({
    SAMLResponse: new Map(form?.fields).get('SAMLResponse') ?? '',
  })
  if (profile === null) throw new Error(visitor.text)
  return { visitor, profile }
}

/** The form that carries the answer to a sign-out. */
function answerIn({ page }: Visitor): { readonly action: string; readonly fields: Readonly<Record<string, string>> } {
  const form = page.form('')
  if (form === undefined || page.title !== `Signing out of ${LABEL}`) throw new Error(`${page.title}: ${page.text}`)
  return { action: form.action, fields: Object.fromEntries(form.fields) }
}

const statusIn = (visitor: Visitor): string | undefined =>
  attributeOf(elementsOf(xmlOf(answerIn(visitor).fields))('StatusCode')[0], 'Value')?.replace(/.*:/, '')

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  await visitor.open('/')
  return visitor.title === 'My Apps'
}

/** A request of node-saml as XML, for what it does not send itself. */
async function requestXml(profile: Profile): Promise<string> {
  const address = new URL(await service().getLogoutUrlAsync(profile, '', {}))
  const inflated = inflateRedirected(address.searchParams.get('SAMLRequest') ?? '')
  if (!inflated.ok) throw new Error(inflated.problem)
  return inflated.xml
}

describe('an app that is set up', () => {
  beforeEach(() => setUp())

  test('ends the session by a signed request, and node-saml accepts the answer at the Single Logout URL', async () => {
    const { visitor, profile } = await signedIn()
    const saml = service()
    await visitor.open(await saml.getLogoutUrlAsync(profile, '/bye?a=1&b=é', {}))
    const { action, fields } = answerIn(visitor)
    expect([action, fields['RelayState'], statusIn(visitor)]).toEqual([SLO_URL, '/bye?a=1&b=é', 'Success'])
    await expect(saml.validatePostResponseAsync({ ...fields })).resolves.toEqual({ profile: null, loggedOut: true })
    const xml = xmlOf(fields)
    expect(elementsOf(xml)('Issuer')[0]?.text).toBe(issuerOf(app()))
    const altered = encodePosted(xml.replace(/InResponseTo="[^"]*"/, 'InResponseTo="_other"'))
    await expect(saml.validatePostResponseAsync({ SAMLResponse: altered })).rejects.toThrow()
    expect(await isSignedIn(visitor)).toBe(false)
    expect(events('user.authentication.slo').at(-1)).toMatchObject({
      outcome: { result: 'SUCCESS' },
      actor: { alternateId: `${PERSON}@brightwave.example` },
      target: [{ type: 'AppInstance', displayName: LABEL }, { type: 'AppUser' }],
    })
    expect(events('user.session.end').at(-1)?.actor.alternateId).toBe(`${PERSON}@brightwave.example`)
  })

  test('may ask by form, with the signature in the message', async () => {
    const { visitor, profile } = await signedIn()
    const signed = signMessage(await requestXml(profile), openSigner(stage.system, own))
    const fields = { SAMLRequest: encodePosted(signed), RelayState: 'there' }
    await visitor.post(logoutPath(app()), fields, { origin: 'https://expenses.example' })
    expect([answerIn(visitor).fields['RelayState'], statusIn(visitor)]).toEqual(['there', 'Success'])
    const { path } = visitor
    expect(await isSignedIn(visitor)).toBe(false)
    await visitor.open(path)
    expect([visitor.status, visitor.title], 'once').toEqual([400, '400 Bad Request'])
  })

  test('is told Success when nobody is signed in any more; the request sent again does no more', async () => {
    const { visitor, profile } = await signedIn()
    const address = await service().getLogoutUrlAsync(profile, '', {})
    await visitor.open(address)
    await visitor.open(address)
    expect(statusIn(visitor)).toBe('Success')
  })

  test('that names somebody else is denied, and the session stays', async () => {
    const { visitor, profile } = await signedIn('chloe.nguyen')
    const nameID = `${PERSON}@brightwave.example`
    await visitor.open(await service().getLogoutUrlAsync({ ...profile, nameID }, '', {}))
    expect(statusIn(visitor)).toBe('RequestDenied')
    expect(await isSignedIn(visitor)).toBe(true)
    expect(events('user.authentication.slo').at(-1)?.outcome.result).toBe('FAILURE')
  })

  test('a request that is not signed, by another key, altered, or of another issuer, ends nothing and is answered so', async () => {
    const { visitor, profile } = await signedIn()
    const genuine = await service().getLogoutUrlAsync(profile, '/bye', {})
    const unsigned = new SAML({
      idpCert: own.certificate,
      entryPoint: stage.origin + logoutPath(app()),
      issuer: ENTITY_ID,
      callbackUrl: ACS_URL,
    })
    for (const [what, address] of [
      ['not signed', await unsigned.getLogoutUrlAsync(profile, '', {})],
      ['another key', await service({ privateKey: keyOf(other) }).getLogoutUrlAsync(profile, '', {})],
      ['altered', genuine.replace('%2Fbye', '%2Fhere')],
      ['signature taken off', genuine.replace(/&Signature=.*/, '')],
      ['another issuer', await service({ issuer: 'https://other.example' }).getLogoutUrlAsync(profile, '', {})],
    ] as const) {
      await visitor.open(address)
      expect([answerIn(visitor).action, statusIn(visitor)], what).toEqual([SLO_URL, 'AuthnFailed'])
      expect(events('user.authentication.slo').at(-1)?.outcome.reason).toMatch(/^Invalid (signature|issuer)$/)
    }
    const xml = await requestXml(profile)
    for (const message of [xml, signMessage(xml, openSigner(stage.system, other))]) {
      await visitor.post(logoutPath(app()), { SAMLRequest: encodePosted(message) })
      expect(statusIn(visitor)).toBe('AuthnFailed')
    }
    expect(await isSignedIn(visitor)).toBe(true)
  })

  test.each([
    ['a document type', (xml: string) => `<!DOCTYPE r>${xml}`, 'document type'],
    ['no name', (xml: string) => xml.replace(/<saml:NameID.*<\/saml:NameID>/, ''), 'who signs out'],
    ['another Destination', (xml: string) => xml.replace('/slo/saml"', '/sso/saml"'), 'another address'],
    ['its time over', (xml: string) => xml.replace(' ID=', ' NotOnOrAfter="2020-01-01T00:00:00Z" ID='), 'earlier'],
    ['words', () => 'words', 'cannot be read'],
  ])('a request with %s is refused with a page', async (_what, revise, words) => {
    const { visitor, profile } = await signedIn()
    const message = deflateForRedirect(revise(await requestXml(profile)))
    await visitor.open(`${logoutPath(app())}?${new URLSearchParams({ SAMLRequest: message })}`)
    expect([visitor.status, visitor.title, visitor.text]).toEqual([
      400,
      '400 Bad Request',
      expect.stringContaining(words),
    ])
    expect(await isSignedIn(visitor)).toBe(true)
  })

  test('a RelayState without end, or sent twice, and no message at all', async () => {
    const { visitor, profile } = await signedIn()
    const address = await service().getLogoutUrlAsync(profile, 'a', {})
    for (const path of [address.replace('RelayState=a', `RelayState=${'a'.repeat(8193)}`), `${address}&RelayState=b`]) {
      await visitor.open(path)
      expect([visitor.status, visitor.text]).toEqual([400, expect.stringContaining('RelayState')])
    }
    await visitor.open(logoutPath(app()))
    expect(visitor.status).toBe(400)
    expect(await isSignedIn(visitor)).toBe(true)
  })

  test('the answer leaves this machine only for hosts that were allowed', async () => {
    await setUp({ url: 'https://expenses.example/slo' })
    const { visitor, profile } = await signedIn()
    await visitor.open(await service().getLogoutUrlAsync(profile, '', {}))
    expect([visitor.status, visitor.text]).toEqual([400, expect.stringContaining('Single Logout URL of this app')])
    expect(await isSignedIn(visitor), 'signed out all the same').toBe(false)
  })

  test('metadata, the tab and the setup instructions say where', async () => {
    const host = new URL(stage.origin).host
    const read = async () => (await call(stage.origin + metadataPath(app()), { headers: { host } })).text
    const services = elementsOf(await read())('SingleLogoutService')
    const place = stage.origin + logoutPath(app())
    expect(
      services.map((each) => [attributeOf(each, 'Binding')?.replace(/.*:/, ''), attributeOf(each, 'Location')]),
    ).toEqual([
      ['HTTP-POST', place],
      ['HTTP-Redirect', place],
    ])
    const marta = await stage.signIn('marta.silva')
    await marta.open(appHref(app(), 'signon'))
    expect(marta.text).toContain(`Sign out URL ${place}`)
    await marta.follow('View SAML setup instructions')
    expect(marta.text).toContain(`Identity Provider Single Logout URL ${place}`)
    await setUp({ enabled: false })
    expect(elementsOf(await read())('SingleLogoutService')).toEqual([])
    await marta.open(appHref(app(), 'signon'))
    expect(marta.text).toContain('Single Logout is not set up')
  })
})

test('an app that is not set up, switched off, or of the catalog has no such address', async () => {
  await setUp()
  const { visitor, profile } = await signedIn()
  const address = await service().getLogoutUrlAsync(profile, '', {})
  const refused = async (path: string): Promise<void> => {
    await visitor.open(path)
    expect([visitor.status, visitor.title]).toEqual([404, '404 Page Not Found'])
  }
  await setUp({ enabled: false })
  await refused(address)
  await setUp()
  await setAppStatus({ system: stage.system }, KIT, { appId, status: 'INACTIVE' })
  await refused(address)
  await setAppStatus({ system: stage.system }, KIT, { appId, status: 'ACTIVE' })
  await refused(logoutPath(stage.app()))
  expect(await isSignedIn(visitor)).toBe(true)
  const singleLogout = { enabled: true, url: SLO_URL, issuer: ENTITY_ID, certificate: own.certificate }
  await expect(stage.signOn({ singleLogout })).rejects.toThrow()
  await visitor.open(stage.tile())
  expect(formIn(visitor.page).fields, 'the catalog app still signs in').toHaveProperty('SAMLResponse')
})

describe('the page', () => {
  const at = () => appHref(app(), 'signon/logout')
  let marta: Visitor
  beforeAll(async () => {
    marta = await stage.signIn('marta.silva')
  })

  test('saves what is typed, and shows it again', async () => {
    await setUp({ enabled: false, url: '', issuer: '', certificate: '' })
    await marta.open(appHref(app(), 'signon'))
    expect(marta.text).toContain('Allow application to initiate Single Logout No')
    await marta.follow('Edit Single Logout')
    const typed = { enabled: 'true', url: SLO_URL, issuer: ENTITY_ID, certificate: certificatePem(own.certificate) }
    await marta.submit('/signon/logout', typed)
    expect(marta.text).toContain('The Single Logout settings were saved.')
    expect(marta.text).toContain(`Single Logout URL ${SLO_URL} SP Issuer ${ENTITY_ID}`)
    expect(app().signOn.singleLogout).toEqual({ ...typed, enabled: true, certificate: own.certificate })
    await marta.open(at())
    expect(marta.valueOf('certificate')?.trim()).toBe(certificatePem(own.certificate).trim())
    await marta.submit('/signon/logout', { enabled: undefined })
    expect(app().signOn.singleLogout?.enabled, 'switched off, it keeps what was typed').toBe(false)
    expect(app().signOn.singleLogout?.url).toBe(SLO_URL)
  })

  test.each([
    [{ url: '' }, 'This field cannot be left blank'],
    [{ url: 'javascript:alert(1)' }, 'Type a complete web address.'],
    [{ issuer: '' }, 'This field cannot be left blank'],
    [{ issuer: 'a b' }, 'contains no spaces'],
    [{ certificate: '' }, 'This field cannot be left blank'],
    [{ certificate: 'words' }, 'Paste an X.509 certificate'],
    [{ certificate: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }, 'Paste an X.509 certificate'],
  ])('%j is refused beside its field, and nothing is saved', async (typed, words) => {
    await setUp()
    const before = app().signOn
    await marta.open(at())
    await marta.submit('/signon/logout', { enabled: 'true', ...typed })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining(words)])
    expect(app().signOn).toEqual(before)
  })

  test('is for administrators of apps, and apps of the wizard', async () => {
    const oskar = await stage.signIn('oskar.lindqvist')
    await oskar.open(at())
    expect(oskar.status).toBe(403)
    await oskar.open(appHref(app(), 'signon'))
    expect(oskar.linkTo('Edit Single Logout')).toBeUndefined()
    await marta.open(appHref(stage.app(), 'signon/logout'))
    expect(marta.status).toBe(404)
    await marta.open(appHref(stage.app(), 'signon'))
    expect(marta.text).not.toContain('Allow application to initiate')
    await marta.post(at(), { _csrf: 'guessed', enabled: 'true', url: 'https://evil.example', issuer: 'x' })
    expect(marta.status).toBe(403)
  })
})
