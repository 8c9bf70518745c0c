import { writeFile } from 'node:fs/promises'
import { test as base } from 'playwright/test'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { type SpawnedKit, spawnKit } from './spawn-kit.ts'

interface Fixtures {
  /** World a test starts in. */
  readonly world: string
  /** A running kit at the seed of the world; a failure keeps its journal. */
  readonly kit: KitAccess
}

interface WorkerFixtures {
  readonly workerKit: SpawnedKit
}

/** The `test` of the browser specs. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  world: ['brightwave', { option: true }],
  workerKit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const kit = await spawnKit()
      await use(kit)
      await kit.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  kit: async ({ workerKit, world }, use, testInfo) => {
    await workerKit.control.kit.reset({ world })
    await use(workerKit)
    if (testInfo.status === testInfo.expectedStatus) return
    const { items } = await workerKit.control.kit.journal()
    const path = testInfo.outputPath('journal.json')
    await writeFile(path, `${JSON.stringify(items, null, 2)}\n`)
    await testInfo.attach('journal', { path, contentType: 'application/json' })
  },
})
