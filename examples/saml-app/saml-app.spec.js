import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'playwright/test'
import { test as base } from 'provisioning-twin/playwright'
import { createSamlApp } from './app.js'
import { connectSamlApp, LABEL } from './connect.js'

const ADA = 'ada.okafor@brightwave.example'
const TOMAS = 'tomas.berg@brightwave.example'
const PASSWORD = 'Practice-2026!'

/** The app, registered in the Okta of the test, with Ada assigned. */
const test = base.extend({
  appUrl: async ({ kit, scene }, use) => {
    const port = await freePort()
    const baseUrl = `http://localhost:${port}`
    const entityId = `${baseUrl}/metadata`
    const idp = await connectSamlApp(kit, { baseUrl, entityId })
    await scene.okta.assignPerson(ADA, { app: LABEL })
    const app = createSamlApp({ baseUrl, entityId, ...idp })
    await once(app.listen(port, '127.0.0.1'), 'listening')
    await use(baseUrl)
    app.closeAllConnections()
    app.close()
  },
})

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

async function enterOkta(page, email) {
  await page.getByLabel('Username').fill(email)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Verify' }).click()
}

test('signs in by the tile of the dashboard', async ({ kit, page, appUrl }) => {
  await page.goto(kit.urls.okta)
  await enterOkta(page, ADA)
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: LABEL }).click()
  const tab = await opened
  await expect(tab.getByRole('heading', { name: `Hello ${ADA}` })).toBeVisible()
  await expect(tab.getByText(`Mail: ${ADA}`)).toBeVisible()
  expect(tab.url()).toBe(`${appUrl}/acs`)
})

test('signs in from the app, and comes back to where it was', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}/login?next=/reports/7`)
  await enterOkta(page, ADA)
  await expect(page.getByRole('heading', { name: `Hello ${ADA}` })).toBeVisible()
  await expect(page.getByText('On the way to /reports/7')).toBeVisible()
})

test('who is not assigned is refused by Okta', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}/login`)
  await enterOkta(page, TOMAS)
  await expect(page.getByRole('heading', { name: '403 App Not Assigned' })).toBeVisible()
})

test('an answer is good once', async ({ page, appUrl }) => {
  const posted = page.waitForRequest((request) => request.url() === `${appUrl}/acs`)
  await page.goto(`${appUrl}/login`)
  await enterOkta(page, ADA)
  const form = new URLSearchParams((await posted).postData() ?? '')
  await expect(page.getByRole('heading', { name: `Hello ${ADA}` })).toBeVisible()
  const again = await page.request.post(`${appUrl}/acs`, { form: Object.fromEntries(form) })
  expect(again.status()).toBe(403)
})

test('an answer that was altered on its way is refused', async ({ page, appUrl }) => {
  await page.route(`${appUrl}/acs`, async (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '')
    const xml = Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString()
    form.set('SAMLResponse', Buffer.from(xml.replaceAll(ADA, TOMAS)).toString('base64'))
    await route.continue({ postData: form.toString() })
  })
  await page.goto(`${appUrl}/login`)
  await enterOkta(page, ADA)
  await expect(page.getByText(/signature/)).toBeVisible()
})
