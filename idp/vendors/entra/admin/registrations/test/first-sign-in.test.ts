import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser, leftFor, pageOf } from '#kit/test/browser.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { discover, startFlow } from '../../../sign-in/test/relying-party.ts'
import { signInAs } from '../../../sign-in/test/start-entra.ts'
import { type RunningAdmin, startAdmin } from '../../test/start-admin.ts'

/** A registration made by its pages, used at once by an application of its own: openid-client, code flow with PKCE. */

const ADA = 'ada.okafor@brightwave.example'
const CALLBACK = 'http://localhost:39377/auth/callback'

let admin: RunningAdmin
beforeAll(async () => {
  admin = await startAdmin()
})
afterAll(() => admin.close())

test('registered, given a secret, an app role and admin consent by pages, it signs people in; its deletion ends that', async () => {
  const marta = await admin.signIn('marta.silva')
  await marta.open('/admin/registrations/new')
  await marta.submit('/new', {
    displayName: 'Monthly reports',
    accounts: 'AzureADMyOrg',
    platform: 'web',
    redirectUri: CALLBACK,
  })
  const at = marta.path
  const registration = admin.system.store.get('applications', at.split('/').at(-1) ?? '')
  const appId = registration?.appId ?? ''
  await marta.open(`${at}/credentials/new`)
  await marta.submit('/credentials/new', { description: 'First', expires: '90', start: '', end: '' })
  const secret = /id="secret-once"[^>]*value="([^"]+)"/.exec(marta.html)?.[1] ?? ''
  await marta.open(`${at}/roles/new`)
  const role = { roleDisplayName: 'Reader', value: 'Report.Read', description: 'Reads', allowedMemberTypes: 'users' }
  await marta.submit('/roles/new', { ...role, enabled: 'true' })
  await marta.follow('Assign users and groups in the enterprise app')
  await marta.follow('Add user/group')
  const [ada] = admin.system.store.find('users', 'userPrincipalName', ADA)
  await marta.submit('/users/add', { id: ada?.id ?? '', do: 'select' })
  await marta.submit('/users/add', { do: 'assign' })
  await marta.open(`${at}/permissions/consent`)
  await marta.submit('/consent')

  const app = { appId, secret, redirectUri: CALLBACK }
  const config = await discover(admin, app, TENANT_ID)
  const { url, checks } = await startFlow(config, app)
  const browser = createBrowser(admin.origin)
  // Admin consent stands: nobody is asked.
  const callback = leftFor(await signInAs(browser, await browser.visit(url), ADA))
  const tokens = await client.authorizationCodeGrant(config, callback, checks)
  expect(tokens.claims()).toMatchObject({ aud: appId, tid: TENANT_ID, preferred_username: ADA, roles: ['Report.Read'] })
  expect(String(decodeJwt(tokens.access_token)['scp'])).toContain('User.Read')

  await marta.open(`${at}/credentials`)
  await marta.follow('Delete First')
  await marta.submit('/delete')
  const again = await startFlow(config, app)
  const second = leftFor(await browser.visit(again.url))
  await expect(client.authorizationCodeGrant(config, second, again.checks)).rejects.toMatchObject({
    error: 'invalid_client',
  })

  await marta.open(`${at}/delete`)
  await marta.submit('/delete')
  const gone = pageOf(await browser.visit(again.url))
  expect(gone.text).toContain('AADSTS700016')
})

test('another redirect URI than the registered one is refused where the browser is', async () => {
  const marta = await admin.signIn('marta.silva')
  await marta.open('/admin/registrations/new')
  await marta.submit('/new', {
    displayName: 'Elsewhere',
    accounts: 'AzureADMyOrg',
    platform: 'web',
    redirectUri: CALLBACK,
  })
  const appId = admin.system.store.get('applications', marta.path.split('/').at(-1) ?? '')?.appId ?? ''
  const app = { appId, redirectUri: 'http://localhost:39377/auth/other' }
  const { url } = await startFlow(await discover(admin, app, TENANT_ID), app)
  const page = pageOf(await createBrowser(admin.origin).visit(url))
  expect(page.text).toContain('AADSTS50011')
})
