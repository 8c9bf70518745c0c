import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Option } from 'commander'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import { UsageError } from './command-deps.ts'

/** Where a kit is that runs already, as the command line names it. */
export interface NamedKit {
  readonly against: string
  /** File of its CA's certificate. */
  readonly ca?: string
}

const kitHomePort = SYSTEM_ADDRESSES.find(({ name }) => name === 'kit')?.defaultPort

/** `--against`: the kit home of `npm start` unless told. */
export function againstOption(): Option {
  const scheme = process.env['KIT_TLS'] === '1' ? 'https' : 'http'
  return new Option('--against <url>', 'address of the kit home')
    .env('KIT_URL')
    .default(`${scheme}://localhost:${kitHomePort}`)
}

/** `--ca`: whom to trust where that address is https. */
export function caOption(): Option {
  return new Option('--ca <file>', "certificate of the kit's CA, where it is https; DATA_DIR/ca.pem unless told")
}

/**
 * The kit that was named. Its CA is that of `--ca`; without it what `NODE_EXTRA_CA_CERTS` names, and without that the one of the data
 * folder.
 *
 * @throws {UsageError} when the file of the CA holds no certificate. @throws {KitUnreachable}
 */
export function reachNamedKit({ against, ca }: NamedKit): Promise<RunningKit> {
  return reachKit(against, { ca: ca === undefined ? caOfDataDir(against) : readCa(ca) })
}

function readCa(file: string): string {
  try {
    return certificateIn(file)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`--ca ${file} holds no certificate: ${why}. Name the ca.pem in the DATA_DIR of the kit.`)
  }
}

function caOfDataDir(against: string): string | undefined {
  const { DATA_DIR = './data', NODE_EXTRA_CA_CERTS } = process.env
  if (!against.startsWith('https:') || NODE_EXTRA_CA_CERTS !== undefined) return undefined
  try {
    return certificateIn(join(DATA_DIR, 'ca.pem'))
  } catch {
    // There is none, or none that can be read: the kit may be one that is trusted anyway.
    return undefined
  }
}

function certificateIn(file: string): string {
  const pem = readFileSync(file, 'utf8')
  return new X509Certificate(pem).toString()
}
