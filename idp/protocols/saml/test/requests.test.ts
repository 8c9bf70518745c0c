import { SAML } from '@node-saml/node-saml'
import { describe, expect, test } from 'vitest'
import { deflateForRedirect, encodePosted, MESSAGE_LIMIT } from '#kit/saml/message-encoding.ts'
import { POST_BINDING, REDIRECT_BINDING, SAML_METADATA, XML_SIGNATURE } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, childrenNamed, everyElement, onlyChild } from '#kit/saml/xml-tree.ts'
import { type AuthnRequest, judgeAuthnRequest, readAuthnRequest } from '../authn-request.ts'
import { idpMetadata } from '../metadata.ts'

const SSO = 'https://idp.example/sso'
const ENTITY = 'https://sp.example/metadata'
const ACS = 'https://sp.example/acs'
const APPLICATION = { entityId: ENTITY, acsUrl: ACS, ssoUrls: [SSO] }

const REQUEST = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" AssertionConsumerServiceURL="${ACS}" Destination="${SSO}" ProtocolBinding="${POST_BINDING}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${ENTITY}</saml:Issuer></samlp:AuthnRequest>`

function problemOf(xml: string) {
  const [posted, redirected] = [
    readAuthnRequest('post', encodePosted(xml)),
    readAuthnRequest('redirect', deflateForRedirect(xml)),
  ]
  expect(posted).toEqual(redirected)
  return posted.ok ? undefined : posted.problem
}

function genuine(over: Partial<AuthnRequest> = {}): AuthnRequest {
  const reading = readAuthnRequest('post', encodePosted(REQUEST))
  if (!reading.ok) throw new Error(reading.problem)
  return { ...reading.request, ...over }
}

describe('a request', () => {
  test('of an independent writer is read, by redirect and by form', async () => {
    const saml = new SAML({
      idpCert: 'none',
      issuer: ENTITY,
      callbackUrl: ACS,
      entryPoint: SSO,
      forceAuthn: true,
      passive: true,
    })
    const url = new URL(await saml.getAuthorizeUrlAsync('/app', undefined, {}))
    const redirected = readAuthnRequest('redirect', url.searchParams.get('SAMLRequest') ?? '')
    expect(redirected).toMatchObject({
      ok: true,
      request: { issuer: ENTITY, acsUrl: ACS, destination: SSO, forceAuthn: true, isPassive: true },
    })
    expect(url.searchParams.get('RelayState')).toBe('/app')
    if (redirected.ok) expect(judgeAuthnRequest(redirected.request, APPLICATION)).toBeUndefined()
    expect(problemOf(REQUEST)).toBeUndefined()
  })

  test.each([
    ['doctype', REQUEST.replace(/^/, '<!DOCTYPE r SYSTEM "http://127.0.0.1/x">')],
    ['doctype', REQUEST.replace(/^/, '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')],
    ['unreadable', REQUEST.slice(0, -1)],
    ['unreadable', REQUEST.replace(ENTITY, 'https://sp.<!-- -->example')],
    ['not-a-request', REQUEST.replaceAll('AuthnRequest', 'LogoutRequest')],
    ['not-a-request', REQUEST.replace('ID="_1"', '')],
    ['not-a-request', REQUEST.replace('ID="_1"', 'ID="1 2"')],
    ['not-a-request', REQUEST.replace('</samlp:', `<samlp:NameIDPolicy Format="urn:${'a'.repeat(1021)}"/></samlp:`)],
    ['version', REQUEST.replace('Version="2.0"', 'Version="1.1"')],
    ['binding', REQUEST.replace(POST_BINDING, 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact')],
    ['issuer', REQUEST.replace(ENTITY, '')],
  ])('is refused: %s', (problem, xml) => {
    expect(problemOf(xml)).toBe(problem)
  })

  test('is refused when it is too large, also when it only becomes so', () => {
    const large = REQUEST.replace('ID=', `Consent="${'a'.repeat(MESSAGE_LIMIT)}" ID=`)
    expect(problemOf(large)).toBe('too-large')
    expect(readAuthnRequest('post', 'AAAA')).toEqual({ ok: false, problem: 'unreadable' })
    expect(readAuthnRequest('redirect', '')).toEqual({ ok: false, problem: 'unreadable' })
  })

  test('is answered at the registered address only', () => {
    expect(judgeAuthnRequest(genuine({ acsUrl: 'https://evil.example/acs' }), APPLICATION)).toBe('acs')
    expect(judgeAuthnRequest(genuine({ acsUrl: `${ACS}/` }), APPLICATION)).toBe('acs')
    expect(judgeAuthnRequest(genuine({ issuer: 'https://other.example' }), APPLICATION)).toBe('issuer')
    expect(judgeAuthnRequest(genuine({ destination: 'https://idp.example/other' }), APPLICATION)).toBe('destination')
    const { acsUrl, ssoUrls } = APPLICATION
    expect(judgeAuthnRequest(genuine({ issuer: 'https://other.example' }), { acsUrl, ssoUrls })).toBeUndefined()
  })
})

test('metadata names the issuer, the certificates in lines of 76, the formats, and both ways in', () => {
  const certificate = 'A'.repeat(100)
  const xml = idpMetadata({
    entityId: 'http://idp.example/a&b',
    ssoUrl: `${SSO}?a=1&b=2`,
    nameIdFormats: ['urn:one', 'urn:two'],
    certificates: [certificate, certificate],
  })
  const reading = readXml(xml)
  if (!reading.ok) throw new Error(reading.problem)
  const descriptor = onlyChild(reading.root, SAML_METADATA, 'IDPSSODescriptor')
  expect(attributeOf(reading.root, 'entityID')).toBe('http://idp.example/a&b')
  expect(attributeOf(descriptor, 'WantAuthnRequestsSigned')).toBe('false')
  expect(childrenNamed(descriptor, SAML_METADATA, 'KeyDescriptor')).toHaveLength(2)
  const [held] = [...everyElement(reading.root)].filter(
    (each) => each.namespace === XML_SIGNATURE && each.name === 'X509Certificate',
  )
  expect(held?.text).toBe(`${'A'.repeat(76)}\n${'A'.repeat(24)}`)
  expect(childrenNamed(descriptor, SAML_METADATA, 'NameIDFormat').map(({ text }) => text)).toEqual([
    'urn:one',
    'urn:two',
  ])
  const services = childrenNamed(descriptor, SAML_METADATA, 'SingleSignOnService')
  expect(services.map((each) => [attributeOf(each, 'Binding'), attributeOf(each, 'Location')])).toEqual([
    [POST_BINDING, `${SSO}?a=1&b=2`],
    [REDIRECT_BINDING, `${SSO}?a=1&b=2`],
  ])
  expect(xml, 'none unless there is one').not.toContain('SingleLogoutService')
})

test('metadata names the place for sign-outs where there is one, before the formats as the schema wants it', () => {
  const xml = idpMetadata({
    entityId: 'urn:a',
    ssoUrl: SSO,
    logout: { url: 'https://idp.example/slo?a=1&b=2', bindings: [REDIRECT_BINDING] },
    nameIdFormats: ['urn:one'],
    certificates: [],
  })
  const reading = readXml(xml)
  if (!reading.ok) throw new Error(reading.problem)
  const children = onlyChild(reading.root, SAML_METADATA, 'IDPSSODescriptor')?.children ?? []
  expect(children.map(({ name }) => name)).toEqual([
    'SingleLogoutService',
    'NameIDFormat',
    'SingleSignOnService',
    'SingleSignOnService',
  ])
  expect([attributeOf(children[0], 'Binding'), attributeOf(children[0], 'Location')]).toEqual([
    REDIRECT_BINDING,
    'https://idp.example/slo?a=1&b=2',
  ])
})
