import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { softDeleteUser } from '#idp/core/directory/users.ts'
import { type Browser, leftFor, pageOf, type Visit } from '#kit/test/browser.ts'
import { eraseUser } from '../../../commands/recycle-bin.ts'
import {
  expirePassword,
  mfaStateOf,
  registerAuthenticator,
  setPerUserMfa,
  setSignInFrequency,
} from '../../../commands/sign-in-states.ts'
import { signIns } from '../../../sign-in-logs/find-sign-ins.ts'
import { discover, errorOf, startFlow } from '../../test/relying-party.ts'
import {
  ADA,
  enter,
  MARTA,
  PASSWORD,
  type RunningEntra,
  SAMPLE,
  signInAs,
  startEntra,
  TENANT,
} from '../../test/start-entra.ts'
import { MFA_LOCKOUT_THRESHOLD } from '../authenticators.ts'
import { codeOfStep, stepAt } from '../totp.ts'

const KIT = { kind: 'kit', tenantId: TENANT } as const
const HOUR = 3600
const NEXT_PASSWORD = 'Heron-0815-boat'

let entra: RunningEntra
let wallMs: number
beforeAll(async () => {
  wallMs = Date.now()
  entra = await startEntra(null, () => wallMs)
})
afterAll(() => entra.close())
beforeEach(async () => {
  wallMs = Date.now()
  await entra.system.control.reset()
})

const idOf = (email: string): string => entra.system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''
const codes = (): readonly number[] =>
  [...signIns(entra.system.store, TENANT, entra.system.clock.now(), {})].toReversed().map(({ errorCode }) => errorCode)

/** The code somebody's authenticator app shows, some steps from now. */
function codeOf(email: string, steps = 0): string {
  const found = entra.system.store.get('authenticators', idOf(email))
  if (found === undefined) throw new Error(`${email} has no authenticator.`)
  return codeOfStep(entra.system.vault.open(found.sealedKey), stepAt(wallMs) + steps)
}
const wrongCode = (email: string): string => (codeOf(email) === '000000' ? '111111' : '000000')

async function open(more: Readonly<Record<string, string>> = {}, browser = entra.browser()) {
  const config = await discover(entra, SAMPLE)
  const flow = await startFlow(config, SAMPLE, more)
  return { config, flow, browser, start: await browser.visit(flow.url) }
}
const finish = async (browser: Browser, visit: Visit): Promise<Visit> => {
  if (visit.kind === 'left') return visit
  const next = pageOf(visit).title === 'Stay signed in?' ? await browser.send(visit, '/stay', { stay: 'no' }) : visit
  return next.kind === 'page' && next.title === 'Permissions requested'
    ? browser.send(next, '/consent', { decision: 'accept' })
    : next
}

async function signedIn(email = ADA) {
  const { config, flow, browser } = await open()
  const tokens = await client.authorizationCodeGrant(
    config,
    leftFor(await enter(browser, flow.url, email)),
    flow.checks,
  )
  const silent = async () => browser.visit((await startFlow(config, SAMPLE, { prompt: 'none' })).url)
  return { config, browser, tokens, silent }
}

