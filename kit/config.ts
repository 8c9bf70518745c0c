import { resolve } from 'node:path'
import { z } from 'zod'
import type { Urls } from '#kit/system/system.ts'
import { parseWorld, WORLD_CHOICES } from '#kit/world/worlds.ts'

/** A system as the environment speaks of it: `{NAME}_PORT` and `{NAME}_URL`. */
export interface SystemAddress {
  readonly name: string
  readonly defaultPort: number
}

export interface Config {
  /** Address to listen on. */
  readonly host: string
  /** Absolute path. */
  readonly dataDir: string
  readonly world: string
  /** Sync acknowledged writes to the disk. */
  readonly fsync: boolean
  /** All origins are https, with certificates of the local authority. */
  readonly tls: boolean
  readonly smtpPort: number
  /** Port by system name; 0: any free one. */
  readonly ports: Readonly<Record<string, number>>
  /** Public origin by system name, where one is set. */
  readonly publicOrigins: Readonly<Record<string, string>>
}

/** The environment cannot be used; `message` lists every problem, one a line. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const DEFAULT_SMTP_PORT = 4025

/** The environment variable that sets the port of a system. */
export const portVariableOf = (system: string): string => `${system.toUpperCase()}_PORT`
const urlVariableOf = (system: string): string => `${system.toUpperCase()}_URL`

const portSchema = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(fallback)

const Origin = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) &&
      /^https?:\/\//.test(text) &&
      [new URL(text).origin, `${new URL(text).origin}/`].includes(text),
    'must be an origin like http://localhost:4000, without a path',
  )
  .transform((text) => new URL(text).origin)
  .optional()

const General = {
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  WORLD: z
    .string()
    .refine((name) => parseWorld(name) !== undefined, `must be one of ${WORLD_CHOICES.join(', ')}`)
    .default('brightwave'),
  DURABLE: z.literal('fsync', 'must be fsync, or not set').optional(),
  KIT_TLS: z.enum(['0', '1'], 'must be 1 for https, or not set').optional(),
  SMTP_PORT: portSchema(DEFAULT_SMTP_PORT),
} as const

/**
 * Read the environment: the general variables, and port and public origin of each of `systems`. An empty variable counts as not set.
 * @throws {ConfigInvalid} with all problems at once.
 */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  systems: readonly SystemAddress[],
): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const general = z.object(General).safeParse(set)
  const ports = z
    .object(Object.fromEntries(systems.map(({ name, defaultPort }) => [portVariableOf(name), portSchema(defaultPort)])))
    .safeParse(set)
  const origins = z.object(Object.fromEntries(systems.map(({ name }) => [urlVariableOf(name), Origin]))).safeParse(set)

  if (!general.success || !ports.success || !origins.success) {
    const issues = [general, ports, origins].flatMap((result) => result.error?.issues ?? [])
    throw new ConfigInvalid(
      issues.map(({ path, message }) => `${path.join('.')}=${set[String(path[0])] ?? ''} ${message}.`),
    )
  }
  const { HOST, DATA_DIR, WORLD, DURABLE, KIT_TLS, SMTP_PORT } = general.data
  const tls = KIT_TLS === '1'
  const plain = Object.entries(origins.data).filter(([, origin]) => tls && origin?.startsWith('http:'))
  if (plain.length > 0) {
    throw new ConfigInvalid(
      plain.map(([variable, origin]) => `${variable}=${origin} must begin with https:// where KIT_TLS is 1.`),
    )
  }
  const portOf = (name: string): number => ports.data[portVariableOf(name)] ?? 0
  checkDistinct([...systems.map(({ name }) => [portVariableOf(name), portOf(name)] as const), ['SMTP_PORT', SMTP_PORT]])

  return {
    host: HOST,
    dataDir: resolve(DATA_DIR),
    world: WORLD,
    fsync: DURABLE === 'fsync',
    tls,
    smtpPort: SMTP_PORT,
    ports: Object.fromEntries(systems.map(({ name }) => [name, portOf(name)])),
    publicOrigins: Object.fromEntries(
      systems.flatMap(({ name }) => {
        const origin = origins.data[urlVariableOf(name)]
        return origin === undefined ? [] : [[name, origin]]
      }),
    ),
  }
}

function checkDistinct(ports: readonly (readonly [variable: string, port: number])[]): void {
  const owners = new Map<number, string>()
  const problems: string[] = []
  for (const [variable, port] of ports) {
    const owner = owners.get(port)
    if (port !== 0 && owner !== undefined) problems.push(`${variable}=${port} is also the port of ${owner}.`)
    else owners.set(port, variable)
  }
  if (problems.length > 0) throw new ConfigInvalid(problems)
}

/**
 * The public origins of all systems and the mail address, once it is known which ports were taken.
 * @param listening Ports really listened on, by system name (`smtp` too), where 0 was asked for. A system on port 0 that
 * another process runs, with no `{NAME}_URL`, has no known address and is left out.
 */
export function urlsOf(config: Config, listening: Readonly<Record<string, number>> = {}): Urls {
  const urls: Record<string, string> = {}
  const scheme = config.tls ? 'https' : 'http'
  for (const [name, asked] of Object.entries(config.ports)) {
    const port = listening[name] ?? asked
    const origin = config.publicOrigins[name] ?? (port === 0 ? undefined : `${scheme}://localhost:${port}`)
    if (origin !== undefined) urls[name] = origin
  }
  const smtpPort = listening['smtp'] ?? config.smtpPort
  if (smtpPort !== 0) urls['smtp'] = `smtp://localhost:${smtpPort}`
  return urls
}
