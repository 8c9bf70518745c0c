import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import { expect, type Page } from 'playwright/test'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { createScene } from '#scenarios/library/scene/scene.ts'
import { armNegative } from '#scenarios/negatives/arm.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { appIdIn, dialpadIdIn } from './app-id.ts'
import { CONSENT_STEPS } from './consent-steps.ts'
import { enterDialpad, enterEntra, openAdminCenter, openOktaConsole } from './people.ts'
import { test } from './test.ts'

/** Every main page of the four origins, wide and narrow: no violation of axe-core's rules, and no scrolling sideways. */

/** Run as the browser's own, since the pages allow no scripts but theirs. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
const WIDTHS = [1280, 390] as const
const HEIGHT = 900

interface AxeWindow {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> }
}

/** A panel that is still sliding in is paler than it will be: colours are judged when it has arrived. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  await settled(page)
  await page.evaluate(AXE)
  const { violations } = await page.evaluate((options) => (globalThis as unknown as AxeWindow).axe.run(options), RULES)
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

/** Look through the page that is shown. */
async function checkShown(page: Page, what: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    const where = `${what} at ${width} px`
    expect.soft(await violationsOf(page), where).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect.soft(overflow, `${where}: pixels to scroll sideways`).toBeLessThanOrEqual(0)
  }
}

async function checkPages(page: Page, origin: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(`${origin}${path}`)
    await checkShown(page, path)
  }
}

const appPages = (appId: string): readonly string[] =>
  [
    '',
    '/properties',
    '/owners',
    '/users',
    '/users/add',
    '/permissions',
    '/permissions?tab=user',
    '/permissions/consent',
    '/permissions/review',
  ].map((page) => `/admin/apps/${appId}${page}`)

