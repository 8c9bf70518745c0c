import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { addApp } from '../../commands/apps.ts'
import { assignPerson } from '../../commands/assignments.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

const okta: RunningOkta = await startOkta()
let marta: Visitor
beforeEach(async () => {
  await okta.system.control.reset({ world: 'brightwave' })
  marta = await okta.signIn('marta.silva')
})
afterAll(() => okta.close())

const KIT = { kind: 'kit' } as const
const statusOf = (handle: string): string | undefined => okta.system.store.get('users', oktaUserIdOf(handle))?.status
const person = (handle: string, page = 'applications'): string => `/admin/user/${oktaUserIdOf(handle)}/${page}`

describe('Directory > People', () => {
  test('is filtered by state, in the words of the console, and searched by the beginning of a name', async () => {
    await marta.follow('People')
    expect(marta.text).toContain('Add person')
    await marta.follow('Suspended 1')
    expect(marta.text).toContain('Umar Rashid')
    expect(marta.text).not.toContain('Ada Okafor')
    await marta.open('/admin/users?q=ada')
    expect(marta.text).toContain('ada.okafor@brightwave.example')
    await marta.open('/admin/users?q=zzz')
    expect(marta.text).toContain('No people found')
  })

  test('Add person: refusals beside the fields, then somebody who can sign in', async () => {
    await marta.open('/admin/users/new')
    const typed = { firstName: 'Nora', lastName: 'Quist', login: 'ada.okafor@brightwave.example', email: 'nora@x' }
    await marta.submit('/users/new', typed)
    expect(marta.status).toBe(422)
    expect(marta.valueOf('firstName')).toBe('Nora')
    const fine = { ...typed, login: 'nora.quist@brightwave.example', email: 'nora.quist@brightwave.example' }
    await marta.submit('/users/new', { ...fine, setPassword: 'true', password: '' })
    expect(marta.text).toContain('This field cannot be left blank')
    await marta.submit('/users/new', {
      ...fine,
      groups: [oktaGroupIdOf('Sales')],
      setPassword: 'true',
      password: 'Bright-Start-7',
    })
    expect([marta.status, marta.title]).toEqual([200, 'Nora Quist'])
    expect(marta.html).not.toContain('Bright-Start-7')
    const nora = await okta.signIn('nora.quist', '/', 'Bright-Start-7')
    expect(nora.title).toBe('My Apps')
  })

  test('Suspend and Unsuspend, Deactivate with the apps that are lost, Activate, Delete only when deactivated', async () => {
    const app = await addApp({ system: okta.system }, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
    await assignPerson({ system: okta.system }, KIT, { appId: app.id, userId: oktaUserIdOf('ada.okafor') })
    const ada = await okta.signIn('ada.okafor', '/')
    await marta.open(person('ada.okafor'))
    expect(marta.linkTo('Delete')).toBeUndefined()
    await marta.follow('Suspend')
    expect(marta.text).toContain('Suspend person?')
    await marta.submit('/suspend')
    expect(statusOf('ada.okafor')).toBe('SUSPENDED')
    await ada.open('/')
    expect(ada.title).toBe('Sign In')
    await marta.follow('Unsuspend')
    await marta.submit('/unsuspend')
    await marta.follow('Deactivate')
    expect(marta.text).toContain('Deactivate Person')
    expect(marta.text).toContain('Apps that will be lost: Dialpad')
    await marta.submit('/deactivate')
    expect(statusOf('ada.okafor')).toBe('DEPROVISIONED')
    await marta.follow('Delete')
    await marta.submit('/delete')
    expect(marta.path).toBe('/admin/users')
    expect(statusOf('ada.okafor')).toBeUndefined()
  })

  test('an act the state does not allow is refused, whatever is posted', async () => {
    await marta.open(person('ada.okafor'))
    await marta.post(person('ada.okafor', 'delete'), { _csrf: marta.valueOf('_csrf') ?? '' })
    expect(marta.status).toBe(403)
    expect(statusOf('ada.okafor')).toBe('ACTIVE')
  })

  test('Reset Password shows a temporary one once, which has to be changed', async () => {
    const ada = await okta.signIn('ada.okafor', '/')
    await marta.open(person('ada.okafor', 'reset-password'))
    await marta.submit('/reset-password')
    const temporary = /id="secret-once"[^>]*value="([^"]+)"/.exec(marta.html)?.[1] ?? ''
    expect(temporary).toHaveLength(15)
    await ada.open('/')
    expect(ada.title).toBe('Sign In')
    await marta.open(person('ada.okafor'))
    expect(marta.html).not.toContain(temporary)
    expect((await okta.signIn('ada.okafor', '/', temporary)).title).toBe('Your password has expired')
  })

  test('Clear sessions ends those of the person, Set Password & Activate lets a staged one in', async () => {
    const ada = await okta.signIn('ada.okafor', '/')
    await marta.open(person('ada.okafor', 'clear-sessions'))
    await marta.submit('/clear-sessions')
    await ada.open('/')
    expect(ada.title).toBe('Sign In')
    await marta.open(person('quentin.adler'))
    await marta.follow('Set Password & Activate')
    await marta.submit('/set-password', { password: 'short' })
    expect(marta.status).toBe(422)
    await marta.submit('/set-password', { password: 'Bright-Start-7' })
    expect((await okta.signIn('quentin.adler', '/', 'Bright-Start-7')).title).toBe('My Apps')
  })

  test('Profile > Edit changes what was changed and leaves the rest', async () => {
    await marta.open(person('ada.okafor', 'profile'))
    const before = okta.system.store.get('users', oktaUserIdOf('ada.okafor'))?.profile
    await marta.follow('Edit')
    await marta.submit('/profile/edit', { 'attribute.title': 'Head of Support' })
    const after = okta.system.store.get('users', oktaUserIdOf('ada.okafor'))?.profile
    expect(after).toEqual({ ...before, title: 'Head of Support' })
    await marta.follow('Edit')
    await marta.submit('/profile/edit', { 'attribute.title': '' })
    expect(okta.system.store.get('users', oktaUserIdOf('ada.okafor'))?.profile['title']).toBe('')
    await marta.follow('Edit')
    await marta.submit('/profile/edit', { 'attribute.firstName': '' })
    expect(marta.status).toBe(422)
  })

  test('somebody who only reads finds no buttons, and is refused where they lead', async () => {
    const oskar = await okta.signIn('oskar.lindqvist', '/admin/users')
    expect(oskar.linkTo('Add person')).toBeUndefined()
    for (const path of ['/admin/users/new', person('ada.okafor', 'suspend'), '/admin/groups/new']) {
      await oskar.open(path)
      expect([oskar.status, oskar.title], path).toEqual([403, 'Access Forbidden'])
    }
    await oskar.open('/admin/users')
    await oskar.post(person('ada.okafor', 'suspend'), { _csrf: oskar.valueOf('_csrf') ?? '' })
    expect([oskar.status, statusOf('ada.okafor')]).toEqual([403, 'ACTIVE'])
  })
})

