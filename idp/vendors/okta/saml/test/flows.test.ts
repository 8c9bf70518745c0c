import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { policyAllowing } from '#idp/protocols/saml/acs-address.ts'
import { elementsOf, xmlOf } from '#idp/protocols/saml/test/answer-message.ts'
import { deflateForRedirect, encodePosted } from '#kit/saml/message-encoding.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { call } from '#kit/test/call.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { setAppStatus } from '../../commands/apps.ts'
import { ssoPath } from '../addresses.ts'
import { certificateFor } from '../certificates.ts'
import { ACS_URL, formOf, KIT, openSamlStage, PERSON, type SamlStage, STRANGER } from './saml-stage.ts'

/** The ways in, and every way they end (reference sheet 5.3). */

let stage: SamlStage
beforeAll(async () => {
  stage = await openSamlStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.signOn({ defaultRelayState: '', disableForceAuthn: true, acsUrl: ACS_URL })
})

const REQUEST = {
  open: '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0" IssueInstant="2026-01-01T00:00:00Z"',
  rest: '><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://service.example</saml:Issuer></samlp:AuthnRequest>',
}
let requests = 0

function requestXml(attributes = ''): string {
  requests += 1
  return `${REQUEST.open} ID="_request${requests}" ${attributes}${REQUEST.rest}`
}

function askPath(attributes = '', relayState?: string): string {
  const query = new URLSearchParams({ SAMLRequest: deflateForRedirect(requestXml(attributes)) })
  if (relayState !== undefined) query.set('RelayState', relayState)
  return `${ssoPath(stage.app())}?${query}`
}

async function signInAt(visitor: Visitor, handle: string): Promise<void> {
  await visitor.submit('/login/identify', { username: `${handle}@brightwave.example` })
  await visitor.submit('/login/verify', { password: TRAINING_PASSWORD })
}

const inResponseTo = (visitor: Visitor): string | undefined =>
  attributeOf(elementsOf(xmlOf(formOf(visitor.page).fields))('Response')[0], 'InResponseTo')

const events = (eventType: string) => stage.system.store.find('systemLog', 'eventType', eventType)

describe('from the org', () => {
  test('the embed link answers without InResponseTo, with the Default Relay State or none', async () => {
    const visitor = await stage.signIn(PERSON, stage.tile())
    expect(inResponseTo(visitor)).toBeUndefined()
    expect(formOf(visitor.page).fields).not.toHaveProperty('RelayState')
    await stage.signOn({ defaultRelayState: '/inbox?a=1' })
    await visitor.open(stage.tile())
    expect(formOf(visitor.page).fields['RelayState']).toBe('/inbox?a=1')
    await visitor.open(`${stage.tile()}?RelayState=%2Felse`)
    expect(formOf(visitor.page).fields['RelayState']).toBe('/else')
    await visitor.open(ssoPath(stage.app()))
    expect(formOf(visitor.page).fields['RelayState']).toBe('/inbox?a=1')
    expect(events('user.authentication.sso').at(-1)?.debugData).toMatchObject({ initiationType: 'IDP_INITIATED' })
  })

  test('whoever is not signed in signs in first, and comes back', async () => {
    const visitor = createVisitor(stage.origin)
    await visitor.open(stage.tile())
    expect(visitor.title).toBe('Sign In')
    await signInAt(visitor, PERSON)
    expect(formOf(visitor.page).action).toBe(ACS_URL)
  })
})

