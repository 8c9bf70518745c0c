import { defineConfig } from 'playwright/test'
import { findBrowser } from '../browser/find-browser.ts'

const { executablePath, args } = findBrowser()
const reports = new URL('../../reports/', import.meta.url).pathname

/** A lifecycle of provisioning is one test. Wall milliseconds. */
const LONGEST_TEST_MS = 120_000

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: `${reports}e2e`,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: LONGEST_TEST_MS,
  reporter: [['line'], ['json', { outputFile: `${reports}e2e.json` }]],
  use: {
    headless: true,
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: [...args] },
  },
})
