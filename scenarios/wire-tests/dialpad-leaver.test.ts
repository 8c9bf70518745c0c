import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, createBrowser, leftFor } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import {
  addressOf,
  connectSamlOfEntra,
  connectSamlOfOkta,
  dialpadBrowser,
  doorsTold,
  invite,
  keyOf,
  logInWithMicrosoft,
  logInWithSamlByEntra,
  logInWithSamlByOkta,
  scimRecordOf,
  tryKey,
} from './dialpad-doors.ts'

/**
 * Deprovisioning at every door: somebody with a session, a key of their own, Microsoft's tokens, SAML and an invitation is unassigned in
 * the directory, and each of them says no, in the product's words.
 */

const CHLOE = addressOf('chloe.nguyen')
const GROUP = 'Dialpad Users'
/** Not in the group: invited in the portal, then assigned, then not any more. */
const INES = addressOf('ines.moreau')
const REFUSED_KEY = { status: 403, words: expect.stringContaining('Company admin API key required') }
const ADD_USER = '/admin/company/users/add'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

/** Every door of Chloe's: the tab she keeps open, and the key she made. */
interface Doors {
  readonly tab: Browser
  readonly key: string
}

async function expectAccountCutOff({ tab, key }: Doors): Promise<void> {
  expect((await scimRecordOf(kit, CHLOE))?.active).toBe(false)
  for (const path of ['/admin/company/users', '/app']) {
    const page = await tab.copy().go(path)
    expect([page.url.pathname, page.title]).toEqual(['/login', 'Log in'])
  }
  const page = await tab.go('/app')
  expect(page.title).toBe('Log in')
  expect(await tryKey(kit, key)).toEqual(REFUSED_KEY)
  const state = JSON.stringify(await kit.control.dialpad.state())
  expect(state).not.toContain('microsoftTokens')
}

/** A reactivation opens the account again, and no session that was ended. */
async function expectSessionsStayEnded(tab: Browser): Promise<void> {
  await kit.scene.dialpad.reactivatePerson(CHLOE)
  expect((await tab.go('/app')).title).toBe('Log in')
}

describe('unassigned in Entra', () => {
  let tab: Browser
  let entra: Browser
  let key: string
  beforeEach(async () => {
    await kit.control.kit.reset({ world: 'connected-entra' })
    await connectSamlOfEntra(kit)
    await kit.scene.dialpad.editPerson(CHLOE, { companyAdmin: true })
    key = await keyOf(kit, CHLOE)
    tab = dialpadBrowser(kit)
    entra = createBrowser(kit.urls.entra)
    expect((await logInWithMicrosoft(kit, CHLOE, tab, entra)).title).toBe('Signed in as Chloe Nguyen')
  })

  const unassign = () => kit.scene.entra.removeMember(GROUP, { member: CHLOE })

  test('until the cycle everything of Dialpad is open; with it every door is closed, and says why', async () => {
    await unassign()
    expect((await tab.go('/app')).title).toBe('Signed in as Chloe Nguyen')
    expect((await tryKey(kit, key)).status).toBe(200)
    expect((await logInWithSamlByEntra(kit, CHLOE)).title).toBe('Signed in as Chloe Nguyen')

    await kit.scene.advance('PT40M')
    const ended = await tab.copy().go('/admin/company/users')
    expect(ended.text).toContain('You were logged out This account is suspended or deleted.')
    await expectAccountCutOff({ tab, key })
    const microsoft = await logInWithMicrosoft(kit, CHLOE)
    expect([microsoft.status, microsoft.title]).toEqual([403, 'This account is suspended'])
    const saml = await logInWithSamlByEntra(kit, CHLOE)
    expect([saml.status, saml.title]).toEqual([403, 'This account is suspended'])
    expect(await doorsTold(kit, CHLOE)).toEqual(
      expect.arrayContaining([
        'Browser session of Chloe Nguyen refused (the account is suspended)',
        'API key of Chloe Nguyen refused (the account is suspended)',
        'Log in with Microsoft of Chloe Nguyen refused (the account is suspended)',
        'Single sign-on with SAML of Chloe Nguyen refused (the account is suspended)',
      ]),
    )
    await expectSessionsStayEnded(tab)
  })

  test('where assignment is required Entra closes its own doors at once: the login, and the renewal of tokens', async () => {
    await kit.scene.entra.editApp({ app: 'Dialpad', assignmentRequired: true })
    await unassign()
    const refused = await logInWithMicrosoft(kit, CHLOE)
    expect(refused.url.origin).toBe(kit.urls.entra)
    expect(refused.text).toContain('AADSTS50105')
    const { items } = await kit.control.entra.journal({ subject: CHLOE })
    expect(items.flatMap(({ change }) => (change?.type === 'door' ? change.after : []))).toEqual([
      { door: 'Sign-in at Entra to Dialpad', reason: 'AADSTS50105: not assigned to the app' },
    ])

    // An hour later: Graph refuses the access token, here because its key is gone, and Dialpad asks for another one.
    const form = await tab.go(ADD_USER)
    await kit.scene.entra.rollSigningKey({ retire: true })
    const page = await tab.submit(form, ADD_USER, { do: 'search', directory: 'ada' })
    expect(page.text).toContain('AADSTS50105')
    expect(await doorsTold(kit, CHLOE)).toEqual(['Tokens of the Microsoft login of Chloe Nguyen refused (AADSTS50105)'])
    const again = await tab.go(ADD_USER)
    expect(again.text).toContain('You did not log in with Microsoft')
  })

  test('a refresh token that somebody has taken along is refused by Entra, in its words', async () => {
    const token = await refreshTokenOf(CHLOE)
    await kit.scene.entra.editApp({ app: 'Dialpad', assignmentRequired: true })
    const before = await redeem({ grant_type: 'refresh_token', refresh_token: token })
    expect(before.status).toBe(200)
    await unassign()
    const after = await redeem({ grant_type: 'refresh_token', refresh_token: String(before.body['refresh_token']) })
    expect([after.status, after.body['error']]).toEqual([400, 'invalid_grant'])
    expect(after.body['error_description']).toMatch(/^AADSTS50105: /)
    await kit.scene.entra.addMember(GROUP, { member: CHLOE })
    await kit.scene.entra.blockPerson(CHLOE)
    const blocked = await redeem({ grant_type: 'refresh_token', refresh_token: String(before.body['refresh_token']) })
    expect(blocked.body['error_description']).toMatch(/^AADSTS50057: /)
  })

  test('an invitation that was not accepted yet opens nothing any more, nor after they are active again', async () => {
    const link = await invite(kit, INES)
    const early = createBrowser(kit.urls.dialpad)
    expect((await early.go(link)).title).toBe('Get started')
    await kit.scene.entra.assign(INES)
    await kit.scene.advance('PT40M')
    await kit.scene.entra.unassign(INES)
    await kit.scene.advance('PT40M')
    expect((await scimRecordOf(kit, INES))?.active).toBe(false)
    const late = createBrowser(kit.urls.dialpad)
    for (const page of [await late.go(link), await early.go('/invite/accept')]) {
      expect([page.status, page.title]).toEqual([410, 'This invitation is not valid'])
    }
    expect(await doorsTold(kit, INES)).toContain('Invitation of Ines Moreau refused (the account is suspended)')
    await kit.scene.dialpad.reactivatePerson(INES)
    expect((await late.go(link)).status).toBe(410)
  })
})

