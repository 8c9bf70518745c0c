import { type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attributesOf, elementsOf, xmlOf } from '#idp/protocols/saml/test/answer-message.ts'
import { deflateForRedirect, encodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { type Browser, createBrowser, pageOf } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type RunningAdmin, startAdmin } from '../../admin/test/start-admin.ts'
import { registerAuthenticator, setPerUserMfa } from '../../commands/sign-in-states.ts'
import { codeOfStep, stepAt } from '../../sign-in/states/totp.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { CLAIMS_NAMESPACE } from '../claims.ts'
import { samlSettingsOf } from '../commands.ts'
import type { SamlSettings } from '../records.ts'

/** An app of the SAML toolkit, set up through the pages; on the other side `@node-saml/node-saml`, as it comes. */

const ACS_URL = 'http://localhost:4999/acs'
const ENTITY_ID = 'https://service.example/entity'

let entra: RunningAdmin
let naomi: Visitor
let appId: string
let clientId: string

beforeAll(async () => {
  entra = await startAdmin()
  naomi = await entra.signIn('naomi.clarke')
  await naomi.open('/admin/apps/gallery')
  await naomi.open('/admin/apps/gallery/saml-toolkit')
  await naomi.submit('/gallery/saml-toolkit', { displayName: 'Wallboard' })
  appId = /apps\/([0-9a-f-]{36})/.exec(naomi.path)?.[1] ?? ''
  clientId = entra.system.store.get('servicePrincipals', appId)?.appId ?? ''
  await naomi.follow('Single sign-on')
  await naomi.submit('/sign-on/saml')
  await naomi.follow('Edit Basic SAML Configuration')
  await naomi.submit('/sign-on/basic', { 'identifier.0': ENTITY_ID, 'replyUrl.0': ACS_URL, relayState: 'home' })
})
afterAll(() => entra.close())

const settings = (): SamlSettings => samlSettingsOf(entra.system.store, appId)
const page = (path: string): string => `/admin/apps/${appId}/sign-on${path}`
const userAccess = (): string => `/api/signin/${clientId}?tenantId=${TENANT_ID}`

/** The metadata's certificates, as an app reads them. */
async function certificates(): Promise<readonly string[]> {
  const answer = await fetch(
    `${entra.origin}/${TENANT_ID}/federationmetadata/2007-06/federationmetadata.xml?appid=${clientId}`,
  )
  expect(answer.headers.get('content-type')).toContain('application/samlmetadata+xml')
  return [...(await answer.text()).matchAll(/<ds:X509Certificate>([^<]*)/g)].map(([, text = '']) =>
    text.replace(/\s/g, ''),
  )
}

async function service(over: Partial<ConstructorParameters<typeof SAML>[0]> = {}): Promise<SAML> {
  return new SAML({
    idpCert: [...(await certificates())].slice(0, 1),
    idpIssuer: `https://sts.windows.net/${TENANT_ID}/`,
    entryPoint: `${entra.origin}/${TENANT_ID}/saml2`,
    issuer: ENTITY_ID,
    audience: ENTITY_ID,
    callbackUrl: ACS_URL,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    disableRequestedAuthnContext: true,
    ...over,
  })
}

async function signIn(visitor: Visitor, handle: string): Promise<void> {
  await visitor.submit('/email', { email: `${handle}@${DOMAIN}` })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
}

/** Fields of the form that carries the answer. */
function answerIn(visitor: Visitor): Readonly<Record<string, string>> {
  const form = visitor.page.form('')
  if (form === undefined || visitor.title !== 'Working...') throw new Error(`${visitor.title}: ${visitor.text}`)
  expect(form.action).toBe(ACS_URL)
  return Object.fromEntries(form.fields)
}