test.describe('pages of the kit home', () => {
  test.use({ world: 'connected-entra' })
  test('pass', async ({ kit, page }) => {
    const paths = [
      '/',
      '/timeline',
      '/xray',
      '/story',
      '/story?q=ada',
      '/story/ada.okafor%40brightwave.example',
      '/mail',
      '/codes',
      '/clock',
      '/worlds',
      '/snapshots',
      '/faults',
      '/negatives',
      '/switches',
      '/demo',
      '/demo/stage',
      '/demo/entra-scoping',
      '/demo/entra-scoping/start',
      '/no-such-page',
    ]
    await checkPages(page, kit.urls.kit, paths)
  })

  test('negatives pass, with one armed at each provider', async ({ kit, page }) => {
    await armNegative(kit.control.entra, 'oidc/replayed-code', { from: 'entra' })
    await armNegative(kit.control.okta, 'saml/wrong-acs', { from: 'okta', times: 3 })
    await checkPages(page, kit.urls.kit, ['/negatives', '/faults'])
  })

  test('snapshots pass, with some saved and something changed', async ({ kit, page }) => {
    await kit.control.kit.snapshot('before')
    await kit.control.entra.run('edit-person', { person: PEOPLE.first.address, jobTitle: 'Lead' })
    const acts = ['restore', 'replace', 'branch', 'delete'].map((act) => `/snapshots/before/${act}`)
    await checkPages(page, kit.urls.kit, ['/snapshots', '/snapshots/compare?from=before', ...acts])
  })

  test('the stage of a demonstration passes in each of its phases', async ({ kit, page }) => {
    const stage = `${kit.urls.kit}/demo/stage`
    await page.goto(`${kit.urls.kit}/demo/entra-scoping/start?pace=slow`)
    await page.getByRole('button', { name: /^Start/ }).click()
    await checkPages(page, kit.urls.kit, ['/demo', '/demo/stage', '/demo/stage/reset'])
    for (const act of ['Pause', 'Take over', 'Stop']) {
      await page.goto(stage)
      await page.getByRole('button', { name: act }).click()
      await checkPages(page, kit.urls.kit, ['/demo/stage'])
    }
    await page.goto(`${stage}/reset`)
    await page.getByRole('button', { name: /^Reset Scoping/ }).click()
    await expect(page.getByText(/Everything is back at its beginning, in \d+ ms/)).toBeVisible()
  })

  test('lessons pass, before they begin and under way', async ({ kit, page }) => {
    const course = '/lessons/entra-scoping'
    const panel = `${course}/1/panel`
    await checkPages(page, kit.urls.kit, [
      '/lessons',
      course,
      `${course}/start`,
      `${course}/2`,
      panel,
      '/lessons/blank',
    ])
    await page.goto(`${kit.urls.kit}${course}/start`)
    await page.getByRole('button', { name: /^Start/ }).click()
    await page.goto(`${kit.urls.kit}${panel}`)
    await page.getByRole('button', { name: 'Hint 1 of 3' }).click()
    await checkPages(page, kit.urls.kit, [
      `${course}/1`,
      ...['', '/do', '/scene'].map((below) => `${panel}${below}`),
      ...['/record', '/reset', ''].map((below) => `${course}${below}`),
      '/lessons/verify',
    ])
  })

  test('lessons with values to type and with private windows pass, looked at ahead', async ({ kit, page }) => {
    const lessons = ['entra-signup/4', 'entra-lifecycle/6', 'okta-lifecycle/17', 'okta-lifecycle/32']
    await page.goto(`${kit.urls.kit}/lessons/entra-signup/4/panel`)
    await expect(page.getByRole('region', { name: 'For this exercise' })).toBeVisible()
    await checkPages(
      page,
      kit.urls.kit,
      lessons.map((lesson) => `/lessons/${lesson}/panel`),
    )
  })

  test('what a verdict says of a token passes, beside its message', async ({ kit, page }) => {
    await page.goto(`${kit.urls.dialpad}/login/microsoft`)
    await enterEntra(page, PEOPLE.owner)
    await page.getByRole('button', { name: 'No' }).click()
    await page.waitForURL(`${kit.urls.dialpad}/**`)
    const { items } = await kit.control.dialpad.journal({ kind: 'oidc' })
    const entry = `/timeline/dialpad:${items.find(({ verdict }) => verdict !== undefined)?.seq}`
    await page.goto(`${kit.urls.kit}${entry}`)
    await expect(page.getByRole('heading', { name: /^Verified by/ })).toBeVisible()
    await checkPages(page, kit.urls.kit, [entry])
  })

  test('labs pass, before they begin, searched, broken and mended; so does explain', async ({ kit, page }) => {
    const lab = '/labs/entra-key-revoked'
    const home = kit.urls.kit
    await checkPages(page, home, ['/labs', lab, `${lab}/start`, '/labs/reset', '/explain'])
    await page.goto(`${home}${lab}/start`)
    await page.getByRole('button', { name: /^Start/ }).click()
    await page.getByRole('button', { name: 'Hint 1 of 3' }).click()
    await page.getByLabel('The API key has expired.').check()
    await page.getByRole('button', { name: 'This is the cause' }).click()
    await checkPages(page, home, [lab, `${lab}/mend`, '/explain', '/explain?spoil=yes'])
    await page.goto(`${home}${lab}`)
    await page.getByRole('button', { name: 'Show me the solution' }).click()
    await checkPages(page, home, [lab])
    await page.goto(`${home}${lab}/mend`)
    await page.getByRole('button', { name: /^Mend it/ }).click()
    await page.getByText('Mended for you.').waitFor()
    await checkPages(page, home, [lab, '/labs'])
  })
})

test.describe("pages of Entra's sign-in", () => {
  test('pass', async ({ kit, page }) => {
    await checkPages(page, kit.urls.entra, [
      '/',
      '/admin',
      '/no-such-tenant/v2.0/x',
      '/devicelogin',
      '/error?code=AADSTS50011',
    ])
  })

  test('consent, requests for it, and refusals pass', async ({ kit, page }) => {
    for (const { what, heading, go } of CONSENT_STEPS) {
      await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT })
      await go(page, kit)
      await expect(page.getByRole('heading', { level: 1 }), what).toHaveText(heading)
      await checkShown(page, what)
    }
  })
})

