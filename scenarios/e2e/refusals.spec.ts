import { expect, type Page } from 'playwright/test'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { enterDialpad, enterEntra, openAdminCenter } from './people.ts'
import { test } from './test.ts'

/** What is refused, as somebody sees it who tries it in a browser. */

test.describe('sign-in', () => {
  test('a wrong password is told beside the field, in Entra', async ({ kit, page }) => {
    await page.goto(`${kit.urls.entra}/admin`)
    await enterEntra(page, PEOPLE.applications, 'not the password')
    await expect(page.getByText('Your account or password is incorrect.')).toBeVisible()
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  })

  test('a wrong password is refused, in Dialpad', async ({ kit, page }) => {
    await enterDialpad(page, kit.urls.dialpad, PEOPLE.owner, 'not the password')
    await expect(page.getByRole('alert')).toContainText('password')
    await page.goto(`${kit.urls.dialpad}/app`)
    await expect(page).toHaveURL(`${kit.urls.dialpad}/login`)
  })

  test('a blocked user is told so, with the number', async ({ kit, page }) => {
    await page.goto(`${kit.urls.entra}/admin`)
    await enterEntra(page, addressOf('victor.hale'))
    await expect(page.getByText('(AADSTS50057)')).toBeVisible()
  })

  test('a plain user at the admin center is told which role it needs, and may switch', async ({ kit, page }) => {
    await openAdminCenter(page, kit.urls.entra, addressOf('ada.okafor'))
    await expect(page.getByRole('main')).toContainText('You are signed in, but hold no directory role')
    const answer = await page.goto(`${kit.urls.entra}/admin/apps`)
    expect(answer?.status()).toBe(403)
    await expect(page.getByRole('main')).toContainText('Cloud Application Administrator')
    await page.getByRole('button', { name: 'Sign in with a different account' }).click()
    await page.getByRole('button', { name: 'Use another account' }).click()
    await expect(page.getByRole('textbox', { name: 'Email, phone, or Skype' })).toBeVisible()
  })
})

