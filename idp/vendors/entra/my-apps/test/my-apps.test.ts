import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { elementsOf, xmlOf } from '#idp/protocols/saml/test/answer-message.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { createBrowser } from '#kit/test/browser.ts'
import { createVisitor } from '#kit/test/visitor.ts'
import { PARTNER_APP, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { accountByName } from '../../sign-in/accounts.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { shownApps } from '../apps-of-person.ts'
import { DOMAIN, enter, type Person, type RunningMyApps, startMyApps, TARGET } from './start-my-apps.ts'

/** My Apps as people use it, without scripts; what administrators do in between is done in one call. */

const ACS_URL = 'http://localhost:4999/acs'

let entra: RunningMyApps
/** Assigned to the target by a group. */
let ada: Person

beforeAll(async () => {
  entra = await startMyApps()
  ada = await entra.signIn('ada.okafor')
})
afterAll(() => entra.close())

const address = (handle: string): string => `${handle}@${DOMAIN}`

function principalOf(appId: string): ServicePrincipal {
  const [found] = entra.system.store.find('servicePrincipals', 'appId', `${TENANT_ID}/${appId}`)
  if (found === undefined) throw new Error(`No enterprise app ${appId}.`)
  return found
}

const sample = (): ServicePrincipal => principalOf(SAMPLE_WEB_APP.appId)
const manage = (app: ServicePrincipal): string => `/myapps/apps/${app.id}`
const userAccess = (appId: string): string => `/api/signin/${appId}?tenantId=${TENANT_ID}`

const askFor = (scope: string): string =>
  `/${TENANT_ID}/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: SAMPLE_WEB_APP.appId,
    response_type: 'code',
    redirect_uri: 'http://localhost:39211/callback',
    scope,
    state: 'there',
  })}`

/** Somebody consents to the sample app, in the browser they are signed in with. */
async function consent(person: Person): Promise<void> {
  const asked = await person.browser.go(askFor('openid profile User.Read'))
  expect(asked.title).toBe('Permissions requested')
  const left = await person.browser.send(asked, '/consent', { decision: 'accept' })
  expect(left.url.searchParams.get('code')).toMatch(/./)
}

const grants = (handle: string) =>
  entra.system.store.find('permissionGrants', 'principal', accountByName(entra.system.store, address(handle))?.id ?? '')

describe('the dashboard', () => {
  test('is reached by signing in, without consent, and shows the apps of one’s groups', () => {
    expect([ada.path, ada.title]).toEqual(['/myapps', 'Apps dashboard'])
    expect(ada.text).toContain('ada.okafor@brightwave.example Brightwave')
    expect(ada.linkTo('D Dialpad')).toBe(userAccess(PARTNER_APP.appId))
  })

  test('the tile of an app with OpenID Connect opens its Homepage URL: Dialpad’s leads into the Dialpad twin', async () => {
    expect((await ada.browser.leave(ada.linkTo('D Dialpad') ?? '')).href).toBe(`${TARGET}/`)
  })

  test('says so to somebody without an app, and an assignment appears with the next look', async () => {
    const rosa = await entra.signIn('rosa.jimenez')
    expect(rosa.text).toContain('No apps yet')
    await entra.run('assign', { app: 'Sample web app', principal: address('rosa.jimenez') })
    await rosa.open('/myapps')
    expect(rosa.linkTo('S Sample web app')).toBe(userAccess(SAMPLE_WEB_APP.appId))
    await entra.run('unassign', { app: 'Sample web app', principal: address('rosa.jimenez') })
    await rosa.open('/myapps')
    expect(rosa.text).toContain('No apps yet')
  })

  test('only direct members of a group have its apps, and nobody while it is in the recycle bin', async () => {
    await entra.run('add-app', { name: 'Wiki' })
    await entra.run('edit-app', { app: 'Wiki', assignmentRequired: true })
    await entra.run('assign', { app: 'Wiki', principal: 'All Staff' })
    const tessa = await entra.signIn('tessa.vandijk')
    const hana = await entra.signIn('hana.suzuki')
    const wiki = tessa.linkTo('W Wiki') ?? ''
    expect([wiki, hana.linkTo('W Wiki')]).toEqual([expect.stringContaining('/api/signin/'), undefined])
    await hana.open(wiki)
    expect(hana.text).toContain('AADSTS50105')
    await entra.run('delete-group', { group: 'All Staff' })
    await tessa.open('/myapps')
    expect(tessa.text).toContain('No apps yet')
    await tessa.open(wiki)
    expect(tessa.text).toContain('AADSTS50105')
    await entra.run('restore-group', { group: 'All Staff' })
    await tessa.open('/myapps')
    expect(tessa.linkTo('W Wiki')).toBe(wiki)
    await entra.run('remove-app', { app: 'Wiki' })
  })

  test('"Visible to users?" set to No takes the tile away, not the access', async () => {
    const { id } = principalOf(PARTNER_APP.appId)
    const naomi = await entra.signIn('naomi.clarke')
    await naomi.open(`/admin/apps/${id}/properties`)
    await naomi.submit('/properties', { visibleToUsers: 'no' })
    await ada.open('/myapps')
    expect(ada.text).toContain('No apps yet')
    expect((await ada.browser.leave(userAccess(PARTNER_APP.appId))).href).toBe(`${TARGET}/`)
    await naomi.open(`/admin/apps/${id}/properties`)
    await naomi.submit('/properties', { visibleToUsers: 'yes' })
    await ada.open('/myapps')
    expect(ada.linkTo('D Dialpad')).toBe(userAccess(PARTNER_APP.appId))
  })

  test('search finds by part of the name, whatever the case, and says when nothing is called so', async () => {
    await ada.open('/myapps')
    await ada.submit('/myapps', { q: 'DIAL' })
    expect([ada.path, ada.linkTo('D Dialpad')]).toEqual(['/myapps?q=DIAL', userAccess(PARTNER_APP.appId)])
    await ada.submit('/myapps', { q: '<b>' })
    expect(ada.text).toContain('No apps match')
    expect(ada.linkTo('D Dialpad')).toBeUndefined()
    expect(ada.html).not.toContain('<b>')
    await ada.follow('Show all apps')
    expect(ada.linkTo('D Dialpad')).toBe(userAccess(PARTNER_APP.appId))
  })

  test('costs what the person has: everything is found by index', () => {
    const { store } = entra.system
    const user = accountByName(store, address('ada.okafor'))
    if (user === undefined) throw new Error('Nobody.')
    const looked: string[] = []
    const byIndex = new Proxy(store, {
      get(target, name, receiver) {
        looked.push(String(name))
        return Reflect.get(target, name, receiver)
      },
    })
    expect(shownApps(byIndex, user).map(({ displayName }) => displayName)).toEqual(['Dialpad'])
    expect(new Set(looked)).toEqual(new Set(['find', 'get']))
  })
})

describe('an app with SAML', () => {
  test('its tile starts single sign-on from here; with a Sign on URL the app begins', async () => {
    const samlApp = { name: 'Wallboard', identifier: 'https://service.example/entity', replyUrl: ACS_URL }
    await entra.run('add-saml-app', samlApp)
    await entra.run('assign', { app: 'Wallboard', principal: address('ada.okafor') })
    await ada.open('/myapps')
    const tile = ada.linkTo('W Wallboard') ?? ''
    await ada.open(tile)
    const form = ada.page.form('')
    expect([ada.title, form?.action]).toEqual(['Working...', ACS_URL])
    const response = elementsOf(xmlOf(Object.fromEntries(form?.fields ?? [])))('Response')[0]
    expect(attributeOf(response, 'InResponseTo')).toBeUndefined()
    await entra.run('edit-saml-app', { app: 'Wallboard', signOnUrl: 'http://localhost:4999/login' })
    expect((await ada.browser.leave(tile)).href).toBe('http://localhost:4999/login')
  })

  test('has no permissions to manage', async () => {
    await ada.open('/myapps')
    await ada.open(ada.html.match(/\/myapps\/apps\/[0-9a-f-]{36}(?=")/g)?.at(-1) ?? '')
    expect([ada.title, ada.linkTo('Revoke permissions')]).toEqual(['Wallboard', undefined])
    expect(ada.text).toContain('Neither you nor an administrator has granted Wallboard anything.')
  })
})

describe('Manage your application', () => {
  test('shows what one consented to; revoking asks first, and the next sign-in asks for consent again', async () => {
    const george = await entra.signIn('george.mensah')
    expect(george.linkTo('S Sample web app')).toBeUndefined()
    await consent(george)
    await george.open('/myapps')
    expect(george.linkTo('S Sample web app')).toBe(userAccess(SAMPLE_WEB_APP.appId))
    await george.open(manage(sample()))
    expect(george.text).toContain("You've consented to")
    expect(george.text).toContain('Sign you in and read your profile')
    expect(george.text).not.toContain('Your administrator has consented to')
    await george.follow('Revoke permissions')
    expect(george.text).toContain('Revoke permissions? Sample web app')
    expect(grants('george.mensah')).toHaveLength(1)
    await george.submit('/revoke')
    expect(george.path).toBe('/myapps')
    expect(george.text).toContain('The permissions you granted Sample web app were revoked.')
    expect(george.linkTo('S Sample web app')).toBeUndefined()
    expect(grants('george.mensah')).toEqual([])
    await george.open('/myapps')
    expect(george.text, 'told once').not.toContain('were revoked')
    const again = await george.browser.go(askFor('openid profile User.Read'))
    expect(again.title).toBe('Permissions requested')
    const { items } = entra.system.journal.read({ kind: 'state', limit: 1000 })
    expect(items.at(-1)?.title).toBe('george.mensah@brightwave.example took back their consent to Sample web app')
    const [event] = entra.system.store.latest('auditEvents', 0, 1)
    expect(event).toMatchObject({
      activity: 'Remove delegated permission grant',
      initiatedBy: { kind: 'user', userPrincipalName: 'george.mensah@brightwave.example' },
    })
  })

  test('what an administrator granted is shown and cannot be revoked, not even by a forged form', async () => {
    const { id } = principalOf(PARTNER_APP.appId)
    await ada.open(manage(principalOf(PARTNER_APP.appId)))
    expect(ada.text).toContain('Your administrator has consented to')
    expect(ada.text).toContain('Read your calendars')
    expect([ada.linkTo('Revoke permissions'), ada.text.includes("You've consented to")]).toEqual([undefined, false])
    await ada.open(`${manage(principalOf(PARTNER_APP.appId))}/revoke`)
    expect(ada.path).toBe(manage(principalOf(PARTNER_APP.appId)))
    const token = ada.valueOf('_csrf') ?? ''
    await ada.post(`/myapps/apps/${id}/revoke`, { _csrf: token })
    expect(ada.text).toContain('There was nothing left to revoke: you have granted Dialpad nothing.')
    expect(entra.system.store.count('permissionGrants', 'organization', id)).toBe(1)
  })

  test('nobody revokes for another, and a form without the session’s token or from another site does nothing', async () => {
    const [chloe, ben] = await Promise.all([entra.signIn('chloe.nguyen'), entra.signIn('ben.castillo')])
    await consent(chloe)
    await ben.open('/myapps')
    const token = ben.valueOf('_csrf') ?? ''
    await ben.post(`${manage(sample())}/revoke`, { _csrf: token })
    expect([ben.status, ben.title]).toEqual([404, 'Not found'])
    expect(ben.text).toContain('This app is not among your apps.')
    await chloe.open(`${manage(sample())}/revoke`)
    const own = chloe.valueOf('_csrf') ?? ''
    await chloe.post(`${manage(sample())}/revoke`, {})
    expect(chloe.text).toContain('The form belongs to a session that is over.')
    await chloe.post(`${manage(sample())}/revoke`, { _csrf: own }, { origin: 'https://evil.example' })
    expect([chloe.status, grants('chloe.nguyen').length]).toEqual([403, 1])
    expect(chloe.text).toContain('The form was sent from another site.')
  })
})

describe('when things change while the page is open', () => {
  test('an assignment is taken away where one is required: AADSTS50105, logged, and the app cannot be managed', async () => {
    await entra.run('edit-app', { app: 'Sample web app', assignmentRequired: true })
    await entra.run('assign', { app: 'Sample web app', principal: address('ben.castillo') })
    const ben = await entra.signIn('ben.castillo')
    const tile = ben.linkTo('S Sample web app') ?? ''
    await entra.run('unassign', { app: 'Sample web app', principal: address('ben.castillo') })
    await ben.open(tile)
    expect(ben.text).toContain('AADSTS50105')
    const { store, clock } = entra.system
    const [entry] = signIns(store, TENANT_ID, clock.now(), { user: address('ben.castillo'), errorCode: 50105 })
    expect(entry).toMatchObject({ errorCode: 50105 })
    await ben.open(manage(sample()))
    expect([ben.status, ben.title]).toEqual([404, 'Not found'])
    await entra.run('edit-app', { app: 'Sample web app', assignmentRequired: false })
  })

  test('an app disabled for sign-in keeps its tile, which answers AADSTS7000112', async () => {
    await entra.run('edit-app', { app: 'Dialpad', enabled: false })
    await ada.open('/myapps')
    await ada.follow('D Dialpad')
    expect(ada.text).toContain('AADSTS7000112')
    await entra.run('edit-app', { app: 'Dialpad', enabled: true })
  })

  test('somebody who is blocked is out with the next request, and does not get in again', async () => {
    const dmitri = await entra.signIn('dmitri.volkov')
    await entra.run('block-person', { person: address('dmitri.volkov') })
    await dmitri.open('/myapps')
    expect(dmitri.title).toBe('Pick an account')
    const victor = createVisitor(entra.origin)
    await victor.open('/myapps')
    await expect(enter(victor, 'victor.hale')).rejects.toThrow()
    expect(victor.text).toContain('AADSTS50057')
  })
})

describe('the user access URL', () => {
  test('stands on the Properties page, and signs in who opens it', async () => {
    const naomi = await entra.signIn('naomi.clarke')
    await naomi.open(`/admin/apps/${principalOf(PARTNER_APP.appId).id}/properties`)
    const url = entra.origin + userAccess(PARTNER_APP.appId)
    expect(naomi.text).toContain(`User access URL ${url}`)
    const browser = createBrowser(entra.origin)
    const visitor = createVisitor(entra.origin, browser)
    await visitor.open(url)
    expect(visitor.title).toBe('Sign in')
    await visitor.submit('/email', { email: address('george.mensah') })
    await visitor.submit('/password', { password: 'Practice-2026!' })
    const left = await browser.send(visitor.page, '/stay', { stay: 'no' })
    expect(left.url.href).toBe(`${TARGET}/`)
    expect((await browser.leave(`/signin/${PARTNER_APP.appId}?tenantId=${TENANT_ID}`)).href).toBe(`${TARGET}/`)
  })

  test('of an app without an address, or with one that is not on this machine, says what is missing', async () => {
    await ada.open(userAccess(SAMPLE_WEB_APP.appId))
    expect([ada.status, ada.title]).toEqual([404, 'Sample web app'])
    expect(ada.text).toContain('Sample web app has no address to open.')
    await entra.run('edit-app-registration', { app: 'Sample web app', homepage: 'https://reports.example/start' })
    await ada.open(userAccess(SAMPLE_WEB_APP.appId))
    expect(ada.text).toContain('Sample web app is at reports.example, which is not on this machine.')
    await entra.run('edit-app-registration', {
      app: 'Sample web app',
      homepage: 'https://www.dialpad.com/meetings?a=b',
    })
    expect((await ada.browser.leave(userAccess(SAMPLE_WEB_APP.appId))).href).toBe(`${TARGET}/meetings?a=b`)
    await entra.run('edit-app-registration', { app: 'Sample web app', homepage: null })
  })

  test('of no app, or opened by somebody of another organization, is refused', async () => {
    await ada.open(userAccess('00000000-1111-2222-3333-444444444444'))
    expect(ada.text).toContain('AADSTS700016')
    const ingrid = createVisitor(entra.origin)
    await ingrid.open(userAccess(PARTNER_APP.appId))
    await ingrid.submit('/email', { email: 'ingrid.solberg@northpeak.example' })
    await ingrid.submit('/password', { password: 'Practice-2026!' })
    await ingrid.submit('/stay', { stay: 'no' })
    expect(ingrid.text).toContain('AADSTS50020')
  })
})

describe('the session', () => {
  test('is one of its own; signing out ends the admin center’s too, and leads back here', async () => {
    const marta = await entra.signIn('marta.silva')
    await marta.open('/admin')
    expect([marta.title, marta.browser.cookie('entra_myapps') === marta.browser.cookie('entra_admin')]).toEqual([
      'Home',
      false,
    ])
    const stolen = marta.browser.copy()
    await marta.open('/myapps')
    await marta.submit('/sign-out')
    expect([marta.title, marta.linkTo('Sign in again')]).toEqual(['You signed out of your account', '/myapps'])
    for (const path of ['/myapps', '/admin']) {
      expect((await stolen.go(path)).title, path).toBe('Pick an account')
    }
  })

  test('another account may be chosen, and a callback nobody asked for opens nothing', async () => {
    const lena = await entra.signIn('lena.fischer')
    await lena.submit('/switch-account')
    expect(lena.title).toBe('Pick an account')
    const stranger = createVisitor(entra.origin)
    await stranger.open('/myapps/signin-oidc?code=made-up&state=made-up')
    expect(stranger.title).toBe('Sign in')
  })

  test('a page that is not there says so inside the portal', async () => {
    await ada.open('/myapps/collections')
    expect([ada.status, ada.title, ada.linkTo('Back to your apps')]).toEqual([404, 'Not found', '/myapps'])
  })
})