describe('a request', () => {
  test('by redirect: signed in, answered to the reply URL, RelayState as it came, accepted by node-saml', async () => {
    const saml = await service()
    const visitor = createVisitor(entra.origin)
    await visitor.open(await saml.getAuthorizeUrlAsync('a/b?c=d&e', undefined, {}))
    await signIn(visitor, 'ada.okafor')
    const fields = answerIn(visitor)
    expect(fields['RelayState']).toBe('a/b?c=d&e')
    const { profile } = await saml.validatePostResponseAsync({ ...fields })
    expect(profile?.nameID).toBe(`ada.okafor@${DOMAIN}`)
    expect(profile?.nameIDFormat).toBe('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')
    expect(profile?.[`${CLAIMS_NAMESPACE}/emailaddress`]).toBe(`ada.okafor@${DOMAIN}`)
    expect(profile?.[`${CLAIMS_NAMESPACE}/surname`]).toBe('Okafor')
    expect(profile?.['http://schemas.microsoft.com/identity/claims/tenantid']).toBe(TENANT_ID)
    const issuer = elementsOf(xmlOf(fields))('Issuer')[0]
    expect(issuer?.text).toBe(`https://sts.windows.net/${TENANT_ID}/`)
    // Once signed in, nobody is asked again.
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    expect(xmlOf(answerIn(visitor))).toContain('InResponseTo=')
  })

  test('by form: kept, and answered after the sign-in', async () => {
    const saml = await service({ authnRequestBinding: 'HTTP-POST', skipRequestCompression: true })
    const form = await saml.getAuthorizeFormAsync('there')
    const message = /name="SAMLRequest" value="([^"]*)"/.exec(form)?.[1] ?? ''
    const visitor = createVisitor(entra.origin)
    await visitor.post(`/${TENANT_ID}/saml2`, { SAMLRequest: message, RelayState: 'there' })
    await signIn(visitor, 'ada.okafor')
    const fields = answerIn(visitor)
    expect(fields['RelayState']).toBe('there')
    await expect(saml.validatePostResponseAsync({ ...fields })).resolves.toMatchObject({ loggedOut: false })
  })

  test('that forces authentication asks for the password again', async () => {
    const saml = await service({ forceAuthn: true })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    expect(visitor.title).not.toBe('Working...')
    await visitor.submit('/password', { password: TRAINING_PASSWORD })
    await visitor.submit('/stay', { stay: 'no' })
    await expect(saml.validatePostResponseAsync({ ...answerIn(visitor) })).resolves.toBeDefined()
  })

  test('is not answered by a session without the second factor that is needed by now, and is logged when it is', async () => {
    const saml = await service()
    const visitor = await entra.signIn('ben.castillo')
    const { store, vault, clock } = entra.system
    const userId = store.find('users', 'userPrincipalName', `ben.castillo@${DOMAIN}`)[0]?.id ?? ''
    const kit = { kind: 'kit', tenantId: TENANT_ID } as const
    await setPerUserMfa(entra, kit, { userId, state: 'enforced' })
    await registerAuthenticator(entra, kit, { userId })
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    expect(visitor.title).toBe('Enter code')
    const key = vault.open(store.get('authenticators', userId)?.sealedKey ?? '')
    await visitor.submit('/code', { otp: codeOfStep(key, stepAt(Date.now())) })
    await visitor.submit('/stay', { stay: 'no' })
    await expect(saml.validatePostResponseAsync({ ...answerIn(visitor) })).resolves.toBeDefined()
    const [entry] = signIns(store, TENANT_ID, clock.now(), { userId })
    expect(entry).toMatchObject({
      app: { displayName: 'Wallboard' },
      protocol: 'saml20',
      status: 'success',
      requirement: 'multiFactorAuthentication',
    })
  })

  test('that forbids asking gets NoPassive where somebody would have to be asked', async () => {
    const saml = await service({ passive: true, wantAuthnResponseSigned: true })
    const visitor = createVisitor(entra.origin)
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    const status = elementsOf(xmlOf(answerIn(visitor)))('StatusCode').map((each) => attributeOf(each, 'Value'))
    expect(status).toEqual([
      'urn:oasis:names:tc:SAML:2.0:status:Responder',
      'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
    ])
  })

  test('persistent identifiers are one of its own for each app', async () => {
    const saml = await service({ identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    const { profile } = await saml.validatePostResponseAsync({ ...answerIn(visitor) })
    expect(profile?.nameID).toMatch(/^[\w-]{43}$/)
    expect(profile?.nameIDFormat).toBe('urn:oasis:names:tc:SAML:2.0:nameid-format:persistent')
  })

  const asking = (attributes: string, issuer = ENTITY_ID): string =>
    deflateForRedirect(
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0" ID="_r1" ${attributes}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer></samlp:AuthnRequest>`,
    )

  test.each([
    ['without a message', undefined, 'AADSTS750054'],
    ['that is no message', encodePosted('nothing'), 'AADSTS75005'],
    ['of an app nobody set up', asking('', 'https://unknown.example'), 'AADSTS700016'],
    ['for another reply URL', asking('AssertionConsumerServiceURL="https://evil.example/acs"'), 'AADSTS50011'],
    ['made for another address', asking('Destination="https://other.example/saml2"'), 'AADSTS75008'],
    [
      'for another binding',
      asking('ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"'),
      'AADSTS75003',
    ],
  ])('%s is refused with a page', async (_what, message, code) => {
    const visitor = createVisitor(entra.origin)
    await visitor.open(
      `/${TENANT_ID}/saml2?${new URLSearchParams(message === undefined ? {} : { SAMLRequest: message })}`,
    )
    expect(visitor.status).toBe(400)
    expect(visitor.text).toContain(code)
    expect(visitor.text).toContain('Correlation Id')
  })

  test('at an address that is no tenant', async () => {
    const visitor = createVisitor(entra.origin)
    await visitor.open(`/nobody.example/saml2?${new URLSearchParams({ SAMLRequest: asking('') })}`)
    expect(visitor.text).toContain('AADSTS90002')
    await visitor.open(`/common/saml2?${new URLSearchParams({ SAMLRequest: asking('') })}`)
    expect(visitor.text).toContain('AADSTS50059')
  })
})