describe('from the service', () => {
  const ODD = '%20+é"\'<>& \u{1F600}='

  test('a request waits for the sign-in, and its RelayState comes back byte for byte', async () => {
    const visitor = createVisitor(stage.origin)
    await visitor.open(askPath('', ODD))
    expect(visitor.title).toBe('Sign In')
    expect(JSON.stringify([...stage.system.store.entries('keptRequests')]), 'sealed').not.toContain('_request')
    await signInAt(visitor, PERSON)
    expect(formOf(visitor.page).fields['RelayState']).toBe(ODD)
    expect(inResponseTo(visitor)).toBe(`_request${requests}`)
    const asked = stage.system.journal
      .read({ kind: 'saml' })
      .items.find(({ title }) => title === 'SAML request for Dialpad')
    expect([asked?.subject, asked?.request?.body]).toEqual([
      'https://service.example',
      expect.stringContaining('AuthnRequest'),
    ])
    await visitor.open(visitor.path)
    expect([visitor.status, visitor.title], 'once').toEqual([400, '400 Bad Request'])
  })

  test('a posted request is answered too, with a session and without', async () => {
    const form = () => ({ SAMLRequest: encodePosted(requestXml()), RelayState: ODD })
    const visitor = createVisitor(stage.origin)
    await visitor.post(ssoPath(stage.app()), form(), { origin: 'https://service.example' })
    await signInAt(visitor, PERSON)
    expect(formOf(visitor.page).fields['RelayState']).toBe(ODD)
    await visitor.post(ssoPath(stage.app()), form(), { origin: 'https://service.example' })
    expect(inResponseTo(visitor)).toBe(`_request${requests}`)
  })

  test('ForceAuthn asks for the password again, unless it is disabled', async () => {
    const visitor = await stage.signIn(PERSON, '/')
    await visitor.open(askPath('ForceAuthn="true"'))
    expect(visitor.title, 'disabled, as apps begin').toBe('Signing in to Dialpad')
    await stage.signOn({ disableForceAuthn: false })
    await visitor.open(askPath('ForceAuthn="true"'))
    expect(visitor.title).toBe('Sign In')
    await signInAt(visitor, PERSON)
    expect(inResponseTo(visitor)).toBe(`_request${requests}`)
    await visitor.open(askPath())
    expect(visitor.title, 'only those that force').toBe('Signing in to Dialpad')
  })

  test('IsPassive gets NoPassive where somebody would have to be asked', async () => {
    const visitor = createVisitor(stage.origin)
    await visitor.open(askPath('IsPassive="true"', 'r'))
    const { fields } = formOf(visitor.page)
    const named = elementsOf(xmlOf(fields))
    expect(named('StatusCode').map((each) => attributeOf(each, 'Value')?.replace(/.*:/, ''))).toEqual([
      'Responder',
      'NoPassive',
    ])
    expect([named('Assertion').length, named('Signature').length, fields['RelayState']]).toEqual([0, 1, 'r'])
    const service = await stage.service()
    await expect(
      service.validatePostResponseAsync({ SAMLResponse: fields['SAMLResponse'] ?? '' }),
      'a provider understands it: nobody',
    ).resolves.toMatchObject({ profile: null })

    const signedIn = await stage.signIn(PERSON, '/')
    await signedIn.open(askPath('IsPassive="true"'))
    expect(inResponseTo(signedIn)).toBe(`_request${requests}`)
    await stage.signOn({ disableForceAuthn: false })
    await signedIn.open(askPath('IsPassive="true" ForceAuthn="true"'))
    expect(elementsOf(xmlOf(formOf(signedIn.page).fields))('StatusCode')).toHaveLength(2)
    await signedIn.open('/')
    expect(signedIn.title, 'and nobody was signed out').toBe('My Apps')
  })

  test.each([
    ['another Destination', () => askPath('Destination="http://elsewhere.example/sso"'), 'another address'],
    [
      'another address for the answer',
      () => askPath('AssertionConsumerServiceURL="http://evil.example"'),
      'SP SSO URL',
    ],
    ['two RelayStates', () => `${askPath('', 'a')}&RelayState=b`, 'RelayState'],
    ['a RelayState without end', () => `${askPath('', 'a'.repeat(8193))}`, 'RelayState'],
    ['words', () => `${ssoPath(stage.app())}?SAMLRequest=words`, 'cannot be read'],
    [
      'an issuer without end',
      () =>
        `${ssoPath(stage.app())}?SAMLRequest=${encodeURIComponent(deflateForRedirect(requestXml().replace('service.example', `${'s'.repeat(1024)}.example`)))}`,
      'does not say who asks',
    ],
    [
      'a document type',
      () =>
        `${ssoPath(stage.app())}?SAMLRequest=${encodeURIComponent(deflateForRedirect(`<!DOCTYPE a>${requestXml()}`))}`,
      'document type',
    ],
  ])('a request with %s is refused, and nobody is asked to sign in', async (_name, path, words) => {
    const visitor = createVisitor(stage.origin)
    const address = path()
    if (address.length > 8000) await visitor.post(ssoPath(stage.app()), formFrom(address))
    else await visitor.open(address)
    expect([visitor.status, visitor.title]).toEqual([400, '400 Bad Request'])
    expect(visitor.text).toContain(words)
  })

  function formFrom(address: string): Record<string, string> {
    const query = new URL(address, stage.origin).searchParams
    return { SAMLRequest: encodePosted(requestXml()), RelayState: query.get('RelayState') ?? '' }
  }
})

