import * as client from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { discover, postToken, startFlow } from '../../sign-in/test/relying-party.ts'
import { changeApplication } from '../../sign-in/test/sample-api.ts'
import {
  ADA,
  BLOCKED,
  enter,
  MARTA,
  PASSWORD,
  PLAIN,
  type RunningEntra,
  SAMPLE,
  signInAs,
  startEntra,
  TENANT,
} from '../../sign-in/test/start-entra.ts'
import { findSignIns, type SignInFilter, signInById, signIns } from '../find-sign-ins.ts'
import { recordSignIn, SIGN_INS_KEPT_MS } from '../record-sign-in.ts'
import type { SignInEntry, SignInKind } from '../records.ts'

let entra: RunningEntra
let wallMs: number
beforeAll(async () => {
  entra = await startEntra(null, () => wallMs)
})
afterAll(() => entra.close())
beforeEach(async () => {
  wallMs = Date.now()
  await entra.system.control.reset()
})

const log = (filter: SignInFilter = {}): readonly SignInEntry[] => [
  ...signIns(entra.system.store, TENANT, entra.system.clock.now(), filter),
]
/** What happened, oldest first: number and status. */
const codes = (kind: SignInKind = 'interactiveUser') =>
  log({ kind })
    .toReversed()
    .map(({ errorCode, status }) => `${errorCode} ${status}`)

async function open(more: Readonly<Record<string, string>> = {}) {
  const config = await discover(entra, SAMPLE)
  const flow = await startFlow(config, SAMPLE, more)
  const browser = entra.browser()
  return { config, flow, browser, start: await browser.visit(flow.url) }
}

async function signedIn(email = ADA) {
  const { config, flow, browser } = await open()
  const tokens = await client.authorizationCodeGrant(
    config,
    leftFor(await enter(browser, flow.url, email)),
    flow.checks,
  )
  return { config, browser, tokens }
}