describe('a password that has to be changed', () => {
  beforeEach(() => expirePassword(entra, KIT, { userId: idOf(ADA) }))
  const change = (browser: Browser, page: Visit, current: string, next: string, repeated = next) =>
    browser.send(page, '/new-password', { currentPassword: current, nextPassword: next, repeatedPassword: repeated })

  test('is asked for after the right one, and the person gets in with the new one', async () => {
    const { browser, start } = await open()
    const page = await signInAs(browser, start, ADA)
    expect(pageOf(page).title).toBe('Update your password')
    const stay = await change(browser, page, PASSWORD, NEXT_PASSWORD)
    expect(pageOf(stay).title).toBe('Stay signed in?')
    expect(leftFor(await finish(browser, stay)).searchParams.has('code')).toBe(true)
    expect(codes().slice(0, 2)).toEqual([50055, 50140])
    const again = await open()
    expect(pageOf(await signInAs(again.browser, again.start, ADA)).text).toContain('AADSTS50126')
    const other = await open()
    expect(
      leftFor(
        await finish(other.browser, await signInAs(other.browser, other.start, ADA, { password: NEXT_PASSWORD })),
      ).searchParams.has('code'),
    ).toBe(true)
  })

  test.each([
    ['the old one', PASSWORD, PASSWORD, PASSWORD, 'different from your current one'],
    ['one that is too simple', PASSWORD, 'aaaaaaaa', 'aaaaaaaa', 'three of these kinds'],
    ['two that differ', PASSWORD, NEXT_PASSWORD, `${NEXT_PASSWORD}x`, "Passwords don't match"],
    ['one for a wrong old one', 'wrong', NEXT_PASSWORD, NEXT_PASSWORD, 'current password is incorrect'],
  ])('refuses %s, and nothing is changed', async (_what, current, next, repeated, words) => {
    const { browser, start } = await open()
    const page = pageOf(await change(browser, await signInAs(browser, start, ADA), current, next, repeated))
    expect([page.status, page.title]).toEqual([422, 'Update your password'])
    expect(page.text).toContain(words)
    expect(entra.system.store.get('users', idOf(ADA))?.forceChangePasswordNextSignIn).toBe(true)
  })

  test('cannot be passed by answering a later page', async () => {
    const { browser, start } = await open()
    const page = pageOf(await signInAs(browser, start, ADA))
    const csrf = page.valueOf('_csrf')
    const skipped = await browser.post(page.url.href.replace(/\/?$/, '/stay'), { stay: 'no', _csrf: String(csrf) })
    expect(pageOf(skipped).title).toBe('Update your password')
  })

  test('leaves what was signed in to alone until it is changed, and ends it then', async () => {
    await entra.system.control.reset()
    const before = await signedIn()
    await expirePassword(entra, KIT, { userId: idOf(ADA) })
    expect(leftFor(await before.silent()).searchParams.has('code')).toBe(true)
    const { browser, start } = await open()
    await change(browser, await signInAs(browser, start, ADA), PASSWORD, NEXT_PASSWORD)
    expect(errorOf(await before.silent()).error).toBe('login_required')
    await expect(client.refreshTokenGrant(before.config, String(before.tokens.refresh_token))).rejects.toMatchObject({
      error_description: expect.stringMatching(/^AADSTS50173: /),
    })
  })
})

