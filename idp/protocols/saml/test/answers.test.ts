import { SAML } from '@node-saml/node-saml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodePosted } from '#kit/saml/message-encoding.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, everyElement } from '#kit/saml/xml-tree.ts'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { answerLogin, NoActiveCertificate, type ResponsePolicy, responseValues } from '../answer-login.ts'
import type { SamlCertificateRecord, SamlShape } from '../collections.ts'
import { indentXml } from '../indent-xml.ts'
import { writeResponse } from '../write-response.ts'
import { ADA, certify, openProvider, POLICY } from './open-provider.ts'

/** Answers as an independent reader finds them: `@node-saml/node-saml`, which shares no code with what writes them but the parser. */

let system: OpenedSystem<SamlShape>
let certificate: SamlCertificateRecord
beforeAll(async () => {
  system = await openProvider()
  certificate = await certify(system)
})
afterAll(() => system.close())

function answer(policy: ResponsePolicy = POLICY, requestId?: string, relayState?: string) {
  const now = Date.now()
  const person = { ...ADA, authenticatedAtMs: now - 1000 }
  const values = responseValues(policy, person, requestId === undefined ? undefined : { id: requestId }, now)
  return answerLogin(system, policy, values, relayState)
}

function xmlOf(fields: Readonly<Record<string, string>>): string {
  const decoded = decodePosted(fields['SAMLResponse'] ?? '')
  if (!decoded.ok) throw new Error(decoded.problem)
  return decoded.xml
}

function receiver(over: Partial<ConstructorParameters<typeof SAML>[0]> = {}): SAML {
  return new SAML({
    idpCert: certificate.certificate,
    issuer: POLICY.audience,
    callbackUrl: POLICY.acsUrl,
    audience: POLICY.audience,
    idpIssuer: POLICY.issuer,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    ...over,
  })
}

describe('an answer', () => {
  test('is accepted by an independent reader, with what it says of the person', async () => {
    const { action, fields } = answer(POLICY, '_request1', '/app?a=1&b=ä')
    expect([action, fields['RelayState']]).toEqual([POLICY.acsUrl, '/app?a=1&b=ä'])
    const { profile } = await receiver().validatePostResponseAsync({ SAMLResponse: fields['SAMLResponse'] ?? '' })
    expect(profile).toMatchObject({
      issuer: POLICY.issuer,
      nameID: ADA.nameId,
      nameIDFormat: ADA.nameIdFormat,
      inResponseTo: '_request1',
      FirstName: 'Ada & <Co>',
      LastName: 'Okafor',
      Groups: ['Sales', 'Support'],
    })
    expect(profile).not.toHaveProperty('Nothing')
  })

  test('is addressed, limited and signed as the policy says', () => {
    const xml = xmlOf(answer(POLICY, '_request1').fields)
    expect(xml).toContain(`Destination="${POLICY.acsUrl}"`)
    expect(xml).toContain(`Recipient="${POLICY.acsUrl}"`)
    expect(xml).toContain('<saml2:Audience>https://sp.example/metadata</saml2:Audience>')
    expect(xml.match(/InResponseTo="_request1"/g)).toHaveLength(2)
    expect(xml).toContain(`Format="${POLICY.issuerFormat}"`)
    expect(xml.match(/<ds:SignatureValue>/g)).toHaveLength(2)
    expect(xml).toContain('rsa-sha256')
    const onlyAssertion = xmlOf(answer({ ...POLICY, signed: { assertion: true, response: false } }).fields)
    expect(onlyAssertion.match(/<ds:SignatureValue>/g)).toHaveLength(1)
    expect(onlyAssertion).not.toContain('InResponseTo')
  })

  test('holds from a while before it was made to a while after', () => {
    const xml = writeResponse(
      responseValues(POLICY, { ...ADA, authenticatedAtMs: 0 }, undefined, Date.parse('2026-01-01T00:00:00.000Z')),
    )
    expect(xml).toContain('NotBefore="2025-12-31T23:55:00.000Z" NotOnOrAfter="2026-01-01T00:05:00.000Z"')
  })

  test('has ids nobody guesses, of the vendor’s form if it has one', () => {
    const ids = Array.from({ length: 20 }, () => {
      const reading = readXml(xmlOf(answer().fields))
      if (!reading.ok) throw new Error(reading.problem)
      return [...everyElement(reading.root)].flatMap((each) => attributeOf(each, 'ID') ?? [])
    }).flat()
    expect(new Set(ids).size).toBe(40)
    let next = 7
    const xml = xmlOf(answer({ ...POLICY, createId: () => `id${next++}` }).fields)
    expect(xml).toContain('ID="id7"')
    expect(xml).toContain('SessionIndex="id7"')
  })

  test('is in the journal, where it opens nothing any more', async () => {
    const { fields } = answer(POLICY, '_request2')
    const entry = system.journal.read({ kind: 'saml' }).items.at(-1)
    expect(entry).toMatchObject({ title: `SAML answer for ${POLICY.audience}`, subject: ADA.nameId })
    expect(entry?.response?.body).toContain('InResponseTo="_request2"')
    expect(entry?.response?.body?.match(/<ds:SignatureValue>\[redacted\]</g)).toHaveLength(2)
    const stolen = Buffer.from(entry?.response?.body ?? '').toString('base64')
    await expect(receiver().validatePostResponseAsync({ SAMLResponse: stolen })).rejects.toThrow()
    expect(JSON.stringify(entry)).not.toContain(fields['SAMLResponse'])
  })

  test('is not made without an active certificate', () => {
    expect(() => answer({ ...POLICY, owner: 'nobody' })).toThrow(NoActiveCertificate)
  })

  test('is previewed one element a line, without a signature', () => {
    const preview = indentXml(
      writeResponse(responseValues(POLICY, { ...ADA, authenticatedAtMs: 0 }, undefined, Date.now())),
    )
    const lines = preview.split('\n')
    expect(lines[0]).toMatch(/^<saml2p:Response /)
    expect(lines.at(-1)).toBe('</saml2p:Response>')
    expect(preview).toMatch(
      /\n {4}<saml2:Subject>\n {6}<saml2:NameID [^>]*>ada\.okafor@brightwave\.example<\/saml2:NameID>\n/,
    )
    expect(preview).not.toContain('Signature')
    expect(readXml(preview).ok).toBe(true)
  })
})
