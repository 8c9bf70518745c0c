/**
 * The options of the Playwright fixture, where the packed package is installed: Playwright compiles our sources in another way, so there
 * it cannot be tried.
 */
import { expect } from 'playwright/test'
import { test } from 'provisioning-twin/playwright'

const ADA = 'ada.okafor@brightwave.example'

test.use({ workerWorld: 'connected-entra', workerTls: true })

test('every test begins at the seed of the world of its worker', async ({ kit, scene, page }) => {
  expect((await kit.control.kit.health()).world).toBe('connected-entra')
  await scene.entra.blockPerson(ADA)
  await page.goto(kit.urls.kit)
  await expect(page.getByText('connected-entra').first()).toBeVisible()
  expect(new URL(page.url()).protocol).toBe('https:')
})

test('what a test has changed is gone in the next', async ({ kit }) => {
  const { users } = (await kit.control.entra.state()).collections
  const ada = Object.values(users).find(({ userPrincipalName }) => userPrincipalName === ADA)
  expect(ada.accountEnabled).toBe(true)
})

test.describe('a world of its own', () => {
  test.use({ world: 'empty' })
  test('is that of the test, in the kit of the worker', async ({ kit, workerKit }) => {
    expect(workerKit).toBe(kit)
    expect((await kit.control.kit.health()).world).toBe('empty')
  })
})
