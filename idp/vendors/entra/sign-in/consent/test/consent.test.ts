import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { leftFor } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { addApiPermissions } from '../../../commands/registrations/api-permissions.ts'
import { addClientSecret } from '../../../commands/registrations/credentials.ts'
import { saveScope } from '../../../commands/registrations/expose-api.ts'
import { registerApplication } from '../../../commands/registrations/register.ts'
import {
  ADA,
  authorizeUrl,
  CALLBACK,
  KIT,
  MARTA,
  type RunningConsent,
  shown,
  signInTo,
  startConsent,
} from './start-consent.ts'

let entra: RunningConsent
let client: Application
let api: Application
let secret: string
let made = 0

beforeAll(async () => {
  entra = await startConsent()
})
afterAll(() => entra.close())

const deps = () => ({ system: entra.system })

beforeEach(async () => {
  made += 1
  const uri = { platform: 'web', uri: CALLBACK } as const
  const one = await registerApplication(deps(), KIT, { displayName: `Reports <${made}>`, redirectUri: uri })
  const other = await registerApplication(deps(), KIT, { displayName: `Orders ${made}` })
  client = one.application
  api = other.application
  const credential = await addClientSecret(deps(), KIT, { applicationId: client.id })
  secret = credential.secretText
  const scope = (value: string, type: 'User' | 'Admin', forPeople?: string) =>
    saveScope(deps(), KIT, {
      applicationId: api.id,
      scope: {
        value,
        type,
        isEnabled: true,
        adminConsentDisplayName: `Administrators read of ${value}`,
        adminConsentDescription: 'For administrators.',
        ...(forPeople === undefined ? {} : { userConsentDisplayName: forPeople, userConsentDescription: 'For you.' }),
      },
    })
  await scope('orders.read', 'User', 'Read your <orders>')
  await scope('orders.list', 'User')
  await scope('orders.erase', 'Admin')
})

const url = (scope: string, more: Readonly<Record<string, string>> = {}): string =>
  authorizeUrl(entra.origin, { client_id: client.appId, scope, ...more })
const own = (value: string): string => `api://${api.appId}/${value}`
const grants = () => {
  const principal = servicePrincipalByAppId(entra.system.store, TENANT_ID, client.appId)
  return entra.system.store.find('permissionGrants', 'client', principal?.id ?? '')
}

