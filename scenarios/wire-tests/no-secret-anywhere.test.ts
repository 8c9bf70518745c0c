import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { type Browser, createBrowser, leftFor, pageOf, type Visit } from '#kit/test/browser.ts'
import { createVisitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'

/**
 * Everything that is a secret on the way of a sign-in is made at both providers and at Dialpad, used, and then looked for: in every
 * journal, every state, every snapshot, every file of the data folder, and on pages opened afterwards.
 */

const ADA = 'ada.okafor@brightwave.example'
const CALLBACK = 'http://localhost:39211/callback'
const TYPED_WRONG = 'Wrong-But-Mine-77!'
const CHOSEN = 'Chosen-By-Ada-4711!'

let kit: Kit
let dataDir: string
/** What must stand nowhere, by what it is. */
const secrets = new Map<string, string>()

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'twin-secrets-'))
  kit = await startKit({ world: 'connected-entra', dataDir })
})
afterAll(async () => {
  await kit.close()
  await rm(dataDir, { recursive: true, force: true })
})

const remember = (what: string, secret: string | undefined): string => {
  if (secret === undefined || secret.length < 8) throw new Error(`There is no ${what}.`)
  secrets.set(what, secret)
  return secret
}

/** From the sign-in page of either provider to the application, whatever it asks. */
async function signInAtEntra(browser: Browser, start: Visit, password: string): Promise<URL> {
  const named = await browser.send(start, '/email', { email: ADA })
  const refused = await browser.send(named, '/password', { password: TYPED_WRONG })
  let visit = await browser.send(refused, '/password', { password })
  if (visit.kind === 'page' && pageOf(visit).form('/stay') !== undefined) {
    visit = await browser.send(visit, '/stay', { stay: 'no' })
  }
  if (visit.kind === 'page') visit = await browser.send(visit, '/consent', { decision: 'accept' })
  return leftFor(visit)
}

async function signInAtOkta(browser: Browser, start: Visit, password: string): Promise<URL> {
  const named = await browser.send(start, '/login/identify', { username: ADA })
  const refused = await browser.send(named, '/login/verify', { password: TYPED_WRONG })
  return leftFor(await browser.send(refused, '/login/verify', { password }))
}

/** A whole sign-in with code, PKCE and refresh; every value that opens something is remembered. */
async function useTokens(
  name: string,
  config: client.Configuration,
  origin: string,
  signIn: (browser: Browser, start: Visit) => Promise<URL>,
): Promise<void> {
  client.allowInsecureRequests(config)
  const verifier = remember(`${name} code verifier`, client.randomPKCECodeVerifier())
  const state = client.randomState()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  const browser = createBrowser(origin)
  const callback = await signIn(browser, await browser.visit(url.href))
  remember(`${name} code`, callback.searchParams.get('code') ?? undefined)
  const tokens = await client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  })
  remember(`${name} access token`, tokens.access_token)
  remember(`${name} ID token`, tokens.id_token)
  const renewed = await client.refreshTokenGrant(config, remember(`${name} refresh token`, tokens.refresh_token))
  remember(`${name} second refresh token`, renewed.refresh_token)
  // A wrong try with the right things, which errors must not repeat.
  const again = client.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier, expectedState: state })
  await expect(again).rejects.toThrow()
}

