import type { Page } from 'playwright/test'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { enterEntra } from './people.ts'

/** The way to one page of consent or sign-in, from the page before it. */
export interface PageStep {
  readonly what: string
  /** That of the page, the first one. */
  readonly heading: string
  go(page: Page, kit: KitAccess): Promise<unknown>
}

const MEMBER = addressOf('lena.fischer')
const APP = { client_id: SAMPLE_WEB_APP.appId, redirect_uri: 'http://localhost:39211/callback' }

const authorize = (page: Page, { urls }: KitAccess, more: Readonly<Record<string, string>> = {}) =>
  page.goto(
    `${urls.entra}/${TENANT_ID}/oauth2/v2.0/authorize?${new URLSearchParams({
      ...APP,
      response_type: 'code',
      scope: 'openid profile User.Read Mail.Read',
      ...more,
    })}`,
  )
const askAdministrator = (page: Page, { urls }: KitAccess, tenant: string) =>
  page.goto(
    `${urls.entra}/${tenant}/v2.0/adminconsent?${new URLSearchParams({ ...APP, scope: 'https://graph.microsoft.com/.default' })}`,
  )
/** Nobody is signed in any more; the page before is left. */
const forgetAll = (page: Page) => page.context().clearCookies()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const openDetails = (page: Page, summary: string) => page.locator('summary', { hasText: summary }).click()

async function signIn(page: Page, address: string): Promise<void> {
  await enterEntra(page, address)
  await press(page, 'No')
}

/** Pages of consent and of refusals as people meet them, in one go: each begins where the one before it ended. */
export const CONSENT_STEPS: readonly PageStep[] = [
  {
    what: 'a redirect that is not registered',
    heading: 'Sign in',
    go: (page, kit) => authorize(page, kit, { redirect_uri: 'http://x' }),
  },
  {
    what: 'a wrong password, with the details for support',
    heading: 'Enter password',
    async go(page, kit) {
      await authorize(page, kit)
      await enterEntra(page, MEMBER, 'not the password')
      await openDetails(page, 'Troubleshooting details')
    },
  },
  {
    what: 'staying signed in',
    heading: 'Stay signed in?',
    async go(page) {
      await page.getByLabel('Password', { exact: true }).fill(TRAINING_PASSWORD)
      await press(page, 'Sign in')
    },
  },
  {
    what: 'consent, with a permission explained',
    heading: 'Permissions requested',
    async go(page) {
      await press(page, 'No')
      await openDetails(page, 'Read your mail')
    },
  },
  {
    what: 'accounts to pick, and to forget',
    heading: 'Pick an account',
    async go(page, kit) {
      await authorize(page, kit, { prompt: 'select_account' })
      await openDetails(page, 'Forget an account')
    },
  },
  {
    what: 'another account is wanted',
    heading: 'Sign in',
    go: (page, kit) => authorize(page, kit, { login_hint: PEOPLE.owner }),
  },
  {
    what: 'Need admin approval',
    heading: 'Need admin approval',
    async go(page, kit) {
      const settings = { users: 'block', requests: true, reviewers: [PEOPLE.owner] }
      await kit.control.entra.run('consent-settings', settings)
      await authorize(page, kit)
    },
  },
  {
    what: 'a request without a justification',
    heading: 'Need admin approval',
    go: (page) => press(page, 'Request approval'),
  },
  {
    what: 'Request sent',
    heading: 'Request sent',
    async go(page) {
      await page.getByLabel('Enter justification for requesting this app').fill('For the weekly figures.')
      await press(page, 'Request approval')
      await page.getByRole('heading', { name: 'Request sent' }).waitFor()
    },
  },
  { what: 'a request that waits', heading: 'Need admin approval', go: (page, kit) => authorize(page, kit) },
  {
    what: 'admin consent by a link, for somebody who may not',
    heading: 'Need admin approval',
    async go(page, kit) {
      await forgetAll(page)
      await askAdministrator(page, kit, TENANT_ID)
      await signIn(page, MEMBER)
    },
  },
  {
    what: 'admin consent by a link',
    heading: 'Permissions requested',
    async go(page, kit) {
      await forgetAll(page)
      await askAdministrator(page, kit, TENANT_ID)
      await signIn(page, PEOPLE.owner)
    },
  },
  {
    what: 'consent an administrator can give for everybody',
    heading: 'Permissions requested',
    go: (page, kit) => authorize(page, kit),
  },
  {
    what: 'the request, as its reviewer sees it',
    heading: 'Sample web app',
    async go(page, { urls }) {
      await page.goto(`${urls.entra}/admin/consent/requests`)
      await page.getByRole('link', { name: 'Sample web app' }).click()
    },
  },
  {
    what: 'approving it',
    heading: 'Review permissions and consent',
    go: (page) => page.getByRole('link', { name: 'Review permissions and consent' }).click(),
  },
  {
    what: 'denying it',
    heading: 'Deny the request',
    async go(page) {
      await page.goBack()
      await page.getByRole('link', { name: 'Deny' }).click()
    },
  },
  {
    what: 'blocking it',
    heading: 'Block the app',
    async go(page) {
      await page.goBack()
      await page.getByRole('link', { name: 'Block' }).click()
    },
  },
  { what: 'a request that was answered', heading: 'Sample web app', go: (page) => press(page, /^Block/) },
  {
    what: 'an application that is disabled',
    heading: 'Sign in',
    go: (page, kit) => authorize(page, kit),
  },
  {
    what: 'a code of no device',
    heading: 'Enter code',
    async go(page, { urls }) {
      await page.goto(`${urls.entra}/devicelogin`)
      await page.getByLabel('Code').fill('WRONG')
      await press(page, 'Next')
    },
  },
  {
    what: 'the device of a code',
    heading: 'Are you trying to sign in to Sample single-page app?',
    async go(page, { urls }) {
      const asked = await page.request.post(`${urls.entra}/${TENANT_ID}/oauth2/v2.0/devicecode`, {
        form: { client_id: SAMPLE_SPA.appId, scope: 'openid' },
      })
      const { user_code: code } = (await asked.json()) as { readonly user_code: string }
      await page.getByLabel('Code').fill(code)
      await press(page, 'Next')
    },
  },
]
