import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const UP = ['--conditions=source', '--import', 'tsx', 'scenarios/cli/main.ts', 'up', '--json', '--ports', '0']

export interface SpawnedKit extends KitAccess {
  close(): Promise<void>
}

/**
 * A kit in a process of its own, on free ports: the browser tests' process compiles pages in another way, so it must not
 * hold them.
 *
 * @throws when the process ends before it has printed its addresses.
 */
export async function spawnKit({ tls = false }: { readonly tls?: boolean } = {}): Promise<SpawnedKit> {
  const child = spawn(process.execPath, tls ? [...UP, '--tls'] : UP, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then(() => undefined),
  ])
  if (first === undefined) throw new Error('The kit ended before it was up; see above.')
  const { urls, caPath } = JSON.parse(first) as { readonly urls: { readonly kit: string }; readonly caPath?: string }
  return {
    ...(await reachKit(urls.kit, { ca: caPath === undefined ? undefined : await readFile(caPath, 'utf8') })),
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
