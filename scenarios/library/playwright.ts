import { test as base } from 'playwright/test'
import { trustArgs } from '#scenarios/browser/trust-args.ts'
import type { Scene } from './scene/scene.ts'
import { type Kit, startKit } from './start-kit.ts'

export interface KitTestOptions {
  /** World each test starts in, told by `test.use({ world: … })`; that of the worker unless told. */
  readonly world: string | undefined
}

export interface KitTestFixtures {
  /** A running kit, back at the seed of the world. */
  readonly kit: Kit
  /** {@link Kit.scene} of it. */
  readonly scene: Scene
}

export interface KitWorkerFixtures {
  /** World the kit of a worker starts in, an option of a project: `use: { workerWorld: 'fresh' }`; `brightwave` unless told. */
  readonly workerWorld: string
  /** The kit of a worker is on https, an option of a project: `use: { workerTls: true }`. Its pages open without a warning. */
  readonly workerTls: boolean
  /** The kit of this worker, as the last test left it. */
  readonly workerKit: Kit
}

/**
 * Playwright's `test` with a kit: started once for a worker, on free ports, and reset before each test.
 *
 * @example
 * import { connectDialpad } from 'provisioning-twin'
 * import { test } from 'provisioning-twin/playwright'
 *
 * test('my app takes a new user', async ({ kit, scene, page }) => {
 *   await connectDialpad(kit, { from: 'entra', assign: ['Dialpad Users'] })
 *   await scene.entra.addPerson({ userPrincipalName: 'ada@brightwave.example', displayName: 'Ada' })
 *   await scene.advance('PT40M')
 *   await page.goto(`${kit.urls.entra}/admin`)
 * })
 */
export const test = base.extend<KitTestOptions & KitTestFixtures, KitWorkerFixtures>({
  world: [undefined, { option: true }],
  workerWorld: ['brightwave', { option: true, scope: 'worker' }],
  workerTls: [false, { option: true, scope: 'worker' }],
  // Chromium is told the kit's CA and trusts nothing else for it; other browsers cannot be told, and are told to trust what they meet.
  launchOptions: [
    async ({ launchOptions, workerKit }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...trustArgs(workerKit.ca)] }),
    { scope: 'worker' },
  ],
  ignoreHTTPSErrors: async ({ ignoreHTTPSErrors, browserName, workerTls }, use) =>
    use(ignoreHTTPSErrors || (workerTls && browserName !== 'chromium')),
  workerKit: [
    async ({ workerWorld, workerTls }, use) => {
      const kit = await startKit({ world: workerWorld, tls: workerTls })
      await use(kit)
      await kit.close()
    },
    { scope: 'worker' },
  ],
  kit: async ({ workerKit, workerWorld, world }, use) => {
    // Playwright reads the pattern: a default in it would be a fixture that nobody knows.
    await workerKit.control.kit.reset({ world: world ?? workerWorld })
    await use(workerKit)
  },
  scene: async ({ kit }, use) => use(kit.scene),
})
