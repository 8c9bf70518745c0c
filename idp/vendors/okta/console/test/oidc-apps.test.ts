import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, pageOf } from '#kit/test/browser.ts'
import { deleteApp, setAppStatus } from '../../commands/apps.ts'
import { createOidcApp } from '../../oauth/commands/apps.ts'
import { deletePolicy, putPolicy } from '../../oauth/commands/policies.ts'
import { putScope } from '../../oauth/commands/scopes.ts'
import { OKTA_SAMPLE_WEB_APP } from '../../oauth/samples.ts'
import { type OAuthStage, startOAuth } from '../../oauth/test/oauth-stage.ts'
import { KIT } from '../../scene/okta-command.ts'

/** Create App Integration > OIDC, its tabs, and Security > API, as an administrator types them, without scripts. */

let stage: OAuthStage
let browser: Browser
beforeAll(async () => {
  stage = await startOAuth()
  browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/admin'), 'marta.silva')
})
afterAll(() => stage.close())

const go = (path: string) => browser.go(path)

describe('an app', () => {
  test('is made with its redirect URIs, kept as typed; what is wrong is told beside the field', async () => {
    const form = await go('/admin/apps/create/oidc/new?type=web')
    const empty = await browser.submit(form, '/new', {})
    expect(empty.text).toContain('The field cannot be left blank')
    expect(empty.text).toContain("At least one 'redirect_uri' must be specified")
    const refused = await browser.submit(form, '/new', { label: 'Orders', redirect_uris: 'orders.example/cb' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain("'orders.example/cb' must be a complete address")
    const made = await browser.submit(refused, '/new', {
      redirect_uris: 'https://orders.example/cb\nhttp://localhost:3000/cb',
      access: 'everyone',
    })
    expect(made).toMatchObject({ status: 200, title: 'Orders' })
    expect(made.text).toContain('http://localhost:3000/cb')
    const [app] = stage.system.store.find('apps', 'label', 'orders')
    expect(app?.oidc).toMatchObject({ applicationType: 'web', authMethod: 'client_secret_basic' })
    expect(stage.system.store.find('appGroups', 'app', app?.id ?? '')).toHaveLength(1)
  })

  test('shows its secret when asked by a form, and on no page otherwise', async () => {
    const at = `/admin/app/oidc_client/instance/${OKTA_SAMPLE_WEB_APP.clientId}/general`
    const general = await go(at)
    expect(general.html).not.toContain(OKTA_SAMPLE_WEB_APP.secret)
    const shown = await browser.submit(general, '/reveal')
    expect(shown.html).toContain(OKTA_SAMPLE_WEB_APP.secret)
    const forged = await browser.post(`${at}/oidc/secrets/ocs0/reveal`, {})
    expect(pageOf(forged).status).toBe(403)
    expect((await go(at)).html).not.toContain(OKTA_SAMPLE_WEB_APP.secret)
    const entries = stage.system.journal.read({ after: 0, limit: 1000 })
    expect(JSON.stringify(entries)).not.toContain(OKTA_SAMPLE_WEB_APP.secret)
  })

  test('has no tabs of SAML or provisioning', async () => {
    const page = await go(`/admin/app/oidc_client/instance/${OKTA_SAMPLE_WEB_APP.clientId}/signon`)
    expect(page.text).toContain('OpenID Connect ID Token')
    expect(page.text).not.toContain('SAML')
    const edit = await browser.visit(`/admin/app/oidc_client/instance/${OKTA_SAMPLE_WEB_APP.clientId}/signon/edit`)
    expect(pageOf(edit).status).toBe(404)
  })
})

describe('Security > API', () => {
  test('a policy forgets a client that is deleted', async () => {
    const deps = { system: stage.system }
    const { app } = await createOidcApp(deps, KIT, { label: 'Short-lived', applicationType: 'service' })
    const policy = await putPolicy(deps, KIT, {
      serverId: 'default',
      settings: {
        name: 'For two',
        description: '',
        status: 'ACTIVE',
        clients: [app.id, OKTA_SAMPLE_WEB_APP.clientId],
      },
    })
    await setAppStatus(deps, KIT, { appId: app.id, status: 'INACTIVE' })
    await deleteApp(deps, KIT, { appId: app.id })
    const policies = await go('/admin/access/api/authorization-servers/default/policies')
    expect(policies.text).toContain(`Assigned to clients: ${OKTA_SAMPLE_WEB_APP.label}.`)
    await deletePolicy(deps, KIT, { serverId: 'default', policyId: policy.id })
  })

  test('an authorization server with scope, claim, policy and rule, and gone again after a question', async () => {
    const made = await browser.submit(await go('/admin/access/api/authorization-servers/new'), '/new', {
      name: 'Orders API',
      audience: 'api://orders',
    })
    expect(made.title).toBe('Orders API')
    const at = new URL(made.url).pathname
    const scope = await browser.submit(await go(`${at}/scopes/new`), '/scopes/new', { name: 'orders:read' })
    expect(scope.text).toContain('orders:read')
    const claim = await browser.submit(await go(`${at}/claims/new`), '/claims/new', {
      name: 'dept',
      value: 'user.department',
    })
    expect(claim.text).toContain('user.department')
    const policies = await browser.submit(await go(`${at}/policies/new`), '/policies/new', { name: 'Everybody' })
    const link = policies.linkTo('Add rule') ?? ''
    const rule = await go(link)
    const refused = await browser.submit(rule, '/rules/new', { name: 'Sales', groups: 'Nobody', access: '1' })
    expect(refused.text).toContain("There is no group 'Nobody'")
    expect(refused.text).toContain('Use 5 to 1440 minutes')
    const done = await browser.submit(refused, '/rules/new', { name: 'Sales', groups: 'Sales', access: '15' })
    expect(done.text).toContain('1. Sales')
    await browser.submit(await go(at), '/deactivate')
    const question = await go(`${at}/delete`)
    const gone = await browser.submit(question, '/delete')
    expect(gone.text).toContain('Orders API was deleted.')
    expect(stage.system.store.count('oauthScopes', 'name', 'orders:read')).toBe(0)
  })

  test('a read-only administrator sees servers and changes nothing; scopes of the product are nobody’s to change', async () => {
    const at = '/admin/access/api/authorization-servers/default'
    const deps = { system: stage.system }
    const scope = await putScope(deps, KIT, {
      serverId: 'default',
      settings: {
        name: 'stock:read',
        displayName: '',
        description: '',
        isDefault: false,
        consent: 'IMPLICIT',
        isPublished: false,
      },
    })
    const acts = async (visitor: Browser) => {
      const { html } = await visitor.go(`${at}/scopes`)
      return [html.includes('Add Scope'), html.includes('Edit stock:read'), html.includes('Edit openid')]
    }
    expect(await acts(browser)).toEqual([true, true, false])
    const oskar = stage.browser()
    await stage.typePassword(oskar, await oskar.visit('/admin'), 'oskar.lindqvist')
    expect(await acts(oskar)).toEqual([false, false, false])
    for (const path of [
      'scopes/new',
      `scopes/${scope.id}/edit`,
      `scopes/${scope.id}/delete`,
      'policies/new',
      'delete',
    ]) {
      expect(pageOf(await oskar.visit(`${at}/${path}`)).status, path).toBe(403)
    }
  })

  test('a trusted origin is added, and refused with a path', async () => {
    const form = await go('/admin/access/api/trusted-origins/new')
    const refused = await browser.submit(form, '/new', { name: 'Shop', origin: 'https://shop.example/here' })
    expect(refused.text).toContain('Type scheme, host and port alone')
    const added = await browser.submit(refused, '/new', { origin: 'https://shop.example' })
    expect(added.text).toContain('Shop was added.')
  })
})