describe('sign-ins of people', () => {
  test('a sign-in leaves what interrupted it, then its success, with who, what, from where and how', async () => {
    await signedIn()
    expect(codes()).toEqual(['50140 interrupted', '65001 interrupted', '0 success'])
    const [newest] = log()
    expect(newest).toMatchObject({
      tenantId: TENANT,
      user: { displayName: 'Ada Okafor', userPrincipalName: ADA },
      app: { appId: SAMPLE.appId },
      resource: { displayName: 'Microsoft Graph' },
      ipAddress: '127.0.0.1',
      clientApp: 'Browser',
      requirement: 'singleFactorAuthentication',
      protocol: 'oAuth2',
      failureReason: '',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
    expect(newest?.details).toEqual([
      expect.objectContaining({ method: 'Password', succeeded: true, requirement: 'Primary authentication' }),
    ])
  })

  test('a session that goes on is a success of its own, satisfied before; without asking anybody it is not interactive', async () => {
    const { config, browser } = await signedIn()
    await browser.visit((await startFlow(config, SAMPLE)).url)
    expect(log()[0]?.details).toEqual([expect.objectContaining({ method: 'Previously satisfied' })])
    await browser.visit((await startFlow(config, SAMPLE, { prompt: 'none' })).url)
    expect(log()[0]).toMatchObject({ kind: 'nonInteractiveUser', status: 'success' })
  })

  test('wrong passwords, the lock after them, a blocked account, a name nobody has', async () => {
    const { browser, start } = await open()
    await signInAs(browser, start, ADA, { password: 'wrong' })
    expect(log()[0]).toMatchObject({
      errorCode: 50126,
      status: 'failure',
      failureReason: 'Error validating credentials due to invalid username or password.',
      user: { userPrincipalName: ADA },
      details: [expect.objectContaining({ method: 'Password', succeeded: false })],
    })
    for (let tries = 0; tries < 10; tries += 1) await signInAs(browser, start, ADA, { password: 'wrong' })
    expect(log()[0]?.errorCode).toBe(50053)
    await signInAs(browser, (await open()).start, BLOCKED).catch(() => undefined)
    const blocked = await open()
    await signInAs(blocked.browser, blocked.start, BLOCKED)
    expect(log()[0]).toMatchObject({ errorCode: 50057, user: { userPrincipalName: BLOCKED } })
    const unknown = await open()
    await unknown.browser.send(unknown.start, '/email', { email: 'nobody@brightwave.example' })
    expect(log()[0]).toMatchObject({ errorCode: 50034, user: { userPrincipalName: 'nobody@brightwave.example' } })
    expect(log()[0]?.user).not.toHaveProperty('id')
  })

  test('what is no name, perhaps a password in the wrong field, goes into no log', async () => {
    const { browser, start } = await open()
    await browser.send(start, '/email', { email: PASSWORD })
    expect(log()).toEqual([])
    expect(JSON.stringify(entra.system.store.dump().collections['signInLogs'] ?? {})).not.toContain(PASSWORD)
  })

  test('an unassigned person and a disabled app, once however often the page is opened', async () => {
    await signedIn(PLAIN)
    const [principal] = entra.system.store.find('servicePrincipals', 'appId', `${TENANT}/${SAMPLE.appId}`)
    const app =
      principal ??
      [...entra.system.store.entries('servicePrincipals')]
        .map(([, each]) => each)
        .find((each) => each.appId === SAMPLE.appId)
    if (app === undefined) throw new Error('The sample app is not in the tenant.')
    const set = (patch: object) =>
      entra.system.store.transact((tx) => tx.put('servicePrincipals', app.id, { ...app, ...patch }))
    await set({ appRoleAssignmentRequired: true })
    const { flow, browser } = await open()
    const refused = pageOf(await enter(browser, flow.url, PLAIN))
    expect(refused.text).toContain('AADSTS50105')
    await browser.visit(refused.url)
    expect(log({ errorCode: 50105 })).toHaveLength(1)
    await set({ accountEnabled: false })
    const disabled = await open()
    await enter(disabled.browser, disabled.flow.url, PLAIN)
    expect(log()[0]).toMatchObject({ errorCode: 7000112, status: 'failure', user: { userPrincipalName: PLAIN } })
  })

  test('a declined consent', async () => {
    const { browser, start } = await open()
    const consent = await signInAs(browser, start, ADA)
    await browser.send(consent, '/consent', { decision: 'cancel' })
    expect(codes().slice(-2)).toEqual(['65001 interrupted', '65004 failure'])
  })

  test('a redirect address that is not registered, or an unknown application, is a page only: nobody is known yet', async () => {
    const { start } = await open({ redirect_uri: 'http://localhost:1/elsewhere' })
    expect(pageOf(start).text).toContain('AADSTS50011')
    const unknown = await open({ client_id: '11111111-1111-4111-8111-111111111111' })
    expect(pageOf(unknown.start).text).toContain('AADSTS700016')
    expect(log()).toEqual([])
  })
})

describe('the correlation ID', () => {
  const CHOSEN = '9f1d4a3e-6c52-4f7e-8a10-3d2b5c7e9f01'
  const correlations = () => [...new Set(log().map(({ correlationId }) => correlationId))]
  const redeem = (code: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${entra.origin}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: SAMPLE.appId,
        client_secret: 'wrong',
        redirect_uri: SAMPLE.redirectUri,
        code,
      }),
    })

  test('is one for the whole sign-in, of the client’s choice: on pages, in the log, and in the error about its code', async () => {
    const { browser, start } = await open({ 'client-request-id': CHOSEN.toUpperCase() })
    const wrong = pageOf(await signInAs(browser, start, ADA, { password: 'wrong' }))
    expect(wrong.text).toContain(`Correlation Id ${CHOSEN}`)
    const consent = await signInAs(browser, start, ADA)
    const code = leftFor(await browser.send(consent, '/consent', { decision: 'accept' })).searchParams.get('code') ?? ''
    const body = (await (await redeem(code)).json()) as Record<string, unknown>
    expect([body['error_codes'], body['correlation_id']]).toEqual([[7000215], CHOSEN])
    expect(log().map(({ errorCode }) => errorCode)).toEqual([7000215, 0, 65001, 50140, 50126])
    expect(correlations()).toEqual([CHOSEN])
    expect(new Set(log().map(({ id }) => id)).size).toBe(5)
  })

  test('is made where the client chooses none or no GUID, and is another one at the next sign-in', async () => {
    const first = await open({ 'client-request-id': '<none>' })
    await signInAs(first.browser, first.start, ADA)
    expect(correlations()).toEqual([expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)])
    const second = await open()
    await signInAs(second.browser, second.start, ADA)
    expect(correlations()).toHaveLength(2)
  })

  test('of a token request is the client’s own where it names one, and is told where it asks to be told', async () => {
    const answer = await redeem('made-up', { 'client-request-id': CHOSEN, 'return-client-request-id': 'true' })
    expect(answer.headers.get('client-request-id')).toBe(CHOSEN)
    expect(await answer.json()).toMatchObject({ correlation_id: CHOSEN })
    expect((await redeem('made-up', { 'client-request-id': CHOSEN })).headers.has('client-request-id')).toBe(false)
  })
})