test.describe("pages of Entra's admin center", () => {
  test.use({ world: 'connected-entra' })

  test('home, users and groups pass', async ({ kit, page }) => {
    const { person } = await pictureEntra(kit.control.entra)
    const user = person(PEOPLE.first.address)?.id
    const { collections } = await kit.control.entra.state()
    const group = Object.keys(collections['groups'] ?? {})[0]
    await openAdminCenter(page, kit.urls.entra, PEOPLE.owner)
    await checkPages(page, kit.urls.entra, [
      '/admin',
      '/admin/overview',
      '/admin/users',
      '/admin/users/new',
      '/admin/users/deleted',
      `/admin/users/${user}`,
      `/admin/users/${user}/properties`,
      `/admin/users/${user}/delete`,
      '/admin/groups',
      '/admin/groups/new',
      `/admin/groups/${group}`,
      `/admin/groups/${group}/members`,
      '/admin/roles',
      '/admin/registrations',
      '/admin/search?q=dialpad',
    ])
  })

  test('My Apps passes: apps, none found, what was consented to, and the question before it is revoked', async ({
    kit,
    page,
  }) => {
    const { entra } = kit.urls
    const { address } = PEOPLE.supporter
    await kit.control.entra.run('consent', { person: address, app: 'Sample web app' })
    await page.goto(`${entra}/myapps`)
    await enterEntra(page, address)
    await page.getByRole('button', { name: 'No' }).click()
    await expect(page.getByRole('heading', { name: 'Apps dashboard' })).toBeVisible()
    const links = page.getByRole('link', { name: 'Manage your application', includeHidden: true })
    const [assigned, consented] = await links.evaluateAll((each) => each.map((link) => link.getAttribute('href')))
    const own = [`${assigned}`, `${consented}`, `${consented}/revoke`, '/myapps/apps/none']
    await checkPages(page, entra, ['/myapps', '/myapps?q=nothing', ...own])
    await page.goto(`${entra}/myapps`)
    await page.getByLabel('More about Dialpad').click()
    expect(await violationsOf(page)).toEqual([])
  })

  test('steps of a sign-in pass: a new password, a registration, a code, accounts to pick', async ({ kit, page }) => {
    const person = PEOPLE.first.address
    const next = 'Heron-0815-boat'
    const { entra } = kit.urls
    const check = () => checkPages(page, entra, [new URL(page.url()).pathname])
    await kit.control.entra.run('expire-password', { person })
    await kit.control.entra.run('require-mfa', { person })
    await page.goto(`${entra}/admin`)
    await enterEntra(page, person)
    await check()
    await page.getByLabel('Current password').fill(TRAINING_PASSWORD)
    await page.getByLabel('New password').fill(next)
    await page.getByLabel('Confirm password').fill(next)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await check()
    await page.getByRole('button', { name: 'Next' }).click()
    await check()
    const { codes } = (await kit.control.entra.call('POST', '/commands/authenticator-codes', {})) as {
      readonly codes: readonly { readonly code: string }[]
    }
    await page.getByLabel('Code').fill(codes[0]?.code ?? '')
    await page.getByRole('button', { name: 'Next' }).click()
    await check()
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.goto(`${entra}/common/oauth2/v2.0/logout`)
    await page.context().clearCookies({ name: /admin/ })
    await page.goto(`${entra}/admin`)
    await check()
    await page.getByRole('button', { name: /Signed out/ }).click()
    await page.getByLabel('Password', { exact: true }).fill(next)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Enter code' })).toBeVisible()
    await check()
  })

  test('sign-in logs, per-user MFA, methods and sign-in frequency pass', async ({ kit, page }) => {
    const ada = PEOPLE.first.address
    await kit.control.entra.run('register-authenticator', { person: ada })
    await openAdminCenter(page, kit.urls.entra, PEOPLE.owner)
    const command = { person: ada, state: 'enforced' }
    const { id } = (await kit.control.entra.call('POST', '/commands/require-mfa', command)) as { readonly id: string }
    await page.goto(`${kit.urls.entra}/admin/sign-in-logs`)
    const entry = await page.getByRole('table').getByRole('link').first().getAttribute('href')
    await checkPages(page, kit.urls.entra, [
      '/admin/sign-in-logs',
      '/admin/sign-in-logs?list=service-principal',
      String(entry),
      `${String(entry)}?tab=authentication`,
      `/admin/users/${id}/sign-ins`,
      `/admin/users/${id}/authentication-methods`,
      `/admin/users/${id}/authentication-methods/remove`,
      '/admin/users/per-user-mfa',
      `/admin/users/per-user-mfa/confirm?id=${id}&state=disabled`,
      '/admin/conditional-access',
    ])
    await checkPages(page, kit.urls.kit, ['/codes'])
  })

  test('app registrations pass', async ({ kit, page }) => {
    const { entra } = createScene(kit.control)
    const { applicationId } = await entra.createAppRegistration('Monthly reports', {
      platform: 'web',
      redirectUri: 'http://localhost:4999/callback',
    })
    const app = applicationId
    await entra.addClientSecret(app, { description: 'Nightly' })
    await entra.addScope({ app, name: 'reports.read' })
    await entra.addAppRole({ app, value: 'Report.Read' })
    await entra.addApiPermission({ app, permission: 'User.Read.All', type: 'application' })
    await entra.setGroupsClaim({ app, groups: 'SecurityGroup' })
    const { applicationId: gone } = await entra.createAppRegistration('Old tool')
    await entra.deleteAppRegistration(gone)
    await openAdminCenter(page, kit.urls.entra, PEOPLE.owner)
    const pages = [
      '',
      '/endpoints',
      '/branding',
      '/authentication',
      '/authentication/add',
      '/authentication/add/publicClient',
      '/credentials',
      '/credentials?tab=certificates',
      '/credentials/new',
      '/credentials/upload',
      '/token-configuration',
      '/token-configuration/add',
      '/token-configuration/groups',
      '/permissions',
      '/permissions/add',
      '/permissions/add/graph?type=application',
      '/permissions/consent',
      '/expose',
      '/expose/uri',
      '/expose/scopes/new',
      '/expose/clients/new',
      '/roles',
      '/roles/new',
      '/owners',
      '/owners/add',
      '/manifest',
      '/delete',
    ]
    await checkPages(page, kit.urls.entra, [
      '/admin/registrations/new',
      '/admin/registrations?tab=deleted',
      `/admin/registrations/${gone}/purge`,
      ...pages.map((each) => `/admin/registrations/${applicationId}${each}`),
    ])
  })

  test('apps and provisioning pass', async ({ kit, page }) => {
    const appId = (await pictureEntra(kit.control.entra)).app?.id ?? ''
    await openAdminCenter(page, kit.urls.entra, PEOPLE.owner)
    const provisioning = [
      '',
      '/on-demand',
      '/connectivity',
      '/mapping',
      '/mapping/groups',
      '/mapping/users/scoping',
      '/schema',
      '/expression-builder',
      '/logs',
      '/properties',
      '/properties/edit',
    ]
    const saml = await createScene(kit.control).entra.addSamlApp({
      name: 'Wallboard',
      identifier: 'https://wallboard.example/saml',
      replyUrl: 'http://localhost:4999/acs',
    })
    const signOn = [
      '',
      '/basic',
      '/claims',
      '/claim',
      '/name-id',
      '/groups-claim',
      '/certificates',
      '/test',
      '/disable',
    ]
    await checkPages(page, kit.urls.entra, [
      '/admin/apps',
      '/admin/apps/gallery',
      '/admin/consent/users',
      '/admin/consent/admins',
      '/admin/consent/classifications',
      '/admin/consent/requests',
      '/admin/consent/requests?tab=all',
      '/admin/apps/gallery/dialpad',
      '/admin/apps/gallery/saml-toolkit',
      '/admin/apps/create',
      `/admin/apps/${appId}/sign-on`,
      ...signOn.map((each) => `/admin/apps/${saml.appId}/sign-on${each}`),
      '/admin/audit-logs',
      '/admin/provisioning-logs',
      `/admin/apps/${appId}/audit`,
      ...appPages(appId),
      ...provisioning.map((each) => `/admin/apps/${appId}/provisioning${each}`),
    ])
  })
})

