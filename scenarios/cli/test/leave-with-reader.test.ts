import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

it('a reader who leaves early, as head does, is no failure', async () => {
  const kit = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', MAIN, '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  kit.stdout.destroy()
  const said: Buffer[] = []
  kit.stderr.on('data', (part: Buffer) => said.push(part))
  const [status] = await once(kit, 'close')
  expect(Buffer.concat(said).toString()).not.toContain('EPIPE')
  expect(status).toBe(0)
}, 60_000)
