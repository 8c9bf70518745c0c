import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Browser, createBrowser, type Page, pageOf, type Visit } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { createEntra } from '../../../app.tsx'
import type { EntraShape } from '../../../collections.ts'
import type { Actor } from '../../../commands/actor.ts'
import { ENTRA_SPEC } from '../../../spec.ts'

/** Sign-in, admin center and control API on one free port. */
export interface RunningConsent {
  readonly origin: string
  readonly system: OpenedSystem<EntraShape>
  /** Mails the journal tells of, oldest first: `Mail to …: subject → …`. */
  mails(): readonly string[]
  browser(): Browser
  advance(duration: string): Promise<void>
  close(): Promise<void>
}

export const DOMAIN = 'brightwave.example'
/** May consent to everything. */
export const MARTA = `marta.silva@${DOMAIN}`
/** Holds no role. */
export const GEORGE = `george.mensah@${DOMAIN}`
export const ADA = `ada.okafor@${DOMAIN}`
/** Application Administrator: may not grant application permissions of Graph. */
export const JONAS = `jonas.weber@${DOMAIN}`
/** Administers the second organization. */
export const INGRID = 'ingrid.solberg@northpeak.example'
export const KIT: Actor = { kind: 'kit', tenantId: TENANT_ID }
export const CALLBACK = 'http://localhost:39211/callback'

export async function startConsent(smtpUrl?: string): Promise<RunningConsent> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const urls = { entra: origin, kit: 'http://localhost:4000', dialpad: 'http://localhost:4300' }
  const system = await openSystem<EntraShape>(ENTRA_SPEC, {
    dataDir: null,
    world: 'brightwave',
    urls: smtpUrl === undefined ? urls : { ...urls, smtp: smtpUrl },
  })
  const service = createEntra(system)
  await service.start()
  server.on('request', service.handler)
  return {
    origin,
    system,
    mails: () => system.journal.read({ kind: 'mail', limit: 1000 }).items.map(({ title }) => title),
    browser: () => createBrowser(origin),
    async advance(duration) {
      const response = await fetch(`${origin}/_kit/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: duration }),
      })
      if (!response.ok) throw new Error(await response.text())
    },
    async close() {
      await service.stop()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await system.close()
    },
  }
}

/** Through the sign-in, where one is asked for, to what follows it. */
export async function signInTo(browser: Browser, address: string, email: string): Promise<Visit> {
  const start = await browser.visit(address)
  if (start.kind === 'left' || start.title !== 'Sign in') return start
  const password = await browser.send(start, '/email', { email })
  const stay = await browser.send(password, '/password', { password: TRAINING_PASSWORD })
  return pageOf(stay).title === 'Stay signed in?' ? browser.send(stay, '/stay', { stay: 'no' }) : stay
}

/** An authorization request of the sample web app. */
export function authorizeUrl(origin: string, more: Readonly<Record<string, string>> = {}): string {
  const params = {
    client_id: SAMPLE_WEB_APP.appId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile User.Read',
    state: 'abc',
    ...more,
  }
  return `${origin}/${TENANT_ID}/oauth2/v2.0/authorize?${new URLSearchParams(params)}`
}

/** A link for admin consent. */
export function adminConsentUrl(
  origin: string,
  params: Readonly<Record<string, string>>,
  path = `${TENANT_ID}/v2.0`,
): string {
  return `${origin}/${path}/adminconsent?${new URLSearchParams(params)}`
}

/** Whoever is named, as an actor. */
export function actorOf({ system }: RunningConsent, email: string): Actor & { readonly userId: string } {
  const [user] = system.store.find('users', 'userPrincipalName', email)
  if (user === undefined) throw new Error(`There is no ${email}.`)
  return { kind: 'person', userId: user.id }
}

/** The page of a visit, with what it is about. */
export function shown(visit: Visit): Page {
  return pageOf(visit)
}
