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
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