describe('Directory > Groups', () => {
  test('Add group, people in and out, rename, Delete', async () => {
    await marta.follow('Groups')
    await marta.follow('Add group')
    await marta.submit('/groups/new', { name: 'Sales' })
    expect(marta.status).toBe(422)
    await marta.submit('/groups/new', { name: 'Night Shift', description: 'After ten' })
    expect(marta.title).toBe('Night Shift')
    expect(marta.text).toContain('No people in this group')
    await marta.follow('Assign people')
    await marta.submit('/people/assign', { q: 'ada' })
    const ada = oktaUserIdOf('ada.okafor')
    await marta.post(new URL(marta.page.url).pathname, { _csrf: marta.valueOf('_csrf') ?? '', userId: ada, q: '' })
    await marta.follow('Done')
    await marta.follow('Remove Ada Okafor')
    expect(marta.text).toContain('Remove from Night Shift?')
    await marta.submit('/remove')
    expect(marta.text).toContain('Ada Okafor was removed from Night Shift.')
    await marta.follow('Edit')
    await marta.submit('/profile/edit', { name: 'Late Shift' })
    expect(marta.title).toBe('Late Shift')
    await marta.follow('Delete')
    await marta.submit('/delete')
    expect(marta.text).toContain('The group Late Shift was deleted.')
  })
})

describe('Directory > Profile Editor', () => {
  test('+ Add Attribute on the profile of an app, then it is in the review of an assignment', async () => {
    const app = await addApp({ system: okta.system }, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
    await marta.follow('Profile Editor')
    await marta.follow('Dialpad User')
    await marta.follow('+ Add Attribute')
    const typed = {
      type: 'string',
      title: 'License',
      name: 'licenseType',
      externalName: 'licenseType',
      externalNamespace: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      enum: 'true',
      members: 'no equals sign',
      do: 'save',
    }
    await marta.submit('/add', typed)
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('Write each line as')])
    await marta.submit('/add', { ...typed, members: 'Dialpad Talk = dialpad_talk\nDialpad Talk (Lite) = dialpad_lite' })
    expect(marta.text).toContain('The attribute License was added.')
    await marta.open(`/admin/app/dialpad/instance/${app.id}/assignments/assign/people/${oktaUserIdOf('ada.okafor')}`)
    expect(marta.text).toContain('Dialpad Talk (Lite)')
    await marta.submit(`/assign/people/${oktaUserIdOf('ada.okafor')}`, { 'attribute.licenseType': 'dialpad_lite' })
    const [account] = okta.system.store.find('appUsers', 'app', app.id)
    expect(account?.profile['licenseType']).toBe('dialpad_lite')
    await marta.open(`/admin/profile-editor/${app.id}/licenseType/remove`)
    await marta.submit('/remove')
    expect(marta.text).toContain('was deleted.')
  })
})
