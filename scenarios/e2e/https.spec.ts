import { chromium, expect, test } from 'playwright/test'
import { findBrowser } from '../browser/find-browser.ts'
import { trustArgs } from '../browser/trust-args.ts'
import { runWalkthrough } from '../runner/run-walkthrough.ts'
import { findWalkthrough } from '../walkthroughs/catalogue.ts'
import { spawnKit } from './spawn-kit.ts'

/** A kit on https in a browser that was told its CA, and in one that was not. */
test('a browser that trusts the CA signs a company up over https; another is warned', async ({
  baseURL: _,
}, testInfo) => {
  const kit = await spawnKit({ tls: true })
  const { executablePath, args } = findBrowser()
  const [trusting, wary] = await Promise.all(
    [trustArgs(kit.ca), []].map((trust) => chromium.launch({ executablePath, args: [...args, ...trust] })),
  )
  try {
    const page = await wary?.newPage()
    await expect(page?.goto(kit.urls.dialpad)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')

    const walkthrough = findWalkthrough('entra-signup')
    if (walkthrough === undefined || trusting === undefined) throw new Error('There is no walkthrough entra-signup.')
    const requested = new Set<string>()
    const result = await runWalkthrough(walkthrough, {
      kit,
      browser: trusting,
      folder: testInfo.outputPath('https'),
      traces: false,
      onContext: async (context) => {
        context.on('request', (request) => requested.add(new URL(request.url()).origin))
      },
    })
    expect(result.steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect([...requested].filter((origin) => !origin.startsWith('https://localhost:'))).toEqual([])

    const context = await trusting.newContext()
    const home = await context.newPage()
    await home.goto(kit.urls.kit)
    await expect(home.getByRole('heading', { level: 1 })).toBeVisible()
    // Programs are sent nowhere, people are: who types http in front of the address arrives all the same.
    await home.goto(kit.urls.dialpad.replace('https:', 'http:'))
    expect(new URL(home.url()).origin).toBe(kit.urls.dialpad)
  } finally {
    await Promise.all([trusting?.close(), wary?.close()])
    await kit.close()
  }
})