describe('multifactor authentication', () => {
  const enforce = async (email = ADA) => {
    await setPerUserMfa(entra, KIT, { userId: idOf(email), state: 'enforced' })
    await registerAuthenticator(entra, KIT, { userId: idOf(email) })
  }

  test('takes a code for the account that showed it, not for one whose password is typed meanwhile', async () => {
    await enforce(ADA)
    await enforce(MARTA)
    const { browser, start } = await open()
    const stay = await browser.send(await signInAs(browser, start, ADA), '/code', { otp: codeOf(ADA) })
    const { title, url } = pageOf(stay)
    expect(title).toBe('Stay signed in?')
    // What the form of another tab does between two steps.
    await entra.oidc.note(url.pathname.split('/').at(-1) ?? '', { email: MARTA, accountId: idOf(MARTA) })
    expect(pageOf(await browser.send(stay, '/stay', { stay: 'no' })).title).toBe('Enter code')
  })

  test('asks for a code as a second page; tokens tell both methods', async () => {
    await enforce()
    const { config, flow, browser, start } = await open()
    const page = await signInAs(browser, start, ADA)
    expect(pageOf(page).title).toBe('Enter code')
    const end = await finish(browser, await browser.send(page, '/code', { otp: codeOf(ADA) }))
    const tokens = await client.authorizationCodeGrant(config, leftFor(end), flow.checks)
    expect(decodeJwt(tokens.access_token)['amr']).toEqual(['pwd', 'mfa'])
    expect(codes().slice(0, 2)).toEqual([50074, 50140])
    const [newest] = signIns(entra.system.store, TENANT, entra.system.clock.now(), {})
    expect(newest).toMatchObject({ status: 'success', requirement: 'multiFactorAuthentication' })
    expect(newest?.details.map(({ method }) => method)).toEqual(['Password', 'OATH verification code'])
  })

  test('refuses a wrong code, a late one, and one that was used', async () => {
    await enforce()
    const { browser, start } = await open()
    const page = await signInAs(browser, start, ADA)
    const wrong = pageOf(await browser.send(page, '/code', { otp: wrongCode(ADA) }))
    expect([wrong.status, wrong.title]).toEqual([422, 'Enter code'])
    expect(wrong.text).toContain('AADSTS500121')
    expect(pageOf(await browser.send(page, '/code', { otp: codeOf(ADA, -2) })).text).toContain('AADSTS500121')
    const code = codeOf(ADA)
    expect(pageOf(await browser.send(page, '/code', { otp: code })).title).toBe('Stay signed in?')
    const other = await open()
    const replayed = await other.browser.send(await signInAs(other.browser, other.start, ADA), '/code', { otp: code })
    expect(pageOf(replayed).text).toContain('AADSTS500121')
    expect(codes()).toContain(500121)
  })

  test('locks after ten wrong codes, even for the right one', async () => {
    await enforce()
    const { browser, start } = await open()
    const page = await signInAs(browser, start, ADA)
    for (let tries = 0; tries < MFA_LOCKOUT_THRESHOLD; tries += 1)
      await browser.send(page, '/code', { otp: wrongCode(ADA) })
    expect(pageOf(await browser.send(page, '/code', { otp: codeOf(ADA) })).text).toContain('AADSTS50053')
    await entra.advance(16 * 60)
    expect(pageOf(await browser.send(page, '/code', { otp: codeOf(ADA) })).title).toBe('Stay signed in?')
  })

  test('of somebody who has registered nothing leads through the registration; from then on it is enforced', async () => {
    await setPerUserMfa(entra, KIT, { userId: idOf(ADA), state: 'enabled' })
    const { browser, start } = await open()
    const more = await signInAs(browser, start, ADA)
    expect(pageOf(more).title).toBe('More information required')
    expect(entra.system.store.has('authenticators', idOf(ADA))).toBe(false)
    const register = await browser.send(more, '/register')
    const key = entra.system.vault.open(entra.system.store.get('authenticators', idOf(ADA))?.sealedKey ?? '')
    expect(pageOf(register).text).toContain(key)
    const wrong = pageOf(await browser.send(register, '/code', { otp: wrongCode(ADA) }))
    expect([wrong.title, mfaStateOf(entra.system.store, idOf(ADA))]).toEqual(['Keep your account secure', 'enabled'])
    expect(pageOf(await browser.send(wrong, '/code', { otp: codeOf(ADA) })).title).toBe('Stay signed in?')
    expect(mfaStateOf(entra.system.store, idOf(ADA))).toBe('enforced')
    expect(codes().slice(0, 2)).toEqual([50079, 500121])
    expect(JSON.stringify(entra.system.journal.read({ limit: 1000 }))).not.toContain(key)
    expect(JSON.stringify(entra.system.store.dump())).not.toContain(key)
  })

  test('cannot be passed by answering a later page', async () => {
    await enforce()
    const { browser, start } = await open()
    const page = pageOf(await signInAs(browser, start, ADA))
    const fields = { stay: 'no', _csrf: String(page.valueOf('_csrf')) }
    expect(pageOf(await browser.post(page.url.href.replace(/\/?$/, '/stay'), fields)).title).toBe('Enter code')
  })

  test('required since the sign-in: silent requests and renewals are refused, an interactive one asks for the code alone', async () => {
    const { config, tokens, silent, browser } = await signedIn()
    await enforce()
    expect(errorOf(await silent())).toMatchObject({
      error: 'interaction_required',
      description: expect.stringMatching(/^AADSTS50076: /),
    })
    await expect(client.refreshTokenGrant(config, String(tokens.refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^AADSTS50076: /),
    })
    const page = await browser.visit((await startFlow(config, SAMPLE)).url)
    expect(pageOf(page).title).toBe('Enter code')
    expect(
      leftFor(await finish(browser, await browser.send(page, '/code', { otp: codeOf(ADA) }))).searchParams.has('code'),
    ).toBe(true)
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
  })

  test('of somebody who has to register first is told by another number', async () => {
    const { silent } = await signedIn()
    await setPerUserMfa(entra, KIT, { userId: idOf(ADA), state: 'enabled' })
    expect(errorOf(await silent()).description).toMatch(/^AADSTS50079: /)
  })
})

