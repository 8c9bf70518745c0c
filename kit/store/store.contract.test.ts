import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMemoryStore } from './create-store.ts'
import { openStore } from './open-store.ts'
import { describeStore, type StoreUnderTest } from './store.contract.ts'
import { CONFORMANCE_COLLECTIONS } from './test/conformance-shape.ts'

describeStore('a store in memory', async () => {
  const store = openMemoryStore(CONFORMANCE_COLLECTIONS)
  return { store, dispose: () => store.close() }
})

for (const fsync of [false, true]) {
  describeStore(`a store in files, fsync ${fsync}`, async () => {
    const dir = await mkdtemp(join(tmpdir(), 'twin-store-'))
    const open = async (): Promise<StoreUnderTest> => {
      const store = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS, fsync })
      return {
        store,
        async reopen() {
          await store.close()
          return open()
        },
        async dispose() {
          await store.close()
          await rm(dir, { recursive: true })
        },
      }
    }
    return open()
  })
}
