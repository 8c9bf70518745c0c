import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Browser, createBrowser, type Page } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { createDialpad } from '../app.ts'
import type { DialpadShape } from '../records.ts'
import { DIALPAD_SPEC } from '../spec.ts'

export const ADMIN = 'marta.silva@brightwave.example'
export const PLAIN_USER = 'tomas.berg@brightwave.example'

export interface ServedPages {
  readonly system: OpenedSystem<DialpadShape>
  readonly origin: string
  browser(): Browser
  /** A browser in which the Company Admin is signed in. */
  admin(): Promise<Browser>
  close(): Promise<void>
}

/** Dialpad as it is composed, behind a real socket. */
export async function servePages(
  options: {
    readonly world?: string
    readonly microsoftAuthority?: string
    readonly smtp?: string
    readonly wallNowMs?: () => number
  } = {},
): Promise<ServedPages> {
  const { world = 'brightwave', smtp, ...rest } = options
  const listener = await listen({ system: 'dialpad', host: '127.0.0.1', port: 0, variable: 'DIALPAD_PORT' })
  const origin = `http://localhost:${listener.port}`
  const urls = { dialpad: origin, kit: 'http://localhost:2', ...(smtp === undefined ? {} : { smtp }) }
  const system = await openSystem(DIALPAD_SPEC, { dataDir: null, world, urls })
  const service = createDialpad(system, rest)
  listener.attach(service.handler)
  await service.start()
  return {
    system,
    origin,
    browser: () => createBrowser(origin),
    async admin() {
      const browser = createBrowser(origin)
      await logIn(browser, ADMIN)
      return browser
    },
    async close() {
      await service.stop()
      await listener.close()
      await system.close()
    },
  }
}

export async function logIn(browser: Browser, email: string, password: string = TRAINING_PASSWORD): Promise<Page> {
  return browser.submit(await browser.go('/login'), '/login', { email, password })
}
