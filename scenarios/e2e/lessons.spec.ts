import { expect, type FrameLocator, type Page } from 'playwright/test'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { verifyRecord } from '#scenarios/lessons/record/verify-record.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { test } from './test.ts'

/** A course taken as its trainee would: the panel in one frame, the real product in the other. */

const COURSE = 'entra-scoping'
/** A Global Reader, who may not see provisioning. */
const READER = addressOf('oskar.lindqvist')

interface Beside {
  readonly panel: FrameLocator
  readonly product: FrameLocator
}

async function startCourse(page: Page, kitUrl: string): Promise<Beside> {
  await page.goto(`${kitUrl}/lessons/${COURSE}`)
  await page
    .getByRole('link', { name: /^Start/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^Start/ }).click()
  const panel = page.frameLocator('#panel')
  await expect(panel.locator('#state')).toContainText('Not done yet')
  return { panel, product: page.frameLocator('#page') }
}

async function signIn({ product }: Beside, address: string): Promise<void> {
  await product.getByRole('textbox', { name: 'Email, phone, or Skype' }).fill(address)
  await product.getByRole('button', { name: 'Next' }).click()
  await product.getByLabel('Password', { exact: true }).fill(TRAINING_PASSWORD)
  await product.getByRole('button', { name: 'Sign in' }).click()
  await product.getByRole('button', { name: 'No' }).click()
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address)
  await page.getByRole('button', { name: 'Go' }).click()
}

test('a course with the product beside it: a mistake, its hint, by hand, done for me, and the record', async ({
  kit,
  page,
}) => {
  const beside = await startCourse(page, kit.urls.kit)
  const { panel, product } = beside

  await test.step('a mistake is told to who asks, with its own hint', async () => {
    await goTo(page, `${kit.urls.entra}/admin`)
    await signIn(beside, READER)
    await product.getByRole('link', { name: 'Enterprise apps' }).first().click()
    await product.getByRole('link', { name: 'Dialpad', exact: true }).click()
    await product.getByRole('link', { name: 'Provisioning', exact: true }).click()
    await panel.getByRole('button', { name: /^Check/ }).click()
    await expect(panel.getByText('Signed in as a Global Reader.', { exact: true })).toBeVisible()
    await expect(panel.getByText(/That role reads no provisioning/).last()).toBeVisible()
  })

  await test.step('the same by hand, as the hint says: it notices by itself', async () => {
    await product.getByText('Account of Oskar Lindqvist').click()
    await product.getByRole('button', { name: 'Sign out' }).click()
    await goTo(page, `${kit.urls.entra}/admin`)
    await product.getByRole('button', { name: 'Use another account' }).click()
    await signIn(beside, PEOPLE.applications)
    await product.getByRole('link', { name: 'Enterprise apps' }).first().click()
    await product.getByRole('link', { name: 'Dialpad', exact: true }).click()
    await product.getByRole('link', { name: 'Provisioning', exact: true }).click()
    await expect(panel.locator('#state')).toContainText(/Done$/)
  })

  await test.step('on to the next; the page beside stays where it was', async () => {
    await panel.getByRole('button', { name: /^Next lesson/ }).click()
    await expect(panel.getByText('Lesson 2 of', { exact: false })).toBeVisible()
    await expect(page).toHaveURL(/\/2$/)
    await product.getByRole('link', { name: 'Attribute Mapping' }).click()
    await product.getByRole('link', { name: 'Users', exact: true }).last().click()
    await product.getByRole('link', { name: 'All records' }).click()
    await expect(panel.locator('#state')).toContainText(/Done$/)
  })

  await test.step('the others are done for me', async () => {
    const record = panel.getByRole('link', { name: 'Completion record' })
    while (!(await record.isVisible())) {
      await panel.getByRole('button', { name: /^Next lesson/ }).click()
      await panel.getByRole('link', { name: 'Do it for me' }).click()
      await panel.getByRole('button', { name: /^Do it/ }).click()
      await expect(panel.getByText('Done for you.', { exact: true })).toBeVisible({ timeout: 30_000 })
    }
    await record.click()
  })

  await test.step('a record is signed, and says what was done by whom', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Park')
    await page.getByRole('button', { name: 'Sign the record' }).click()
    await expect(page.getByRole('heading', { name: /^Ada Park finished/ })).toBeVisible()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the record' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
    const verdict = await verifyRecord(Buffer.concat(chunks).toString())
    expect(verdict.kind).toBe('valid')
    const lessons = verdict.kind === 'valid' ? verdict.record.lessons : []
    expect(lessons.slice(0, 3).map(({ doneForMe }) => doneForMe)).toEqual([false, false, true])
    expect(lessons[0]?.mistakes).toBeGreaterThan(0)
  })
})

test('by keyboard: skip links lead to panel and page, Escape from one to the other', async ({ kit, page }) => {
  const { panel, product } = await startCourse(page, kit.urls.kit)
  await expect(product.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByRole('link', { name: 'Skip to the page' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await product.locator(':focus').count()).toBe(1)
  await page.keyboard.press('Escape')
  await expect(panel.locator('#state')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(panel.getByRole('button', { name: 'Check' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel.getByText('Checked: it is not done yet.')).toBeVisible()
  await expect(panel.locator('#state')).toBeFocused()
})

test('the panel moves without losing the page, and stands in a window of its own', async ({ kit, page, context }) => {
  const { product } = await startCourse(page, kit.urls.kit)
  await product.getByRole('textbox', { name: 'Email, phone, or Skype' }).fill('half typed')
  await page.getByRole('button', { name: 'Lesson at the right' }).click()
  await expect(page.locator('.lesson-split--right')).toBeVisible()
  await expect(product.getByRole('textbox', { name: 'Email, phone, or Skype' })).toHaveValue('half typed')
  const [own] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Own window' }).click(),
  ])
  await expect(own.getByText('Training simulation, not affiliated with the vendor')).toBeVisible()
  await expect(own.locator('#state')).toContainText('Not done yet')
  await own.getByRole('link', { name: 'Open the page' }).click()
  await expect(product.getByRole('textbox', { name: 'Email, phone, or Skype' })).toHaveValue('')
  expect(context.pages()).toHaveLength(2)
})

test('consent to an app works beside the lesson, which tells that its world was replaced', async ({ kit, page }) => {
  const beside = await startCourse(page, kit.urls.kit)
  const { product } = beside
  await kit.control.kit.reset({ world: 'brightwave' })
  await goTo(page, `${kit.urls.dialpad}/login`)
  await product.getByRole('link', { name: 'Log in with Microsoft' }).click()
  await signIn(beside, PEOPLE.owner)
  await product.getByRole('button', { name: 'Accept' }).click()
  await expect(product.getByRole('heading', { name: 'Signed in as Marta Silva' })).toBeVisible()
  await expect(beside.panel.getByText('The world was replaced since this lesson began.')).toBeVisible()
})
