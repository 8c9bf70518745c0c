import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { perform } from '../acts/act.ts'
import { OKTA_SIGN_IN_LABS } from '../products/sign-in/okta-oidc.ts'

/** What the labs of Okta's own applications say, asked of the org by the protocol and not by the state. */

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const BOARD = 'Shift Board'
const PAYROLL = 'Payroll Sync'
const OLD_URI = 'https://board.brightwave.example/login/callback'
const NEW_ORIGIN = 'https://shifts.brightwave.example'
const SCOPE = 'shifts:read'

async function clientId(app: string): Promise<string> {
  const { collections } = await kit.control.okta.state()
  const apps = collections['apps'] as unknown as readonly { readonly id: string; readonly label: string }[]
  const found = Object.values(apps).find(({ label }) => label === app)
  if (found === undefined) throw new Error(`There is no ${app}.`)
  return found.id
}

/** Whether somebody who knows their password is sent back with a code. */
async function getsCode(redirectUri: string, scope: string): Promise<boolean> {
  const { sessionToken } = (await (
    await kit.fetch(`${kit.urls.okta}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: PEOPLE.supporter.address, password: TRAINING_PASSWORD }),
    })
  ).json()) as { readonly sessionToken: string }
  const query = new URLSearchParams({
    client_id: await clientId(BOARD),
    response_type: 'code',
    scope,
    state: 's',
    redirect_uri: redirectUri,
    sessionToken,
  })
  const answer = await kit.fetch(`${kit.urls.okta}/oauth2/default/v1/authorize?${query}`, { redirect: 'manual' })
  const location = answer.headers.get('location')
  return location !== null && new URL(location).searchParams.has('code')
}

/** Whether a client with a secret of this moment gets a token of its own. */
async function getsToken(mount: string, secret: string): Promise<boolean> {
  const answer = await kit.fetch(`${kit.urls.okta}${mount}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: await clientId(PAYROLL),
      client_secret: secret,
      scope: SCOPE,
    }),
  })
  return answer.status === 200
}

async function newSecret(): Promise<string> {
  const { clientSecret } = (await kit.control.okta.run('rotate-client-secret', { app: PAYROLL })) as {
    readonly clientSecret: string
  }
  return clientSecret
}

async function isHeard(): Promise<boolean> {
  const answer = await kit.fetch(`${kit.urls.okta}/oauth2/default/.well-known/openid-configuration`, {
    headers: { origin: NEW_ORIGIN },
  })
  return answer.headers.get('access-control-allow-origin') === NEW_ORIGIN
}

/** What does not work while each is broken, and does when it is mended. */
const WORKS: Readonly<Record<string, () => Promise<boolean>>> = {
  'okta-redirect-uri-missing': () => getsCode(`${NEW_ORIGIN}/login/callback`, 'openid'),
  'okta-app-unassigned': () => getsCode(OLD_URI, 'openid'),
  'okta-scope-missing': () => getsCode(OLD_URI, `openid ${SCOPE}`),
  'okta-policy-without-client': async () => getsToken('/oauth2/default', await newSecret()),
  'okta-origin-not-trusted': isHeard,
}

/** Mended in the application, by itself: nothing at Okta is otherwise afterwards. */
const IN_THE_APPLICATION = ['okta-client-secret-wrong', 'okta-org-server-asked']

test('each lab is one or the other', () => {
  expect([...Object.keys(WORKS), ...IN_THE_APPLICATION].toSorted()).toEqual(
    OKTA_SIGN_IN_LABS.map(({ id }) => id).toSorted(),
  )
})

describe('what is said not to work does not, until it is mended', () => {
  test.each(OKTA_SIGN_IN_LABS.flatMap((lab) => (WORKS[lab.id] === undefined ? [] : [[lab.id, lab] as const])))(
    '%s',
    async (id, { world, breakIt, solve }) => {
      const works = WORKS[id] ?? (async () => false)
      await kit.control.kit.reset({ world })
      await perform(kit, breakIt)
      expect(await works()).toBe(false)
      await perform(kit, solve)
      expect(await works()).toBe(true)
    },
  )
})

test('an app exchanges its secret: the one before ends, and at the org itself neither is worth anything', async () => {
  await kit.control.kit.reset({ world: 'brightwave' })
  await kit.scene.okta.createOidcApp({ label: PAYROLL, type: 'service' })
  await kit.scene.okta.createScope({ name: SCOPE })
  const old = await newSecret()
  expect(await getsToken('/oauth2/default', old)).toBe(true)
  const next = await newSecret()
  expect(await getsToken('/oauth2/default', old)).toBe(false)
  expect([await getsToken('/oauth2', next), await getsToken('/oauth2/default', next)]).toEqual([false, true])
})
