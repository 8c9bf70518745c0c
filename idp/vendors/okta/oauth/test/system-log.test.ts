import { afterAll, beforeAll, expect, test } from 'vitest'
import { oktaUserIdOf } from '../../world.ts'
import { mountOf, type OAuthStage, PERSON, startOAuth, WEB_APP, WEB_APP_BASIC } from './oauth-stage.ts'

/** What the System Log tells an administrator of a refusal: its reason, and what was asked for. */

let stage: OAuthStage
beforeAll(async () => {
  stage = await startOAuth()
})
afterAll(() => stage.close())

const newest = () => {
  const [event] = [...stage.system.store.entries('systemLog')].map(([, each]) => each).slice(-1)
  if (event === undefined) throw new Error('The log is empty.')
  const { eventType, outcome, debugData, actor, target } = event
  return { eventType, outcome, debugData, actor: actor.id, targets: target.map(({ id }) => id) }
}
const failure = (reason: string) => ({ result: 'FAILURE', reason })

test('an address that is not registered, and the address', async () => {
  const redirectUri = 'https://moved.example/cb'
  await stage.browser().visit(stage.authorizeUrl({ redirect_uri: redirectUri }))
  expect(newest()).toMatchObject({
    eventType: 'app.oauth2.as.authorize.code',
    outcome: failure('illegal_redirect_uri'),
    debugData: { redirectUri },
    targets: [WEB_APP, 'default'],
  })
})

test('scopes the server does not have, asked for by a person’s browser or by a client', async () => {
  await stage.browser().leave(stage.authorizeUrl({ scope: 'openid orders:read' }, 'org'))
  expect(newest()).toMatchObject({
    eventType: 'app.oauth2.authorize.code',
    outcome: failure('no_matching_scope'),
    debugData: { requestedScopes: 'openid,orders:read' },
  })
  await stage.post(
    `${mountOf('default')}/v1/token`,
    { grant_type: 'client_credentials', scope: 'orders:read' },
    WEB_APP_BASIC,
  )
  expect(newest()).toMatchObject({
    eventType: 'app.oauth2.as.token.grant',
    outcome: failure('no_matching_scope'),
    debugData: { grantType: 'client_credentials', requestedScopes: 'orders:read' },
    actor: WEB_APP,
  })
})

test('of what was asked for no more than its beginning, however long it is', async () => {
  const redirect_uri = `https://moved.example/${'a'.repeat(9000)}`
  await stage.browser().visit(stage.authorizeUrl({ redirect_uri }))
  expect(newest().debugData).toEqual({ redirectUri: redirect_uri.slice(0, 1024), requestedScopes: expect.any(String) })
  const scope = Array.from({ length: 1000 }, (_, index) => `s${index}`).join(' ')
  await stage.post(`${mountOf('default')}/v1/token`, { grant_type: 'client_credentials', scope }, WEB_APP_BASIC)
  expect(newest().debugData['requestedScopes']).toHaveLength(1024)
})

test('a secret that is wrong', async () => {
  await stage.post(`${mountOf('default')}/v1/token`, {
    grant_type: 'client_credentials',
    client_id: WEB_APP,
    client_secret: 'wrong',
  })
  expect(newest()).toMatchObject({ outcome: failure('invalid_client'), actor: WEB_APP })
  expect(JSON.stringify(newest())).not.toContain('wrong')
})

test('somebody who is not assigned, also when they have just signed in for this', async () => {
  await stage.system.store.transact((tx) => {
    const app = tx.get('apps', WEB_APP)
    if (app?.oidc !== undefined) tx.put('apps', WEB_APP, { ...app, oidc: { ...app.oidc, implicitAssignment: false } })
  })
  await stage.code()
  expect(newest()).toMatchObject({
    outcome: failure('user_not_assigned'),
    targets: [oktaUserIdOf(PERSON), WEB_APP, 'default'],
  })
})

test('nothing is written of a client nobody knows', async () => {
  const count = stage.system.store.count('systemLog')
  await stage.post(`${mountOf('default')}/v1/token`, {
    grant_type: 'client_credentials',
    client_id: '0oa0',
    client_secret: 'x',
  })
  await stage.browser().visit(stage.authorizeUrl({ client_id: '0oa0' }))
  expect(stage.system.store.count('systemLog')).toBe(count)
})