describe('it ends', () => {
  test('somebody who is not assigned sees 403 App Not Assigned, and the log says so', async () => {
    const visitor = await stage.signIn(STRANGER, stage.tile())
    expect([visitor.status, visitor.title]).toEqual([403, '403 App Not Assigned'])
    const [event] = events('app.generic.unauth_app_access_attempt')
    expect(event).toMatchObject({
      outcome: { result: 'FAILURE' },
      actor: { alternateId: `${STRANGER}@brightwave.example` },
      target: [{ type: 'AppInstance', displayName: 'Dialpad' }, { type: 'User' }],
    })
  })

  test('a wrong id, and an app that is switched off, are not found', async () => {
    const visitor = await stage.signIn(PERSON, '/')
    const { id, name, samlKey } = stage.app()
    for (const path of [`/home/${name}/${id}/alnwrong`, `/home/other/${id}/aln`, `/app/${name}/exkwrong/sso/saml`]) {
      await visitor.open(path)
      expect([visitor.status, visitor.title]).toEqual([404, '404 Page Not Found'])
    }
    await setAppStatus({ system: stage.system }, KIT, { appId: id, status: 'INACTIVE' })
    for (const path of [stage.tile(), askPath(), `/app/${name}/${samlKey}/sso/saml`]) {
      await visitor.open(path)
      expect([visitor.status, visitor.title]).toEqual([404, '404 Page Not Found'])
    }
    await setAppStatus({ system: stage.system }, KIT, { appId: id, status: 'ACTIVE' })
    await visitor.open(stage.tile())
    expect(visitor.title).toBe('Signing in to Dialpad')
  })

  test('the form goes to the address on this machine, and nowhere else unless allowed', async () => {
    const visitor = await stage.signIn(PERSON, '/')
    const tryAcs = async (acsUrl: string): Promise<string> => {
      await stage.signOn({ acsUrl })
      await visitor.open(stage.tile())
      return visitor.title === 'Signing in to Dialpad' ? formOf(visitor.page).action : visitor.text
    }
    expect(await tryAcs('https://dialpad.com/saml//x?a=1')).toBe('http://localhost:4300/saml//x?a=1')
    const destination = attributeOf(elementsOf(xmlOf(formOf(visitor.page).fields))('Response')[0], 'Destination')
    expect(destination, 'as typed').toBe('https://dialpad.com/saml//x?a=1')
    expect(await tryAcs('http://[::1]:9/acs')).toBe('http://[::1]:9/acs')
    expect(await tryAcs('https://service.example/acs')).toContain('service.example, which is not on this machine')
    expect(await tryAcs('')).toContain('does not know yet where to sign people in')
    await stage.system.control.setOutboundHosts(['service.example'])
    expect(await tryAcs('https://service.example/acs')).toBe('https://service.example/acs')
    await stage.system.control.setOutboundHosts([])
  })

  test('the content policy lets that form go, and no other', async () => {
    expect(policyAllowing("default-src 'self';form-action 'self' http://localhost:*", 'http://[::1]:9/acs?x=1')).toBe(
      "default-src 'self';form-action 'self' http://localhost:* http://[::1]:9",
    )
    await stage.signOn({ acsUrl: 'http://[::1]:9/acs' })
    const answer = await call(stage.origin + askPath('IsPassive="true"'), {
      headers: { host: new URL(stage.origin).host, accept: 'text/html' },
    })
    expect(answer.headers['content-security-policy']).toMatch(/form-action [^;]* http:\/\/\[::1\]:9(;|$)/)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.text).not.toContain('_csrf')
  })

  test('a statement that cannot be computed names itself', async () => {
    const { attributeStatements } = stage.app().signOn
    await stage.system.store.transact((tx) => {
      const app = stage.app()
      const broken = [{ name: 'Broken', expression: 'user.gone' }]
      tx.put('apps', app.id, { ...app, signOn: { ...app.signOn, attributeStatements: broken } })
    })
    const visitor = await stage.signIn(PERSON, stage.tile())
    expect([visitor.status, visitor.text.includes('attribute statement Broken')]).toEqual([500, true])
    await stage.signOn({ attributeStatements })
  })

  test('a key that was sealed elsewhere signs nothing, and the page says what to do', async () => {
    const record = await certificateFor(stage.system, stage.app())
    await stage.system.store.transact((tx) =>
      tx.put('samlCertificates', record.id, {
        ...record,
        privateKey: 'sealed.v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      }),
    )
    const visitor = await stage.signIn(PERSON, stage.tile())
    expect([visitor.status, visitor.text.includes('generates a new certificate')]).toEqual([500, true])
    await stage.system.store.transact((tx) => tx.put('samlCertificates', record.id, record))
  })

  test('somebody suspended, deactivated or locked out meanwhile is asked to sign in, and cannot', async () => {
    const visitor = await stage.signIn('chloe.nguyen', stage.tile())
    expect(visitor.title).toBe('Signing in to Dialpad')
    const user = stage.system.store.find('users', 'login', 'chloe.nguyen@brightwave.example')[0]
    if (user === undefined) throw new Error('There is no such person.')
    for (const status of ['SUSPENDED', 'DEPROVISIONED', 'LOCKED_OUT'] as const) {
      await stage.system.store.transact((tx) => tx.put('users', user.id, { ...user, status }))
      await visitor.open(stage.tile())
      expect(visitor.title).toBe('Sign In')
      await signInAt(visitor, 'chloe.nguyen')
      expect(visitor.text).toContain('Unable to sign in')
    }
  })
})
