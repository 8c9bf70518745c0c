import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

/** Servers and loads live in processes of their own, so that none measures the other. Linux: figures come from `/proc`. */

/** Node's options for running a script of the sources. */
export const FROM_SOURCE = ['--conditions=source', '--import', 'tsx'] as const

export interface Server {
  readonly pid: number
  readonly origin: string
  /** Processor time used so far, user and kernel, milliseconds. */
  cpuMs(): number
  stop(): Promise<void>
}

/**
 * Start `node ...args` and wait for a line that names its address.
 *
 * @param onLine is told what it prints, as node does when it traces its collector.
 * @throws when it ends before, with what it said.
 */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onLine?: (line: string) => void,
): Promise<Server> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  if (pid === undefined) throw new Error(`${args.join(' ')} could not be started.`)
  if (onLine === undefined) child.stdout.resume()
  else createInterface({ input: child.stdout }).on('line', onLine)
  const origin = await addressIn(child, args)
  return { pid, origin, cpuMs: () => cpuMsOf(pid), stop: () => endProcess(child) }
}

const PATIENCE_MS = 30_000

/** Start `node ...args` and wait until the health of a system at `origin` is good. @throws when it is not within 30 seconds. */
export async function startSilentServer(
  args: readonly string[],
  origin: string,
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${args.join(' ')} could not be started.`)
  const end = performance.now() + PATIENCE_MS
  while ((await fetch(`${origin}/_kit/health`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null || performance.now() > end) {
      await endProcess(child)
      throw new Error(`${args.join(' ')} was not healthy at ${origin} within ${PATIENCE_MS / 1000} seconds.`)
    }
    await pause(20)
  }
  return { pid, origin, cpuMs: () => cpuMsOf(pid), stop: () => endProcess(child) }
}

async function addressIn(
  child: ChildProcess & { readonly stderr: Readable },
  args: readonly string[],
): Promise<string> {
  const said: string[] = []
  return new Promise((settle, fail) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      const address = /is up at (http:\S+)/.exec(line)?.[1]
      if (address !== undefined) settle(address)
    })
    child.once('exit', (code) => {
      fail(new Error(`${args.join(' ')} ended with ${code} before it was up:\n${said.join('\n')}`))
    })
  })
}

/** End a process in order; after 20 seconds for good. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await gone
  clearTimeout(impatience)
}

/** Run a script of the sources to its end and answer what it printed. @throws when it fails. */
export async function runScript(script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...FROM_SOURCE, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} failed with status ${code}.`)
  return Buffer.concat(chunks).toString('utf8')
}

/** Milliseconds in a tick of `/proc`; 100 ticks a second on every Linux. */
const TICK_MS = 10

function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Proportional set size in MB: memory of its own, and its share of what it shares. */
export function memoryOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

/** A process and all that came from it. */
export function descendantsOf(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid)
  return [pid, ...children.flatMap(descendantsOf)]
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}