test.describe('pages of provisioning in its classic layout', () => {
  test.use({ world: 'connected-entra' })
  test('pass', async ({ kit, page }) => {
    await kit.control.entra.setSwitch('portal-edition', 'azure-portal-2019')
    const appId = (await pictureEntra(kit.control.entra)).app?.id ?? ''
    await openAdminCenter(page, kit.urls.entra, PEOPLE.owner)
    const at = `/admin/apps/${appId}/provisioning`
    await checkPages(page, kit.urls.entra, ['/admin/overview', '/admin/apps', at, `${at}/mapping/users`, `${at}/logs`])
  })
})

test.describe('pages of Okta', () => {
  test.use({ world: 'connected-okta' })
  test('pass', async ({ kit, page }) => {
    const appId = dialpadIdIn((await kit.control.okta.state()).collections['apps'])
    const app = `/admin/app/dialpad/instance/${appId}`
    await checkPages(page, kit.urls.okta, [
      '/login/login.htm',
      '/signin/forgot-password',
      '/welcome',
      '/signin/reset-password',
    ])
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await checkPages(page, kit.urls.okta, [
      '/',
      '/admin',
      '/admin/tasks',
      '/admin/users',
      '/admin/groups',
      '/admin/groups/rules',
      '/admin/groups/rules/new',
      '/admin/apps/active',
      '/admin/apps/assign-users',
      '/admin/apps/guides/dialpad',
      '/admin/apps/add-app/dialpad',
      '/admin/reports/system-log',
      '/admin/profile-editor',
      '/admin/access/api/tokens',
      '/admin/access/api/tokens/new',
      ...['general', 'signon', 'provisioning/to-app', 'import', 'assignments', 'push'].map((tab) => `${app}/${tab}`),
      ...['assignments/convert', 'push/bulk', 'imports'].map((page) => `${app}/${page}`),
      ...['signon/edit', 'signon/attributes', 'signon/preview', 'setup/help/SAML_2_0/instructions'].map(
        (page) => `${app}/${page}`,
      ),
    ])
  })

  test('of people, groups and profiles pass', async ({ kit, page }) => {
    const { collections } = await kit.control.okta.state()
    const idOf = (name: string, is: (record: unknown) => boolean): string =>
      Object.entries(collections[name] ?? {}).find(([, record]) => is(record))?.[0] ?? ''
    const appId = dialpadIdIn(collections['apps'])
    const user = idOf('users', (record) => JSON.stringify(record).includes(PEOPLE.first.address))
    const group = idOf('groups', (record) => JSON.stringify(record).includes('OKTA_GROUP'))
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await checkPages(page, kit.urls.okta, [
      '/app/add-apps',
      '/admin/users/new',
      '/admin/users?q=nobody-is-called-so',
      ...['applications', 'groups', 'profile', 'profile/edit', 'admin-roles', 'suspend', 'deactivate'].map(
        (tab) => `/admin/user/${user}/${tab}`,
      ),
      ...['reset-password', 'clear-sessions'].map((act) => `/admin/user/${user}/${act}`),
      '/admin/groups/new',
      ...['people', 'people/assign', 'applications', 'profile', 'profile/edit', 'delete'].map(
        (tab) => `/admin/group/${group}/${tab}`,
      ),
      '/admin/profile-editor/user',
      '/admin/profile-editor?filter=directories',
      `/admin/profile-editor/${appId}`,
      `/admin/profile-editor/${appId}/add`,
      `/admin/profile-editor/${appId}/mappings/to-user`,
      `/admin/profile-editor/${appId}/mappings/to-app`,
      '/admin/search?q=ada',
      '/admin/no-such-page',
    ])
  })

  test('of OpenID Connect pass', async ({ kit, page }) => {
    const { collections } = await kit.control.okta.state()
    const clientId = appIdIn(collections['apps'], 'Sample web app')
    const app = `/admin/app/oidc_client/instance/${clientId}`
    const server = '/admin/access/api/authorization-servers/default'
    const [policyId = ''] = Object.keys(collections['accessPolicies'] ?? {})
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await checkPages(page, kit.urls.okta, [
      '/admin/apps/create',
      '/admin/apps/create/oidc',
      ...['web', 'browser', 'native', 'service'].map((type) => `/admin/apps/create/oidc/new?type=${type}`),
      ...['general', 'general/oidc/edit', 'signon', 'signon/oidc/edit', 'assignments'].map((tab) => `${app}/${tab}`),
      '/admin/access/api/authorization-servers',
      '/admin/access/api/authorization-servers/new',
      server,
      ...['edit', 'scopes', 'scopes/new', 'claims', 'claims/new', 'policies', 'policies/new', 'delete'].map(
        (tab) => `${server}/${tab}`,
      ),
      ...['edit', 'delete', 'rules/new'].map((tab) => `${server}/policies/${policyId}/${tab}`),
      '/admin/access/api/trusted-origins',
      '/admin/access/api/trusted-origins/new',
      '/oauth2/default/v1/authorize?client_id=nobody',
    ])
  })

  test('of an app of the wizard with Single Logout pass', async ({ kit, page }) => {
    const { okta } = kit.control
    await okta.run('add-app', { catalog: 'custom', label: 'Expenses' })
    const { certificate } = (await okta.run('edit-sign-on', { app: 'Expenses' })) as { readonly certificate: string }
    const singleLogout = { url: 'http://localhost:4999/slo', issuer: 'expenses', certificate }
    await okta.run('edit-sign-on', { app: 'Expenses', singleLogout })
    const { collections } = await okta.state()
    const id = appIdIn(collections['apps'], 'Expenses')
    const found = collections['apps']?.[id] as { readonly name: string } | undefined
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    const app = `/admin/app/${found?.name}/instance/${id}`
    await checkPages(page, kit.urls.okta, [`${app}/signon`, `${app}/signon/logout`])
    await page.getByLabel('Single Logout URL').fill('nowhere')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Type a complete web address.')).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
  })

  test('of an app pass', async ({ kit, page }) => {
    const { collections } = await kit.control.okta.state()
    const appId = dialpadIdIn(collections['apps'])
    const [appUserId] = Object.keys(collections['appUsers'] ?? {})
    const group = Object.values(collections['appGroups'] ?? {})[0] as { readonly groupId: string } | undefined
    const app = `/admin/app/dialpad/instance/${appId}`
    await openOktaConsole(page, kit.urls.okta, PEOPLE.owner)
    await page.goto(`${kit.urls.okta}${app}/import`)
    await page.getByRole('button', { name: 'Import Now' }).click()
    await checkPages(page, kit.urls.okta, [
      '/admin/apps/add-app',
      '/admin/apps/add-app/dialpad/settings',
      '/admin/apps/create',
      ...['general/edit', 'general/vpn/edit', 'general/embed/edit', 'general/self-service/edit', 'deactivate'].map(
        (tab) => `${app}/${tab}`,
      ),
      ...['to-app/edit', 'to-okta', 'to-okta/edit', 'integration', 'integration/edit'].map(
        (tab) => `${app}/provisioning/${tab}`,
      ),
      ...['mapping/to-app/title/edit', 'mapping/to-app/title/remove', 'force-sync', 'import'].map(
        (tab) => `${app}/${tab}`,
      ),
      `${app}/provisioning/to-app?unmapped=show`,
      ...['?filter=groups', '/assign/people', '/assign/groups', `/user/${appUserId}/edit`].map(
        (tab) => `${app}/assignments${tab}`,
      ),
      `${app}/assignments/user/${appUserId}/unassign`,
      `${app}/assignments/group/${group?.groupId}/edit`,
      `${app}/assignments/group/${group?.groupId}/unassign`,
      ...['push/by-name', 'push/by-rule', 'push/settings', 'push?list=errors'].map((tab) => `${app}/${tab}`),
      ...['reports/current-assignments', 'reports/recent-unassignments'].map((tab) => `${app}/${tab}`),
      '/admin/reports/system-log?q=nothing.known%20eq%20%22x%22',
    ])
  })
})

