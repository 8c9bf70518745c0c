import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'playwright/test'
import { test as base } from 'provisioning-twin/playwright'
import { createOidcApp } from './app.js'

const TENANT = '5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58'
const ADA = 'ada.okafor@brightwave.example'
const TOMAS = 'tomas.berg@brightwave.example'
const PASSWORD = 'Practice-2026!'

/** The app beside the kit of the test, on a free port. */
const test = base.extend({
  appUrl: async ({ kit }, use) => {
    const port = await freePort()
    const baseUrl = `http://localhost:${port}`
    const app = await createOidcApp({
      authority: `${kit.urls.entra}/${TENANT}/v2.0`,
      clientId: '2f9b6d0c-7a14-4c8e-b3d5-91e0f6a8c472',
      clientSecret: 'sample-web-app-secret-public-51d2e8',
      baseUrl,
    })
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

/** From the app's page to whatever comes after the password. */
async function signIn(page, appUrl, email) {
  await page.goto(appUrl)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Email, phone, or Skype').fill(email)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The questions a person is asked the first time: stay signed in, and what the app may know. */
async function answerQuestions(page, appUrl) {
  const yes = page.getByRole('button', { name: /^(Yes|Accept)$/ })
  while (!page.url().startsWith(appUrl)) await yes.click()
}

test('a person signs in, renews the tokens and signs out', async ({ kit, page, appUrl }) => {
  await signIn(page, appUrl, ADA)
  await answerQuestions(page, appUrl)
  await expect(page.getByRole('heading', { name: 'Hello Ada Okafor' })).toBeVisible()
  await expect(page.getByText(ADA)).toBeVisible()

  await page.getByRole('link', { name: 'Renew tokens' }).click()
  await expect(page.getByRole('heading', { name: 'Tokens renewed' })).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()

  await page.getByRole('link', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible()

  // Signed out of Entra too: the next sign-in asks again.
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page).toHaveURL((url) => url.origin === kit.urls.entra)
})

test('who is not assigned is refused, and told why', async ({ scene, page, appUrl }) => {
  await scene.entra.editApp({ app: 'Sample web app', assignmentRequired: true })
  await scene.entra.assign(ADA, { app: 'Sample web app' })
  await signIn(page, appUrl, TOMAS)
  await page.getByRole('button', { name: 'Yes' }).click()
  await expect(page.getByText('AADSTS50105:')).toBeVisible()
})

test('a blocked account is refused at the password', async ({ scene, page, appUrl }) => {
  await scene.entra.blockPerson(ADA)
  await signIn(page, appUrl, ADA)
  await expect(page.getByText(/AADSTS50057/).first()).toBeVisible()
})

test('an answer that was not asked for is refused', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}/callback?code=stolen&state=made-up`)
  await expect(page.getByRole('heading', { name: 'Nobody began to sign in here' })).toBeVisible()
})
