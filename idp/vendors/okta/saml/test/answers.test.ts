import { X509Certificate } from 'node:crypto'
import { ValidateInResponseTo } from '@node-saml/node-saml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attributesOf, elementsOf, xmlOf } from '#idp/protocols/saml/test/answer-message.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { call } from '#kit/test/call.ts'
import { issuerOf, metadataPath, ssoPath } from '../addresses.ts'
import { groupFilterProblem, passesGroupFilter } from '../group-filter.ts'
import { overrideAssignment } from './override-assignment.ts'
import { ACS_URL, ENTITY_ID, formOf, openSamlStage, PERSON, type SamlStage } from './saml-stage.ts'

/** What this org says: its metadata, its certificate, its answers (reference sheet 5.1, 5.2). */

let stage: SamlStage
beforeAll(async () => {
  stage = await openSamlStage()
})
afterAll(() => stage.close())

async function answer(handle = PERSON) {
  const visitor = await stage.signIn(handle, stage.tile())
  return formOf(visitor.page)
}

function get(path: string) {
  return call(stage.origin + path, { headers: { host: new URL(stage.origin).host } })
}

describe('metadata', () => {
  test('metadata names the issuer, one certificate in lines of 76, both bindings, and no logout', async () => {
    const app = stage.app()
    const { status, headers, text } = await get(metadataPath(app))
    expect([status, headers['content-type']]).toEqual([200, 'application/samlmetadata+xml; charset=utf-8'])
    const named = elementsOf(text)
    expect(attributeOf(named('EntityDescriptor')[0], 'entityID')).toBe(`http://www.okta.com/${app.samlKey}`)
    expect(app.samlKey).toMatch(/^exk\w{17}$/)
    expect(attributeOf(named('IDPSSODescriptor')[0], 'WantAuthnRequestsSigned')).toBe('false')
    const [certificate, ...more] = named('X509Certificate')
    expect(more).toEqual([])
    expect(certificate?.text.split('\n')[0]).toHaveLength(76)
    expect(named('NameIDFormat').map(({ text: format }) => format)).toEqual([
      'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
      'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    ])
    const services = named('SingleSignOnService')
    expect(services.map((each) => attributeOf(each, 'Binding')?.replace(/.*:/, ''))).toEqual([
      'HTTP-POST',
      'HTTP-Redirect',
    ])
    const ssoUrl = `${stage.origin}/app/dialpad/${app.samlKey}/sso/saml`
    expect(services.map((each) => attributeOf(each, 'Location'))).toEqual([ssoUrl, ssoUrl])
    expect(named('SingleLogoutService')).toEqual([])
  })

  test('of an id that names nothing is not found', async () => {
    expect((await get('/app/exknothing/sso/saml/metadata')).status).toBe(404)
    expect((await get(metadataPath(stage.app(), 'nothing'))).status).toBe(404)
  })

  test('the certificate of an app is RSA 2048 for ten years, with the subject of the real one', async () => {
    const { text } = await get(metadataPath(stage.app()))
    const certificate = new X509Certificate(Buffer.from(elementsOf(text)('X509Certificate')[0]?.text ?? '', 'base64'))
    expect(certificate.subject.split('\n')).toEqual([
      'C=US',
      'ST=California',
      'L=San Francisco',
      'O=Okta',
      'OU=SSOProvider',
      'CN=brightwave',
      'emailAddress=info@okta.com',
    ])
    expect(certificate.issuer).toBe(certificate.subject)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
    const years = new Date(certificate.validTo).getUTCFullYear() - new Date(certificate.validFrom).getUTCFullYear()
    expect(years).toBe(10)
  })
})

describe('an answer', () => {
  test('an answer has every part of the table', async () => {
    const before = Date.now()
    const { action, fields } = await answer()
    expect(action).toBe(ACS_URL)
    const xml = xmlOf(fields)
    const named = elementsOf(xml)
    const [response] = named('Response')
    const [assertion] = named('Assertion')
    expect(attributeOf(response, 'ID')).toMatch(/^id\d{20,40}$/)
    expect(attributeOf(response, 'Destination')).toBe(ACS_URL)
    expect(attributeOf(response, 'InResponseTo')).toBeUndefined()
    expect(named('Issuer').map((each) => [each.text, attributeOf(each, 'Format')])).toEqual(
      Array(2).fill([issuerOf(stage.app()), 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity']),
    )
    expect(attributeOf(named('StatusCode')[0], 'Value')).toBe('urn:oasis:names:tc:SAML:2.0:status:Success')
    expect(named('Signature')).toHaveLength(2)
    expect(named('Reference').map((each) => attributeOf(each, 'URI'))).toEqual(
      expect.arrayContaining([`#${attributeOf(response, 'ID')}`, `#${attributeOf(assertion, 'ID')}`]),
    )
    expect(named('SignatureMethod').map((each) => attributeOf(each, 'Algorithm')?.replace(/.*#/, ''))).toEqual([
      'rsa-sha256',
      'rsa-sha256',
    ])
    expect(attributeOf(named('CanonicalizationMethod')[0], 'Algorithm')).toBe('http://www.w3.org/2001/10/xml-exc-c14n#')
    const [nameId] = named('NameID')
    expect([nameId?.text, attributeOf(nameId, 'Format')]).toEqual([
      `${PERSON}@brightwave.example`,
      'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    ])
    expect(attributeOf(named('SubjectConfirmation')[0], 'Method')).toBe('urn:oasis:names:tc:SAML:2.0:cm:bearer')
    expect(attributeOf(named('SubjectConfirmationData')[0], 'Recipient')).toBe(ACS_URL)
    expect(named('Audience').map(({ text }) => text)).toEqual([ENTITY_ID])
    expect(named('AuthnContextClassRef').map(({ text }) => text)).toEqual([
      'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    ])
    const instant = (element: string, name: string) => Date.parse(attributeOf(named(element)[0], name) ?? '')
    const issued = instant('Assertion', 'IssueInstant')
    expect(issued).toBeGreaterThanOrEqual(before)
    expect(instant('Conditions', 'NotBefore')).toBe(issued - 300_000)
    expect(instant('Conditions', 'NotOnOrAfter')).toBe(issued + 300_000)
    expect(instant('SubjectConfirmationData', 'NotOnOrAfter')).toBe(issued + 300_000)
    expect(instant('AuthnStatement', 'AuthnInstant')).toBeLessThanOrEqual(issued)
    expect(attributeOf(named('AuthnStatement')[0], 'SessionIndex')).toBe(attributeOf(response, 'ID'))
    expect(named('Attribute').map((each) => attributeOf(each, 'NameFormat'))).toEqual(
      Array(3).fill('urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified'),
    )
    expect(xml).toContain('xsi:type="xs:string"')
    expect(attributesOf(xml)).toEqual({
      FirstName: ['Tomas'],
      LastName: ['Berg'],
      Email: [`${PERSON}@brightwave.example`],
    })
  })

  test('NameID is the user name of the assignment, not the address of the person', async () => {
    const restore = await overrideAssignment(stage, PERSON, { userName: 'tb <1>' })
    const xml = xmlOf((await answer()).fields)
    expect(elementsOf(xml)('NameID')[0]?.text).toBe('tb <1>')
    expect(attributesOf(xml)['Email']).toEqual([`${PERSON}@brightwave.example`])
    await restore()
  })

  test('attributes are expressions and groups that pass a filter; what is empty is left out', async () => {
    const { attributeStatements } = stage.app().signOn
    await stage.signOn({
      attributeStatements: [
        { name: 'Name', nameFormat: 'basic', expression: 'String.toUpperCase(user.lastName) + ", " + user.firstName' },
        { name: 'Nothing', expression: 'user.middleName' },
        { name: 'App', nameFormat: 'uri', expression: 'appuser.userName' },
      ],
      groupStatements: [
        { name: 'groups', nameFormat: 'unspecified', filter: 'regex', value: '.*' },
        { name: 'none', nameFormat: 'unspecified', filter: 'starts-with', value: 'Zebra' },
      ],
    })
    const xml = xmlOf((await answer()).fields)
    const { groups, ...others } = attributesOf(xml)
    expect(others).toEqual({ Name: ['BERG, Tomas'], App: [`${PERSON}@brightwave.example`] })
    expect(groups).toContain('Everyone')
    expect(elementsOf(xml)('Attribute').map((each) => attributeOf(each, 'NameFormat')?.replace(/.*:/, ''))).toEqual([
      'basic',
      'uri',
      'unspecified',
    ])
    await stage.signOn({ attributeStatements, groupStatements: [] })
  })

  test('a filter of groups minds the case, matches whole names, and takes no time', () => {
    expect(passesGroupFilter('starts-with', 'Sal', 'Sales')).toBe(true)
    expect(passesGroupFilter('starts-with', 'sal', 'Sales')).toBe(false)
    expect(passesGroupFilter('equals', 'Sales', 'Sales EMEA')).toBe(false)
    expect(passesGroupFilter('contains', 'EM', 'Sales EMEA')).toBe(true)
    expect(passesGroupFilter('regex', 'Sal|EMEA', 'Sales EMEA')).toBe(false)
    expect(passesGroupFilter('regex', 'Sales.*', 'Sales EMEA')).toBe(true)
    expect(passesGroupFilter('regex', '(a+)+', 'aaaa')).toBe(false)
    expect(groupFilterProblem('regex', '(a|a)*b')).toMatch(/repetitions/)
    expect(groupFilterProblem('regex', '.*.*.*.*x')).toMatch(/repetitions/)
    expect(groupFilterProblem('regex', '[')).toBe('This is not a regular expression')
    expect(groupFilterProblem('contains', '[')).toBeUndefined()
    expect(groupFilterProblem('equals', '')).toBe('This field cannot be left blank')
  })
})

describe('a service provider that nobody here wrote', () => {
  test('accepts the answer to its request, by redirect and by form', async () => {
    const service = await stage.service({ validateInResponseTo: ValidateInResponseTo.always })
    const visitor = await stage.signIn(PERSON, '/')
    const asked = new URL(await service.getAuthorizeUrlAsync('state & <1>', undefined, {}))
    expect(asked.pathname).toBe(ssoPath(stage.app()))
    await visitor.open(asked.pathname + asked.search)
    const byRedirect = formOf(visitor.page)
    expect(byRedirect.fields['RelayState']).toBe('state & <1>')

    const posting = await stage.service({
      validateInResponseTo: ValidateInResponseTo.always,
      skipRequestCompression: true,
      authnRequestBinding: 'HTTP-POST',
    })
    const message = (await posting.getAuthorizeMessageAsync('again', undefined, {})) as Record<string, string>
    await visitor.post(ssoPath(stage.app()), message, { origin: 'http://service.example' })
    const byForm = formOf(visitor.page)
    expect(byForm.fields['RelayState']).toBe('again')

    for (const [receiver, { fields }] of [
      [service, byRedirect],
      [posting, byForm],
    ] as const) {
      const { profile } = await receiver.validatePostResponseAsync({ SAMLResponse: fields['SAMLResponse'] ?? '' })
      expect(profile).toMatchObject({
        issuer: issuerOf(stage.app()),
        nameID: `${PERSON}@brightwave.example`,
        FirstName: 'Tomas',
        LastName: 'Berg',
        Email: `${PERSON}@brightwave.example`,
      })
    }
  })

  test('accepts an answer it did not ask for, and none that was altered or is for somebody else', async () => {
    const { fields } = await answer()
    const SAMLResponse = fields['SAMLResponse'] ?? ''
    const { profile } = await (await stage.service()).validatePostResponseAsync({ SAMLResponse })
    expect(profile).toMatchObject({ nameID: `${PERSON}@brightwave.example` })
    const altered = Buffer.from(xmlOf(fields).replaceAll(PERSON, 'marta.silva')).toString('base64')
    await expect((await stage.service()).validatePostResponseAsync({ SAMLResponse: altered })).rejects.toThrow(
      'Invalid',
    )
    const other = await stage.service({ audience: 'https://other.example' })
    await expect(other.validatePostResponseAsync({ SAMLResponse })).rejects.toThrow('audience')
  })
})
