import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, pageOf, type Visit } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { DEVICE_CODE_SECONDS } from '../device/device-policy.tsx'
import { type AppUnderTest, discover, postToken } from './relying-party.ts'
import { changeApplication } from './sample-api.ts'
import { ADA, OUTSIDER, PARTNER, type RunningEntra, SAMPLE, signInAs, startEntra, TENANT } from './start-entra.ts'

const SCOPE = 'openid profile offline_access User.Read'
const TV: AppUnderTest = { appId: SAMPLE.appId, redirectUri: 'http://localhost', isInstalled: true }

let entra: RunningEntra
let wallMs: number
beforeAll(async () => {
  wallMs = Date.now()
  entra = await startEntra(null, () => wallMs)
  await changeApplication(entra, SAMPLE.appId, { isFallbackPublicClient: true })
})
afterAll(() => entra.close())
beforeEach(() => {
  wallMs = Date.now()
})

async function begin(realm: string = TENANT, fields: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${entra.origin}/${realm}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: SAMPLE.appId, scope: SCOPE, ...fields }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const poll = (deviceCode: unknown, realm: string = TENANT, more: Readonly<Record<string, string>> = {}) =>
  postToken(entra, realm, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: SAMPLE.appId,
    device_code: String(deviceCode),
    ...more,
  })

async function typeCode(browser: Browser, userCode: unknown): Promise<Visit> {
  return browser.send(await browser.visit('/devicelogin'), '/oauth2/deviceauth', { user_code: String(userCode) })
}

/** Through sign-in and consent to the last page. */
async function allow(browser: Browser, confirm: Visit, email: string): Promise<Visit> {
  const start = await browser.send(confirm, '/oauth2/deviceauth', { confirm: 'yes' })
  const visit = await signInAs(browser, start, email)
  return pageOf(visit).title === 'Permissions requested'
    ? browser.send(visit, '/consent', { decision: 'accept' })
    : visit
}

