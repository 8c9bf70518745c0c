import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { medianOf } from './contest.ts'
import { descendantsOf, endProcess, memoryOf } from './processes.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/** From nothing to all four systems healthy, in world `brightwave` on an empty data folder; then what the processes hold. */

const SYSTEMS = ['KIT', 'ENTRA', 'OKTA', 'DIALPAD'] as const

/** Ports nobody uses at the moment, so that a kit in use is not disturbed. All are held until the last is known. */
async function findFreePorts(count: number): Promise<readonly number[]> {
  const held = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(held.map((server) => once(server, 'listening')))
  const ports = held.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(held.map((server) => new Promise((settle) => server.close(settle))))
  return ports
}

const BUILT = [
  { name: 'idp', args: ['dist/idp/main.js'] },
  { name: 'dialpad', args: ['dist/dialpad-sandbox/main.js'] },
  { name: 'kit', args: ['dist/scenarios/main.js'] },
] as const

const PATIENCE_MS = 30_000
const REST_MS = 5_000

interface Started {
  readonly seconds: number
  readonly processes: readonly ChildProcess[]
}

export const START_ROW: Row = {
  name: 'start',
  goal: 'built start under 2 s, npm start under 3 s; the three at rest under 300 MB',
  async measure({ quick, scratch, progress }: BenchOptions): Promise<readonly Line[]> {
    const runs = quick ? 1 : 3
    const built: number[] = []
    const fromSource: number[] = []
    let memory: Line | undefined
    for (let run = 0; run < runs; run += 1) {
      progress(`start, run ${run + 1} of ${runs}`)
      const dist = await startAll(scratch, spawnBuilt)
      built.push(dist.seconds)
      memory ??= await memoryAtRest(dist.processes)
      await stopAll(dist.processes)
      const sources = await startAll(scratch, spawnSources)
      fromSource.push(sources.seconds)
      await stopAll(sources.processes)
    }
    return [
      { row: 'start', at: 'built', value: `${medianOf(built).toFixed(2)} s` },
      { row: 'start', at: 'npm start', value: `${medianOf(fromSource).toFixed(2)} s` },
      ...(memory === undefined ? [] : [memory]),
    ]
  },
}

function spawnBuilt(env: NodeJS.ProcessEnv): readonly ChildProcess[] {
  return BUILT.map(({ args }) => spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] }))
}

function spawnSources(env: NodeJS.ProcessEnv): readonly ChildProcess[] {
  return [spawn('npm', ['start'], { env, stdio: ['ignore', 'ignore', 'pipe'] })]
}

async function startAll(
  scratch: string,
  spawnThem: (env: NodeJS.ProcessEnv) => readonly ChildProcess[],
): Promise<Started> {
  const dataDir = mkdtempSync(join(scratch, 'start-'))
  const [smtp = 0, ...http] = await findFreePorts(SYSTEMS.length + 1)
  const ports = Object.fromEntries(SYSTEMS.map((system, at) => [`${system}_PORT`, String(http[at])]))
  const begun = performance.now()
  const processes = spawnThem({
    ...process.env,
    ...ports,
    SMTP_PORT: String(smtp),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    WORLD: 'brightwave',
  })
  const said: string[] = []
  for (const each of processes) each.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  try {
    await Promise.all(http.map((port) => untilHealthy(port, processes)))
  } catch (cause) {
    await stopAll(processes)
    throw new Error(`Not all services came up:\n${said.join('')}`, { cause })
  }
  const seconds = (performance.now() - begun) / 1000
  return { seconds, processes }
}

async function untilHealthy(port: number, processes: readonly ChildProcess[]): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/_kit/health`).catch(() => undefined)
    if (answer?.ok === true) return
    if (performance.now() > end) throw new Error(`Port ${port} was not healthy within ${PATIENCE_MS / 1000} s.`)
    if (processes.some(({ exitCode }) => exitCode !== null)) throw new Error('A process has ended.')
    await pause(10)
  }
}

async function memoryAtRest(processes: readonly ChildProcess[]): Promise<Line> {
  await pause(REST_MS)
  const each = processes.map(({ pid }, at) => ({
    name: BUILT[at]?.name ?? '',
    mb: pid === undefined ? 0 : memoryOf(pid),
  }))
  const sum = each.reduce((total, { mb }) => total + mb, 0)
  return {
    row: 'start',
    at: 'at rest',
    value: `${sum.toFixed(0)} MB`,
    note: `PSS: ${each.map(({ name, mb }) => `${name} ${mb.toFixed(0)}`).join(', ')}`,
  }
}

/** With all that came from them: npm and concurrently do not always pass a signal on. */
async function stopAll(processes: readonly ChildProcess[]): Promise<void> {
  for (const process of processes) {
    const family = process.pid === undefined ? [] : descendantsOf(process.pid)
    await endProcess(process)
    for (const pid of family) await untilGone(pid)
  }
}

async function untilGone(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGTERM')
    for (;;) {
      process.kill(pid, 0)
      await pause(20)
    }
  } catch {
    // No such process: that is what was waited for.
  }
}