test('what opens something is made and used at every system', async () => {
  const { entra, okta } = kit.scene
  const entraSecret = remember(
    'Entra client secret',
    (await entra.addClientSecret('Sample web app', { days: 90 })).secret,
  )
  await entra.resetPassword(ADA, { password: remember('chosen password', CHOSEN) })
  secrets.set('mistyped password', TYPED_WRONG)
  const discovered = await client.discovery(
    new URL(`${kit.urls.entra}/${TENANT_ID}/v2.0`),
    SAMPLE_WEB_APP.appId,
    undefined,
    client.ClientSecretPost(entraSecret),
    { execute: [client.allowInsecureRequests] },
  )
  await useTokens('Entra', discovered, kit.urls.entra, (browser, start) => signInAtEntra(browser, start, CHOSEN))
  const alone = await client.clientCredentialsGrant(discovered, { scope: 'https://graph.microsoft.com/.default' })
  remember('Entra app-only token', alone.access_token)
  // A person's token as an assertion, by an application it is not for: refused, and not repeated.
  const onBehalf = client.genericGrantRequest(discovered, 'urn:ietf:params:oauth:grant-type:jwt-bearer', {
    assertion: secrets.get('Entra access token') ?? '',
    requested_token_use: 'on_behalf_of',
    scope: 'https://graph.microsoft.com/.default',
  })
  await expect(onBehalf).rejects.toThrow()

  const made = await okta.createOidcApp('Orders', { redirectUris: [CALLBACK] })
  const oktaSecret = remember('Okta client secret', (await okta.rotateClientSecret(made.clientId)).clientSecret)
  await okta.assignPerson(ADA, { app: 'Orders' })
  const org = await client.discovery(
    new URL(`${kit.urls.okta}/oauth2/default`),
    made.clientId,
    undefined,
    client.ClientSecretPost(oktaSecret),
    { execute: [client.allowInsecureRequests] },
  )
  await useTokens('Okta', org, kit.urls.okta, (browser, start) => signInAtOkta(browser, start, TRAINING_PASSWORD))

  const saml = await entra.addSamlApp({
    name: 'Wallboard',
    identifier: 'urn:wallboard',
    replyUrl: 'http://localhost:39212/acs',
  })
  const visitor = createVisitor(kit.urls.entra)
  await visitor.open(saml.userAccessUrl)
  await visitor.submit('/email', { email: ADA })
  await visitor.submit('/password', { password: CHOSEN })
  await visitor.submit('/stay', { stay: 'no' })
  remember('SAML answer', visitor.valueOf('SAMLResponse'))

  const key = (await kit.control.dialpad.call('POST', '/api-keys', { name: 'reports' })) as { readonly secret: string }
  remember('Dialpad API key', key.secret)
  await kit.control.kit.snapshot('after')
  expect(secrets.size).toBeGreaterThan(15)
})

/** What of the secrets stands in a text, by what it is. A secret in base64url of JSON or percent-encoded would not open anything there. */
const found = (text: string): readonly string[] =>
  [...secrets].flatMap(([what, secret]) => (text.includes(secret) ? [what] : []))

test('no journal and no state tells any of them', async () => {
  for (const { name } of SYSTEM_ADDRESSES) {
    for (let after = 0, more = true; more; ) {
      const { items } = await kit.control[name].journal({ after })
      expect(found(JSON.stringify(items)), `journal of ${name} after ${after}`).toEqual([])
      more = items.length > 0 && name !== 'kit'
      after = items.at(-1)?.seq ?? after
    }
    expect(found(JSON.stringify(await kit.control[name].state())), `state of ${name}`).toEqual([])
  }
})

test('no file of the data folder holds any of them', async () => {
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(4)
  for (const { parentPath, name } of files) {
    expect(found(await readFile(join(parentPath, name), 'latin1')), name).toEqual([])
  }
})

test('no page of the providers and of the kit home shows any of them afterwards', async () => {
  const admin = createVisitor(kit.urls.entra)
  await admin.open('/admin')
  await admin.submit('/email', { email: 'marta.silva@brightwave.example' })
  await admin.submit('/password', { password: TRAINING_PASSWORD })
  await admin.submit('/stay', { stay: 'no' })
  for (const path of ['/admin/registrations', '/admin/sign-in-logs', '/admin/audit-logs']) {
    await admin.open(path)
    expect(admin.status, path).toBe(200)
    expect(found(admin.html), path).toEqual([])
  }
  const home = createVisitor(kit.urls.kit)
  for (const path of ['/timeline', '/xray', '/snapshots', '/codes', '/mail']) {
    await home.open(path)
    expect(home.status, path).toBe(200)
    expect(found(home.html), path).toEqual([])
  }
})
