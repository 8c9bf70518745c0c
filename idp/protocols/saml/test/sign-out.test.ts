import { SAML } from '@node-saml/node-saml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deflateForRedirect, encodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { STATUS_AUTHN_FAILED, STATUS_SUCCESS } from '#kit/saml/names.ts'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { answerLogoutByForm, answerLogoutByRedirect, type LogoutPolicy } from '../answer-logout.ts'
import type { SamlCertificateRecord, SamlShape } from '../collections.ts'
import { findRequest, keepRequest, takeLogout } from '../kept-requests.ts'
import { judgeLogoutRequest, type LogoutRequest, readLogoutRequest } from '../logout-request.ts'
import { verifyPosted, verifyRedirected } from '../request-signature.ts'
import { signMessage } from '../sign-response.ts'
import { openSigner } from '../signing-certificates.ts'
import { ADA, certify, openProvider, POLICY } from './open-provider.ts'

/** Sign-out by SAML between this provider and `@node-saml/node-saml`, as it comes. */

const SLO = 'https://idp.example/slo'
const REQUEST = `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" Destination="${SLO}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${POLICY.audience}</saml:Issuer><saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${ADA.nameId}</saml:NameID></samlp:LogoutRequest>`
const LOGOUT: LogoutPolicy = {
  owner: POLICY.owner,
  issuer: POLICY.issuer,
  logoutUrl: 'https://sp.example/slo?tenant=a&b=1',
}

let system: OpenedSystem<SamlShape>
let provider: SamlCertificateRecord
/** The application's own certificate, and one of somebody else. */
let own: SamlCertificateRecord
let other: SamlCertificateRecord
beforeAll(async () => {
  system = await openProvider()
  provider = await certify(system)
  own = await certify(system, { owner: 'application' })
  other = await certify(system, { owner: 'somebody else' })
})
afterAll(() => system.close())

const keyOf = (record: SamlCertificateRecord): string =>
  openSigner(system, record).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

function application(over: Partial<ConstructorParameters<typeof SAML>[0]> = {}): SAML {
  return new SAML({
    idpCert: provider.certificate,
    idpIssuer: POLICY.issuer,
    issuer: POLICY.audience,
    callbackUrl: POLICY.acsUrl,
    entryPoint: 'https://idp.example/sso',
    logoutUrl: SLO,
    signatureAlgorithm: 'sha256',
    ...over,
  })
}

const PROFILE = { issuer: POLICY.issuer, nameID: ADA.nameId, nameIDFormat: ADA.nameIdFormat, sessionIndex: '_s1' }

async function asked(saml: SAML, relayState = ''): Promise<string> {
  return new URL(await saml.getLogoutUrlAsync(PROFILE, relayState, {})).search.slice(1)
}

function genuine(over: Partial<LogoutRequest> = {}): LogoutRequest {
  const reading = readLogoutRequest('post', encodePosted(REQUEST))
  if (!reading.ok) throw new Error(reading.problem)
  return { ...reading.request, ...over }
}

function problemOf(xml: string) {
  const [posted, redirected] = [
    readLogoutRequest('post', encodePosted(xml)),
    readLogoutRequest('redirect', deflateForRedirect(xml)),
  ]
  expect(posted).toEqual(redirected)
  return posted.ok ? undefined : posted.problem
}

