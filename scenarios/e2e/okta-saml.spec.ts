import { type Browser, expect, type Page } from 'playwright/test'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { dialpadIdIn } from './app-id.ts'
import { enterDialpad, openOktaConsole } from './people.ts'
import { test } from './test.ts'

/** Single sign-on as a browser does it: the script that posts, the content policy, cookies between two sites. */

test.use({ world: 'connected-okta' })

const SETTINGS = '/admin/company/authentication/saml?provider=okta'
const SERVICE = 'brightwave.example'

async function configure(page: Page, kit: KitAccess): Promise<void> {
  const appId = dialpadIdIn((await kit.control.okta.state()).collections['apps'])
  const app = `${kit.urls.okta}/admin/app/dialpad/instance/${appId}`
  await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
  await page.goto(`${app}/signon/edit`)
  await page.getByLabel('SP SSO URL').fill(`https://dialpad.com/saml/sso/okta/${SERVICE}`)
  await page.getByLabel('SP Entity ID').fill(`https://dialpad.com/api/saml/metadata/okta/${SERVICE}`)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'View SAML setup instructions' }).click()
  const shown = (term: string) => page.locator('.k-definition', { hasText: term }).locator('code').innerText()
  const values = {
    'IdP SSO URL': await shown('IdP SSO URL'),
    'IdP Entity ID': await shown('IdP Entity ID (Issuer)'),
    Certificate: await page.getByLabel('Certificate', { exact: true }).inputValue(),
  }
  await enterDialpad(page, kit.urls.dialpad, PEOPLE.owner)
  await page.goto(kit.urls.dialpad + SETTINGS)
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('SAML settings for Okta are saved.')).toBeVisible()
}

async function newPerson(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

async function enterOkta(page: Page, handle: string): Promise<void> {
  await page.getByLabel('Username').fill(addressOf(handle))
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password').fill(TRAINING_PASSWORD)
  await page.getByRole('button', { name: 'Verify' }).click()
}

test('the tile opens the app in a tab of its own, and the Login Url comes back to where it began', async ({
  kit,
  page,
  browser,
}) => {
  await configure(page, kit)

  const tomas = await newPerson(browser)
  await tomas.goto(kit.urls.okta)
  await enterOkta(tomas, 'tomas.berg')
  const opened = tomas.waitForEvent('popup')
  await tomas.getByRole('link', { name: 'Dialpad' }).click()
  await expect((await opened).getByRole('heading', { name: 'Signed in as Tomas Berg' })).toBeVisible()

  const chloe = await newPerson(browser)
  await chloe.goto(`${kit.urls.dialpad}/saml/sso/okta/${SERVICE}?next=/app?a=1`)
  await enterOkta(chloe, 'chloe.nguyen')
  await expect(chloe.getByRole('heading', { name: 'Signed in as Chloe Nguyen' })).toBeVisible()
  await expect(chloe).toHaveURL(`${kit.urls.dialpad}/app?a=1`)

  const stranger = await newPerson(browser)
  await stranger.goto(`${kit.urls.dialpad}/saml/sso/okta/${SERVICE}`)
  await enterOkta(stranger, 'priya.raman')
  await expect(stranger.getByRole('heading', { name: '403 App Not Assigned' })).toBeVisible()
})

test('beside a lesson too; a tile that leaves for a tab is told', async ({ kit, page, browser }) => {
  await configure(page, kit)
  const tomas = await newPerson(browser)
  await tomas.goto(`${kit.urls.kit}/lessons/entra-scoping/1`)
  const beside = tomas.frameLocator('#page')
  const goTo = async (address: string): Promise<void> => {
    await tomas.getByRole('textbox', { name: 'Address' }).fill(address)
    await tomas.getByRole('button', { name: 'Go' }).click()
  }
  await goTo(`${kit.urls.dialpad}/saml/sso/okta/${SERVICE}?next=/app?a=1`)
  await beside.getByLabel('Username').fill(addressOf('tomas.berg'))
  await beside.getByRole('button', { name: 'Next' }).click()
  await beside.getByLabel('Password').fill(TRAINING_PASSWORD)
  await beside.getByRole('button', { name: 'Verify' }).click()
  await expect(beside.getByRole('heading', { name: 'Signed in as Tomas Berg' })).toBeVisible()

  await goTo(`${kit.urls.okta}/`)
  const opened = tomas.waitForEvent('popup')
  await beside.getByRole('link', { name: 'Dialpad' }).click()
  await expect((await opened).getByRole('heading', { name: 'Signed in as Tomas Berg' })).toBeVisible()
  await expect(tomas.getByText('opened in a tab of its own')).toBeVisible()
})
