import { openMemoryStore } from '#kit/store/create-store.ts'
import { openStore } from '#kit/store/open-store.ts'
import type { Store } from '#kit/store/store.ts'
import { LEARNING_COLLECTIONS, type LearningShape } from './learning-records.ts'

export type LearningStore = Store<LearningShape>

/**
 * The store of what was learned: `learning.json` beside the systems' stores, so that resets, snapshots and restarts leave it as it
 * is. Without a folder it lives as long as the process.
 *
 * @throws the store's own errors when its file is damaged or somebody else's.
 */
export async function openLearning(dataDir: string | null): Promise<LearningStore> {
  return dataDir === null
    ? openMemoryStore(LEARNING_COLLECTIONS)
    : openStore({ dir: dataDir, name: 'learning', collections: LEARNING_COLLECTIONS })
}
