import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runScript, type Server } from './processes.ts'

export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  /** `{n}` in it is replaced by a number that is new with every request. */
  readonly body?: string
}

/** What the load process is told. */
export interface LoadPlan {
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
  readonly seconds: number
  /** Per connection, repeated from the start when done; connections share the lists in turn. */
  readonly requests: readonly (readonly LoadRequest[])[]
  /** Where `{n}` starts. */
  readonly firstNumber: number
}

/** What the load process prints. */
export interface LoadResult {
  readonly answered: number
  readonly refused: number
  readonly seconds: number
}

export interface Measured {
  readonly perSecond: number
  /** Processor time of the server for one request, microseconds: what is left when the machine is shared with others. */
  readonly cpuMicros: number
}

/** Keep-alive connections of the load. */
export const CONNECTIONS = 32

let made = 0

/** A number no load has used yet, with room for the requests of one run. */
function nextFirstNumber(): number {
  made += 1
  return made * 1_000_000
}

/** The server answered something else than success: then its numbers mean nothing. */
export class LoadRefused extends Error {
  override readonly name = 'LoadRefused'
}

/** Load a server for a while. @throws {LoadRefused} */
export async function loadServer(
  server: Server,
  scratch: string,
  plan: Omit<LoadPlan, 'origin' | 'firstNumber'>,
): Promise<Measured> {
  const file = join(scratch, 'load.json')
  const whole: LoadPlan = { ...plan, origin: server.origin, firstNumber: nextFirstNumber() }
  writeFileSync(file, JSON.stringify(whole))
  const before = server.cpuMs()
  const result = JSON.parse(await runScript('scripts/bench/load-process.ts', [file])) as LoadResult
  const cpuMs = server.cpuMs() - before
  if (result.refused > 0) {
    throw new LoadRefused(`${server.origin} refused ${result.refused} requests and answered ${result.answered}.`)
  }
  return {
    perSecond: result.answered / result.seconds,
    cpuMicros: result.answered === 0 ? Number.NaN : (cpuMs * 1000) / result.answered,
  }
}