describe('sign-in frequency', () => {
  test('sends people and refresh tokens to sign in again when their sign-in is too old (virtual time)', async () => {
    await setSignInFrequency(entra, KIT, { hours: 4 })
    const { config, tokens, silent, browser } = await signedIn()
    await entra.advance(3 * HOUR)
    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token))
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    await entra.advance(HOUR)
    expect(errorOf(await silent())).toMatchObject({
      error: 'login_required',
      description: expect.stringMatching(/^AADSTS70044: /),
    })
    await expect(client.refreshTokenGrant(config, String(renewed.refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^AADSTS70044: /),
    })
    const page = await browser.visit((await startFlow(config, SAMPLE)).url)
    expect(pageOf(page).title).toBe('Enter password')
    const stay = await browser.send(page, '/password', { password: PASSWORD })
    expect(leftFor(await finish(browser, stay)).searchParams.has('code')).toBe(true)
    expect(leftFor(await silent()).searchParams.has('code')).toBe(true)
    expect(codes()).toContain(70044)
  })

  test('is a whole number of hours', async () => {
    await expect(setSignInFrequency(entra, KIT, { hours: 0 })).rejects.toThrow('1 to 8760 hours')
    await expect(setSignInFrequency(entra, KIT, { hours: 1.5 })).rejects.toThrow('without fractions')
  })
})

