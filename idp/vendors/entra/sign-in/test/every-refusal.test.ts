import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { leftFor, pageOf, type Visit } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import {
  expirePassword,
  registerAuthenticator,
  setPerUserMfa,
  setSignInFrequency,
} from '../../commands/sign-in-states.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'
import type { SignInEntry } from '../../sign-in-logs/records.ts'
import { LOCKOUT_THRESHOLD } from '../check-password.ts'
import { discover, errorOf, postToken, startFlow } from './relying-party.ts'
import { changeApplication } from './sample-api.ts'
import {
  ADA,
  BLOCKED,
  enter,
  OUTSIDER,
  PARTNER,
  PASSWORD,
  type RunningEntra,
  SAMPLE,
  signInAs,
  startEntra,
  TENANT,
} from './start-entra.ts'

/**
 * Every refusal people meet, each in the form it has (a page, a field of a page, an answer to the application, a token answer), with what
 * support would ask for, and beside it what the sign-in logs tell.
 */

const KIT = { kind: 'kit', tenantId: TENANT } as const
const HOUR = 3600
const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const STAMP = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ'

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

type TokenAnswer = Awaited<ReturnType<typeof postToken>>
type More = Readonly<Record<string, string>>

async function open(more: More = {}, browser = entra.browser(), app = SAMPLE) {
  const flow = await startFlow(await discover(entra, SAMPLE), app, more)
  return { flow, browser, start: await browser.visit(flow.url) }
}
async function signInOnce(email = ADA, password = PASSWORD): Promise<Visit> {
  const { browser, start } = await open()
  return signInAs(browser, start, email, { password })
}
/** Ada, signed in with consent: her browser, the code she came back with, and its request. */
async function signedIn() {
  const { flow, browser } = await open()
  const code = leftFor(await enter(browser, flow.url, ADA)).searchParams.get('code') ?? ''
  const silent = async () => (await open({ prompt: 'none' }, browser)).start
  const redeem = (more: More = {}) =>
    postToken(entra, TENANT, {
      grant_type: 'authorization_code',
      client_id: SAMPLE.appId,
      client_secret: String(SAMPLE.secret),
      redirect_uri: SAMPLE.redirectUri,
      code_verifier: flow.checks.pkceCodeVerifier,
      code,
      ...more,
    })
  const renew = async (more: More = {}) => {
    const { body } = await redeem()
    return (extra: More = {}) =>
      postToken(entra, TENANT, {
        grant_type: 'refresh_token',
        client_id: SAMPLE.appId,
        client_secret: String(SAMPLE.secret),
        refresh_token: String(body['refresh_token']),
        ...more,
        ...extra,
      })
  }
  return { browser, silent, redeem, renew }
}
const idOf = (email: string): string => entra.system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''
const demandMfa = async () => {
  await setPerUserMfa(entra, KIT, { userId: idOf(ADA), state: 'enforced' })
  await registerAuthenticator(entra, KIT, { userId: idOf(ADA) })
}
const setSample = (patch: object) =>
  entra.system.store.transact((tx) => {
    const app = servicePrincipalByAppId(tx, TENANT, SAMPLE.appId)
    if (app === undefined) throw new Error('The sample app is not in the tenant.')
    tx.put('servicePrincipals', app.id, { ...app, ...patch })
  })

interface Row {
  readonly code: number
  readonly what: string
  /** Words of the reason in the log; `null`: nobody is known, so there is no entry. */
  readonly log: string | null
  readonly status?: SignInEntry['status']
}
type Refused =
  | (Row & { readonly on: 'page' | 'field' | 'step'; readonly act: () => Promise<Visit>; readonly title: string })
  | (Row & { readonly on: 'answer'; readonly act: () => Promise<Visit>; readonly error: string })
  | (Row & {
      readonly on: 'token'
      readonly act: () => Promise<TokenAnswer>
      readonly error: readonly [number, string]
    })

