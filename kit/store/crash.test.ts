import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { CONFORMANCE_COLLECTIONS } from './test/conformance-shape.ts'

let dir: string
let child: ChildProcess | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'twin-crash-'))
})

afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(dir, { recursive: true })
})

/** Run the writing process until it has acknowledged `count` more transactions, kill it, and answer the last number seen. */
async function writeAndKill(count: number, fsync: string): Promise<number> {
  const script = fileURLToPath(new URL('./test/crash-child.ts', import.meta.url))
  const started = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script, dir, fsync], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  const gone = once(started, 'exit')
  let seen = 0
  let last = 0
  for await (const line of createInterface({ input: started.stdout })) {
    seen += 1
    last = Number(line)
    if (seen === count) started.kill('SIGKILL')
  }
  const [, signal] = await gone
  expect(signal).toBe('SIGKILL')
  return last
}

test.each(['', 'fsync'])(
  'law: a store killed in the middle of writes and rewrites has the last acknowledged write (%s)',
  async (fsync) => {
    let acknowledged = 0
    for (const count of [1, 57, 400, 1_111]) {
      acknowledged = await writeAndKill(count, fsync)
      const store = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS })
      expect(store.revision).toBeGreaterThanOrEqual(acknowledged)
      // Both writes of a transaction, or none: nothing is half done.
      expect(store.get('people', 'last')?.age).toBe(store.revision)
      expect(store.count('people')).toBe(store.revision + 1)
      for (let n = 1; n <= store.revision; n += 1) expect(store.get('people', `p${n}`)?.age).toBe(n)
      await store.close()
    }
  },
)

test('a second process is refused while the first lives, and welcome when it was killed', async () => {
  const script = fileURLToPath(new URL('./test/crash-child.ts', import.meta.url))
  const holder = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = holder
  await once(holder.stdout, 'data')
  await expect(openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS })).rejects.toMatchObject({
    name: 'StoreLocked',
    pid: holder.pid,
    system: 'people',
  })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const store = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS })
  expect(store.isNew).toBe(false)
  await store.close()
})