describe('unassigned in Okta', () => {
  beforeEach(async () => {
    await kit.control.kit.reset({ world: 'connected-okta' })
    await connectSamlOfOkta(kit)
    await kit.scene.dialpad.editPerson(CHLOE, { companyAdmin: true })
  })

  test('every door is closed at once, and says why', async () => {
    const key = await keyOf(kit, CHLOE)
    const tab = dialpadBrowser(kit)
    expect((await logInWithSamlByOkta(kit, CHLOE, tab)).title).toBe('Signed in as Chloe Nguyen')
    await kit.scene.okta.removeMember(GROUP, { person: CHLOE })
    await kit.scene.okta.runJobs()

    const ended = await tab.copy().go('/app')
    expect(ended.text).toContain('You were logged out This account is suspended or deleted.')
    await expectAccountCutOff({ tab, key })
    const saml = await logInWithSamlByOkta(kit, CHLOE)
    expect(saml.url.origin).toBe(kit.urls.okta)
    expect(saml.text).toContain('App Not Assigned')
    await expectSessionsStayEnded(tab)
  })

  test('suspended in Dialpad while Okta still vouches: Dialpad says no by itself', async () => {
    await kit.scene.dialpad.suspendPerson(CHLOE)
    const saml = await logInWithSamlByOkta(kit, CHLOE)
    expect([saml.status, saml.title]).toEqual([403, 'This account is suspended'])
  })
})

/** Sign in as the Dialpad app and keep what Entra gives: what a thief of Dialpad's tokens has. */
async function refreshTokenOf(email: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = `${kit.urls.dialpad}/login/microsoft/callback`
  const authorize = new URL(`${kit.urls.entra}/organizations/oauth2/v2.0/authorize`)
  authorize.search = new URLSearchParams({
    client_id: PARTNER_APP.appId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid offline_access User.Read',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const browser = createBrowser(kit.urls.entra)
  const password = await browser.send(await browser.visit(authorize), '/email', { email })
  const stay = await browser.send(password, '/password', { password: TRAINING_PASSWORD })
  const callback = leftFor(await browser.send(stay, '/stay', { stay: 'no' }))
  const answer = await redeem({
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  expect(answer.status).toBe(200)
  return String(answer.body['refresh_token'])
}

async function redeem(fields: Readonly<Record<string, string>>) {
  const answer = await kit.fetch(`${kit.urls.entra}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: PARTNER_APP.appId,
      client_secret: PARTNER_APP.secret,
      ...fields,
    }).toString(),
  })
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> }
}
