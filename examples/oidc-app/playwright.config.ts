import { defineConfig } from 'playwright/test'

// A browser that is installed already can be named; without the variable Playwright's own is used.
const executablePath = process.env['CHROMIUM_PATH']
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export default defineConfig({
  testMatch: '*.spec.js',
  workers: 1,
  reporter: 'line',
  use: { launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) } },
})