test.describe('pages of Dialpad', () => {
  test.use({ world: 'connected-entra' })

  test('of the site pass', async ({ kit, page }) => {
    await checkPages(page, kit.urls.dialpad, [
      '/',
      '/login',
      '/login?done=logged-out-of-dialpad',
      '/login/provider',
      '/signup',
      '/signup/email',
      '/no-such-page',
    ])
  })

  test('of the portal pass', async ({ kit, page }) => {
    const { collections } = await kit.control.dialpad.state()
    const first = (name: string): string => Object.keys(collections[name] ?? {})[0] ?? ''
    await enterDialpad(page, kit.urls.dialpad, PEOPLE.owner)
    await checkPages(page, kit.urls.dialpad, [
      '/app',
      '/admin/company',
      '/admin/company/authentication/api-keys',
      '/admin/company/authentication/api-keys/new',
      '/admin/company/authentication/scim',
      '/admin/company/offices',
      '/admin/company/users',
      '/admin/company/reserved-numbers',
      '/admin/company/deleted-users',
      '/admin/company/licenses',
      '/admin/company/groups',
      '/admin/company/change-log',
      '/admin/company/users/add',
      '/admin/company/offices/new',
      '/admin/company/licenses/purchase',
      '/admin/company/billing',
      '/admin/company/administrators',
      '/admin/company/departments',
      '/admin/company/departments/new',
      '/admin/company/details',
      '/admin/company/authentication/saml',
      `/admin/offices/${first('offices')}`,
      `/admin/offices/${first('offices')}/edit`,
      `/admin/offices/${first('offices')}/users`,
      `/admin/users/${first('users')}`,
      `/admin/users/${first('users')}/delete`,
      `/admin/users/${first('users')}/options`,
      `/admin/users/${first('users')}/edit`,
      `/admin/users/${first('users')}/numbers`,
      `/admin/users/${first('users')}/privileges`,
      `/admin/company/groups/${first('groups')}`,
    ])
  })
})