describe('a request to sign out', () => {
  test('of an independent writer is read', async () => {
    const query = new URLSearchParams(await asked(application(), '/bye'))
    const reading = readLogoutRequest('redirect', query.get('SAMLRequest') ?? '')
    expect(reading).toMatchObject({
      ok: true,
      request: { issuer: POLICY.audience, destination: SLO, nameId: ADA.nameId },
    })
    expect(problemOf(REQUEST)).toBeUndefined()
    expect(genuine()).toEqual({ id: '_1', issuer: POLICY.audience, destination: SLO, nameId: ADA.nameId })
  })

  test.each([
    ['doctype', REQUEST.replace(/^/, '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')],
    ['unreadable', REQUEST.replace(ADA.nameId, 'ada<!-- -->.okafor')],
    ['unreadable', REQUEST.replace('Version=', 'NotOnOrAfter="tomorrow" Version=')],
    ['not-a-request', REQUEST.replaceAll('LogoutRequest', 'AuthnRequest')],
    ['version', REQUEST.replace('Version="2.0"', 'Version="1.1"')],
    ['issuer', REQUEST.replace(POLICY.audience, '')],
    ['name-id', REQUEST.replace(ADA.nameId, '')],
    ['name-id', REQUEST.replace(ADA.nameId, 'a'.repeat(1025))],
    ['name-id', REQUEST.replaceAll('saml:NameID', 'saml:BaseID')],
  ])('is refused: %s', (problem, xml) => {
    expect(problemOf(xml)).toBe(problem)
  })

  test('is held against the address it came to, and its time', () => {
    expect(judgeLogoutRequest(genuine(), [SLO], 0)).toBeUndefined()
    expect(judgeLogoutRequest(genuine(), ['https://idp.example/other'], 0)).toBe('destination')
    expect(judgeLogoutRequest(genuine({ notOnOrAfterMs: 1000 }), [SLO], 999)).toBeUndefined()
    expect(judgeLogoutRequest(genuine({ notOnOrAfterMs: 1000 }), [SLO], 1000)).toBe('expired')
  })

  test('is kept sealed, found by its own token as what it is, and once', async () => {
    const token = await keepRequest(system, 'app-1', { logout: genuine(), relayState: 'r' }, 0)
    expect(JSON.stringify([...system.store.entries('keptRequests')])).not.toContain(ADA.nameId)
    expect(findRequest(system, 'app-1', token, 1), 'not a sign-in').toBeUndefined()
    expect(await takeLogout(system, 'app-2', token, 1)).toBeUndefined()
    expect(await takeLogout(system, 'app-1', token, 3_600_001), 'too late').toBeUndefined()
    expect(await takeLogout(system, 'app-1', token, 1)).toEqual({ logout: genuine(), relayState: 'r' })
    expect(await takeLogout(system, 'app-1', token, 1)).toBeUndefined()
  })
})

describe('the signature of an address', () => {
  function judge(query: string, certificate = own.certificate) {
    const fields = new URLSearchParams(query)
    const message = fields.get('SAMLRequest') ?? ''
    return verifyRedirected(query, { message, relayState: fields.get('RelayState') ?? undefined }, certificate)
  }

  test.each(['sha1', 'sha256', 'sha512'] as const)('holds, made with %s', async (signatureAlgorithm) => {
    const saml = application({ privateKey: keyOf(own), signatureAlgorithm })
    expect(judge(await asked(saml))).toBe('right')
    expect(judge(await asked(saml, '/bye?a=1&b=é'))).toBe('right')
  })

  test('is missing, of another key, or of something else than what came', async () => {
    const query = await asked(application({ privateKey: keyOf(own) }), '/bye')
    const replaced = query.replace(
      /SAMLRequest=[^&]*/,
      `SAMLRequest=${encodeURIComponent(deflateForRedirect(REQUEST))}`,
    )
    expect(judge(await asked(application()))).toBe('missing')
    expect(judge(query.replace(/&Signature=.*/, ''))).toBe('missing')
    expect(judge(query, other.certificate)).toBe('wrong')
    expect(judge(replaced)).toBe('wrong')
    expect(judge(query.replace('%2Fbye', '%2Fhere'))).toBe('wrong')
    expect(judge(query.replace(/&RelayState=[^&]*/, '')), 'RelayState taken out').toBe('wrong')
    expect(
      judge(query.replace(/SigAlg=[^&]*/, 'SigAlg=http%3A%2F%2Fwww.w3.org%2F2000%2F09%2Fxmldsig%23hmac-sha1')),
    ).toBe('wrong')
    expect(judge(`${query}&SAMLRequest=${encodeURIComponent(deflateForRedirect(REQUEST))}`), 'twice').toBe('wrong')
    const message = deflateForRedirect(REQUEST)
    expect(verifyRedirected(query, { message, relayState: '/bye' }, own.certificate), 'another was read').toBe('wrong')
  })
})

