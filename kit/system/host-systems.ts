import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '#kit/config.ts'
import { portVariableOf, urlsOf } from '#kit/config.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import type { Shape } from '#kit/store/store.ts'
import { type LocalTls, openTls } from '#kit/tls/open-tls.ts'
import { type OpenedSystem, openSystem } from './open-system.ts'
import type { Service, SystemSpec, Urls } from './system.ts'

/** A system ready to move in: its declaration, and the composition that makes a service of it once it is open. */
export interface Residence {
  readonly name: string
  open(options: Parameters<typeof openSystem>[1]): Promise<Resident>
}

interface Resident {
  readonly service: Service
  readonly notice: string | undefined
  close(): Promise<void>
}

/** Pair a declaration with its composition; the shape of the store stays between the two. */
export function residence<S extends Shape>(
  spec: SystemSpec<S>,
  create: (system: OpenedSystem<S>) => Service | Promise<Service>,
): Residence {
  return {
    name: spec.name,
    async open(options) {
      const system = await openSystem(spec, options)
      try {
        return { service: await create(system), notice: system.notice, close: () => system.close() }
      } catch (error) {
        await system.close()
        throw error
      }
    },
  }
}

export interface HostOptions {
  readonly config: Config
  readonly version: string
  /** `null`: nothing is kept. */
  readonly dataDir: string | null
  /** Ports other than the systems' own that are known already (`smtp`). */
  readonly listening?: Readonly<Record<string, number>>
}

export interface Hosted {
  readonly urls: Urls
  /** Where all origins are https: the local authority, PEM and its file. Of a kit that keeps nothing, the file goes with `close()`. */
  readonly tls: Pick<LocalTls, 'ca' | 'caFile'> | undefined
  /** What the user should be told. */
  readonly notices: readonly string[]
  close(): Promise<void>
}

/**
 * Bring systems up in this process: listen first, so that every origin is known; then open the stores, build the services,
 * attach their handlers and start what runs behind them. When one fails, those already up are closed again.
 *
 * @throws {ListenFailed}, {TlsUnusable} and the errors of `openSystem`.
 */
export async function hostSystems(residences: readonly Residence[], options: HostOptions): Promise<Hosted> {
  const { config, version, dataDir } = options
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  try {
    const tls = config.tls ? await openLocalTls(config, dataDir, closers) : undefined
    const listeners = new Map<string, Listener>()
    for (const { name } of residences) {
      const port = config.ports[name] ?? 0
      const listener = await listen({ system: name, host: config.host, port, variable: portVariableOf(name), tls })
      listeners.set(name, listener)
      closers.push(() => listener.close())
    }
    const ports = Object.fromEntries([...listeners].map(([name, { port }]) => [name, port]))
    const urls = urlsOf(config, { ...options.listening, ...ports })
    const residents: Resident[] = []
    for (const { name, open } of residences) {
      const resident = await open({
        dataDir,
        world: config.world,
        urls,
        fsync: config.fsync,
        version,
        ...(tls === undefined ? {} : { ca: tls.ca }),
      })
      closers.push(() => resident.close())
      listeners.get(name)?.attach(resident.service.handler)
      residents.push(resident)
    }
    for (const { service } of residents) {
      await service.start()
      closers.push(() => service.stop())
    }
    const notices = residents.flatMap(({ notice }) => (notice === undefined ? [] : [notice]))
    return { urls, tls, notices: [...(tls?.notices ?? []), ...notices], close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The authority of the data folder; where nothing is kept, one in a folder of its own that goes with the rest. */
async function openLocalTls(
  config: Config,
  dataDir: string | null,
  closers: (() => Promise<void>)[],
): Promise<LocalTls> {
  const hosts = Object.values(config.publicOrigins).map((origin) => new URL(origin).hostname)
  if (dataDir !== null) return openTls({ dir: dataDir, hosts })
  const dir = await mkdtemp(join(tmpdir(), 'provisioning-twin-tls-'))
  closers.push(() => rm(dir, { recursive: true, force: true }))
  return openTls({ dir, hosts })
}