describe('a browser that remembers', () => {
  const stay = async (browser: Browser, start: Visit, email: string, answer = 'no', hide?: 'true'): Promise<Visit> => {
    const page = await browser.send(await browser.send(start, '/email', { email }), '/password', { password: PASSWORD })
    const next = await browser.send(page, '/stay', { stay: answer, hide })
    return next.kind === 'page' ? finish(browser, next) : next
  }
  const signOut = (browser: Browser) => browser.visit(`${entra.origin}/common/oauth2/v2.0/logout`)
  /** One browser, in which Ada and then Marta have signed in, neither to stay. */
  const shared = async (): Promise<Browser> => {
    const browser = entra.browser()
    for (const email of [ADA, MARTA]) {
      const { start } = await open({ prompt: 'select_account' }, browser)
      const page =
        pageOf(start).title === 'Pick an account' ? await browser.send(start, '/account', { choice: 'other' }) : start
      await stay(browser, page, email)
    }
    return browser
  }

  test('offers every account that has signed in, asks for the password of one that is signed out, and forgets it when told', async () => {
    const browser = await shared()
    const { start } = await open({ prompt: 'select_account' }, browser)
    expect(pageOf(start).text).toMatch(/Marta Silva.*Signed in.*Ada Okafor.*Signed out.*Use another account/s)
    await signOut(browser)
    const again = (await open({}, browser)).start
    expect(pageOf(again).title).toBe('Pick an account')
    expect(pageOf(again).text).not.toContain('Signed in')
    const picked = await browser.send(again, '/account', { choice: idOf(ADA) })
    expect(pageOf(picked).title).toBe('Enter password')
    expect(pageOf(picked).text).toContain(ADA)
    const back = (await open({}, browser)).start
    const forgotten = pageOf(await browser.send(back, '/forget', { account: idOf(ADA) }))
    expect(forgotten.text).not.toContain(ADA)
    expect(forgotten.text).toContain(MARTA)
    const last = await browser.send(forgotten, '/forget', { account: idOf(MARTA) })
    expect(pageOf(last).title).toBe('Sign in')
  })

  test('signs out whom it forgets, and the sign-in under way goes on as somebody else', async () => {
    const browser = await shared()
    const { start } = await open({ prompt: 'select_account' }, browser)
    expect(pageOf(start).text).toContain(`Sign out and forget ${MARTA}`)
    const left = await browser.send(start, '/forget', { account: idOf(MARTA) })
    expect(pageOf(left).title).toBe('Pick an account')
    expect(pageOf(left).text).not.toContain(MARTA)
    const silent = await browser.visit((await startFlow(await discover(entra, SAMPLE), SAMPLE, { prompt: 'none' })).url)
    expect(errorOf(silent).description).toMatch(/^AADSTS50058: /)
    const again = (await open({ prompt: 'select_account' }, browser)).start
    const password = await browser.send(again, '/account', { choice: idOf(ADA) })
    const end = await finish(browser, await browser.send(password, '/password', { password: PASSWORD }))
    expect(leftFor(end).searchParams.has('code')).toBe(true)
  })

  test('does not offer who is not there any more', async () => {
    const browser = await shared()
    await signOut(browser)
    await entra.system.store.transact((tx) => softDeleteUser(tx, TENANT, idOf(MARTA), entra.system.clock.iso()))
    const { start } = await open({}, browser)
    expect(pageOf(start).text).toContain(ADA)
    expect(pageOf(start).text).not.toContain(MARTA)
  })

  test('picks no account that has not signed in with it', async () => {
    const browser = entra.browser()
    await stay(browser, (await open({}, browser)).start, ADA)
    await signOut(browser)
    const { start } = await open({}, browser)
    const picked = await browser.send(start, '/account', { choice: idOf(MARTA) })
    expect(pageOf(picked).title).toBe('Pick an account')
  })

  test('is told who is wanted: login_hint stands in the field, whoever is signed in; domain_hint changes nothing', async () => {
    const browser = await shared()
    const hinted = pageOf((await open({ login_hint: ADA, domain_hint: 'brightwave.example' }, browser)).start)
    expect([hinted.title, hinted.valueOf('email')]).toEqual(['Sign in', ADA])
    expect(hinted.text).toContain(`You are signed in as ${MARTA}. This sign-in needs another account.`)
    expect(leftFor((await open({ login_hint: MARTA }, browser)).start).searchParams.has('code')).toBe(true)
    await signOut(browser)
    const fresh = pageOf((await open({ login_hint: ADA }, browser)).start)
    expect([fresh.title, fresh.valueOf('email')]).toEqual(['Sign in', ADA])
    const picker = pageOf((await open({ domain_hint: 'brightwave.example' }, browser)).start)
    expect(picker.title).toBe('Pick an account')
  })

  test('asks no more whether to stay signed in, when that was ticked; another browser does', async () => {
    const browser = entra.browser()
    await stay(browser, (await open({}, browser)).start, ADA, 'yes', 'true')
    await signOut(browser)
    const picker = (await open({}, browser)).start
    const page = await browser.send(picker, '/account', { choice: idOf(ADA) })
    expect(leftFor(await browser.send(page, '/password', { password: PASSWORD })).searchParams.has('code')).toBe(true)
    const other = await open()
    const password = await other.browser.send(other.start, '/email', { email: ADA })
    expect(pageOf(await other.browser.send(password, '/password', { password: PASSWORD })).title).toBe(
      'Stay signed in?',
    )
  })
})

test('a person who is deleted for good leaves nothing of how they signed in', async () => {
  await signedIn()
  await setPerUserMfa(entra, KIT, { userId: idOf(ADA), state: 'enforced' })
  await registerAuthenticator(entra, KIT, { userId: idOf(ADA) })
  const id = idOf(ADA)
  const { store, clock } = entra.system
  expect([store.has('authenticators', id), store.has('perUserMfa', id)]).toEqual([true, true])
  expect(store.count('signInTimes', 'account', id)).toBe(1)
  await store.transact((tx) => {
    softDeleteUser(tx, TENANT, id, clock.iso())
    eraseUser(tx, TENANT, id)
  })
  expect([store.has('authenticators', id), store.has('perUserMfa', id)]).toEqual([false, false])
  expect(store.count('signInTimes', 'account', id)).toBe(0)
})
