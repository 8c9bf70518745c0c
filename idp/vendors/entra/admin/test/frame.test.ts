import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { type RunningAdmin, startAdmin } from './start-admin.ts'

let admin: RunningAdmin
let marta: Visitor

beforeAll(async () => {
  admin = await startAdmin()
  marta = await admin.signIn('marta.silva')
})
afterAll(() => admin.close())

const NAVIGATION = [
  ['Home', 'Home'],
  ['App gallery', 'Browse Microsoft Entra Gallery'],
  ['Overview', 'Brightwave | Overview'],
  ['Users', 'Users | All users'],
  ['Groups', 'Groups | All groups'],
  ['Enterprise apps', 'Enterprise apps | All applications'],
  ['App registrations', 'App registrations'],
  ['Roles & admins', 'Roles & admins | All roles'],
] as const

describe('the frame', () => {
  test.each(NAVIGATION)('%s in the navigation opens "%s"', async (label, title) => {
    await marta.open('/admin')
    await marta.follow(label)
    expect(marta).toMatchObject({ status: 200, title })
  })

  test('every link of every page in the navigation leads somewhere', async () => {
    const seen = new Set<string>()
    for (const [label] of NAVIGATION) {
      await marta.open('/admin')
      await marta.follow(label)
      for (const [, href = ''] of marta.html.matchAll(/<a\b[^>]*href="(\/admin[^"]*)"/g)) seen.add(href)
    }
    // What provisions an app is mounted beside these pages.
    const paths = [...seen]
      .map((href) => href.replaceAll('&amp;', '&'))
      .filter((href) => !href.endsWith('/provisioning'))
    expect(paths.length).toBeGreaterThan(30)
    for (const path of paths) {
      await marta.open(path)
      expect([path, marta.status]).toEqual([path, 200])
    }
  }, 60_000)

  test('home tells the tenant, its primary domain and the own role', async () => {
    await marta.open('/admin')
    expect(marta.text).toContain(TENANT_ID)
    expect(marta.text).toContain('Primary domain brightwave.example')
    expect(marta.text).toContain('Your role Global Administrator')
  })

  test('the global search finds people, groups and apps', async () => {
    await marta.open('/admin')
    await marta.submit('/admin/search', { q: 'sal' })
    expect(marta.linkTo('Sales')).toMatch(/^\/admin\/groups\//)
    await marta.submit('/admin/search', { q: 'okafor' })
    await marta.follow('AO Ada Okafor')
    expect(marta.title).toBe('Ada Okafor')
    await marta.submit('/admin/search', { q: 'sample' })
    expect(marta.linkTo('Sample web app')).toMatch(/^\/admin\/apps\//)
    await marta.submit('/admin/search', { q: 'nobody at all' })
    expect(marta.text).toContain('Nothing found')
  })

  test('what people type is shown as text, never as markup', async () => {
    await marta.open(`/admin/search?q=${encodeURIComponent('<img src=x onerror=1>')}`)
    expect(marta.html).not.toContain('<img')
    expect(marta.title).toBe('Results for "<img src=x onerror=1>"')
  })

  test('signing out ends the session', async () => {
    const guest = await admin.signIn('oskar.lindqvist')
    await guest.submit('/admin/sign-out')
    await guest.open('/admin/users')
    expect(guest.title).toBe('Pick an account')
  })

  test('an unknown address is a page of the admin center', async () => {
    await marta.open('/admin/nowhere')
    expect(marta).toMatchObject({ status: 404, title: 'Not found' })
    expect(marta.text).toContain('There is no page at /admin/nowhere.')
    expect(marta.linkTo('Users')).toBe('/admin/users')
  })

  test.each([
    ['users', 'There is no user with the id'],
    ['groups', 'There is no group with the id'],
    ['apps', 'There is no service principal with the id'],
  ])('an unknown id below /%s is not found', async (kind, words) => {
    await marta.open(`/admin/${kind}/11111111-1111-4111-8111-111111111111`)
    expect(marta).toMatchObject({ status: 404, title: 'Not found' })
    expect(marta.text).toContain(words)
  })

  test('another tenant’s people see their own tenant and nothing of this one', async () => {
    const ingrid = await admin.signIn('ingrid.solberg', 'northpeak.example')
    expect(ingrid.text).toContain('Primary domain northpeak.example')
    const { store } = admin.system
    const [ada] = store.find('users', 'userPrincipalName', 'ada.okafor@brightwave.example')
    const [group] = store.find('groups', 'live', TENANT_ID)
    const [app] = store.find('servicePrincipals', 'tenant', TENANT_ID)
    for (const path of [`users/${ada?.id}`, `groups/${group?.id}`, `apps/${app?.id}`, `apps/${app?.id}/users/add`]) {
      await ingrid.open(`/admin/${path}`)
      expect([path, ingrid.status]).toEqual([path, 404])
    }
    await ingrid.open('/admin/search?q=ada')
    expect(ingrid.text).toContain('Nothing found')
    await ingrid.open(`/admin/users/delete?id=${ada?.id}`)
    expect(ingrid.text).toContain('Tick the users first.')
  })

  test('a page number beyond the end is an empty list with the way back', async () => {
    await marta.open('/admin/users?page=99')
    expect(marta.status).toBe(200)
    expect(marta.linkTo('Previous')).toBe('/admin/users?page=98')
  })
})

describe('who may', () => {
  test('somebody without a role is refused everywhere, with the roles named and another account offered', async () => {
    const ada = await admin.signIn('george.mensah')
    expect(ada.status).toBe(403)
    expect(ada.text).toContain('You are signed in, but hold no directory role')
    expect(ada.text).toContain('Sign in with a different account')
    for (const path of ['/admin/users', '/admin/apps', '/admin/overview', '/admin/search?q=a', '/admin/nowhere']) {
      await ada.open(path)
      expect(ada).toMatchObject({ status: 403, title: "You don't have access" })
      expect(ada.text).toContain('needs the role Global Administrator')
      expect(ada.text).toContain('george.mensah@brightwave.example holds no role')
    }
    await ada.submit('/admin/switch-account')
    expect(ada.title).toBe('Pick an account')
  })

  test('a Global Reader reads everything and changes nothing', async () => {
    const oskar = await admin.signIn('oskar.lindqvist')
    await oskar.open('/admin/users')
    expect(oskar.status).toBe(200)
    expect(oskar.html).toContain('Needs the role Global Administrator or User Administrator.')
    for (const path of ['/admin/users/new', '/admin/groups/new']) {
      await oskar.open(path)
      expect(oskar).toMatchObject({ status: 403, title: "You don't have access" })
      expect(oskar.text).toContain('needs the role Global Administrator or User Administrator')
    }
    await oskar.open('/admin/apps')
    await oskar.follow('Sample web app')
    await oskar.follow('Properties')
    expect(oskar.html).toContain('disabled')
    await oskar.submit('/properties', { displayName: 'Renamed', accountEnabled: 'no' })
    expect(oskar.status).toBe(422)
    await oskar.submit('/properties', {
      displayName: 'Renamed',
      homepage: '',
      notes: '',
      accountEnabled: 'no',
      appRoleAssignmentRequired: 'no',
      visibleToUsers: 'no',
    })
    expect(oskar).toMatchObject({ status: 403, title: "You don't have access" })
    expect(oskar.text).toContain('Owner of Sample web app')
  })

  test('an application administrator manages apps, but neither users nor groups', async () => {
    const jonas = await admin.signIn('jonas.weber')
    await jonas.open('/admin/groups/new')
    expect(jonas.status).toBe(403)
    await jonas.open('/admin/apps')
    await jonas.follow('Sample single-page app')
    await jonas.follow('Users and groups')
    await jonas.follow('Add user/group')
    expect(jonas).toMatchObject({ status: 200, title: 'Add Assignment' })
  })
})

describe('forged requests', () => {
  test('a form without the session’s token changes nothing', async () => {
    const groups = admin.system.store.count('groups')
    await marta.post('/admin/groups/new', { displayName: 'Forged', do: 'create' })
    expect(marta).toMatchObject({ status: 403, title: 'This could not be done' })
    expect(marta.text).toContain('The form belongs to a session that is over.')
    expect(admin.system.store.count('groups')).toBe(groups)
  })

  test('a form from another site changes nothing', async () => {
    await marta.open('/admin/groups/new')
    const token = marta.valueOf('_csrf') ?? ''
    const fields = { _csrf: token, displayName: 'Forged', do: 'create' }
    await marta.post('/admin/groups/new', fields, { origin: 'https://evil.example' })
    expect(marta.status).toBe(403)
    expect(marta.text).toContain('The form was sent from another site.')
  })
})
