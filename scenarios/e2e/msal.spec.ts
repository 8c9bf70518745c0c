import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  ConfidentialClientApplication,
  CryptoProvider,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  PublicClientApplication,
} from '@azure/msal-node'
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose'
import forge from 'node-forge'
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from 'playwright/test'
import { COMPANY } from '#kit/world/cast.ts'
import { SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { trustArgs } from '../browser/trust-args.ts'
import { servePage } from './msal-page.ts'
import { enterEntra } from './people.ts'
import { type SpawnedKit, spawnKit } from './spawn-kit.ts'

/** The libraries developers use for the real platform, unmodified, over https, which they insist on. */

const ADA = `ada.okafor@${COMPANY.domain}`
const GRAPH = '00000003-0000-0000-c000-000000000000'
const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default'

let kit: SpawnedKit
let browser: Browser
let authority: string

test.beforeAll(async () => {
  kit = await spawnKit({ tls: true })
  authority = `${kit.urls.entra}/${TENANT_ID}`
  const { executablePath, args } = findBrowser()
  browser = await chromium.launch({ executablePath, args: [...args, ...trustArgs(kit.ca)] })
})
test.afterAll(async () => {
  await browser.close()
  await kit.close()
})
test.beforeEach(() => kit.control.kit.reset({ world: 'brightwave' }))

/** From the sign-in page through the consent, when it is asked for. */
async function signIn(page: Page, { consent }: { readonly consent: boolean }): Promise<void> {
  await enterEntra(page, ADA)
  await page.getByRole('button', { name: 'No' }).click()
  if (consent) await page.getByRole('button', { name: 'Accept' }).click()
}

const command = (name: string, input: object) =>
  kit.control.entra.call('POST', `/commands/${name}`, input) as Promise<Readonly<Record<string, string>>>

/** The transport of msal-node, told to trust the kit's CA: in a process of its own `NODE_EXTRA_CA_CERTS` does it. */
function transport(): INetworkModule {
  const send = async <T>(
    method: string,
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> => {
    const { headers = {}, body } = options
    const answer = await kit.fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (await answer.json()) as T,
    }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

const common = (clientId: string) => ({
  auth: { clientId, authority, knownAuthorities: [new URL(authority).host] },
  system: { networkClient: transport() },
})

/** Somebody listens at a loopback address for the answer, as a web application does. */
async function receiveAnswer(): Promise<{ readonly redirectUri: string; readonly answer: Promise<URLSearchParams> }> {
  let tell: (params: URLSearchParams) => void
  const answer = new Promise<URLSearchParams>((resolve) => {
    tell = resolve
  })
  const server = createServer((req, res) => {
    const { searchParams } = new URL(req.url ?? '/', 'http://localhost')
    res.end('Signed in')
    if (!searchParams.has('code') && !searchParams.has('error')) return
    server.close()
    tell(searchParams)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { redirectUri: `http://localhost:${(server.address() as AddressInfo).port}/redirect`, answer }
}

test('msal-browser signs in, renews, is refused what nobody consented to, and signs out', async () => {
  const app = await servePage(authority, SAMPLE_SPA.appId)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(app.origin)
    await expect(page.getByRole('status')).toHaveText('Nobody is signed in')
    await page.evaluate('void app.signIn(["User.Read"])')
    await signIn(page, { consent: true })
    await expect(page.getByRole('status')).toHaveText(`Signed in as ${ADA}`)

    type Told = { readonly name: string; readonly fromCache: boolean; readonly access: string; readonly id: string }
    const held = (await page.evaluate('app.silent(["User.Read"])')) as Told
    expect(held).toMatchObject({ name: ADA, fromCache: true })
    expect(decodeJwt(held.access)).toMatchObject({ aud: GRAPH, appid: SAMPLE_SPA.appId, appidacr: '0', upn: ADA })
    const keys = createRemoteJWKSet(new URL(`${authority}/discovery/v2.0/keys`), { [customFetch]: kit.fetch })
    const { payload } = await jwtVerify(held.id, keys, { issuer: `${authority}/v2.0`, audience: SAMPLE_SPA.appId })
    expect(payload).toMatchObject({ tid: TENANT_ID, ver: '2.0' })

    const renewed = (await page.evaluate('app.renew(["User.Read"])')) as Told
    expect(renewed).toMatchObject({ name: ADA, fromCache: false })
    expect(renewed.access).not.toBe(held.access)
    const refused = await page.evaluate('app.silent(["Mail.Read"])')
    expect(refused).toMatchObject({
      kind: 'InteractionRequiredAuthError',
      code: 'invalid_grant',
      sub: 'consent_required',
      text: expect.stringContaining('AADSTS65001'),
    })

    await page.evaluate('void app.signOut()')
    await expect(page.getByRole('status')).toHaveText('Nobody is signed in')
    // The browser is signed out of the platform, too: the next sign-in offers the account, and asks for its password.
    await page.evaluate('void app.signIn(["User.Read"])')
    await page.getByRole('button', { name: /Signed out/ }).click()
    await expect(page.getByRole('heading', { name: 'Enter password' })).toBeVisible()
  } finally {
    await context.close()
    await app.close()
  }
})

/**
 * A browser as people install it from its vendor. Windows that keep nothing, and browsers some systems ship, send no cookies across sites
 * whatever those say of themselves, and the first preference says not to.
 */
async function openUsualBrowser(folder: string): Promise<BrowserContext> {
  await mkdir(join(folder, 'Default'), { recursive: true })
  await writeFile(join(folder, 'Default', 'Preferences'), '{"profile":{"cookie_controls_mode":0}}')
  const { executablePath, args } = findBrowser()
  return chromium.launchPersistentContext(folder, { executablePath, args: [...args, ...trustArgs(kit.ca)] })
}

test('msal-browser finds the session in a hidden frame and a pop-up, and calls Graph from the page', async ({
  baseURL: _,
}, testInfo) => {
  const app = await servePage(authority, SAMPLE_SPA.appId)
  const context = await openUsualBrowser(testInfo.outputPath('profile'))
  try {
    const page = await context.newPage()
    await page.goto(app.origin)
    await page.evaluate('void app.signIn(["User.Read"])')
    await signIn(page, { consent: true })
    await expect(page.getByRole('status')).toHaveText(`Signed in as ${ADA}`)

    // The page is on http and the platform on https: to the browser they are two sites.
    const framed = (await page.evaluate('app.frame(["User.Read"])')) as { readonly access: string }
    expect(framed).toMatchObject({ name: ADA, fromCache: false })
    expect(await page.evaluate('app.popUp(["User.Read"])')).toMatchObject({ name: ADA, fromCache: false })
    expect(await page.evaluate(`app.graph(${JSON.stringify(framed.access)}, '/me')`)).toMatchObject({
      status: 200,
      body: { userPrincipalName: ADA },
    })
    expect(await page.evaluate(`app.graph(${JSON.stringify(framed.access)}, '/applications')`)).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    })

    await page.evaluate('void app.signOut()')
    await expect(page.getByRole('status')).toHaveText('Nobody is signed in')
    expect(await page.evaluate('app.frame(["User.Read"])')).toMatchObject({
      kind: 'InteractionRequiredAuthError',
      text: expect.stringContaining('AADSTS50058'),
    })
  } finally {
    await context.close()
    await app.close()
  }
})

test('msal-browser is not given tokens of a web application', async () => {
  const app = await servePage(authority, SAMPLE_WEB_APP.appId)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(app.origin)
    await page.evaluate('void app.signIn(["User.Read"])')
    await signIn(page, { consent: true })
    await expect(page.getByRole('status')).toContainText('AADSTS9002326')
  } finally {
    await context.close()
    await app.close()
  }
})

/** A key pair and its certificate, as an administrator makes them. */
function makeCertificate(): { readonly certificate: string; readonly privateKey: string; readonly thumbprint: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const made = forge.pki.createCertificate()
  made.publicKey = forge.pki.publicKeyFromPem(publicKey)
  made.serialNumber = '01'
  made.validity.notBefore = new Date(Date.now() - 86_400_000)
  made.validity.notAfter = new Date(Date.now() + 300 * 86_400_000)
  const name = [{ name: 'commonName', value: 'sample-web-app' }]
  made.setSubject(name)
  made.setIssuer(name)
  made.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  const certificate = forge.pki.certificateToPem(made)
  const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
  return { certificate, privateKey, thumbprint }
}

test('msal-node as a web application: code with PKCE, renewal, each refusal, and the sign-out', async () => {
  const client = new ConfidentialClientApplication({
    ...common(SAMPLE_WEB_APP.appId),
    auth: { ...common(SAMPLE_WEB_APP.appId).auth, clientSecret: SAMPLE_WEB_APP.secret },
  })
  const { redirectUri, answer } = await receiveAnswer()
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const scopes = ['User.Read']
  const url = await client.getAuthCodeUrl({
    scopes,
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  await signIn(page, { consent: true })
  const code = (await answer).get('code') ?? ''
  const request = { code, scopes, redirectUri, codeVerifier: verifier }

  const impostor = new ConfidentialClientApplication({
    ...common(SAMPLE_WEB_APP.appId),
    auth: { ...common(SAMPLE_WEB_APP.appId).auth, clientSecret: 'wrong' },
  })
  await expect(impostor.acquireTokenByCode(request)).rejects.toMatchObject({
    errorCode: 'invalid_client',
    errorMessage: expect.stringContaining('AADSTS7000215'),
  })
  const result = await client.acquireTokenByCode(request)
  expect(result.account).toMatchObject({ username: ADA, tenantId: TENANT_ID })
  expect(result.account?.homeAccountId).toBe(`${result.uniqueId}.${TENANT_ID}`)
  const { account } = result
  if (account === null) throw new Error('There is no account.')
  const renewed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true })
  expect(renewed.accessToken).not.toBe(result.accessToken)
  await expect(client.acquireTokenSilent({ account, scopes: ['Mail.Read'], forceRefresh: true })).rejects.toMatchObject(
    {
      name: 'InteractionRequiredAuthError',
    },
  )
  const again = await client.acquireTokenByCode({ ...request, code: 'made-up' }).catch((error: Error) => error)
  expect(String(again)).toContain('AADSTS70000')
  await expect(client.acquireTokenByCode(request)).rejects.toMatchObject({
    errorMessage: expect.stringContaining('AADSTS54005'),
  })

  // Signing out of a web application: its cache forgets the account, and the browser goes to the platform's own page.
  await client.getTokenCache().removeAccount(account)
  await expect(client.acquireTokenSilent({ account, scopes })).rejects.toMatchObject({ errorCode: 'no_tokens_found' })
  await page.goto(`${authority}/oauth2/v2.0/logout`)
  await page.goto(url)
  await expect(page.getByRole('button', { name: `${ADA} Signed out` })).toBeVisible()
  await context.close()
})

test('msal-node by itself: with a secret and with a certificate, for Graph and for an API, until they expire', async () => {
  const withSecret = new ConfidentialClientApplication({
    ...common(SAMPLE_WEB_APP.appId),
    auth: { ...common(SAMPLE_WEB_APP.appId).auth, clientSecret: SAMPLE_WEB_APP.secret },
  })
  const graph = await withSecret.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] })
  expect(decodeJwt(graph?.accessToken ?? '')).toMatchObject({
    appid: SAMPLE_WEB_APP.appId,
    appidacr: '1',
    idtyp: 'app',
  })

  const { certificate, privateKey, thumbprint } = makeCertificate()
  const withCertificate = () =>
    new ConfidentialClientApplication({
      ...common(SAMPLE_WEB_APP.appId),
      auth: {
        ...common(SAMPLE_WEB_APP.appId).auth,
        clientCertificate: { thumbprintSha256: thumbprint, privateKey },
      },
    })
  const ask = () => withCertificate().acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] })
  await expect(ask()).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS700027') })
  await command('add-certificate', { app: 'Sample web app', certificate })
  expect(decodeJwt((await ask())?.accessToken ?? '')).toMatchObject({ appidacr: '2' })

  await command('create-app-registration', { name: 'Orders' })
  const { applicationIdUri } = await command('expose-api', { app: 'Orders' })
  const api = await withCertificate().acquireTokenByClientCredential({ scopes: [`${applicationIdUri}/.default`] })
  expect(decodeJwt(api?.accessToken ?? '')).toMatchObject({ aud: applicationIdUri, idtyp: 'app' })
  await expect(withSecret.acquireTokenByClientCredential({ scopes: ['api://nowhere/.default'] })).rejects.toMatchObject(
    { errorMessage: expect.stringContaining('AADSTS500011') },
  )

  await command('expire-client-secret', { app: 'Sample web app' })
  await expect(
    withSecret.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT], skipCache: true }),
  ).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS7000222') })
})

test('msal-node on a device: the code, the person elsewhere, the tokens and their renewal', async () => {
  await command('edit-app-registration', { app: 'Sample web app', publicClientFlows: true })
  const device = new PublicClientApplication(common(SAMPLE_WEB_APP.appId))
  const context = await browser.newContext()
  const page = await context.newPage()
  const result = await device.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: async ({ userCode, verificationUri }) => {
      await page.goto(verificationUri)
      await page.getByRole('textbox', { name: 'Code' }).fill(userCode)
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await signIn(page, { consent: true })
      await expect(page.getByRole('status').last()).toContainText('You have signed in')
    },
  })
  expect(result?.account?.username).toBe(ADA)
  const account = result?.account
  if (account === undefined || account === null) throw new Error('There is no account.')
  const renewed = await device.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true })
  expect(renewed.accessToken).not.toBe(result?.accessToken)

  await command('block-person', { person: ADA })
  await expect(device.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true })).rejects.toMatchObject(
    { errorMessage: expect.stringContaining('AADSTS50057') },
  )
  await context.close()
})
