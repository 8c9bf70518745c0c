import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{kit,idp,dialpad-sandbox,scenarios,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**', 'scenarios/e2e/**'],
    globalSetup: ['./kit/test/made-keys.ts'],
    setupFiles: ['./kit/test/hermetic.ts', './kit/test/cheap-crypto.ts'],
    pool: 'forks',
    // Files share the modules of their worker: loading them anew for each took longer than a third of the tests.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
