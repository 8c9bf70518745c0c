import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { leftFor } from '#kit/test/browser.ts'
import { type MailBox, openMailBox } from '#kit/test/mail-box.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { OTHER_TENANT, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { decideRequest } from '../../../commands/consent-requests.ts'
import { saveAdminConsent, saveUserConsent } from '../../../commands/consent-settings.ts'
import {
  ADA,
  actorOf,
  authorizeUrl,
  GEORGE,
  INGRID,
  JONAS,
  KIT,
  MARTA,
  type RunningConsent,
  shown,
  signInTo,
  startConsent,
} from '../../../sign-in/consent/test/start-consent.ts'

let entra: RunningConsent
let mails: MailBox

beforeAll(async () => {
  mails = await openMailBox()
  entra = await startConsent(mails.url)
})
afterAll(async () => {
  await entra.close()
  await mails.close()
})

const deps = () => ({ system: entra.system })
const REVIEW = { enabled: true, reviewers: [GEORGE], reviewerRoles: [], notify: true, expireDays: 7 } as const

/** Nothing consented to, nobody may consent, George reviews. */
beforeEach(async () => {
  await entra.system.store.transact((tx) => {
    for (const [id] of [...tx.entries('consentRequests')]) tx.delete('consentRequests', id)
    for (const [id] of [...tx.entries('permissionGrants')]) tx.delete('permissionGrants', id)
  })
  const principal = servicePrincipalByAppId(entra.system.store, TENANT_ID, SAMPLE_WEB_APP.appId)
  if (principal !== undefined) {
    await entra.system.store.transact((tx) =>
      tx.put('servicePrincipals', principal.id, { ...principal, accountEnabled: true }),
    )
  }
  await saveUserConsent(deps(), KIT, { userConsent: 'block' })
  await saveAdminConsent(deps(), KIT, REVIEW)
})

const start = (email: string, more: Readonly<Record<string, string>> = {}) => {
  const browser = entra.browser()
  return signInTo(browser, authorizeUrl(entra.origin, more), email).then((page) => ({ browser, page: shown(page) }))
}
const requests = () => entra.system.store.find('consentRequests', 'tenant', TENANT_ID)

async function atAdmin(email: string): Promise<Visitor> {
  const visitor = createVisitor(entra.origin)
  await visitor.open('/admin')
  await visitor.submit('/email', { email })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
  return visitor
}

describe('somebody who may not consent', () => {
  test('asks with a justification; the request is recorded, the reviewer mailed, and a second one waits', async () => {
    const { browser, page } = await start(ADA)
    expect([page.status, page.title]).toEqual([403, 'Need admin approval'])
    const empty = shown(await browser.send(page, '/request', { reason: '  ' }))
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Enter a justification for requesting this app.')
    const sent = shown(await browser.send(empty, '/request', { reason: 'For <the> reports' }))
    expect(sent.title).toBe('Request sent')
    expect(requests()).toMatchObject([{ appId: SAMPLE_WEB_APP.appId, asked: [{ reason: 'For <the> reports' }] }])
    expect(entra.mails().at(-1)).toContain(`Mail to ${GEORGE}: Review the request for consent to Sample web app`)

    const again = await start(ADA)
    expect(again.page.title).toBe('Need admin approval')
    expect(again.page.text).toContain('You have requested approval already')
    expect(again.page.form('/request')).toBeUndefined()
    const cancelled = leftFor(await again.browser.send(again.page, '/consent', { decision: 'cancel' }))
    expect(cancelled.searchParams.get('error')).toBe('access_denied')

    const lena = await start(ADA.replace('ada.okafor', 'lena.fischer'))
    await lena.browser.send(lena.page, '/request', { reason: 'Me too' })
    expect(requests()).toMatchObject([{ asked: [{ reason: 'For <the> reports' }, { reason: 'Me too' }] }])
  })

  test('finds no way to ask where the organization takes no requests, and a forged one is refused', async () => {
    const { browser, page } = await start(ADA)
    await saveAdminConsent(deps(), KIT, { ...REVIEW, enabled: false })
    expect(shown(await browser.send(page, '/request', { reason: 'Please' })).status).toBe(403)
    expect(shown(await browser.visit(page.url)).form('/request')).toBeUndefined()
    expect(requests()).toEqual([])
    const stolen = shown(await browser.send(page, '/request', { reason: 'Please', _csrf: 'forged' }))
    expect(stolen.status).toBe(403)
  })

  test('may ask again after the days have passed', async () => {
    const { browser, page } = await start(ADA)
    await browser.send(page, '/request', { reason: 'Please' })
    await entra.advance('P7D')
    const late = await start(ADA)
    expect(late.page.form('/request')).toBeDefined()
    const marta = await atAdmin(MARTA)
    await marta.open('/admin/consent/requests?tab=all')
    expect(marta.text).toContain('Expired')
    await marta.open(`/admin/consent/requests/${requests()[0]?.id}/deny`)
    expect(marta.text).toContain('Request status Expired')
  })
})