const REFUSALS: readonly Refused[] = [
  {
    code: 50126,
    what: 'a wrong password',
    on: 'field',
    title: 'Enter password',
    act: () => signInOnce(ADA, 'wrong'),
    log: 'invalid username or password',
  },
  {
    code: 50034,
    what: 'a name nobody has',
    on: 'field',
    title: 'Sign in',
    act: async () => {
      const { browser, start } = await open()
      return browser.send(start, '/email', { email: 'nobody@brightwave.example' })
    },
    log: 'nobody@brightwave.example does not exist in the Brightwave directory',
  },
  {
    code: 50057,
    what: 'a blocked account',
    on: 'field',
    title: 'Enter password',
    act: () => signInOnce(BLOCKED),
    log: 'The user account is disabled',
  },
  {
    code: 50053,
    what: 'an account that is locked, with its right password',
    on: 'field',
    title: 'Enter password',
    act: async () => {
      const { browser, start } = await open()
      const step = await browser.send(start, '/email', { email: ADA })
      for (let n = 0; n < LOCKOUT_THRESHOLD; n += 1) await browser.send(step, '/password', { password: 'wrong' })
      return browser.send(step, '/password', { password: PASSWORD })
    },
    log: 'too many sign-in attempts',
  },
  {
    code: 50055,
    what: 'a password that has expired',
    on: 'step',
    title: 'Update your password',
    act: async () => {
      await expirePassword(entra, KIT, { userId: idOf(ADA) })
      return signInOnce()
    },
    log: 'The password is expired',
    status: 'interrupted',
  },
  {
    code: 500121,
    what: 'a wrong code',
    on: 'field',
    title: 'Enter code',
    act: async () => {
      await demandMfa()
      const { browser, start } = await open()
      return browser.send(await signInAs(browser, start, ADA), '/code', { otp: 'no code' })
    },
    log: 'failed during strong authentication',
  },
  {
    code: 7000112,
    what: 'an application that is disabled',
    on: 'page',
    title: 'Sign in',
    act: async () => {
      await signedIn()
      await setSample({ accountEnabled: false })
      return signInOnce()
    },
    log: 'is disabled',
  },
  {
    code: 50105,
    what: 'somebody who is not assigned',
    on: 'page',
    title: 'Sign in',
    act: async () => {
      await signedIn()
      await setSample({ appRoleAssignmentRequired: true })
      return signInOnce()
    },
    log: 'is not assigned to a role for the application',
  },
  {
    code: 50020,
    what: 'an account of another tenant',
    on: 'page',
    title: 'Sign in',
    act: () => signInOnce(OUTSIDER),
    log: "does not exist in tenant 'Brightwave'",
  },
  {
    code: 90094,
    what: 'a permission for administrators',
    on: 'page',
    title: 'Need admin approval',
    act: async () => {
      const { browser, start } = await open({ scope: 'openid Directory.Read.All' })
      return signInAs(browser, start, ADA)
    },
    log: 'only an administrator can grant',
  },
  {
    code: 50011,
    what: 'a redirect that is not registered',
    on: 'page',
    title: 'Sign in',
    act: async () => (await open({ redirect_uri: 'http://localhost:39211/elsewhere' })).start,
    log: null,
  },
  {
    code: 700016,
    what: 'an application nobody knows',
    on: 'page',
    title: 'Sign in',
    act: async () => (await open({ client_id: '11111111-1111-4111-8111-111111111111' })).start,
    log: null,
  },
  {
    code: 90002,
    what: 'a tenant nobody knows',
    on: 'page',
    title: 'Sign in',
    act: async () => {
      const { flow } = await open()
      return entra.browser().visit(flow.url.replace(TENANT, 'nowhere.example'))
    },
    log: null,
  },
  {
    code: 70011,
    what: 'a scope nobody offers',
    on: 'answer',
    error: 'invalid_scope',
    act: async () => (await open({ scope: 'openid Nothing.Read' })).start,
    log: null,
  },
  {
    code: 50058,
    what: 'silence while nobody is signed in',
    on: 'answer',
    error: 'login_required',
    act: async () => (await open({ prompt: 'none' })).start,
    log: null,
  },
  {
    code: 65001,
    what: 'silence while consent is missing',
    on: 'answer',
    error: 'consent_required',
    act: async () => (await open({ prompt: 'none', scope: 'openid Mail.Read' }, (await signedIn()).browser)).start,
    log: 'has not consented to use the application',
    status: 'interrupted',
  },
  {
    code: 65004,
    what: 'a consent that is declined',
    on: 'answer',
    error: 'access_denied',
    act: async () => {
      const { browser, start } = await open()
      return browser.send(await signInAs(browser, start, ADA), '/consent', { decision: 'cancel' })
    },
    log: 'declined to consent',
  },
  {
    code: 50076,
    what: 'silence while a second factor is missing',
    on: 'answer',
    error: 'interaction_required',
    act: async () => {
      const { silent } = await signedIn()
      await demandMfa()
      return silent()
    },
    log: 'you must use multi-factor authentication',
    status: 'interrupted',
  },
  {
    code: 70044,
    what: 'silence after a sign-in that is too old',
    on: 'answer',
    error: 'login_required',
    act: async () => {
      await setSignInFrequency(entra, KIT, { hours: 4 })
      const { silent } = await signedIn()
      await entra.advance(5 * HOUR)
      return silent()
    },
    log: 'sign-in frequency',
    status: 'interrupted',
  },
  {
    code: 7000215,
    what: 'a secret that is none',
    on: 'token',
    error: [401, 'invalid_client'],
    act: async () => (await signedIn()).redeem({ client_secret: 'wrong' }),
    log: 'Invalid client secret provided',
  },
  {
    code: 7000222,
    what: 'a secret that has expired',
    on: 'token',
    error: [401, 'invalid_client'],
    act: async () => {
      const { redeem } = await signedIn()
      const { store, clock } = entra.system
      const [app] = store.find('applications', 'appId', SAMPLE.appId)
      const secrets = (app?.secrets ?? []).map((secret) => ({ ...secret, endDateTime: clock.iso() }))
      await changeApplication(entra, SAMPLE.appId, { secrets })
      return redeem()
    },
    log: 'are expired',
  },
  {
    code: 70008,
    what: 'a code that comes late',
    on: 'token',
    error: [400, 'invalid_grant'],
    act: async () => {
      const { redeem } = await signedIn()
      wallMs += 11 * 60_000
      return redeem()
    },
    log: 'has expired',
  },
  {
    code: 54005,
    what: 'a code that was redeemed',
    on: 'token',
    error: [400, 'invalid_grant'],
    act: async () => {
      const { redeem } = await signedIn()
      await redeem()
      return redeem()
    },
    log: 'already redeemed',
  },
  {
    code: 70011,
    what: 'a scope nobody offers, in a token request',
    on: 'token',
    error: [400, 'invalid_scope'],
    act: async () => (await signedIn()).redeem({ scope: 'Nothing.Read' }),
    log: 'Nothing.Read is not valid',
  },
  {
    code: 65001,
    what: 'a renewal for what was not consented to',
    on: 'token',
    error: [400, 'invalid_grant'],
    act: async () => (await (await signedIn()).renew())({ scope: 'Mail.Read' }),
    log: 'has not consented to use the application',
    status: 'interrupted',
  },
  {
    code: 50076,
    what: 'a renewal while a second factor is missing',
    on: 'token',
    error: [400, 'invalid_grant'],
    act: async () => {
      const renew = await (await signedIn()).renew()
      await demandMfa()
      return renew()
    },
    log: 'you must use multi-factor authentication',
    status: 'interrupted',
  },
  {
    code: 70044,
    what: 'a renewal of a sign-in that is too old',
    on: 'token',
    error: [400, 'invalid_grant'],
    act: async () => {
      await setSignInFrequency(entra, KIT, { hours: 4 })
      const renew = await (await signedIn()).renew()
      await entra.advance(5 * HOUR)
      return renew()
    },
    log: 'sign-in frequency',
    status: 'interrupted',
  },
  {
    code: 90002,
    what: 'a token request to a tenant nobody knows',
    on: 'token',
    error: [400, 'invalid_request'],
    act: () => postToken(entra, 'nowhere.example', { grant_type: 'authorization_code', client_id: PARTNER.appId }),
    log: null,
  },
]

