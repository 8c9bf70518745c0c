import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The services as processes of their own, so that they can be killed. */

const ROOT = new URL('../..', import.meta.url).pathname

export interface ServiceProcess {
  /** SIGKILL, and wait until it is gone: nothing is written down, no lock released. */
  kill(): Promise<void>
  /** As a user would end it. */
  stop(): Promise<void>
  /** What it has written so far. */
  said(): string
  /** Settles with the exit code when it ends by itself. */
  readonly ended: Promise<number | null>
}

/** What a process says when a system of it is up; the kit home welcomes people when all of them are. */
const isUp = (system: string, line: string): boolean =>
  system === 'kit' ? line === 'Stop with Ctrl+C.' : line.startsWith(`${system} is up at `)

/** Start `{room}/main.ts` from the sources. Resolves when each of `systems` has said that it is up, or the process ended. */
export async function startProcess(
  room: 'idp' | 'dialpad-sandbox' | 'scenarios',
  systems: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const args = ['--conditions=source', '--import', 'tsx', `${room}/main.ts`]
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const lines: string[] = []
  const waiting = new Set(systems)
  await new Promise<void>((resolve) => {
    const listen = (line: string): void => {
      lines.push(line)
      for (const system of waiting) if (isUp(system, line)) waiting.delete(system)
      if (waiting.size === 0) resolve()
    }
    for (const input of [child.stdout, child.stderr]) if (input !== null) createInterface({ input }).on('line', listen)
    void ended.then(() => resolve())
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), said: () => lines.join('\n'), ended }
}