describe('a reviewer', () => {
  const asked = async (): Promise<string> => {
    const { browser, page } = await start(ADA)
    await browser.send(page, '/request', { reason: 'For <the> reports' })
    const [request] = requests()
    return `/admin/consent/requests/${request?.id}`
  }

  test('who may grant approves: everybody has consented, and who asked is mailed and gets in', async () => {
    const at = await asked()
    await saveAdminConsent(deps(), KIT, { ...REVIEW, reviewerRoles: ['Global Administrator'] })
    const marta = await atAdmin(MARTA)
    await marta.open('/admin/apps')
    await marta.follow('Admin consent requests')
    await marta.follow('Sample web app')
    expect(marta.path).toBe(at)
    expect(marta.text).toContain('For <the> reports')
    expect(marta.html).not.toContain('For <the>')
    await marta.follow('Review permissions and consent')
    expect(marta.text).toContain('Sign you in and read your profile')
    await marta.submit('/approve', { reason: 'Fine' })
    expect(marta.text).toContain('Request status Approved')
    expect(marta.text).toContain('Reviewed by Marta Silva')
    expect(entra.mails().at(-1)).toContain(`Mail to ${ADA}: Your request for Sample web app was approved`)
    const browser = entra.browser()
    const code = leftFor(await signInTo(browser, authorizeUrl(entra.origin), ADA)).searchParams.get('code')
    expect(code).not.toBeNull()
  })

  test('without a role reads and denies, and cannot approve', async () => {
    const at = await asked()
    const george = await atAdmin(GEORGE)
    await george.open('/admin/consent/requests')
    expect(george.text).toContain('Sample web app')
    await george.open(at)
    await george.open(`${at}/approve`)
    expect(george.title).toBe('Sample web app')
    await george.open(`${at}/deny`)
    const csrf = george.valueOf('_csrf') ?? ''
    await george.post(`${at}/approve`, { _csrf: csrf })
    expect(george.status).toBe(403)
    expect(requests()[0]?.decision).toBeUndefined()
    await george.open(`${at}/deny`)
    await george.submit('/deny', { reason: 'Not yet' })
    expect(george.text).toContain('Request status Denied')
    expect((await start(ADA)).page.form('/request')).toBeDefined()
    await george.open('/admin/consent/users')
    expect(george.status).toBe(403)
  })

  test('blocks the app: nobody signs in to it or asks for it', async () => {
    const at = await asked()
    const marta = await atAdmin(MARTA)
    await marta.open(`${at}/block`)
    await marta.submit('/block')
    expect(marta.text).toContain('Request status Blocked')
    const { page } = await start(ADA)
    expect(page.text).toContain('AADSTS7000112')
    await marta.open(`${at}/approve`)
    const csrf = marta.valueOf('_csrf') ?? ''
    await marta.post(`${at}/approve`, { _csrf: csrf })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('The request is blocked and waits for no answer.')
  })

  test('is mailed who asks for what and why, with the way to the request; who asked, the answer and its words', async () => {
    const before = mails.received.length
    const at = await asked()
    await saveAdminConsent(deps(), KIT, { ...REVIEW, reviewerRoles: ['Global Administrator'] })
    const marta = await atAdmin(MARTA)
    const link = `${entra.origin}${at}`
    const [toReviewer, ...others] = mails.received.slice(before)
    expect(others).toEqual([])
    expect(toReviewer).toMatchObject({ to: GEORGE, subject: 'Review the request for consent to Sample web app' })
    for (const words of [
      'Hello George Mensah,',
      'Ada Okafor asks for Sample web app in Brightwave',
      'Justification: For <the> reports',
      'It expires in 7 days.',
    ]) {
      expect(toReviewer?.text).toContain(words)
    }
    expect(toReviewer?.text.match(/https?:\S+/g)).toEqual([link])
    await marta.open(link)
    expect(marta.title).toBe('Sample web app')

    await marta.open(`${at}/deny`)
    await marta.submit('/deny', { reason: 'Ask your lead' })
    const [toAda, ...more] = mails.received.slice(before + 1)
    expect(more).toEqual([])
    expect(toAda).toMatchObject({ to: ADA, subject: 'Your request for Sample web app was denied' })
    expect(toAda?.text).toContain('Their words: Ask your lead')
    expect(toAda?.text).toContain('You can ask again, with another justification.')
  })

  test('gets no mail where reviewers are not to be told, and finds the request all the same', async () => {
    await saveAdminConsent(deps(), KIT, { ...REVIEW, notify: false })
    const before = mails.received.length
    const at = await asked()
    expect(mails.received).toHaveLength(before)
    const george = await atAdmin(GEORGE)
    await george.open('/admin/consent/requests')
    expect(george.linkTo('Sample web app')).toBe(at)
  })

  test('of another organization, and who reviews nothing, see none of it', async () => {
    const at = await asked()
    const ingrid = await atAdmin(INGRID)
    await ingrid.open(at)
    expect(ingrid.status).toBe(404)
    await ingrid.open('/admin/consent/requests?tab=all')
    expect(ingrid.text).not.toContain('Sample web app')
    expect(ingrid.text).toContain('Users cannot request admin consent')
    const ada = await atAdmin(ADA)
    for (const path of ['/admin/consent/requests', at, `${at}/deny`, '/admin/consent/admins']) {
      await ada.open(path)
      expect([path, ada.status]).toEqual([path, 403])
    }
    await ingrid.open('/admin/consent/users')
    await ingrid.post(`${at}/deny`, { _csrf: ingrid.valueOf('_csrf') ?? '' })
    expect(ingrid.status).toBe(404)
    const requestId = requests()[0]?.id ?? ''
    await expect(decideRequest(deps(), actorOf(entra, INGRID), { requestId, decision: 'block' })).rejects.toMatchObject(
      { code: 'Request_ResourceNotFound' },
    )
    await expect(decideRequest(deps(), actorOf(entra, ADA), { requestId, decision: 'approve' })).rejects.toMatchObject({
      code: 'role_needed',
    })
    expect(requests()[0]?.decision).toBeUndefined()
    expect(entra.system.store.find('consentRequests', 'tenant', OTHER_TENANT.id)).toEqual([])
  })
})