describe('a device without a browser', () => {
  test('is signed in from another one, by openid-client', async () => {
    const config = await discover(entra, TV)
    const begun = await client.initiateDeviceAuthorization(config, { scope: SCOPE })
    expect(begun).toMatchObject({
      verification_uri: `${entra.origin}/devicelogin`,
      expires_in: DEVICE_CODE_SECONDS,
      interval: 5,
      user_code: expect.stringMatching(/^[B-Z]{9}$/),
      message: expect.stringContaining(`${entra.origin}/devicelogin`),
    })
    expect(begun).not.toHaveProperty('verification_uri_complete')

    const browser = entra.browser()
    const confirm = pageOf(await typeCode(browser, begun.user_code.toLowerCase()))
    expect(confirm.title).toBe('Are you trying to sign in to Sample web app?')
    const done = pageOf(await allow(browser, confirm, ADA))
    expect(done.text).toContain('You have signed in to the Sample web app application on your device.')

    const tokens = await client.pollDeviceAuthorizationGrant(config, { ...begun, interval: 0.01 })
    expect(tokens.claims()).toMatchObject({ preferred_username: ADA, tid: TENANT })
    expect(decodeJwt(tokens.access_token)).toMatchObject({ appidacr: '0', scp: 'openid profile User.Read' })
    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token))
    expect(renewed.claims()?.['preferred_username']).toBe(ADA)
    expect((await poll(begun.device_code)).body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] })
  })

  test('is told to wait, and that its code is over', async () => {
    const { body } = await begin()
    expect(await poll(body['device_code'])).toMatchObject({
      status: 400,
      body: { error: 'authorization_pending', error_codes: [70016], error_uri: expect.stringContaining('70016') },
    })
    wallMs += DEVICE_CODE_SECONDS * 1000 + 1000
    expect((await poll(body['device_code'])).body).toMatchObject({ error: 'expired_token', error_codes: [70020] })
    const late = pageOf(await typeCode(entra.browser(), body['user_code']))
    expect(late.text).toContain("That code didn't work. Check the code and try again.")
  })

  test('is told when the person says no', async () => {
    const { body } = await begin()
    const browser = entra.browser()
    const confirm = await typeCode(browser, body['user_code'])
    const page = pageOf(await browser.send(confirm, '/oauth2/deviceauth', { abort: 'yes', confirm: undefined }))
    expect(page.title).toBe('You cancelled the sign-in')
    expect((await poll(body['device_code'])).body).toMatchObject({
      error: 'authorization_declined',
      error_codes: [65004],
    })
  })

  test('is signed in for accounts of any tenant where the application is everybody’s', async () => {
    const undo = await changeApplication(entra, PARTNER.appId, { isFallbackPublicClient: true })
    const { body } = await begin('common', { client_id: PARTNER.appId, scope: 'openid profile' })
    const browser = entra.browser()
    await allow(browser, await typeCode(browser, body['user_code']), OUTSIDER)
    const other = await poll(body['device_code'], TENANT, { client_id: PARTNER.appId })
    expect(other.body['error_codes']).toEqual([700005])
    const { body: tokens } = await poll(body['device_code'], 'common', { client_id: PARTNER.appId })
    expect(decodeJwt(String(tokens['id_token']))).toMatchObject({
      tid: OTHER_TENANT.id,
      iss: `${entra.origin}/${OTHER_TENANT.id}/v2.0`,
    })
    await undo()
  })

  test('asked for at a tenant is not for accounts of another', async () => {
    const undo = await changeApplication(entra, PARTNER.appId, { isFallbackPublicClient: true })
    const { body } = await begin(TENANT, { client_id: PARTNER.appId, scope: 'openid profile' })
    const browser = entra.browser()
    const page = pageOf(await allow(browser, await typeCode(browser, body['user_code']), OUTSIDER))
    expect(page.text).toContain('AADSTS50020')
    await undo()
  })

  test.each([
    ['no client', { client_id: '' }, TENANT, 900144],
    ['an unknown client', { client_id: '11111111-1111-4111-8111-111111111111' }, TENANT, 700016],
    ['a single-tenant app without a tenant', {}, 'common', 50194],
    ['no scope', { scope: '' }, TENANT, 900144],
    ['an unknown scope', { scope: 'openid Nothing.Read' }, TENANT, 70011],
    ['an unknown tenant', {}, 'nowhere.example', 90002],
  ])('is given no code for %s', async (_what, fields, realm, code) => {
    const { status, body } = await begin(realm, fields)
    expect([status, body['error_codes']]).toEqual([400, [code]])
  })

  test('gets no tokens where public client flows are off and it shows no secret', async () => {
    const undo = await changeApplication(entra, SAMPLE.appId, { isFallbackPublicClient: false })
    const { body } = await begin()
    expect((await poll(body['device_code'])).body).toMatchObject({ error: 'invalid_client', error_codes: [7000218] })
    await undo()
  })

  test('may name the grant as the platform’s libraries do', async () => {
    const { body } = await begin()
    const { body: answer } = await poll(body['device_code'], TENANT, { grant_type: 'device_code' })
    expect(answer['error']).toBe('authorization_pending')
  })

  test('that asks with a code nobody gave out is told so', async () => {
    expect((await poll('made-up')).body).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] })
  })

  test('a code form of another browser is of no use', async () => {
    const { body } = await begin()
    const page = await entra.browser().visit('/devicelogin')
    const visit = await entra.browser().send(page, '/oauth2/deviceauth', { user_code: String(body['user_code']) })
    expect([pageOf(visit).status, pageOf(visit).title]).toEqual([200, 'Enter code'])
    const forged = await entra.browser().send(page, '/oauth2/deviceauth', {}, { origin: 'https://evil.example' })
    expect(pageOf(forged).status).toBe(400)
  })
})