describe('the consent page', () => {
  test('names permissions of several APIs in the words of each, and each is granted to its own', async () => {
    const browser = entra.browser()
    const page = shown(
      await signInTo(browser, url(`openid User.Read ${own('orders.read')} ${own('orders.list')}`), ADA),
    )
    expect(page.title).toBe('Permissions requested')
    for (const words of [
      `Reports <${made}>`,
      'Sign you in and read your profile',
      `Read your <orders> (Orders ${made})`,
      `Administrators read of orders.list (Orders ${made})`,
    ]) {
      expect(page.text).toContain(words)
    }
    expect(page.html).not.toContain('Read your <orders>')
    await browser.send(page, '/consent', { decision: 'accept' })
    const apiPrincipal = servicePrincipalByAppId(entra.system.store, TENANT_ID, api.appId)
    expect(grants()).toMatchObject([
      { consentType: 'Principal', scope: expect.stringContaining('User.Read') },
      { consentType: 'Principal', resourceId: apiPrincipal?.id, scope: 'orders.read orders.list' },
    ])
  })

  test('asks only for what is new, for everything with prompt=consent, and for nothing with prompt=none', async () => {
    const browser = entra.browser()
    await browser.send(await signInTo(browser, url('openid User.Read'), ADA), '/consent', { decision: 'accept' })
    expect(leftFor(await browser.visit(url('openid User.Read'))).searchParams.has('code')).toBe(true)

    const silent = leftFor(await browser.visit(url('openid User.Read Mail.Read', { prompt: 'none' }))).searchParams
    expect(silent.get('error')).toBe('consent_required')
    expect(silent.get('error_description')).toMatch(/^AADSTS65001: /)

    const more = shown(await browser.visit(url('openid User.Read Mail.Read')))
    expect(more.text).toContain('Read your mail')
    expect(more.text).not.toContain('Sign you in and read your profile')
    await browser.send(more, '/consent', { decision: 'accept' })
    expect(grants()[0]?.scope).toContain('Mail.Read')

    const again = shown(await browser.visit(url('openid User.Read', { prompt: 'consent' })))
    expect(again.text).toContain('Sign you in and read your profile')
    expect(leftFor(await browser.send(again, '/consent', { decision: 'accept' })).searchParams.has('code')).toBe(true)
  })

  test('names what the request asks for and what any first consent holds, not what is registered besides', async () => {
    await addApiPermissions(deps(), KIT, { applicationId: client.id, type: 'delegated', names: ['Mail.Read'] })
    const browser = entra.browser()
    const page = shown(await signInTo(browser, url('openid Calendars.Read'), ADA))
    for (const words of ['Read your calendars', 'Sign you in and read', 'Maintain access to data']) {
      expect(page.text).toContain(words)
    }
    expect(page.text).not.toContain('Read your mail')
    await browser.send(page, '/consent', { decision: 'accept' })
    expect(grants()[0]?.scope.split(' ').toSorted()).toEqual([
      'Calendars.Read',
      'User.Read',
      'offline_access',
      'openid',
    ])
    const later = shown(await browser.visit(url('openid Contacts.Read')))
    expect(later.text).toContain('Read your contacts')
    expect(later.text).not.toContain('Maintain access to data')
  })

  test('names everything registered for .default, of whatever API, until something of the resource is consented to', async () => {
    await addApiPermissions(deps(), KIT, {
      applicationId: client.id,
      type: 'delegated',
      names: ['Mail.Read', own('orders.list')],
    })
    const graph = 'openid https://graph.microsoft.com/.default'
    const browser = entra.browser()
    const page = shown(await signInTo(browser, url(graph), ADA))
    expect(page.text).toContain('Read your mail')
    expect(page.text).toContain(`orders.list (Orders ${made})`)
    expect(leftFor(await browser.send(page, '/consent', { decision: 'accept' })).searchParams.has('code')).toBe(true)

    await addApiPermissions(deps(), KIT, { applicationId: client.id, type: 'delegated', names: ['Contacts.Read'] })
    const left = leftFor(await browser.visit(url(graph)))
    const body = new URLSearchParams({
      client_id: client.appId,
      client_secret: secret,
      grant_type: 'authorization_code',
      code: left.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      scope: graph,
    })
    const answer = await fetch(`${entra.origin}/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body })
    const scope = String(((await answer.json()) as Record<string, unknown>)['scope'])
    expect(scope).toContain('Mail.Read')
    expect(scope).not.toContain('Contacts.Read')
    expect(shown(await browser.visit(url(graph, { prompt: 'consent' }))).text).toContain('Read your contacts')
    expect(shown(await browser.visit(url(`${graph} ${own('orders.read')}`))).text).toContain('Read your <orders>')
  })

  test('by an administrator for everybody grants what was asked for, and nobody else is asked', async () => {
    await addApiPermissions(deps(), KIT, { applicationId: client.id, type: 'delegated', names: ['Mail.Read'] })
    const browser = entra.browser()
    const page = shown(await signInTo(browser, url('openid Calendars.Read'), MARTA))
    expect(page.text).toContain('Consent on behalf of your organization')
    await browser.send(page, '/consent', { decision: 'accept', organization: 'true' })
    expect(grants()).toMatchObject([{ consentType: 'AllPrincipals', scope: expect.not.stringContaining('Mail.Read') }])
    expect(leftFor(await signInTo(entra.browser(), url('openid Calendars.Read'), ADA)).searchParams.has('code')).toBe(
      true,
    )
  })

  test('a scope for administrators alone is a dead end for a member and grantable by an administrator', async () => {
    const page = shown(await signInTo(entra.browser(), url(`openid ${own('orders.erase')}`), ADA))
    expect([page.status, page.title]).toEqual([403, 'Need admin approval'])
    const browser = entra.browser()
    const admin = await signInTo(browser, url(`openid ${own('orders.erase')}`), MARTA)
    await browser.send(admin, '/consent', { decision: 'accept', organization: 'true' })
    expect(grants().map(({ consentType }) => consentType)).not.toContain('Principal')
    const member = await signInTo(entra.browser(), url(`openid ${own('orders.erase')}`), ADA)
    expect(leftFor(member).searchParams.has('code')).toBe(true)
  })
})

describe('the permissions page', () => {
  async function atAdmin(email: string): Promise<Visitor> {
    const visitor = createVisitor(entra.origin)
    await visitor.open('/admin')
    await visitor.submit('/email', { email })
    await visitor.submit('/password', { password: TRAINING_PASSWORD })
    await visitor.submit('/stay', { stay: 'no' })
    return visitor
  }
  const at = (page = ''): string => {
    const principal = servicePrincipalByAppId(entra.system.store, TENANT_ID, client.appId)
    return `/admin/apps/${principal?.id}/permissions${page}`
  }

  test('grants everything registered, shows it by API and type, and takes single permissions back', async () => {
    const ask = (type: 'delegated' | 'application', ...names: string[]) =>
      addApiPermissions(deps(), KIT, { applicationId: client.id, type, names })
    await ask('delegated', own('orders.list'))
    await ask('application', 'User.Read.All', 'Group.Read.All')
    const marta = await atAdmin(MARTA)
    await marta.open(at())
    await marta.follow('Grant admin consent for Brightwave')
    expect(marta.text).toContain('Group.Read.All')
    await marta.submit('/consent')
    expect(marta.text).toContain('Successfully granted admin consent for the requested permissions.')
    expect(marta.text).toContain(`orders.list Administrators read of orders.list Orders ${made} Delegated`)
    expect(marta.text).toContain("User.Read.All Read all users' full profiles Microsoft Graph Application")

    await marta.follow('Revoke User.Read.All: Admin consent: application permissions')
    expect(marta.text).toContain('Access tokens already issued keep what they hold until they end')
    await marta.submit('/revoke')
    const held = () => servicePrincipalByAppId(entra.system.store, TENANT_ID, client.appId)?.applicationPermissions
    expect(held()).toEqual(['Group.Read.All'])
    await marta.follow('Revoke permissions: Admin consent: application permissions')
    await marta.submit('/revoke')
    expect(held()).toEqual([])

    await marta.follow('Revoke User.Read: Admin consent')
    await marta.submit('/revoke')
    expect(marta.text).toContain(`User.Read of Reports <${made}> was revoked.`)
    expect(grants().map(({ scope }) => scope)).toEqual(['orders.list'])
    await marta.follow('Review permissions')
    expect(marta.text).toContain('This application has more permissions than I want')
  })

  test('a person’s consent taken back is asked for again; the token already issued lives on, the next one is refused', async () => {
    const browser = entra.browser()
    const scope = 'openid offline_access User.Read'
    const left = leftFor(
      await browser.send(await signInTo(browser, url(scope), ADA), '/consent', { decision: 'accept' }),
    )
    const post = async (fields: Readonly<Record<string, string>>) => {
      const body = new URLSearchParams({ client_id: client.appId, client_secret: secret, ...fields })
      const answer = await fetch(`${entra.origin}/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body })
      return (await answer.json()) as Record<string, unknown>
    }
    const code = left.searchParams.get('code') ?? ''
    const tokens = await post({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK })
    const me = () =>
      fetch(`${entra.origin}/v1.0/me`, { headers: { authorization: `Bearer ${String(tokens['access_token'])}` } })
    expect((await me()).status).toBe(200)

    const marta = await atAdmin(MARTA)
    await marta.open(at())
    await marta.follow('User consent')
    await marta.follow('Revoke permissions: User consent: Ada Okafor')
    await marta.submit('/revoke')
    expect(marta.text).toContain('for themselves')
    expect((await me()).status).toBe(200)
    const renewed = await post({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']), scope })
    expect(renewed['error_codes']).toEqual([65001])
    expect(shown(await browser.visit(url(scope))).title).toBe('Permissions requested')
  })

  test('a member, and a forged form, take nothing back', async () => {
    const browser = entra.browser()
    await browser.send(await signInTo(browser, url('openid User.Read'), ADA), '/consent', { decision: 'accept' })
    const [grant] = grants()
    const ada = await atAdmin(ADA)
    await ada.open(at(`/${grant?.id}/revoke`))
    expect(ada.status).toBe(403)
    const marta = await atAdmin(MARTA)
    await marta.open(at(`/${grant?.id}/revoke?permission=Made.Up`))
    expect(marta.status).toBe(404)
    await marta.open(at(`/${grant?.id}/revoke`))
    await marta.submit('/revoke', { permission: 'Made.Up' })
    expect(marta.status).toBe(404)
    await marta.open(at(`/${grant?.id}/revoke`))
    await marta.submit('/revoke', { _csrf: 'forged' })
    expect(marta.status).toBe(403)
    expect(grants()).toHaveLength(1)
  })
})