test('what was refused takes the focus, in a page as in a pane; a row’s menu is whole', async ({ kit, page }) => {
  const { entra } = kit.urls
  await openAdminCenter(page, entra, PEOPLE.owner)
  await page.goto(`${entra}/admin/registrations/new`)
  await page.getByLabel('Name').fill('Reports')
  await page.getByLabel('Select a platform').selectOption({ label: 'Web' })
  const redirect = page.getByRole('textbox', { name: 'Redirect URI' })
  await redirect.fill('http://reports.example/cb')
  await page.getByRole('button', { name: 'Register' }).click()
  await expect(redirect).toHaveAccessibleDescription(/must start with "https"/)
  await expect(redirect).toBeFocused()
  await redirect.fill('https://reports.example/cb')
  await page.getByRole('button', { name: 'Register' }).click()
  await page.getByRole('link', { name: 'App roles' }).click()
  await page.getByRole('link', { name: 'Create app role' }).first().click()
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('radio', { name: 'Users/Groups', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto(`${entra}/admin/apps/gallery/saml-toolkit`)
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('link', { name: 'Single sign-on', exact: true }).click()
  await page.getByRole('button', { name: 'Select' }).click()
  await page.getByRole('link', { name: 'Edit SAML Certificates' }).click()
  await page.getByRole('row').last().getByText('Actions').click()
  const last = page.getByRole('link', { name: 'Raw certificate download' })
  const { bottom, top } = await last.evaluate((link) => {
    const box = link.getBoundingClientRect()
    const middle = box.left + box.width / 2
    const isOnTop = (y: number) => document.elementFromPoint(middle, y) === link
    return { top: isOnTop(box.top + 2), bottom: isOnTop(box.bottom - 2) }
  })
  expect([top, bottom]).toEqual([true, true])
})

test('a declined consent leads back to Dialpad, which says so; nothing is granted', async ({ kit, page }) => {
  await page.goto(`${kit.urls.dialpad}/login`)
  await page.getByRole('link', { name: 'Log in with Microsoft' }).click()
  await enterEntra(page, PEOPLE.owner)
  await page.getByRole('button', { name: 'No' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(new RegExp(`^${kit.urls.dialpad}`))
  await expect(page.getByRole('main')).toContainText('AADSTS65004')
  const { app, grants } = await pictureEntra(kit.control.entra)
  expect([app, grants]).toEqual([undefined, []])
})

test('an unregistered redirect address is shown as AADSTS50011 and never followed', async ({ kit, page }) => {
  const query = new URLSearchParams({
    client_id: SAMPLE_WEB_APP.appId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'http://localhost:9/nowhere/registered',
  })
  await page.goto(`${kit.urls.entra}/${TENANT_ID}/oauth2/v2.0/authorize?${query}`)
  await expect(page.getByText('AADSTS50011').first()).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`^${kit.urls.entra}`))
})

test.describe('forms and calls from elsewhere', () => {
  test('a form whose token was taken out is refused, and nothing is done', async ({ kit, page }) => {
    await enterDialpad(page, kit.urls.dialpad, PEOPLE.owner)
    await page.goto(`${kit.urls.dialpad}/admin/company/authentication/api-keys/new`)
    await page.getByRole('textbox', { name: 'Name' }).fill('forged')
    await page.locator('form[action$="api-keys"] input[name="_csrf"]').evaluate((field) => field.remove())
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Save' }).click()
    expect((await answered).status()).toBe(403)
    const { collections } = await kit.control.dialpad.state()
    expect(Object.values(collections['apiKeys'] ?? {})).toEqual([])
  })

  test('a page of another site may not call the control API, nor post a form to a product', async ({ kit, page }) => {
    await page.route('http://elsewhere.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<title>Elsewhere</title><form method="post"><button>Go</button></form>',
      }),
    )
    await page.goto('http://elsewhere.example/')
    for (const origin of [kit.urls.kit, kit.urls.entra, kit.urls.dialpad]) {
      const outcome = await page.evaluate(
        (url) =>
          fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(
            (response) => `answered ${response.status}`,
            () => 'refused',
          ),
        `${origin}/_kit/reset`,
      )
      expect(outcome).toBe('refused')
    }
    await page.locator('form').evaluate((form, url) => form.setAttribute('action', url), `${kit.urls.dialpad}/login`)
    const answered = page.waitForResponse((response) => response.url() === `${kit.urls.dialpad}/login`)
    await page.getByRole('button', { name: 'Go' }).click()
    expect((await answered).status()).toBe(403)
  })

  test('a name that is not ours gets no answer from the control API', async ({ kit, request }) => {
    for (const origin of [kit.urls.kit, kit.urls.entra, kit.urls.okta, kit.urls.dialpad]) {
      const answer = await request.get(`${origin}/_kit/health`, { headers: { host: 'attacker.example' } })
      expect([answer.status(), ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
        403,
        'foreign_host',
      ])
    }
  })
})

test.describe('a connection that cannot work', () => {
  async function openConfiguration(page: Page, kit: KitAccess): Promise<void> {
    await page.goto(`${kit.urls.dialpad}/login`)
    await page.getByRole('link', { name: 'Log in with Microsoft' }).click()
    await enterEntra(page, PEOPLE.owner)
    await page.getByRole('button', { name: 'No' }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.goto(`${kit.urls.entra}/admin/apps`)
    await page.getByRole('link', { name: 'Dialpad', exact: true }).click()
    await page.getByRole('link', { name: 'Provisioning', exact: true }).click()
    await page.getByRole('link', { name: 'New configuration' }).click()
  }

  test('wrong key, Tenant URL without /scim, host that is not allowed: each is told, and Create stays shut', async ({
    kit,
    page,
  }) => {
    const { secret } = (await kit.control.dialpad.call('POST', '/api-keys', { name: 'good' })) as {
      readonly secret: string
    }
    await openConfiguration(page, kit)
    for (const [url, key, told] of [
      ['https://dialpad.com/scim', 'not-a-key', '401'],
      ['https://dialpad.com', secret, 'Error code:'],
      ['https://scim.elsewhere.example/scim', secret, 'scim.elsewhere.example'],
    ] as const) {
      await page.getByRole('textbox', { name: 'Tenant URL' }).fill(url)
      await page.getByLabel('Secret Token').fill(key)
      await page.getByRole('button', { name: 'Test Connection' }).click()
      await expect(page.getByRole('main')).toContainText(told)
      await expect(page.getByRole('button', { name: 'Create' })).toBeDisabled()
      expect(await page.content()).not.toContain(key)
    }
    expect((await pictureEntra(kit.control.entra)).job).toBeUndefined()
  })
})