describe('who may', () => {
  test('the user access URL answers without InResponseTo, with the relay state that is set up', async () => {
    const visitor = createVisitor(entra.origin)
    await visitor.open(userAccess())
    await signIn(visitor, 'ada.okafor')
    const fields = answerIn(visitor)
    expect(fields['RelayState']).toBe('home')
    expect(xmlOf(fields)).not.toContain('InResponseTo')
  })

  test('somebody who is not assigned where assignment is required is refused with AADSTS50105', async () => {
    await naomi.open(`/admin/apps/${appId}/properties`)
    await naomi.submit('/properties', { appRoleAssignmentRequired: 'yes' })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(userAccess())
    expect(visitor.text).toContain('AADSTS50105')
    await naomi.open(`/admin/apps/${appId}/properties`)
    await naomi.submit('/properties', { appRoleAssignmentRequired: 'no' })
    await visitor.open(userAccess())
    answerIn(visitor)
  })

  test('a disabled app is refused with AADSTS7000112', async () => {
    await naomi.open(`/admin/apps/${appId}/properties`)
    await naomi.submit('/properties', { accountEnabled: 'no' })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(userAccess())
    expect(visitor.text).toContain('AADSTS7000112')
    await naomi.open(`/admin/apps/${appId}/properties`)
    await naomi.submit('/properties', { accountEnabled: 'yes' })
  })

  test('no code comes out of it for others: the sign-in service knows no reply address of such an app', async () => {
    const visitor = await entra.signIn('ada.okafor')
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${entra.origin}/${TENANT_ID}/saml2/resume`,
    })
    await visitor.open(`/${TENANT_ID}/oauth2/v2.0/authorize?${query}`)
    expect(visitor.text).toContain('AADSTS50011')
  })

  test('a way back that was not waited for is refused', async () => {
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(`/${TENANT_ID}/saml2/resume?code=x&state=${appId}.made-up`)
    expect(visitor.text).toContain('AADSTS81010')
  })
})

describe('signing out', () => {
  const SLO_URL = 'http://localhost:4999/slo?tenant=a'
  const saveLogoutUrl = async (logoutUrl: string): Promise<void> => {
    await naomi.open(page('/basic'))
    await naomi.submit('/sign-on/basic', { logoutUrl })
  }
  beforeAll(() => saveLogoutUrl(SLO_URL))

  interface SignedIn {
    readonly browser: Browser
    readonly saml: SAML
    readonly profile: Profile
  }

  /** Somebody who signed in to the app. */
  async function signedIn(handle = 'ada.okafor', over: Parameters<typeof service>[0] = {}): Promise<SignedIn> {
    const saml = await service(over)
    const browser = createBrowser(entra.origin)
    const visitor = createVisitor(entra.origin, browser)
    await visitor.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
    await signIn(visitor, handle)
    const { profile } = await saml.validatePostResponseAsync({ ...answerIn(visitor) })
    if (profile === null) throw new Error('Nobody is signed in.')
    return { browser, saml, profile }
  }

  /** What an application of OpenID Connect hears in the same browser when nobody may be asked. */
  async function silently(browser: Browser): Promise<string | null> {
    const query = new URLSearchParams({
      client_id: SAMPLE_WEB_APP.appId,
      response_type: 'code',
      redirect_uri: 'http://localhost:4998/callback',
      scope: 'openid',
      prompt: 'none',
    })
    const left = await browser.leave(`/${TENANT_ID}/oauth2/v2.0/authorize?${query}`)
    return left.searchParams.get('error')
  }

  /** What the app is told, as its framework hands it on. */
  const told = (left: URL) => ({ fields: Object.fromEntries(left.searchParams), query: left.search.slice(1) })

  test('from the app: the answer goes to the Logout Url, node-saml accepts it, and the session is over for every app', async () => {
    const { browser, saml, profile } = await signedIn()
    expect(await silently(browser)).not.toBe('login_required')
    const left = await browser.leave(await saml.getLogoutUrlAsync(profile, 'bye?a=b&c', {}))
    expect([left.origin + left.pathname, left.searchParams.get('tenant')]).toEqual(['http://localhost:4999/slo', 'a'])
    const { fields, query } = told(left)
    expect(fields['RelayState']).toBe('bye?a=b&c')
    await expect(saml.validateRedirectAsync(fields, query)).resolves.toEqual({ profile: null, loggedOut: true })
    expect(await silently(browser)).toBe('login_required')
    expect((await browser.go(userAccess())).title).not.toBe('Working...')
    const { items } = entra.system.journal.read({ kind: 'saml' })
    expect(items.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'SAML sign-out request of Wallboard',
        `Sign-out of ada.okafor@${DOMAIN}`,
        `SAML sign-out answer for ${ENTITY_ID}: Success`,
      ]),
    )
  })

  test('the answer names the request and is refused when it was altered, or signed by a certificate nobody gave', async () => {
    const { browser, saml, profile } = await signedIn('ada.okafor', {
      validateInResponseTo: ValidateInResponseTo.always,
    })
    const left = await browser.leave(await saml.getLogoutUrlAsync(profile, 'bye', {}))
    const { fields, query } = told(left)
    await expect(saml.validateRedirectAsync(fields, query)).resolves.toMatchObject({ loggedOut: true })
    await expect(saml.validateRedirectAsync(fields, query.replace('RelayState=bye', 'RelayState=hi'))).rejects.toThrow(
      'Invalid query signature',
    )
    const stranger = await service({ validateInResponseTo: ValidateInResponseTo.always })
    await expect(stranger.validateRedirectAsync(fields, query), 'asked by somebody else').rejects.toThrow(
      'InResponseTo',
    )
    const elsewhere = await service({ idpIssuer: 'https://sts.windows.net/other/' })
    await expect(elsewhere.validateRedirectAsync(fields, query)).rejects.toThrow('Unknown SAML issuer')
  })

  test('whoever the request names, the session of this browser ends; sent again, nothing more does', async () => {
    const { browser, saml, profile } = await signedIn()
    const address = await saml.getLogoutUrlAsync({ ...profile, nameID: 'ben.castillo@brightwave.example' }, '', {})
    await browser.leave(address)
    expect(await silently(browser)).toBe('login_required')
    const { fields, query } = told(await browser.leave(address))
    await expect(saml.validateRedirectAsync(fields, query)).resolves.toMatchObject({ loggedOut: true })
  })

  test('an app nobody set up, and a message that is none, end nothing and lead nowhere', async () => {
    const { browser, saml, profile } = await signedIn()
    const unknown = await service({ issuer: 'https://unknown.example' })
    const address = await saml.getLogoutUrlAsync(profile, '', {})
    const xml = inflateRedirected(new URL(address).searchParams.get('SAMLRequest') ?? '')
    if (!xml.ok) throw new Error(xml.problem)
    const at = (query: Readonly<Record<string, string>>) => `/${TENANT_ID}/saml2?${new URLSearchParams(query)}`
    const cases: readonly (readonly [string, string])[] = [
      [await unknown.getLogoutUrlAsync(profile, '', {}), 'AADSTS700016'],
      [at({ SAMLRequest: deflateForRedirect(`<!DOCTYPE r>${xml.xml}`) }), 'AADSTS75005'],
      [at({ SAMLRequest: deflateForRedirect(xml.xml.replace(/<saml:NameID.*<\/saml:NameID>/, '')) }), 'AADSTS75005'],
      [at({ SAMLRequest: deflateForRedirect(xml.xml), RelayState: 'a'.repeat(8193) }), 'AADSTS9002313'],
      [`${address}&RelayState=a&RelayState=b`, 'AADSTS9002313'],
      [at({ SAMLResponse: deflateForRedirect(xml.xml) }), 'AADSTS75005'],
      [address.replace(TENANT_ID, 'common'), 'AADSTS50059'],
    ]
    for (const [path, code] of cases) {
      const answer = await browser.go(path)
      expect([answer.status, answer.text], path).toEqual([400, expect.stringContaining(code)])
    }
    const posted = await browser.post(`/${TENANT_ID}/saml2`, { SAMLRequest: encodePosted(xml.xml) })
    expect(pageOf(posted).text, 'by redirect alone').toContain('AADSTS75005')
    expect(await silently(browser)).not.toBe('login_required')
  })

  test('without a Logout Url, and with one that is not on this machine, nobody is sent anywhere, and the session is over', async () => {
    for (const [logoutUrl, words] of [
      ['', 'You signed out of your account'],
      ['https://service.example/slo', 'service.example, which is not on this machine'],
    ] as const) {
      await saveLogoutUrl(logoutUrl)
      const { browser, saml, profile } = await signedIn()
      const shown = await browser.go(await saml.getLogoutUrlAsync(profile, '', {}))
      expect(`${shown.title} ${shown.text}`).toContain(words)
      expect(await silently(browser)).toBe('login_required')
    }
    await saveLogoutUrl(SLO_URL)
  })

  test('metadata and the page with the values for the app say where', async () => {
    const address = `${entra.origin}/${TENANT_ID}/saml2`
    const answer = await fetch(
      `${entra.origin}/${TENANT_ID}/federationmetadata/2007-06/federationmetadata.xml?appid=${clientId}`,
    )
    const services = elementsOf(await answer.text())('SingleLogoutService')
    expect(services.map((each) => [attributeOf(each, 'Binding'), attributeOf(each, 'Location')])).toEqual([
      ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', address],
    ])
    await naomi.open(page(''))
    expect(naomi.text).toContain(`Logout URL ${address}`)
    expect(naomi.text).toContain(`Logout Url (Optional) ${SLO_URL}`)
  })
})

describe('claims', () => {
  test('three claims of one’s own, a constant, the groups: what an answer says', async () => {
    for (const [name, source] of [
      ['FirstName', 'user.givenname'],
      ['Region', '"EMEA"'],
      ['Nothing', 'user.employeeid'],
    ] as const) {
      await naomi.open(page('/claim'))
      await naomi.submit('/sign-on/claim', { name, namespace: '', source })
    }
    await naomi.open(page('/groups-claim'))
    await naomi.submit('/groups-claim', { which: 'all', sourceAttribute: 'displayName' })
    await naomi.open(page('/name-id'))
    await naomi.submit('/name-id', { format: 'unspecified', source: 'user.mailnickname' })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(userAccess())
    const xml = xmlOf(answerIn(visitor))
    const stated = attributesOf(xml)
    expect(stated['FirstName']).toEqual(['Ada'])
    expect(stated['Region']).toEqual(['EMEA'])
    expect(stated['http://schemas.microsoft.com/ws/2008/06/identity/claims/groups']).toEqual([
      'Dialpad Users',
      'Support',
    ])
    expect(elementsOf(xml)('NameID')[0]?.text).toBe('ada.okafor')
    const nickname = entra.system.store.find('users', 'userPrincipalName', `ada.okafor@${DOMAIN}`)[0]
    expect(stated['Nothing']).toEqual(nickname?.employeeId === undefined ? undefined : [nickname.employeeId])
  })

  test.each([
    [{ name: '', source: 'user.mail' }, 'Name is required.'],
    [{ name: 'two words', source: 'user.mail' }, 'A claim name contains no spaces.'],
    [{ name: 'x', source: 'user.shoesize' }, 'Choose an attribute'],
    [{ name: 'emailaddress', namespace: CLAIMS_NAMESPACE, source: 'user.mail' }, 'already'],
    [{ name: 'x', namespace: 'no uri', source: 'user.mail' }, 'The namespace must be a URI'],
  ])('%j is refused beside its field', async (typed, words) => {
    const before = settings().claims
    await naomi.open(page('/claim'))
    await naomi.submit('/sign-on/claim', { namespace: '', ...typed })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain(words)
    expect(settings().claims).toEqual(before)
  })

  test('a claim is deleted after a question', async () => {
    await naomi.open(`${page('/claim/delete')}?name=Region`)
    expect(naomi.text).toContain('Delete this claim?')
    await naomi.submit('/claim/delete?name=Region')
    expect(settings().claims.map(({ name }) => name)).not.toContain('Region')
  })
})

describe('certificates', () => {
  test('a rollover: a new one waits, then signs; who holds the old one refuses', async () => {
    const old = await service()
    const visitor = await entra.signIn('ada.okafor')
    await naomi.open(page('/certificates'))
    await naomi.submit('/certificates/new')
    await visitor.open(await old.getAuthorizeUrlAsync('', undefined, {}))
    await old.validatePostResponseAsync({ ...answerIn(visitor) })
    expect(await certificates(), 'metadata names both').toHaveLength(2)
    await naomi.follow('Make certificate active')
    await naomi.submit('/activate')
    await visitor.open(await old.getAuthorizeUrlAsync('', undefined, {}))
    await expect(old.validatePostResponseAsync({ ...answerIn(visitor) })).rejects.toThrow(/signature/i)
    const renewed = await service()
    await visitor.open(await renewed.getAuthorizeUrlAsync('', undefined, {}))
    await renewed.validatePostResponseAsync({ ...answerIn(visitor) })
    await naomi.open(page('/certificates'))
    await naomi.follow('Delete certificate')
    await naomi.submit('/delete')
    expect(await certificates()).toHaveLength(1)
  })

  test('what is signed, and by which algorithm, is chosen', async () => {
    await naomi.open(page('/certificates'))
    await naomi.submit('/sign-on/certificates', { option: 'both', hash: 'sha1', notificationEmails: 'a@b.example' })
    const visitor = await entra.signIn('ada.okafor')
    await visitor.open(userAccess())
    const xml = xmlOf(answerIn(visitor))
    expect(elementsOf(xml)('SignatureMethod').map((each) => attributeOf(each, 'Algorithm'))).toEqual([
      'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
      'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    ])
    await naomi.open(page('/certificates'))
    await naomi.submit('/sign-on/certificates', { option: 'assertion', hash: 'sha256', notificationEmails: '' })
    await visitor.open(userAccess())
    expect(elementsOf(xmlOf(answerIn(visitor)))('SignatureMethod')).toHaveLength(1)
  })
})

describe('set-up', () => {
  test.each([
    [{ 'identifier.0': '' }, 'Identifier (Entity ID) is required.'],
    [{ 'identifier.0': 'no uri at all' }, 'The identifier must be a URI'],
    [{ 'replyUrl.0': 'ftp://x.example/' }, 'Enter a complete web address.'],
    [{ 'replyUrl.0': 'https://*.example/acs' }, 'Wildcards are not allowed.'],
    [{ signOnUrl: 'https://me:secret@x.example/' }, 'must not contain a user name'],
  ])('%j is refused beside its field, and nothing is saved', async (typed, words) => {
    const before = settings()
    await naomi.open(page('/basic'))
    await naomi.submit('/sign-on/basic', typed)
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain(words)
    expect(settings()).toEqual(before)
  })

  test('two apps of a directory cannot share an identifier', async () => {
    await naomi.open('/admin/apps/gallery/saml-toolkit')
    await naomi.submit('/gallery/saml-toolkit', { displayName: 'Second' })
    await naomi.follow('Single sign-on')
    await naomi.submit('/sign-on/saml')
    await naomi.follow('Edit Basic SAML Configuration')
    await naomi.submit('/sign-on/basic', { 'identifier.0': ENTITY_ID, 'replyUrl.0': ACS_URL })
    expect(naomi.text).toContain('used by another application of this directory: Wallboard')
  })

  test('who may only read sees the set-up and no way to change it', async () => {
    const reader = await entra.signIn('george.mensah')
    await reader.open(page(''))
    expect(reader.linkTo('Edit Basic SAML Configuration')).toBeUndefined()
    await reader.open(page('/basic'))
    expect(reader.status).toBe(403)
  })

  test('disabled after a question: requests are refused, nothing of it stays', async () => {
    await naomi.open(page(''))
    await naomi.follow('Change single sign-on mode')
    await naomi.submit('/disable')
    expect(naomi.text).toContain('Select a single sign-on method')
    const visitor = createVisitor(entra.origin)
    await visitor.open(userAccess())
    expect(visitor.text).toContain('AADSTS700016')
    expect(entra.system.store.count('samlCertificates', 'owner', appId)).toBe(0)
  })
})
