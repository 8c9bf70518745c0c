import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { type KeyedCertificate, makeAuthority } from '#kit/tls/certificates.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Act } from './act.ts'

/** What an application of the company does by itself at Entra's sign-in, as its own log would tell it. */

const DAY_MS = 24 * 60 * 60 * 1000
/** A certificate of the kit lasts ten years, and is dated back by a day. */
const CERTIFICATE_DAYS = 10 * 365

const act = (does: string, run: Act['run']): Act => ({ by: 'sign-in', does, run })

async function clientIdOf({ control }: KitAccess, app: string): Promise<string> {
  const query = new URLSearchParams({ index: 'tenant', value: TENANT_ID })
  const { records } = (await control.entra.call('GET', `/records/applications?${query}`)) as {
    readonly records: readonly { readonly appId: string; readonly displayName: string }[]
  }
  const found = records.find(({ displayName }) => displayName === app)
  if (found === undefined) throw new Error(`There is no app registration "${app}".`)
  return found.appId
}

interface Answered {
  readonly device_code?: string
  readonly access_token?: string
}

/** The sign-in service, asked by an application. */
async function ask(
  { urls, fetch }: KitAccess,
  endpoint: string,
  fields: Readonly<Record<string, string>>,
  place: string = TENANT_ID,
): Promise<Answered> {
  const answer = await fetch(`${urls.entra}/${place}/oauth2/v2.0/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return answer.json() as Promise<Answered>
}

/** An application asks for a token of its own, for Microsoft Graph, and proves itself with a secret. */
async function askWithSecret(kit: KitAccess, app: string, secret: string): Promise<Answered> {
  return ask(kit, 'token', {
    grant_type: 'client_credentials',
    client_id: await clientIdOf(kit, app),
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
  })
}

interface MadeSecret {
  readonly keyId: string
  readonly secret: string
}

/** Somebody presses "sign in" in an application, which sends the browser to Entra. */
export const sendsToSignIn = (
  app: string,
  { redirectUri, place = TENANT_ID }: { readonly redirectUri: string; readonly place?: string },
): Act =>
  act(`${app} sends somebody to sign in`, async (kit) => {
    const query = new URLSearchParams({
      client_id: await clientIdOf(kit, app),
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: redirectUri,
    })
    await kit.fetch(`${kit.urls.entra}/${place}/oauth2/v2.0/authorize?${query}`, { redirect: 'manual' })
  })

/** A secret is made for an application, and what was copied of it pasted into its settings; then it asks for a token. */
export const pasteSecret = (app: string, what: 'value' | 'id'): Act =>
  act(`${app} is given the ${what} of a new secret`, async (kit) => {
    const made = (await kit.control.entra.run('add-client-secret', { app })) as MadeSecret
    await askWithSecret(kit, app, what === 'value' ? made.secret : made.keyId)
  })

/** It has a secret for a day, asks for a token with it, and asks again after it has ended. */
export const asksUntilItsSecretEnds = (app: string): Act =>
  act(`${app} asks for a token each night, until its secret has ended`, async (kit) => {
    const made = await kit.control.entra.run('add-client-secret', { app, description: 'Production', days: 1 })
    const { secret } = made as MadeSecret
    await askWithSecret(kit, app, secret)
    await kit.control.kit.moveClock({ advance: 'P2D' })
    await askWithSecret(kit, app, secret)
  })

/** It has a secret, gets its token, and asks Microsoft Graph who there is. */
export const readsPeople = (app: string): Act =>
  act(`${app} reads the people of the tenant`, async (kit) => {
    const { secret } = (await kit.control.entra.run('add-client-secret', { app })) as MadeSecret
    const { access_token = '' } = await askWithSecret(kit, app, secret)
    await kit.fetch(`${kit.urls.entra}/v1.0/users`, { headers: { authorization: `Bearer ${access_token}` } })
  })

/** An application on a device without a keyboard begins a sign-in, and comes for its tokens. */
export const signsInFromDevice = (app: string): Act =>
  act(`${app} asks for a code for its screen`, async (kit) => {
    const client_id = await clientIdOf(kit, app)
    const { device_code = '' } = await ask(kit, 'devicecode', { client_id, scope: 'openid profile' })
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
    await ask(kit, 'token', { grant_type, client_id, device_code })
  })

/** The certificate of an application is uploaded; it has so many virtual days left. */
export const giveCertificate = (app: string, days: number): Act =>
  act(`a certificate for ${app}`, async (kit) => void (await uploadCertificate(kit, app, days)))

/** It signs its requests for tokens with the key of a certificate of so many days, and asks again after that has ended. */
export const asksUntilItsCertificateEnds = (app: string, days: number): Act =>
  act(`${app} asks for a token each night, until its certificate has ended`, async (kit) => {
    const keyed = await uploadCertificate(kit, app, days)
    await askWithCertificate(kit, app, keyed)
    await kit.control.kit.moveClock({ advance: `P${days + 2}D` })
    await askWithCertificate(kit, app, keyed)
  })

async function uploadCertificate({ control }: KitAccess, app: string, days: number): Promise<KeyedCertificate> {
  const { now } = await control.entra.clock()
  const keyed = await makeAuthority(Date.parse(now) - (CERTIFICATE_DAYS - 1 - days) * DAY_MS)
  const { certificate } = keyed
  await control.entra.run('add-certificate', { app, certificate, description: 'Signing key of the export' })
  return keyed
}

/** As {@link askWithSecret}, with an assertion signed by the key (RFC 7523 §2.2), which names the certificate by its thumbprint. */
async function askWithCertificate(kit: KitAccess, app: string, { certificate, key }: KeyedCertificate): Promise<void> {
  const client_id = await clientIdOf(kit, app)
  const x5t = createHash('sha1').update(new X509Certificate(certificate).raw).digest('base64url')
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5t })
    .setIssuer(client_id)
    .setSubject(client_id)
    .setAudience(`${kit.urls.entra}/${TENANT_ID}/oauth2/v2.0/token`)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importPKCS8(key, 'RS256'))
  await ask(kit, 'token', {
    grant_type: 'client_credentials',
    client_id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'https://graph.microsoft.com/.default',
  })
}

/** Somebody types name and password at Entra, on the way into Dialpad, and stops where that leads. */
export const triesToLogIn = (address: string): Act =>
  act(`${address} logs in to Dialpad with Microsoft`, async ({ urls, fetch }) => {
    const desk = createPlainDesk(createPlainBrowser(Object.values(urls), fetch), urls.dialpad, () => {})
    await desk.open('/login')
    await desk.press('Log in with Microsoft')
    await desk.fill('Email, phone, or Skype', address)
    await desk.press('Next')
    await desk.fill('Password', TRAINING_PASSWORD)
    await desk.press('Sign in')
  })
