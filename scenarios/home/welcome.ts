import { setTimeout as wait } from 'node:timers/promises'
import { createLocalFetch, type LocalFetch } from '#kit/http/local-fetch.ts'
import type { Urls } from '#kit/system/system.ts'
import type { Health } from '#kit/system/system-control.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { createControlClient, fetchTransport } from '../library/control-client.ts'
import { labelOf } from './neighbours.ts'
import { signInsOf } from './pages/sign-ins.ts'

export interface WelcomeOptions {
  /** Wall milliseconds to wait for the slowest system. */
  readonly patienceMs?: number
  readonly write?: (text: string) => void
  /** The CA of a kit on https: its certificate, PEM, and the file that holds it. */
  readonly tls?: { readonly ca: string; readonly caFile: string } | undefined
}

/** Wall milliseconds between questions to a system that is still starting. */
const ASK_AGAIN_MS = 150
const PATIENCE_MS = 60_000

/**
 * Wait until every system is healthy, then print what somebody needs to begin: addresses, accounts, password, sample apps. Systems
 * that do not become healthy in time are named, with what to do; the others are printed all the same.
 */
export async function printWelcome(urls: Urls, options: WelcomeOptions = {}): Promise<void> {
  const { patienceMs = PATIENCE_MS, write = (text) => void process.stdout.write(text), tls } = options
  const fetch = createLocalFetch(tls?.ca)
  const systems = Object.keys(urls).filter((name) => name !== 'smtp')
  const healths = await Promise.all(
    systems.map(async (name) => ({ name, health: await waitForHealth(urls[name] ?? '', patienceMs, fetch) })),
  )
  const missing = healths.filter(({ health }) => health === undefined).map(({ name }) => name)
  const world = healths.find(({ name }) => name === 'kit')?.health?.world ?? ''
  write(
    `${[...addressLines(urls, world), ...trustLines(tls?.caFile), ...accountLines(systems, world), ...missingLines(missing, urls), ''].join('\n')}\n`,
  )
}

async function waitForHealth(origin: string, patienceMs: number, fetch: LocalFetch): Promise<Health | undefined> {
  const client = createControlClient(origin, fetchTransport(fetch))
  for (let waitedMs = 0; ; waitedMs += ASK_AGAIN_MS) {
    const health = await client.health().catch(() => undefined)
    if (health?.status === 'ok') return health
    if (waitedMs >= patienceMs) return undefined
    await wait(ASK_AGAIN_MS)
  }
}

function addressLines(urls: Urls, world: string): readonly string[] {
  const width = 12
  return [
    '',
    `Provisioning twin, world ${world}. Start here: ${urls['kit']}`,
    '',
    ...Object.entries(urls).map(([name, url]) => `  ${(name === 'smtp' ? 'Mail' : labelOf(name)).padEnd(width)}${url}`),
  ]
}

/** Whom to trust, and the setting most people need; the others are in the guide. */
function trustLines(caFile: string | undefined): readonly string[] {
  if (caFile === undefined) return []
  return [
    '',
    "Everything is on https, by certificates of this kit's own CA, which your programs and browser must trust:",
    `  ${caFile}`,
    `  Node: NODE_EXTRA_CA_CERTS=${caFile}    curl: --cacert ${caFile}    others, and browsers: docs/https.md`,
  ]
}

function accountLines(systems: readonly string[], world: string): readonly string[] {
  const accounts = systems.flatMap((system) =>
    signInsOf(system, world).people.map(({ address, may }) => `  ${labelOf(system).padEnd(9)}${address}: ${may}`),
  )
  return [
    '',
    `Everybody's password: ${TRAINING_PASSWORD}`,
    ...accounts,
    '',
    `Entra tenant: ${TENANT_ID}`,
    'Sample apps, for your own code (public values, they open nothing but this simulation):',
    `  web app: client id ${SAMPLE_WEB_APP.appId}, secret ${SAMPLE_WEB_APP.secret}`,
    `  single-page app: client id ${SAMPLE_SPA.appId}`,
    '',
    'Stop with Ctrl+C.',
  ]
}

function missingLines(missing: readonly string[], urls: Urls): readonly string[] {
  if (missing.length === 0) return []
  return [
    '',
    ...missing.map(
      (name) =>
        `${labelOf(name)} did not become healthy at ${urls[name]}: look at its messages above, then start again.`,
    ),
  ]
}
