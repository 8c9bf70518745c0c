import { openStore } from '../open-store.ts'
import { CONFORMANCE_COLLECTIONS } from './conformance-shape.ts'

/**
 * For the crash tests: a process that writes as fast as it can, rewrites the file all the while, and prints the number of
 * every transaction once it is acknowledged. It runs until it is killed.
 */
const [dir = '', fsync = ''] = process.argv.slice(2)
const store = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS, fsync: fsync === 'fsync' })

async function compactForever(): Promise<never> {
  for (;;) {
    await store.compact()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function writeForever(): Promise<never> {
  for (let n = store.revision + 1; ; n += 1) {
    await store.transact((tx) => {
      tx.put('people', `p${n}`, { tags: [], age: n, team: 'x'.repeat(2_000) })
      tx.put('people', 'last', { tags: [], age: n })
    })
    process.stdout.write(`${n}\n`)
    if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

await Promise.all([compactForever(), writeForever()])
