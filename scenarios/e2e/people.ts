import type { Page } from 'playwright/test'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'

/** Fill in both steps of Entra's sign-in, which the page already shows; the question of staying signed in is left. */
export async function enterEntra(page: Page, address: string, password: string = TRAINING_PASSWORD): Promise<void> {
  await page.getByRole('textbox', { name: 'Email, phone, or Skype' }).fill(address)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Sign in to Entra's admin center, and say No to staying signed in. */
export async function openAdminCenter(page: Page, origin: string, address: string): Promise<void> {
  await page.goto(`${origin}/admin`)
  await enterEntra(page, address)
  await page.getByRole('button', { name: 'No' }).click()
}

/** Log in to Dialpad with e-mail and password. */
export async function enterDialpad(
  page: Page,
  origin: string,
  address: string,
  password: string = TRAINING_PASSWORD,
): Promise<void> {
  await page.goto(`${origin}/login`)
  await page.getByRole('textbox', { name: 'Email' }).fill(address)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

/** Sign in to Okta's admin console. */
export async function openOktaConsole(page: Page, origin: string, address: string): Promise<void> {
  await page.goto(`${origin}/login/login.htm`)
  await enterOkta(page, address)
}

/** Fill in both steps of Okta's sign-in, which the page already shows. */
export async function enterOkta(page: Page, address: string): Promise<void> {
  await page.getByLabel('Username').fill(address)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password').fill(TRAINING_PASSWORD)
  await page.getByRole('button', { name: 'Verify' }).click()
}