/** The ids a refusal shows, having looked at all it has to show; `undefined` for a step that shows none. */
async function idsShown(row: Refused): Promise<{ readonly request: string; readonly correlation: string } | undefined> {
  switch (row.on) {
    case 'step': {
      expect(pageOf(await row.act()).title).toBe(row.title)
      return undefined
    }
    case 'field':
    case 'page': {
      const page = pageOf(await row.act())
      expect(page.title).toBe(row.title)
      expect(page.status).toBeGreaterThanOrEqual(400)
      expect(page.text).toMatch(new RegExp(row.on === 'field' ? `\\(AADSTS${row.code}\\)` : `AADSTS${row.code}: `))
      const ids = new RegExp(
        `Error code AADSTS${row.code} Request Id (${GUID}) Correlation Id (${GUID}) Timestamp ${STAMP}`,
      ).exec(page.text)
      expect(ids, page.text).not.toBeNull()
      return { request: ids?.[1] ?? '', correlation: ids?.[2] ?? '' }
    }
    case 'answer': {
      const { error, description } = errorOf(await row.act())
      expect(error).toBe(row.error)
      const ids = new RegExp(
        `^AADSTS${row.code}: .* Trace ID: (${GUID}) Correlation ID: (${GUID}) Timestamp: ${STAMP}$`,
      ).exec(description)
      expect(ids, description).not.toBeNull()
      return { request: ids?.[1] ?? '', correlation: ids?.[2] ?? '' }
    }
    case 'token': {
      const { status, body } = await row.act()
      const { suberror: _hint, ...members } = body
      expect([status, members['error']]).toEqual(row.error)
      const { trace_id: request, correlation_id: correlation, timestamp } = members
      expect(members).toEqual({
        error: row.error[1],
        error_description: expect.stringMatching(
          new RegExp(
            `^AADSTS${row.code}: .* Trace ID: ${request} Correlation ID: ${correlation} Timestamp: ${timestamp}$`,
          ),
        ),
        error_codes: [row.code],
        timestamp: expect.stringMatching(new RegExp(`^${STAMP}$`)),
        trace_id: expect.stringMatching(new RegExp(`^${GUID}$`)),
        correlation_id: expect.stringMatching(new RegExp(`^${GUID}$`)),
        error_uri: `${entra.origin}/error?code=${row.code}`,
      })
      const explained = await entra.browser().go(String(members['error_uri']))
      expect([explained.status, explained.text]).toEqual([200, expect.stringContaining(`AADSTS${row.code}`)])
      return { request: String(request), correlation: String(correlation) }
    }
  }
}

test.each(REFUSALS)('AADSTS$code on a $on: $what', async (row) => {
  const shown = await idsShown(row)
  const [entry] = signIns(entra.system.store, TENANT, entra.system.clock.now(), { errorCode: row.code })
  const outside = [...signIns(entra.system.store, OTHER_TENANT.id, entra.system.clock.now(), { errorCode: row.code })]
  const logged = entry ?? outside[0]
  if (row.log === null) {
    expect(logged).toBeUndefined()
    return
  }
  expect(logged).toMatchObject({
    status: row.status ?? 'failure',
    failureReason: expect.stringContaining(row.log),
    ...(shown === undefined ? {} : { id: shown.request, correlationId: shown.correlation }),
  })
})