describe('the settings', () => {
  test('are changed by who may, on pages of their own, and decide the next sign-in', async () => {
    const marta = await atAdmin(MARTA)
    await marta.open('/admin/apps')
    await marta.follow('Consent and permissions')
    expect(marta.title).toBe('Consent and permissions | User consent settings')
    await marta.submit('/users', { userConsent: 'low-impact' })
    expect(marta.text).toContain('User consent settings were saved.')
    expect((await start(ADA)).page.title).toBe('Need admin approval')

    await marta.follow('Permission classifications')
    const basic = ['User.Read', 'openid', 'profile', 'email', 'offline_access']
    await marta.submit('/classifications', { lowImpact: basic })
    expect(marta.text).toContain('Permission classifications were saved.')
    expect((await start(ADA)).page.title).toBe('Permissions requested')
    expect((await start(ADA, { scope: 'openid Mail.Read' })).page.title).toBe('Need admin approval')
    const forged = marta.valueOf('_csrf') ?? ''
    await marta.post('/admin/consent/classifications', { _csrf: forged, lowImpact: ['Directory.Read.All'] })
    expect(marta.status).not.toBe(200)

    await marta.open('/admin/consent/users')
    await marta.submit('/users', { userConsent: 'allow' })
    expect((await start(ADA, { scope: 'openid Mail.Read' })).page.title).toBe('Permissions requested')
    expect((await start(ADA, { scope: 'openid Directory.Read.All' })).page.title).toBe('Need admin approval')
  })

  test('of requests want reviewers there are, and a number of days', async () => {
    const marta = await atAdmin(MARTA)
    await marta.open('/admin/consent/admins')
    expect(marta.valueOf('reviewers')).toBe(GEORGE)
    await marta.submit('/admins', { reviewers: 'nobody@brightwave.example' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('There is no user nobody@brightwave.example in Brightwave.')
    await marta.submit('/admins', { reviewers: INGRID })
    expect(marta.text).toContain(`There is no user ${INGRID} in Brightwave.`)
    await marta.submit('/admins', { reviewers: '', reviewerRoles: [] })
    expect(marta.text).toContain('Choose at least one user or role who can review requests.')
    await marta.submit('/admins', { reviewers: GEORGE, expireDays: '61' })
    expect(marta.text).toContain('A request can wait from 1 to 60 days.')
    await marta.submit('/admins', { reviewers: GEORGE, expireDays: '5', reviewerRoles: ['Global Administrator'] })
    expect(marta.text).toContain('Admin consent settings were saved.')
    expect(entra.system.store.get('consentSettings', TENANT_ID)?.requests).toMatchObject({
      expireDays: 5,
      reviewerRoles: ['Global Administrator'],
    })
  })

  test('are read, and not changed, by an administrator of applications', async () => {
    const jonas = await atAdmin(JONAS)
    await jonas.open('/admin/consent/users')
    expect(jonas.text).toContain('needs the role Global Administrator or Privileged Role Administrator')
    await jonas.submit('/users', { userConsent: 'allow' })
    expect(jonas.status).toBe(403)
    expect(entra.system.store.get('consentSettings', TENANT_ID)?.userConsent).toBe('block')
  })

  test('a world of before, which knows allow and block only, is read', async () => {
    await entra.system.store.transact((tx) => tx.put('consentSettings', TENANT_ID, { userConsent: 'block' }))
    const { page } = await start(ADA)
    expect(page.title).toBe('Need admin approval')
    expect(page.form('/request')).toBeUndefined()
    const marta = await atAdmin(MARTA)
    await marta.open('/admin/consent/admins')
    expect(marta.valueOf('expireDays')).toBe('30')
  })
})
