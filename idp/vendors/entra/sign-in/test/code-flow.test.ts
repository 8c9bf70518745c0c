import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteServicePrincipal } from '#idp/core/directory/applications.ts'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { roleTemplateId } from '../../roles.ts'
import { discover, errorOf, redeemAtAnyTenant, startFlow } from './relying-party.ts'
import {
  ADA,
  enter,
  MARTA,
  OUTSIDER,
  PARTNER,
  PLAIN,
  type RunningEntra,
  SAMPLE,
  SPA,
  signInAs,
  startEntra,
  TENANT,
} from './start-entra.ts'

let entra: RunningEntra

beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

describe('an application registered in the tenant', () => {
  test('signs a person in, with consent the first time only, and renews its tokens with rotation', async () => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const { url, checks } = await startFlow(config, SAMPLE)

    const consent = await signInAs(browser, await browser.visit(url), ADA)
    expect(pageOf(consent).title).toBe('Permissions requested')
    expect(pageOf(consent).text).toContain('Sign you in and read your profile')
    expect(pageOf(consent).text).not.toContain('Consent on behalf of your organization')
    const callback = leftFor(await browser.send(consent, '/consent', { decision: 'accept' }))
    expect(callback.searchParams.has('iss')).toBe(false)

    const tokens = await client.authorizationCodeGrant(config, callback, checks)
    const claims = tokens.claims()
    expect(claims).toMatchObject({
      iss: `${entra.origin}/${TENANT}/v2.0`,
      aud: SAMPLE.appId,
      tid: TENANT,
      ver: '2.0',
      name: 'Ada Okafor',
      preferred_username: ADA,
      email: ADA,
    })
    expect(claims?.sub).not.toBe(claims?.['oid'])

    const keys = createRemoteJWKSet(new URL(String(config.serverMetadata().jwks_uri)))
    const verified = await jwtVerify(String(tokens.id_token), keys, { audience: SAMPLE.appId })
    expect(verified.protectedHeader.alg).toBe('RS256')

    const info = await client.fetchUserInfo(config, tokens.access_token, String(claims?.sub))
    expect(info).toMatchObject({ sub: claims?.sub, name: 'Ada Okafor', email: ADA })

    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token))
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    expect(renewed.claims()?.sub).toBe(claims?.sub)
    await expect(client.refreshTokenGrant(config, String(tokens.refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^AADSTS54005: /),
    })

    const again = await startFlow(config, SAMPLE, { prompt: 'none' })
    const silent = leftFor(await browser.visit(again.url))
    expect((await client.authorizationCodeGrant(config, silent, again.checks)).claims()?.sub).toBe(claims?.sub)
  })

  test('a single-page app on any loopback port needs no secret, only PKCE', async () => {
    const config = await discover(entra, SPA)
    const browser = entra.browser()
    const { url, checks } = await startFlow(config, SPA)
    const consent = await signInAs(browser, await browser.visit(url), PLAIN)
    const callback = leftFor(await browser.send(consent, '/consent', { decision: 'accept' }))
    expect(callback.href).toContain(SPA.redirectUri)
    const tokens = await client.authorizationCodeGrant(config, callback, checks)
    expect(tokens.claims()?.['preferred_username']).toBe(PLAIN)
  })

  test('the subject of a person differs from app to app and stays the same', async () => {
    const browser = entra.browser()
    const subjects: string[] = []
    for (const app of [SAMPLE, SPA, SAMPLE]) {
      const config = await discover(entra, app)
      const { url, checks } = await startFlow(config, app)
      const visit = await enter(browser, url, 'helen.park@brightwave.example')
      subjects.push(String((await client.authorizationCodeGrant(config, leftFor(visit), checks)).claims()?.sub))
    }
    expect(subjects[2]).toBe(subjects[0])
    expect(subjects[1]).not.toBe(subjects[0])
  })
})

