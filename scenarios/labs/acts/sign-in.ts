import { makeAuthority } from '#kit/tls/certificates.ts'
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

/** The sign-in service, asked by an application. */
async function ask(
  { urls, fetch }: KitAccess,
  endpoint: string,
  fields: Readonly<Record<string, string>>,
  place: string = TENANT_ID,
): Promise<{ readonly device_code?: string }> {
  const answer = await fetch(`${urls.entra}/${place}/oauth2/v2.0/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return answer.json() as Promise<{ readonly device_code?: string }>
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
    const made = (await kit.control.entra.run('add-client-secret', { app })) as {
      readonly keyId: string
      readonly secret: string
    }
    await ask(kit, 'token', {
      grant_type: 'client_credentials',
      client_id: await clientIdOf(kit, app),
      client_secret: what === 'value' ? made.secret : made.keyId,
      scope: 'https://graph.microsoft.com/.default',
    })
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
  act(`a certificate for ${app}`, async ({ control }) => {
    const { now } = await control.entra.clock()
    const { certificate } = await makeAuthority(Date.parse(now) - (CERTIFICATE_DAYS - 1 - days) * DAY_MS)
    await control.entra.run('add-certificate', { app, certificate, description: 'Signing key of the export' })
  })

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
