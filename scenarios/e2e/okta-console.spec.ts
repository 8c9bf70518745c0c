import { expect, type Page } from 'playwright/test'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { dialpadIdIn } from './app-id.ts'
import { openOktaConsole } from './people.ts'
import { test } from './test.ts'

/** The Okta console by keyboard, without a script, and in a narrow window. */

test.use({ world: 'connected-okta' })

async function appIdOf(kit: KitAccess): Promise<string> {
  const appId = dialpadIdIn((await kit.control.okta.state()).collections['apps'])
  return appId
}

/** Whether the focused element shows that it is. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(activeElement)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  })
}

test.describe('by keyboard', () => {
  test('the skip link comes first, and focus is seen all the way to the content', async ({ kit, page }) => {
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}/admin/app/dialpad/instance/${await appIdOf(kit)}/assignments`)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab')
      expect(await focusIsVisible(page), `after ${step + 2} steps`).toBe(true)
    }
  })

  test('Active ▾ opens with Enter, closes with Escape, and keeps the focus', async ({ kit, page }) => {
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}/admin/app/dialpad/instance/${await appIdOf(kit)}/general`)
    const menu = page.locator('summary').filter({ hasText: 'Active' })
    const item = page.getByRole('link', { name: 'Deactivate' })
    await menu.focus()
    await page.keyboard.press('Enter')
    await expect(item).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(item).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(item).toBeHidden()
    await expect(menu).toBeFocused()
  })
})

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('the menu is a drawer that Escape closes', async ({ kit, page }) => {
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}/admin`)
    const people = page.getByRole('link', { name: 'People', exact: true })
    await expect(people).toBeHidden()
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect(people).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(people).toBeHidden()
  })
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })
  test('a mapping is edited: only the field of the chosen kind is there, then everybody gets the value', async ({
    kit,
    page,
  }) => {
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}/admin/app/dialpad/instance/${await appIdOf(kit)}/provisioning/to-app`)
    await page.getByRole('link', { name: 'Edit Title' }).click()
    await expect(page.getByLabel('Okta attribute')).toBeVisible()
    await expect(page.getByLabel('Value', { exact: true })).toBeHidden()
    await page.getByLabel('Attribute value').selectOption('Same value for all users')
    await expect(page.getByLabel('Okta attribute')).toBeHidden()
    await page.getByLabel('Value', { exact: true }).fill('Everybody')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The mapping of Title was saved.')).toBeVisible()
  })

  test('Mappings of Profile Editor ask before they are applied', async ({ kit, page }) => {
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}/admin/profile-editor`)
    await page.getByRole('link', { name: 'Mappings of Dialpad User' }).click()
    await page.getByRole('link', { name: 'Okta User to Dialpad' }).click()
    await page.getByLabel('Apply mapping of Title').selectOption('Do not map')
    await page.getByRole('button', { name: 'Save Mappings' }).click()
    await page.getByRole('button', { name: "Don't apply" }).click()
    await expect(page.getByText('The mappings were saved.')).toBeVisible()
    await expect(page.getByLabel('Apply mapping of Title')).toHaveValue('NONE')
  })
})
