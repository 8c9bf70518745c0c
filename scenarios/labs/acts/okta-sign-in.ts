import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Act } from './act.ts'

/** What applications of the company do by themselves at Okta, as their own logs would tell it. */

const ORG = 'org'
const DEFAULT = 'default'

const act = (does: string, run: Act['run']): Act => ({ by: 'sign-in', does, run })

async function clientIdOf({ control }: KitAccess, app: string): Promise<string> {
  const query = new URLSearchParams({ index: 'label', value: app.toLowerCase() })
  const { records } = (await control.okta.call('GET', `/records/apps?${query}`)) as {
    readonly records: readonly { readonly id: string }[]
  }
  const [found] = records
  if (found === undefined) throw new Error(`There is no app "${app}".`)
  return found.id
}

/** Address of an endpoint: of the org's own server, or of a custom one. */
function endpoint({ urls }: KitAccess, server: string, path: string): string {
  return `${urls.okta}/oauth2${server === ORG ? '' : `/${server}`}/v1/${path}`
}

interface Asked {
  readonly redirectUri: string
  readonly scope?: string
  readonly server?: string
}

async function authorize(kit: KitAccess, app: string, asked: Asked, more: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({
    client_id: await clientIdOf(kit, app),
    response_type: 'code',
    scope: asked.scope ?? 'openid profile',
    state: 'of-a-lab',
    redirect_uri: asked.redirectUri,
    ...more,
  })
  await kit.fetch(`${endpoint(kit, asked.server ?? DEFAULT, 'authorize')}?${query}`, { redirect: 'manual' })
}

/** Somebody presses "sign in" in an application, which sends the browser to Okta. */
export const sendsToOkta = (app: string, asked: Asked): Act =>
  act(`${app} sends somebody to sign in`, (kit) => authorize(kit, app, asked))

/** Somebody signs in to Okta and is taken on to an application. */
export const signsInByOkta = (app: string, address: string, asked: Asked): Act =>
  act(`${address} signs in to ${app}`, async (kit) => {
    const answer = await kit.fetch(`${kit.urls.okta}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ username: address, password: TRAINING_PASSWORD }),
    })
    const { sessionToken = '' } = (await answer.json()) as { readonly sessionToken?: string }
    await authorize(kit, app, asked, { sessionToken })
  })

async function newSecret({ control }: KitAccess, app: string): Promise<string> {
  const { clientSecret } = (await control.okta.run('rotate-client-secret', { app })) as {
    readonly clientSecret: string
  }
  return clientSecret
}

interface Wanted {
  readonly scope: string
  readonly server?: string
}

async function askForToken(kit: KitAccess, app: string, secret: string, wanted: Wanted): Promise<void> {
  await kit.fetch(endpoint(kit, wanted.server ?? DEFAULT, 'token'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: await clientIdOf(kit, app),
      client_secret: secret,
      scope: wanted.scope,
    }),
  })
}

/** An application is given a new secret, and asks for a token of its own. */
export const asksForToken = (app: string, wanted: Wanted): Act =>
  act(`${app} asks for a token`, async (kit) => askForToken(kit, app, await newSecret(kit, app), wanted))

/** The secret of an application is exchanged, and the application goes on with the one before. */
export const keepsOldSecret = (app: string, wanted: Wanted): Act =>
  act(`${app} asks with the secret it had before`, async (kit) => {
    const old = await newSecret(kit, app)
    await newSecret(kit, app)
    await askForToken(kit, app, old, wanted)
  })

/** A single-page application is opened, and its script asks the authorization server where everything is. */
export const scriptLooksAround = (origin: string, server: string = DEFAULT): Act =>
  act(`a script at ${origin} reads the metadata`, async ({ urls, fetch }) => {
    await fetch(`${urls.okta}/oauth2/${server}/.well-known/openid-configuration`, { headers: { origin } })
  })