describe('an application of a partner', () => {
  test.each(['common', 'organizations'])(
    'signs anybody in at /%s; the issuer is the account’s tenant',
    async (realm) => {
      const config = await discover(entra, PARTNER, realm)
      expect(config.serverMetadata().issuer).toBe(`${entra.origin}/{tenantid}/v2.0`)
      const browser = entra.browser()
      const { url, checks } = await startFlow(config, PARTNER)
      const visit = await enter(browser, url, OUTSIDER)
      const claims = await redeemAtAnyTenant(config, PARTNER, leftFor(visit), checks)
      expect(claims).toMatchObject({ iss: `${entra.origin}/${OTHER_TENANT.id}/v2.0`, tid: OTHER_TENANT.id })
    },
  )

  test('comes into the tenant by consent, and an administrator can consent for everybody', async () => {
    const { store } = entra.system
    const isThere = () => store.find('servicePrincipals', 'appId', `${TENANT}/${PARTNER.appId}`)
    expect(isThere()).toEqual([])

    const config = await discover(entra, PARTNER, 'organizations')
    const admin = entra.browser()
    const calendars = await startFlow(config, PARTNER, { scope: 'openid profile Calendars.Read' })
    const consent = await signInAs(admin, await admin.visit(calendars.url), MARTA)
    expect(pageOf(consent).text).toContain('Read your calendars')
    expect(pageOf(consent).text).not.toContain('Read your contacts')
    leftFor(await admin.send(consent, '/consent', { decision: 'accept', organization: 'true' }))

    const [principal] = isThere()
    expect(principal).toMatchObject({ displayName: 'Dialpad', tenantId: TENANT })
    expect(store.find('permissionGrants', 'client', principal?.id ?? '')).toMatchObject([
      { consentType: 'AllPrincipals', scope: expect.stringContaining('Calendars.Read') },
    ])

    const member = entra.browser()
    const second = await startFlow(config, PARTNER)
    const callback = leftFor(await signInAs(member, await member.visit(second.url), ADA))
    expect(await redeemAtAnyTenant(config, PARTNER, callback, second.checks)).toMatchObject({ tid: TENANT })
  })

  test('an application that asks for directory roles is told them, and no other is', async () => {
    const config = await discover(entra, PARTNER, 'organizations')
    const rolesOf = async (who: string): Promise<unknown> => {
      const browser = entra.browser()
      const { url, checks } = await startFlow(config, PARTNER)
      const callback = leftFor(await signInAs(browser, await browser.visit(url), who))
      return (await redeemAtAnyTenant(config, PARTNER, callback, checks))['wids']
    }
    expect(await rolesOf(MARTA)).toEqual([roleTemplateId('Global Administrator')])
    expect(await rolesOf(ADA)).toBeUndefined()

    const other = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const { url, checks } = await startFlow(other, SAMPLE)
    const consent = await signInAs(browser, await browser.visit(url), MARTA)
    const callback = leftFor(await browser.send(consent, '/consent', { decision: 'accept' }))
    const tokens = await client.authorizationCodeGrant(other, callback, checks)
    expect(tokens.claims()).toHaveProperty('oid')
    expect(tokens.claims()).not.toHaveProperty('wids')
  })

  test('is asked for again once it has been deleted from the tenant', async () => {
    const config = await discover(entra, PARTNER, 'organizations')
    const browser = entra.browser()
    leftFor(await signInAs(browser, await browser.visit((await startFlow(config, PARTNER)).url), ADA))
    const [principal] = entra.system.store.find('servicePrincipals', 'appId', `${TENANT}/${PARTNER.appId}`)
    await entra.system.store.transact((tx) => deleteServicePrincipal(tx, TENANT, principal?.id ?? ''))

    expect(pageOf(await browser.visit((await startFlow(config, PARTNER)).url)).title).toBe('Permissions requested')
    const silent = await browser.visit((await startFlow(config, PARTNER, { prompt: 'none' })).url)
    expect(errorOf(silent)).toMatchObject({
      error: 'consent_required',
      description: expect.stringMatching(/^AADSTS65001: /),
    })
  })
})

describe('the account', () => {
  test('can be chosen: prompt=select_account offers the one in use and another', async () => {
    const config = await discover(entra, PARTNER, 'organizations')
    const browser = entra.browser()
    await enter(browser, (await startFlow(config, PARTNER)).url, OUTSIDER)

    const pick = await startFlow(config, PARTNER, { prompt: 'select_account' })
    const picker = await browser.visit(pick.url)
    expect(pageOf(picker).title).toBe('Pick an account')
    const kept = leftFor(await browser.send(picker, '/account', { choice: 'current' }))
    expect((await redeemAtAnyTenant(config, PARTNER, kept, pick.checks))['tid']).toBe(OTHER_TENANT.id)

    const other = await startFlow(config, PARTNER, { prompt: 'select_account' })
    const signIn = await browser.send(await browser.visit(other.url), '/account', { choice: 'other' })
    const consent = await signInAs(browser, signIn, MARTA)
    const callback = leftFor(await browser.send(consent, '/consent', { decision: 'accept' }))
    expect((await redeemAtAnyTenant(config, PARTNER, callback, other.checks))['tid']).toBe(TENANT)
  })

  test('is asked for its password again with prompt=login', async () => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    await enter(browser, (await startFlow(config, SAMPLE)).url, MARTA)
    const page = pageOf(await browser.visit((await startFlow(config, SAMPLE, { prompt: 'login' })).url))
    expect(page.title).toBe('Enter password')
    expect(page.text).toContain(MARTA)
    expect(pageOf(await browser.visit(`${page.url}?step=email`)).title).toBe('Sign in')
  })

  test('named by login_hint stands in the field already', async () => {
    const config = await discover(entra, SAMPLE)
    const page = pageOf(await entra.browser().visit((await startFlow(config, SAMPLE, { login_hint: ADA })).url))
    expect(page.html).toContain(`value="${ADA}"`)
  })

  test('answers by form when the application asks for it, without an issuer parameter', async () => {
    const config = await discover(entra, SAMPLE)
    const browser = entra.browser()
    const { url } = await startFlow(config, SAMPLE, { response_mode: 'form_post' })
    const after = await signInAs(browser, await browser.visit(url), MARTA)
    const page = pageOf(
      pageOf(after).title === 'Working...' ? after : await browser.send(after, '/consent', { decision: 'accept' }),
    )
    expect(page.html).toContain(`action="${SAMPLE.redirectUri}"`)
    expect(page.html).toMatch(/name="code" value="[^"]+"/)
    expect(page.html).not.toContain('name="iss"')
  })
})
