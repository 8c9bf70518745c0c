import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConfigInvalid, parseConfig, type SystemAddress } from '#kit/config.ts'
import { ListenFailed } from '#kit/http/listen.ts'
import { StoreDamaged, StoreLocked } from '#kit/store/errors.ts'
import { TlsUnusable } from '#kit/tls/open-tls.ts'
import { type Hosted, hostSystems, type Residence } from './host-systems.ts'

/** Version of the package, as its `package.json` says. */
export function packageVersion(): string {
  const file = fileURLToPath(import.meta.resolve('#package.json'))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** Errors whose message is meant for the person who started the process: no stack is shown for them. */
const EXPECTED = [ConfigInvalid, ListenFailed, StoreDamaged, StoreLocked, TlsUnusable]

/** Print what went wrong as its reader needs it, and end with status 1. */
export function failStart(error: unknown): never {
  const expected = EXPECTED.some((kind) => error instanceof kind)
  console.error(expected && error instanceof Error ? error.message : error)
  process.exit(1)
}

/** End in order on SIGINT and SIGTERM: requests are cut, what was acknowledged is written down, locks are released. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      close().then(
        () => process.exit(0),
        (error: unknown) => failStart(error),
      )
    })
  }
}

/**
 * The whole life of a service process: environment, ports, stores, services, signals. Says on standard error where each
 * system listens.
 */
export async function runProcess(
  residences: readonly Residence[],
  addresses: readonly SystemAddress[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Hosted> {
  try {
    const config = parseConfig(env, addresses)
    const hosted = await hostSystems(residences, { config, version: packageVersion(), dataDir: config.dataDir })
    closeOnSignal(hosted.close)
    for (const notice of hosted.notices) console.error(notice)
    for (const { name } of residences) console.error(`${name} is up at ${hosted.urls[name]}`)
    return hosted
  } catch (error) {
    return failStart(error)
  }
}
