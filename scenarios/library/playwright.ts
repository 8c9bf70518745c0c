import { test as base } from 'playwright/test'
import { type Kit, startKit } from './start-kit.ts'

export interface KitTestOptions {
  /** World each test starts in; `brightwave` unless told by `test.use({ world: … })`. */
  readonly world: string
}

export interface KitTestFixtures {
  /** A running kit, back at the seed of the world. */
  readonly kit: Kit
}

export interface KitWorkerFixtures {
  /** The kit of this worker, as the last test left it. */
  readonly workerKit: Kit
}

/**
 * Playwright's `test` with a kit: started once for a worker, on free ports, and reset before each test.
 *
 * @example
 * import { expect } from 'playwright/test'
 * import { test } from 'provisioning-twin/playwright'
 *
 * test('my app takes a new user', async ({ kit, page }) => {
 *   await page.goto(`${kit.urls.entra}/admin`)
 *   await kit.control.kit.moveClock({ advance: 'PT40M' })
 * })
 */
export const test = base.extend<KitTestOptions & KitTestFixtures, KitWorkerFixtures>({
  world: ['brightwave', { option: true }],
  workerKit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const kit = await startKit()
      await use(kit)
      await kit.close()
    },
    { scope: 'worker' },
  ],
  kit: async ({ workerKit, world }, use) => {
    await workerKit.control.kit.reset({ world })
    await use(workerKit)
  },
})
