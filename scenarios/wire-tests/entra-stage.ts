import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { dialpadResidence } from '#dialpad/app.ts'
import { idpResidences } from '#idp/app.ts'
import { parseConfig } from '#kit/config.ts'
import { hostSystems } from '#kit/system/host-systems.ts'
import { type Browser, createBrowser } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { createControlClient } from '#scenarios/library/control-client.ts'

/** Both directories and Dialpad in this process, spoken to over HTTP alone: what a stranger's script could do too. */

export const DOMAIN = 'brightwave.example'
export const MARTA = `marta.silva@${DOMAIN}`

type Control = ReturnType<typeof createControlClient>

/** A user as Dialpad's SCIM server shows it. */
export interface ScimUser {
  readonly id: string
  readonly userName: string
  readonly active: boolean
  readonly title?: string
}

export interface LogEntry {
  readonly cycleId: string
  readonly action: string
  readonly status: string
  readonly source: { readonly id: string; readonly displayName: string }
  readonly outcome?: { readonly code: string; readonly reason: string }
}

export interface EntraStage {
  readonly urls: Readonly<Record<string, string>>
  readonly entra: Control
  readonly dialpad: Control
  /** Both systems at the seed: the app consented to and its group assigned, without a configuration; Dialpad not connected. */
  reset(): Promise<void>
  /** Both systems as the world says. */
  resetTo(world: string): Promise<void>
  /** A key of Dialpad. */
  key(expiresAt?: string): Promise<{ readonly id: string; readonly secret: string }>
  /** Revoke a key in Dialpad's portal. */
  revoke(keyId: string): Promise<void>
  /** Signed in to the admin center. */
  signIn(email?: string): Promise<Browser>
  /** Move Entra's clock: cycles that fall due run before this returns. */
  advance(duration: string): Promise<readonly string[]>
  /** Object id of the app, and ids of people and groups by name. */
  appId(): Promise<string>
  idOf(name: string): Promise<string>
  /** Records of one collection of Entra's state. */
  records(collection: string): Promise<readonly Record<string, unknown>[]>
  log(): Promise<readonly LogEntry[]>
  userInDialpad(key: string, email: string): Promise<ScimUser | undefined>
  close(): Promise<void>
}

export async function openStage(): Promise<EntraStage> {
  const env: Record<string, string> = { HOST: '127.0.0.1', SMTP_PORT: '0' }
  for (const { name } of SYSTEM_ADDRESSES) env[`${name.toUpperCase()}_PORT`] = '0'
  const config = parseConfig(env, SYSTEM_ADDRESSES)
  const hosted = await hostSystems([...idpResidences(), dialpadResidence()], {
    config,
    version: '0.0.0',
    dataDir: null,
  })
  const { urls } = hosted
  const entraUrl = urls['entra'] ?? ''
  const dialpadUrl = urls['dialpad'] ?? ''
  const entra = createControlClient(entraUrl)
  const dialpad = createControlClient(dialpadUrl)

  const records: EntraStage['records'] = async (collection) =>
    Object.values((await entra.state()).collections[collection] ?? {}) as Record<string, unknown>[]

  return {
    urls,
    entra,
    dialpad,
    records,
    async reset() {
      await entra.reset({ world: 'connected-entra' })
      await dialpad.reset({ world: 'brightwave' })
      const state = await entra.state()
      const emptied = Object.keys(state.collections).filter((name) => name.startsWith('provisioning'))
      const collections = { ...state.collections, ...Object.fromEntries(emptied.map((name) => [name, {}])) }
      await entra.putState({ ...state, collections })
    },
    async resetTo(world) {
      await entra.reset({ world })
      await dialpad.reset({ world })
    },
    async key(expiresAt) {
      const body = { name: 'Provisioning', ...(expiresAt === undefined ? {} : { expiresAt }) }
      return (await dialpad.call('POST', '/api-keys', body)) as { id: string; secret: string }
    },
    async revoke(keyId) {
      const portal = createBrowser(dialpadUrl)
      const login = await portal.go('/login')
      await portal.submit(login, '/login', { email: MARTA, password: TRAINING_PASSWORD })
      const question = await portal.go(`/admin/company/authentication/api-keys/${keyId}/revoke`)
      await portal.submit(question, '/revoke')
    },
    async signIn(email = MARTA) {
      const pages = createBrowser(entraUrl)
      const name = await pages.go('/admin')
      const password = await pages.submit(name, '/email', { email })
      const stay = await pages.submit(password, '/password', { password: TRAINING_PASSWORD })
      await pages.submit(stay, '/stay', { stay: 'no' })
      return pages
    },
    async advance(duration) {
      const { ran } = await entra.moveClock({ advance: duration })
      return ran.map(({ summary }) => summary)
    },
    async appId() {
      const app = (await records('servicePrincipals')).find(({ displayName }) => displayName === 'Dialpad')
      return String(app?.['id'])
    },
    async idOf(name) {
      const all = [...(await records('users')), ...(await records('groups'))]
      return String(all.find(({ displayName }) => displayName === name)?.['id'])
    },
    log: async () => (await records('provisioningLogs')) as unknown as LogEntry[],
    async userInDialpad(key, email) {
      const query = new URLSearchParams({ filter: `userName eq "${email}"` })
      const answer = await fetch(`${dialpadUrl}/scim/Users?${query}`, { headers: { authorization: `Bearer ${key}` } })
      const { Resources } = (await answer.json()) as { Resources: readonly ScimUser[] }
      return Resources[0]
    },
    close: hosted.close,
  }
}
