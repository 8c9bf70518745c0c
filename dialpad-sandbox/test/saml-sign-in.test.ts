import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pageOf } from '#kit/test/browser.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { updateSamlSettings } from '../commands/saml-settings.ts'
import { suspendUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ACS_PATH, genuineAnswer, IDP_SSO, openSamlLab, type SamlLab } from './saml-lab.ts'
import { createSigner, signAnswer, writeAnswer } from './saml-provider.ts'
import { ADMIN, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

let served: ServedPages
let lab: SamlLab
beforeEach(async () => {
  served = await servePages()
  lab = await openSamlLab(served)
})
afterEach(() => served.close())

const SIGNED_IN = 'Signed in as Tomas Berg'

describe('login with another provider', () => {
  test('finds the provider by the company’s domain, or by an e-mail address', async () => {
    for (const domain of ['brightwave.example', 'Tomas.Berg@Brightwave.example']) {
      const browser = served.browser()
      const left = await browser.send(await browser.go('/login/provider?next=/admin'), '/login/provider', { domain })
      if (left.kind !== 'left') throw new Error(left.text)
      expect(left.url.origin + left.url.pathname).toBe(IDP_SSO)
      expect(left.url.searchParams.get('RelayState')).toBe('/admin')
    }
  })

  test('asks with a request of its own each time, under the product’s entity id and without an address for the answer', async () => {
    const browser = served.browser()
    const [one, other] = [await lab.begin(browser), await lab.begin(browser)]
    expect(one.requestId).not.toBe(other.requestId)
    expect(one.requestId).toMatch(/^_[0-9a-f]{40}$/)
    const page = served.system.journal.read({ kind: 'saml' }).items.at(-1)
    expect(page?.title).toBe(`GET ${ACS_PATH} → 303`)
  })

  test('ends signed in, where it began', async () => {
    const browser = served.browser()
    const { requestId, url } = await lab.begin(browser, '/admin?a=1')
    expect(url.searchParams.get('RelayState')).toBe('/admin?a=1')
    const cookie = browser.cookie('dialpad_session')
    const page = await lab.post(browser, genuineAnswer(lab, { inResponseTo: requestId, nameId: ADMIN }), '/admin?a=1')
    expect([page.status, page.url.pathname.startsWith('/admin')]).toEqual([200, true])
    expect((await browser.go('/app')).title).toBe('Signed in as Marta Silva')
    expect(browser.cookie('dialpad_session')).not.toBe(cookie)
    expect(lab.lastReason()).toBeUndefined()
    const entry = served.system.journal
      .read({ kind: 'saml' })
      .items.find(({ title }) => title === 'SAML answer accepted')
    expect(entry).toMatchObject({ subject: ADMIN })
    expect(entry?.request?.body).toContain('<ds:SignatureValue>[redacted]</ds:SignatureValue>')
    const [exchange] = served.system.journal
      .read({ kind: 'saml' })
      .items.filter(({ title }) => title.startsWith('POST'))
    expect(exchange?.request?.body).toMatch(/^SAMLResponse=\[redacted\]/)
  })

  test('is in several tabs at once what it is in each', async () => {
    const browser = served.browser()
    const [first, second] = [await lab.begin(browser), await lab.begin(browser)]
    expect((await lab.post(browser, genuineAnswer(lab, { inResponseTo: first.requestId }))).title).toBe(SIGNED_IN)
    // The session that asked is over with the sign-in, and its other requests with it.
    expect((await lab.post(browser, genuineAnswer(lab, { inResponseTo: second.requestId }))).status).toBe(403)
    expect(lab.lastReason()).toBe('in-response-to')
  })

  test('sends nobody to another site afterwards', async () => {
    for (const relayState of ['https://evil.example/', '//evil.example', '/\\evil.example', '/login', 'words']) {
      const page = await lab.post(served.browser(), genuineAnswer(lab), relayState)
      expect(page.url.pathname).toBe('/app')
    }
    const long = await lab.begin(served.browser(), `/admin?${'a'.repeat(80)}`)
    expect(long.url.searchParams.get('RelayState')).toBe('/app')
  })

  test('takes an answer from another site along to its own, where the browser shows who asked', async () => {
    const browser = served.browser()
    const { requestId } = await lab.begin(browser, '/app?a=1')
    const fields = { SAMLResponse: Buffer.from(genuineAnswer(lab, { inResponseTo: requestId })).toString('base64') }
    const crossSite = { origin: 'https://idp.example', 'sec-fetch-site': 'cross-site' }
    // Without the cookies, as browsers do.
    const page = pageOf(await served.browser().post(ACS_PATH, { ...fields, RelayState: '/app?a=1' }, crossSite))
    expect(page.title).toBe('Logging you in')
    expect(page.form(ACS_PATH)?.fields).toEqual([...Object.entries(fields), ['RelayState', '/app?a=1']])
    expect(JSON.stringify(served.system.journal.read({}).items)).not.toContain(fields.SAMLResponse.slice(0, 400))
    const headers = { 'sec-fetch-site': 'same-origin' }
    const done = pageOf(await browser.send(page, ACS_PATH, {}, headers))
    expect([done.title, done.url.search]).toEqual([SIGNED_IN, '?a=1'])
  })

  test('is not there for a company, a domain or a provider that has not set it up', async () => {
    const browser = served.browser()
    for (const path of [
      '/saml/sso/custom/brightwave.example',
      '/saml/sso/okta/nobody.example',
      '/saml/sso/none/brightwave.example',
    ]) {
      expect([(await browser.go(path)).status, (await browser.go(path)).title]).toEqual([404, 'No such SAML login'])
    }
    const posted = await browser.post('/saml/sso/custom/brightwave.example', { SAMLResponse: 'AAAA' })
    expect(posted).toMatchObject({ kind: 'page', status: 404 })
  })
})

describe('an answer nobody asked for', () => {
  test('signs in: the provider began', async () => {
    const page = await lab.post(served.browser(), genuineAnswer(lab))
    expect([page.title, page.url.pathname]).toEqual([SIGNED_IN, '/app'])
  })

  test('is accepted under both names of the service, wholly signed or the assertion alone', async () => {
    const destination = 'https://dialpad.com/saml/sso/okta/brightwave.example'
    const audience = `${served.origin}/api/saml/metadata/okta/brightwave.example`
    for (const xml of [
      genuineAnswer(lab, { destination, recipient: destination }),
      genuineAnswer(lab, { audience }),
      signAnswer(genuineAnswer(lab), lab.signer(), 'response'),
      genuineAnswer(lab).replace(/ Destination="[^"]*"/, ''),
    ]) {
      expect((await lab.post(served.browser(), xml)).title).toBe(SIGNED_IN)
    }
  })

  test('is judged by wall time, a minute either way, and by nothing the virtual clock says', async () => {
    await served.system.control.moveClock({ kind: 'advance', duration: 'P2D' })
    const minute = 60_000
    const ended = (ms: number) => ({ notOnOrAfter: new Date(Date.now() - ms).toISOString() })
    const begins = (ms: number) => ({ notBefore: new Date(Date.now() + ms).toISOString() })
    for (const over of [ended(minute / 2), begins(minute / 2)]) {
      expect((await lab.post(served.browser(), genuineAnswer(lab, over))).title).toBe(SIGNED_IN)
    }
    expect((await lab.post(served.browser(), genuineAnswer(lab, ended(minute + 1000)))).title).toBe(
      'SAML error: expired',
    )
    expect((await lab.post(served.browser(), genuineAnswer(lab, begins(minute + 5000)))).title).toBe(
      'SAML error: not yet valid',
    )
  })

  test('signs in nobody who is suspended, deleted or unknown, and makes nobody', async () => {
    const store = served.system.store
    const userId = store.find('users', 'email', PLAIN_USER)[0]?.id ?? ''
    const count = store.count('users')
    const unknown = await lab.post(served.browser(), genuineAnswer(lab, { nameId: 'nobody@brightwave.example' }))
    expect([unknown.status, unknown.title]).toEqual([403, 'No Dialpad account for this email'])
    expect(unknown.text).toContain('Brightwave has no Dialpad user with the email nobody@brightwave.example.')
    expect(lab.lastReason()).toBe('no-account')
    await suspendUser(served.system, SYSTEM_ACTOR, userId)
    expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe('This account is suspended')
    expect(lab.lastReason()).toBe('suspended')
    await deleteUser(served.system, SYSTEM_ACTOR, userId)
    expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe('No Dialpad account for this email')
    expect(store.count('users')).toBe(count)
  })

  test('finds the person by the name identifier, without regard to case, and not by the attribute', async () => {
    const page = await lab.post(
      served.browser(),
      genuineAnswer(lab, { nameId: 'Tomas.BERG@brightwave.example', attributes: { Email: ADMIN } }),
    )
    expect(page.title).toBe(SIGNED_IN)
    const nick = await lab.post(served.browser(), genuineAnswer(lab, { nameId: 'tberg' }))
    expect(nick.title).toBe('No Dialpad account for this email')
  })

  test('needs the attribute Email in this spelling; custom providers may write email', async () => {
    const small = { attributes: { email: PLAIN_USER } }
    expect((await lab.post(served.browser(), genuineAnswer(lab, small))).title).toBe('SAML error: attributes')
    expect(lab.lastReason()).toBe('attribute')
    const [company] = served.system.store.page('companies', 0, 1)
    if (company?.saml === undefined) throw new Error('No settings.')
    await updateSamlSettings(served.system, SYSTEM_ACTOR, company.id, { ...company.saml, provider: 'custom' })
    const path = '/saml/sso/custom/brightwave.example'
    const audience = 'https://dialpad.com/api/saml/metadata/custom/brightwave.example'
    const xml = genuineAnswer(lab, {
      ...small,
      audience,
      destination: served.origin + path,
      recipient: served.origin + path,
    })
    const browser = served.browser()
    await browser.post(path, { SAMLResponse: Buffer.from(xml).toString('base64') })
    expect((await browser.go('/app')).title).toBe(SIGNED_IN)
  })

  test('opens accounts of the company that trusts the provider, and of no other', async () => {
    await served.system.store.transact((tx) => {
      const [company] = tx.page('companies', 0, 1)
      const [user] = tx.find('users', 'email', PLAIN_USER)
      if (company === undefined || user === undefined) throw new Error('The world has changed.')
      tx.put('companies', 'other', { ...company, id: 'other', name: 'Northpeak', domains: ['northpeak.example'] })
      tx.put('users', user.id, { ...user, companyId: 'other' })
    })
    expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe('No Dialpad account for this email')
  })
})

test('everybody else is locked out, and SAML still lets people in', async () => {
  const [company] = served.system.store.page('companies', 0, 1)
  if (company?.saml === undefined) throw new Error('No settings.')
  await updateSamlSettings(served.system, SYSTEM_ACTOR, company.id, { ...company.saml, preventOtherProviders: true })
  expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe(SIGNED_IN)
})

test('a new certificate takes the place of the old one at once', async () => {
  const before = genuineAnswer(lab)
  const old = await lab.rollOver()
  expect((await lab.post(served.browser(), before)).title).toBe('SAML error: signature')
  expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe(SIGNED_IN)
  await lab.rollOver(old)
  expect((await lab.post(served.browser(), before)).title).toBe(SIGNED_IN)
})

test('a certificate that has run out by the virtual clock is told', async () => {
  await lab.rollOver(createSigner({ notAfter: new Date(Date.now() + 30 * 86_400_000) }))
  expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe(SIGNED_IN)
  await served.system.control.moveClock({ kind: 'advance', duration: 'P31D' })
  expect((await lab.post(served.browser(), genuineAnswer(lab))).title).toBe('SAML error: certificate')
  expect(lab.lastReason()).toBe('certificate-expired')
})

test('used assertions are kept as long as they could be used again, and no longer', async () => {
  let wall = Date.now()
  const other = await servePages({ wallNowMs: () => wall })
  try {
    const otherLab = await openSamlLab(other)
    const answer = () => {
      const at = (offsetMs: number) => new Date(wall + offsetMs).toISOString()
      const values = otherLab.values({ notBefore: at(-1000), notOnOrAfter: at(300_000) })
      return signAnswer(writeAnswer(values), otherLab.signer())
    }
    for (let index = 0; index < 3; index += 1) await otherLab.post(other.browser(), answer())
    expect(other.system.store.count('usedAssertions')).toBe(3)
    wall += 3_600_000
    await otherLab.post(other.browser(), answer())
    expect(other.system.store.count('usedAssertions')).toBe(1)
  } finally {
    await other.close()
  }
})

describe('metadata', () => {
  test('tells entity id, address and what is wanted', async () => {
    const answer = await served.browser().raw('GET', '/api/saml/metadata/okta/brightwave.example')
    expect(answer.headers['content-type']).toMatch(/^application\/samlmetadata\+xml/)
    expect(answer.text).toContain(`entityID="${lab.entityId}"`)
    expect(answer.text).toContain(`Location="${lab.acs}"`)
    expect(answer.text).toContain('WantAssertionsSigned="true"')
    expect((await served.browser().raw('GET', '/api/saml/metadata/okta/nobody.example')).status).toBe(404)
  })

  test('changes with the provider', async () => {
    const custom = await served.browser().raw('GET', '/api/saml/metadata/custom/brightwave.example')
    expect(custom.text).toContain('https://dialpad.com/api/saml/metadata/custom/brightwave.example')
    expect(custom.text).toContain('/saml/sso/custom/brightwave.example')
  })
})
