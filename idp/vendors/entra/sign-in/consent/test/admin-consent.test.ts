import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { leftFor } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { OTHER_TENANT, PARTNER_APP, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { addApiPermissions } from '../../../commands/registrations/api-permissions.ts'
import { saveAppRole } from '../../../commands/registrations/app-roles.ts'
import { registerApplication } from '../../../commands/registrations/register.ts'
import {
  ADA,
  adminConsentUrl,
  CALLBACK,
  INGRID,
  JONAS,
  KIT,
  MARTA,
  type RunningConsent,
  shown,
  signInTo,
  startConsent,
} from './start-consent.ts'

let entra: RunningConsent
let clientId: string
let applicationId: string
let made = 0

beforeAll(async () => {
  entra = await startConsent()
})
afterAll(() => entra.close())
beforeEach(async () => {
  made += 1
  const { application } = await registerApplication({ system: entra.system }, KIT, {
    displayName: `Reports ${made}`,

    redirectUri: { platform: 'web', uri: CALLBACK },
  })
  clientId = application.appId
  applicationId = application.id
})

const ask = (more: Readonly<Record<string, string>> = {}, path?: string): string =>
  adminConsentUrl(
    entra.origin,
    { client_id: clientId, scope: 'User.Read Directory.Read.All', redirect_uri: CALLBACK, state: 'st 1', ...more },
    path,
  )
const grants = (tenantId = TENANT_ID, appId = clientId) => {
  const principal = servicePrincipalByAppId(entra.system.store, tenantId, appId)
  return principal === undefined ? [] : entra.system.store.find('permissionGrants', 'client', principal.id)
}
const answerOf = (address: URL) => Object.fromEntries(address.searchParams)

describe('an administrator', () => {
  test('is asked on behalf of the organization, and the application is told', async () => {
    const browser = entra.browser()
    const page = shown(await signInTo(browser, ask(), MARTA))
    expect(page.title).toBe('Permissions requested')
    for (const words of [
      'Review for your organization',
      `Reports ${made}`,
      'Sign you in and read your profile',
      'Read directory data',
      'all users in Brightwave',
    ]) {
      expect(page.text).toContain(words)
    }
    const answer = leftFor(await browser.send(page, '/adminconsent', { decision: 'accept' }))
    expect(answer.origin + answer.pathname).toBe(CALLBACK)
    expect(answerOf(answer)).toEqual({
      admin_consent: 'True',
      tenant: TENANT_ID,
      scope: 'https://graph.microsoft.com/User.Read https://graph.microsoft.com/Directory.Read.All',
      state: 'st 1',
    })
    expect(grants()).toMatchObject([{ consentType: 'AllPrincipals', scope: 'User.Read Directory.Read.All' }])
  })

  test('.default brings everything registered for the API, application permissions too', async () => {
    const at = { applicationId }
    await addApiPermissions({ system: entra.system }, KIT, { ...at, type: 'application', names: ['User.Read.All'] })
    const browser = entra.browser()
    const page = shown(await signInTo(browser, ask({ scope: 'https://graph.microsoft.com/.default' }), MARTA))
    expect(page.text).toContain('The app does this by itself, without anybody signed in.')
    await browser.send(page, '/adminconsent', { decision: 'accept' })
    expect(servicePrincipalByAppId(entra.system.store, TENANT_ID, clientId)?.applicationPermissions).toEqual([
      'User.Read.All',
    ])
  })

  test('the first version of the endpoint names no scope: everything registered is asked for', async () => {
    const { application: api } = await registerApplication({ system: entra.system }, KIT, {
      displayName: `API ${made}`,
    })
    await saveAppRole({ system: entra.system }, KIT, {
      applicationId: api.id,
      role: {
        displayName: 'Read orders',
        value: 'Orders.Read',
        description: 'Reads orders.',
        allowedMemberTypes: ['Application'],
        isEnabled: true,
      },
    })
    const names = [`api://${api.appId}/Orders.Read`]
    await addApiPermissions({ system: entra.system }, KIT, { applicationId, type: 'application', names })
    const browser = entra.browser()
    const link = adminConsentUrl(entra.origin, { client_id: clientId, redirect_uri: CALLBACK, state: 'x' }, TENANT_ID)
    const page = shown(await signInTo(browser, link, MARTA))
    expect(page.text).toContain(`Read orders (API ${made})`)
    const answer = leftFor(await browser.send(page, '/adminconsent', { decision: 'accept' }))
    expect(answerOf(answer)).toMatchObject({ admin_consent: 'True', state: 'x' })
    expect(servicePrincipalByAppId(entra.system.store, TENANT_ID, clientId)?.applicationPermissions).toEqual(names)
  })

  test('who cancels has granted nothing: access_denied, AADSTS65004', async () => {
    const browser = entra.browser()
    const page = await signInTo(browser, ask(), MARTA)
    const answer = answerOf(leftFor(await browser.send(page, '/adminconsent', { decision: 'cancel' })))
    expect(answer).toMatchObject({
      error: 'access_denied',
      error_subcode: 'cancel',
      error_description: expect.stringMatching(/^AADSTS65004: /),
      state: 'st 1',
    })
    expect(grants()).toEqual([])
  })

  test('of another organization is refused by this one’s address, and grants in their own by organizations', async () => {
    const browser = entra.browser()
    const redirect = 'http://localhost:4300/login/microsoft/callback'
    const partner = { client_id: PARTNER_APP.appId, redirect_uri: redirect }
    const wrong = shown(await signInTo(browser, ask(partner), INGRID))
    expect([wrong.status, wrong.title]).toEqual([403, 'Sign in'])
    expect(wrong.text).toContain('AADSTS50020')
    const forged = shown(await browser.send(wrong, '/adminconsent', { decision: 'accept' }))
    expect(forged.status).toBe(403)

    const own = shown(await browser.visit(ask(partner, 'organizations/v2.0')))
    expect(own.text).toContain('all users in Northpeak')
    const answer = leftFor(await browser.send(own, '/adminconsent', { decision: 'accept' }))
    expect(answerOf(answer)).toMatchObject({ admin_consent: 'True', tenant: OTHER_TENANT.id })
    expect(grants(OTHER_TENANT.id, PARTNER_APP.appId)).toHaveLength(1)
    expect(grants(TENANT_ID, PARTNER_APP.appId)).toEqual([])
  })

  test('of applications only may not grant application permissions of Graph', async () => {
    const at = { applicationId }
    await addApiPermissions({ system: entra.system }, KIT, { ...at, type: 'application', names: ['User.Read.All'] })
    const page = shown(await signInTo(entra.browser(), ask({ scope: 'https://graph.microsoft.com/.default' }), JONAS))
    expect([page.status, page.title]).toEqual([403, 'Need admin approval'])
    expect(page.text).toContain('Global Administrator, Privileged Role Administrator')
    expect(shown(await signInTo(entra.browser(), ask(), JONAS)).title).toBe('Permissions requested')
  })
})

describe('somebody without a role', () => {
  test('needs an administrator, may fetch one, and grants nothing by a forged form', async () => {
    const browser = entra.browser()
    const page = shown(await signInTo(browser, ask(), ADA))
    expect([page.status, page.title]).toEqual([403, 'Need admin approval'])
    expect(page.text).toContain('AADSTS90094')
    expect(shown(await browser.send(page, '/adminconsent', { decision: 'accept' })).status).toBe(403)
    expect(grants()).toEqual([])

    const back = answerOf(leftFor(await browser.send(page, '/adminconsent', { decision: 'return' })))
    expect(back).toMatchObject({ error: 'access_denied', error_description: expect.stringMatching(/^AADSTS90094: /) })
    const other = shown(await browser.send(page, '/adminconsent', { decision: 'switch' }))
    expect(other.title).toBe('Pick an account')
    const signIn = await browser.send(other, '/account', { choice: 'other' })
    const password = await browser.send(signIn, '/email', { email: MARTA })
    const stay = await browser.send(password, '/password', { password: TRAINING_PASSWORD })
    const asked = shown(await browser.send(stay, '/stay', { stay: 'no' }))
    expect([asked.title, asked.url.search]).toEqual(['Permissions requested', new URL(ask()).search])
  })

  test('a form without the token of its session, or from elsewhere, is refused', async () => {
    const browser = entra.browser()
    const page = await signInTo(browser, ask(), MARTA)
    expect(shown(await browser.send(page, '/adminconsent', { decision: 'accept', _csrf: 'forged' })).status).toBe(403)
    const elsewhere = await browser.send(
      page,
      '/adminconsent',
      { decision: 'accept' },
      { origin: 'https://evil.example' },
    )
    expect(shown(elsewhere).status).toBe(403)
    const nobody = shown(await entra.browser().send(page, '/adminconsent', { decision: 'accept' }))
    expect(nobody.status).toBe(403)
    expect(grants()).toEqual([])
  })
})

describe('a request that cannot be answered', () => {
  test.each([
    ['without an application', { client_id: '' }, 900144],
    ['of an application nobody registered', { client_id: '11111111-1111-4111-8111-111111111111' }, 700016],
    ['to an address that is not registered', { redirect_uri: 'https://evil.example/' }, 50011],
  ])('%s shows a page before anybody signs in', async (_what, more, code) => {
    const page = shown(await entra.browser().visit(ask(more)))
    expect(page.status).toBe(400)
    expect(page.text).toContain(`AADSTS${code}`)
  })

  test.each([
    ['without a scope', { scope: ' ' }, 'invalid_request', 900144],
    ['for a permission there is not', { scope: 'Made.Up' }, 'invalid_scope', 70011],
    ['for an API there is not', { scope: 'api://nobody/read' }, 'invalid_resource', 500011],
  ])('%s is told to the application', async (_what, more, error, code) => {
    const answer = answerOf(leftFor(await entra.browser().visit(ask(more))))
    expect(answer).toMatchObject({
      error,
      error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: `)),
      state: 'st 1',
    })
  })

  test('at the address of an organization there is not, or of another one’s own application', async () => {
    expect(shown(await entra.browser().visit(ask({}, 'nobody.example/v2.0'))).text).toContain('AADSTS90002')
    expect(shown(await entra.browser().visit(ask({}, `${OTHER_TENANT.id}/v2.0`))).text).toContain('AADSTS700016')
  })
})

test('the sample keeps what it was granted before', async () => {
  const browser = entra.browser()
  const page = await signInTo(browser, ask({ client_id: SAMPLE_WEB_APP.appId, scope: 'Mail.Read' }), MARTA)
  await browser.send(page, '/adminconsent', { decision: 'accept' })
  const again = await browser.visit(ask({ client_id: SAMPLE_WEB_APP.appId, scope: 'Contacts.Read' }))
  await browser.send(again, '/adminconsent', { decision: 'accept' })
  expect(grants(TENANT_ID, SAMPLE_WEB_APP.appId)).toMatchObject([{ scope: 'Mail.Read Contacts.Read' }])
})
