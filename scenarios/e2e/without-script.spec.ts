import { expect } from 'playwright/test'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { enterEntra, openAdminCenter } from './people.ts'
import { test } from './test.ts'

test.use({ javaScriptEnabled: false })

test('sign-in and consent work without a script', async ({ kit, page }) => {
  await page.goto(`${kit.urls.dialpad}/`)
  await page.getByText('Log In', { exact: true }).click()
  await page.getByRole('link', { name: 'Use Dialpad online' }).click()
  await page.getByRole('link', { name: 'Log in with Microsoft' }).click()
  await enterEntra(page, PEOPLE.owner)
  await page.getByRole('button', { name: 'No' }).click()
  await expect(page.getByRole('heading', { name: 'Permissions requested' })).toBeVisible()
  await page.getByText('Read your contacts').click()
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByRole('heading', { name: 'Signed in as Marta Silva' })).toBeVisible()
  expect((await pictureEntra(kit.control.entra)).grants).toHaveLength(1)
})

test.describe('in a tenant where Dialpad is an app', () => {
  test.use({ world: 'connected-entra' })

  test('somebody is assigned without a script', async ({ kit, page }) => {
    const added = { name: 'Rosa Jimenez', address: addressOf('rosa.jimenez') }
    await openAdminCenter(page, kit.urls.entra, PEOPLE.applications)
    await page.getByRole('link', { name: 'Enterprise apps' }).first().click()
    await page.getByRole('link', { name: 'Dialpad', exact: true }).click()
    await page.getByRole('link', { name: 'Users and groups', exact: true }).click()
    await page.getByRole('link', { name: 'Add user/group' }).click()
    await page.getByRole('button', { name: 'Users and groups: None Selected' }).click()
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('Rosa')
    await page.getByRole('dialog').getByRole('button', { name: 'Search' }).click()
    await page.getByRole('checkbox', { name: added.name }).check()
    await page.getByRole('button', { name: 'Select', exact: true }).click()
    await page.getByRole('button', { name: 'Assign' }).click()
    await expect(page.getByRole('cell', { name: 'Default Access' }).first()).toBeVisible()
    expect((await pictureEntra(kit.control.entra)).assigned).toContain(added.address)
  })
})

test('provisioning is configured and started without a script', async ({ kit, page }) => {
  const { secret } = (await kit.control.dialpad.call('POST', '/api-keys', { name: 'without script' })) as {
    readonly secret: string
  }
  await test.step('Dialpad comes into the tenant', async () => {
    await page.goto(`${kit.urls.dialpad}/login`)
    await page.getByRole('link', { name: 'Log in with Microsoft' }).click()
    await enterEntra(page, PEOPLE.owner)
    await page.getByRole('button', { name: 'No' }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
  })
  await page.goto(`${kit.urls.entra}/admin/apps`)
  await page.getByRole('link', { name: 'Dialpad', exact: true }).click()
  await test.step('somebody is assigned', async () => {
    await page.getByRole('link', { name: 'Users and groups', exact: true }).click()
    await page.getByRole('link', { name: 'Add user/group' }).first().click()
    await page.getByRole('button', { name: 'Users and groups: None Selected' }).click()
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill(PEOPLE.first.name)
    await page.getByRole('dialog').getByRole('button', { name: 'Search' }).click()
    await page.getByRole('checkbox', { name: PEOPLE.first.name }).check()
    await page.getByRole('button', { name: 'Select', exact: true }).click()
    await page.getByRole('button', { name: 'Assign' }).click()
  })
  await test.step('the configuration is made', async () => {
    await page.getByRole('link', { name: 'Provisioning', exact: true }).click()
    await page.getByRole('link', { name: 'New configuration' }).click()
    await page.getByRole('textbox', { name: 'Tenant URL' }).fill('https://dialpad.com/scim')
    await page.getByLabel('Secret Token').fill(secret)
    await page.getByRole('button', { name: 'Test Connection' }).click()
    await expect(page.getByText('The supplied credentials are authorized to enable provisioning.')).toBeVisible()
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByText('Initial cycle not run.').first()).toBeVisible()
  })
  await page.getByRole('button', { name: 'Start provisioning', exact: true }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Initial cycle completed.').first()).toBeVisible({ timeout: 500 })
  }).toPass()
  expect((await pictureDialpad(kit.control.dialpad)).person(PEOPLE.first.address)?.state).toBe('active')
})
