import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TENANT_OIDC_FLAWS } from '#idp/protocols/oidc/flaws.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import { SAML_FLAWS } from '#idp/protocols/saml/flaws.ts'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Browser, createBrowser, type Page, pageOf, type Visit } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PARTNER_APP, SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { ENTRA_COLLECTIONS, type EntraShape } from '../../collections.ts'
import { seedEntraWorld } from '../../world.ts'
import { adminSession, adminSignInRoutes } from '../admin-session.tsx'
import { createSignIn, signInRoutes } from '../routes.ts'

/** The sign-in service on a free port, with a wall clock that tests may put forward. */
export interface RunningEntra {
  readonly origin: string
  readonly system: OpenedSystem<EntraShape>
  readonly oidc: OidcService
  /** Put virtual and wall time forward together, seconds. */
  advance(seconds: number): Promise<void>
  browser(): Browser
  close(): Promise<void>
}

export const MARTA = 'marta.silva@brightwave.example'
export const ADA = 'ada.okafor@brightwave.example'
export const PLAIN = 'george.mensah@brightwave.example'
export const BLOCKED = 'victor.hale@brightwave.example'
export const OUTSIDER = 'ingrid.solberg@northpeak.example'
export const PASSWORD = TRAINING_PASSWORD
export const TENANT = TENANT_ID
export const PARTNER = { ...PARTNER_APP, redirectUri: 'http://localhost:4300/login/microsoft/callback' }
export const SAMPLE = { ...SAMPLE_WEB_APP, redirectUri: 'http://localhost:39211/callback' }
export const SPA = { ...SAMPLE_SPA, redirectUri: 'http://127.0.0.1:39212/callback' }

/** @param dataDir Folder of the store; `null` keeps all in memory. */
export async function startEntra(dataDir: string | null = null, wallNowMs?: () => number): Promise<RunningEntra> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const system = await openSystem<EntraShape>(
    {
      name: 'entra',
      collections: ENTRA_COLLECTIONS,
      operations: [],
      flaws: { ...TENANT_OIDC_FLAWS, ...SAML_FLAWS },
      ledger: [],
      seed: seedEntraWorld,
    },
    {
      dataDir,
      world: 'brightwave',
      urls: { entra: origin, kit: 'http://localhost:4000', dialpad: 'http://localhost:4300' },
    },
  )
  const signIn = createSignIn(system, wallNowMs)
  const admin = adminSession(system)
  const app = createApp(system)
  app.use(signInRoutes(signIn))
  app.use(adminSignInRoutes(admin))
  app.use('/admin', admin.middleware)
  app.get('/admin', (req, res) => {
    const current = admin.currentUser(req)
    res.send(`<h1>Home</h1>${current.user.userPrincipalName} ${current.roles.join(',')}`)
  })
  app.get(
    '/admin/apps',
    admin.requireRole(['Global Administrator', 'Cloud Application Administrator']),
    (_req, res) => {
      res.send('<h1>Apps</h1>')
    },
  )
  finishApp(app)
  server.on('request', app)

  return {
    origin,
    system,
    oidc: signIn.oidc,
    async advance(seconds) {
      const response = await fetch(`${origin}/_kit/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: `PT${seconds}S` }),
      })
      if (!response.ok) throw new Error(await response.text())
    },
    browser: () => createBrowser(origin),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await system.close()
    },
  }
}

/** From the sign-in page to what follows "Stay signed in?". */
export async function signInAs(
  browser: Browser,
  start: Visit,
  email: string,
  { password = PASSWORD, stay = 'no' }: { readonly password?: string; readonly stay?: 'yes' | 'no' } = {},
): Promise<Visit> {
  const enterPassword = await browser.send(start, '/email', { email })
  const stayPage = await browser.send(enterPassword, '/password', { password })
  if (pageOf(stayPage).title !== 'Stay signed in?') return stayPage
  return browser.send(stayPage, '/stay', { stay })
}

/** Through whatever an application's request shows: the sign-in when nobody is signed in, the consent when it is asked for. */
export async function enter(browser: Browser, url: string, email: string, stay: 'yes' | 'no' = 'no'): Promise<Visit> {
  const start = await browser.visit(url)
  const isNew = start.kind === 'page' && start.title === 'Sign in'
  const visit = isNew ? await signInAs(browser, start, email, { stay }) : start
  const isAsked = visit.kind === 'page' && visit.title === 'Permissions requested'
  return isAsked ? browser.send(visit, '/consent', { decision: 'accept' }) : visit
}

/** The page a visit shows, for reading its words. */
export function words(visit: Visit): Page {
  return pageOf(visit)
}