describe('the signature in a message', () => {
  const signed = () => signMessage(REQUEST, openSigner(system, own))

  test('holds for the whole', () => {
    expect(verifyPosted(signed(), own.certificate)).toBe('right')
  })

  test('is missing, of another key, or of something else than what came', () => {
    expect(verifyPosted(REQUEST, own.certificate)).toBe('missing')
    expect(verifyPosted(signed(), other.certificate)).toBe('wrong')
    expect(verifyPosted(signed().replace('ada.okafor', 'ben.castillo'), own.certificate)).toBe('wrong')
    const withoutKeyInfo = signed().replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/, '')
    expect(verifyPosted(withoutKeyInfo, own.certificate), 'no certificate comes along').toBe('right')
    expect(verifyPosted(withoutKeyInfo, other.certificate)).toBe('wrong')
  })

  test('is of no account for a message it is wrapped in', () => {
    const signature = /<ds:Signature.*<\/ds:Signature>/.exec(signed())?.[0] ?? ''
    const evil = REQUEST.replace('ada.okafor', 'ben.castillo').replace('ID="_1"', 'ID="_2"')
    const inside = (what: string, where: string) =>
      evil.replace('</saml:Issuer>', `</saml:Issuer>${where}<samlp:Extensions>${what}</samlp:Extensions>`)
    for (const wrapped of [inside(signed(), ''), inside(REQUEST, signature), inside(signed(), signature)]) {
      expect(verifyPosted(wrapped, own.certificate)).toBe('wrong')
    }
    const twin = evil.replace('ID="_2"', 'ID="_1"')
    const sameId = twin.replace(
      '</saml:Issuer>',
      `</saml:Issuer>${signature}<samlp:Extensions>${REQUEST}</samlp:Extensions>`,
    )
    expect(verifyPosted(sameId, own.certificate)).toBe('wrong')
  })
})

describe('an answer', () => {
  const answer = (relayState?: string, status: string = STATUS_SUCCESS) => ({
    request: { id: '_asked', issuer: POLICY.audience },
    relayState,
    status,
    nowMs: Date.now(),
  })

  test('by redirect: accepted by an independent reader, and refused when it was altered', async () => {
    const address = answerLogoutByRedirect(system, LOGOUT, answer('/bye?a=1 é'), LOGOUT.logoutUrl)
    expect(address).toMatch(/^https:\/\/sp\.example\/slo\?tenant=a&b=1&SAMLResponse=/)
    const query = new URL(address).search.slice(1)
    const fields = Object.fromEntries(new URLSearchParams(query))
    expect(fields['RelayState']).toBe('/bye?a=1 é')
    const inflated = inflateRedirected(fields['SAMLResponse'] ?? '')
    expect(inflated.ok && inflated.xml).toContain('InResponseTo="_asked"')
    await expect(application().validateRedirectAsync(fields, query)).resolves.toEqual({
      profile: null,
      loggedOut: true,
    })
    const altered = query.replace('%2Fbye', '%2Fhere')
    await expect(application().validateRedirectAsync(fields, altered)).rejects.toThrow('Invalid query signature')
    await expect(application({ idpCert: other.certificate }).validateRedirectAsync(fields, query)).rejects.toThrow(
      'Invalid query signature',
    )
    const refusal = answerLogoutByRedirect(system, LOGOUT, answer(undefined, STATUS_AUTHN_FAILED), LOGOUT.logoutUrl)
    const told = new URL(refusal).search.slice(1)
    await expect(
      application().validateRedirectAsync(Object.fromEntries(new URLSearchParams(told)), told),
    ).rejects.toThrow('Bad status code')
  })

  test('by form: accepted by an independent reader, and refused when it was altered', async () => {
    const { action, fields } = answerLogoutByForm(system, LOGOUT, answer('/bye'))
    expect([action, fields['RelayState']]).toEqual([LOGOUT.logoutUrl, '/bye'])
    const message = fields['SAMLResponse'] ?? ''
    await expect(application().validatePostResponseAsync({ SAMLResponse: message })).resolves.toMatchObject({
      loggedOut: true,
    })
    const xml = Buffer.from(message, 'base64').toString().replace('_asked', '_other')
    await expect(application().validatePostResponseAsync({ SAMLResponse: encodePosted(xml) })).rejects.toThrow()
  })

  test('is in the journal without its signature', () => {
    const { items } = system.journal.read({ kind: 'saml' })
    const [entry] = items.filter(({ title }) => title.includes('sign-out answer'))
    expect(entry?.response?.body).toContain('LogoutResponse')
    expect(JSON.stringify(items)).not.toMatch(/<ds:SignatureValue>[^[]/)
  })
})