describe('tokens', () => {
  test('a renewal is a sign-in without the person; a code redeemed is part of theirs', async () => {
    const { config, tokens } = await signedIn()
    expect(codes('nonInteractiveUser')).toEqual([])
    await client.refreshTokenGrant(config, String(tokens.refresh_token))
    expect(log({ kind: 'nonInteractiveUser' })).toEqual([
      expect.objectContaining({ status: 'success', user: expect.objectContaining({ userPrincipalName: ADA }) }),
    ])
  })

  test('an invalid and an expired secret, a late code, a code used twice: by the number, under the ids the answer showed', async () => {
    const { config, flow, browser } = await open()
    const callback = leftFor(await enter(browser, flow.url, ADA))
    const redeem = (more: Readonly<Record<string, string>>) =>
      postToken(entra, TENANT, {
        grant_type: 'authorization_code',
        client_id: SAMPLE.appId,
        client_secret: String(SAMPLE.secret),
        code: String(callback.searchParams.get('code')),
        redirect_uri: SAMPLE.redirectUri,
        code_verifier: flow.checks.pkceCodeVerifier,
        ...more,
      })
    const { body } = await redeem({ client_secret: 'wrong' })
    const [invalid] = log({ errorCode: 7000215 })
    expect(invalid).toMatchObject({
      kind: 'nonInteractiveUser',
      user: { userPrincipalName: ADA },
      id: body['trace_id'],
      correlationId: body['correlation_id'],
    })
    await client.authorizationCodeGrant(config, callback, flow.checks)
    await redeem({})
    expect(log({ errorCode: 54005 })).toHaveLength(1)

    const late = await open()
    const code = leftFor(await enter(late.browser, late.flow.url, ADA)).searchParams.get('code')
    wallMs += 11 * 60_000
    await redeem({ code: String(code), code_verifier: late.flow.checks.pkceCodeVerifier })
    expect(log({ errorCode: 70008 })).toHaveLength(1)

    const app = [...entra.system.store.entries('applications')]
      .map(([, each]) => each)
      .find((each) => each.appId === SAMPLE.appId)
    const past = entra.system.clock.iso()
    const back = await changeApplication(entra, SAMPLE.appId, {
      secrets: (app?.secrets ?? []).map((secret) => ({ ...secret, endDateTime: past })),
    })
    await entra.advance(60)
    await redeem({})
    expect(log({ errorCode: 7000222 })).toHaveLength(1)
    await back()
    for (const { code: given } of [{ code: callback.searchParams.get('code') }]) {
      expect(JSON.stringify(log())).not.toContain(String(given))
    }
  })

  test('a refusal that quotes a whole form is kept with the beginning of it', async () => {
    await postToken(entra, TENANT, { grant_type: 'a'.repeat(100_000), client_id: SAMPLE.appId })
    const [entry] = log()
    expect([entry?.errorCode, entry?.failureReason.length]).toEqual([70003, 1024])
  })

  test('an application by itself is in a list of its own, with no person', async () => {
    const grant = {
      grant_type: 'client_credentials',
      client_id: SAMPLE.appId,
      scope: 'https://graph.microsoft.com/.default',
    }
    await signedIn(MARTA)
    await postToken(entra, TENANT, { ...grant, client_secret: String(SAMPLE.secret) })
    await postToken(entra, TENANT, { ...grant, client_secret: 'wrong' })
    expect(codes('servicePrincipal')).toEqual(['0 success', '7000215 failure'])
    expect(log({ kind: 'servicePrincipal' })[0]).not.toHaveProperty('user')
  })
})

describe('finding', () => {
  test('by person, app, number, status and correlation; by id; in pages', async () => {
    await signedIn(ADA)
    await signedIn(MARTA)
    const ada = entra.system.store.find('users', 'userPrincipalName', ADA)[0]?.id
    expect(new Set(log({ userId: ada }).map(({ user }) => user?.userPrincipalName))).toEqual(new Set([ADA]))
    expect(log({ user: 'MARTA' }).every(({ user }) => user?.userPrincipalName === MARTA)).toBe(true)
    expect(log({ user: 'marta' }).length).toBeGreaterThan(0)
    expect(log({ appId: 'none' })).toEqual([])
    expect(log({ status: 'interrupted', errorCode: 50140 })).toHaveLength(2)
    const [newest] = log()
    if (newest === undefined) throw new Error('Nothing was logged.')
    expect(log({ correlationId: newest.correlationId })).toContainEqual(newest)
    expect(signInById(entra.system.store, TENANT, entra.system.clock.now(), newest.id)).toEqual(newest)
    const { entries, hasMore } = findSignIns(
      entra.system.store,
      TENANT,
      entra.system.clock.now(),
      {},
      { offset: 1, limit: 2 },
    )
    expect([entries, hasMore]).toEqual([log().slice(1, 3), true])
  })

  test('for 30 virtual days; older entries are dropped with new ones', async () => {
    await signedIn()
    const before = log().length
    expect(before).toBeGreaterThan(0)
    await entra.advance(SIGN_INS_KEPT_MS / 1000 + 60)
    expect(log()).toEqual([])
    expect(entra.system.store.count('signInLogs')).toBe(before)
    await entra.system.store.transact((tx) =>
      recordSignIn(tx, entra.system.clock, {
        tenantId: TENANT,
        kind: 'servicePrincipal',
        clientId: SAMPLE.appId,
        from: { ipAddress: '127.0.0.1', userAgent: '' },
      }),
    )
    expect(entra.system.store.count('signInLogs')).toBe(1)
  })
})
