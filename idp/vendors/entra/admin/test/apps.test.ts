import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type RunningAdmin, startAdmin } from './start-admin.ts'

let admin: RunningAdmin
let naomi: Visitor

beforeAll(async () => {
  admin = await startAdmin('connected-entra')
  naomi = await admin.signIn('naomi.clarke')
})
afterAll(() => admin.close())

const userId = (handle: string): string =>
  admin.system.store.find('users', 'userPrincipalName', `${handle}@${DOMAIN}`)[0]?.id ?? `no ${handle}`
const groupId = (name: string): string =>
  admin.system.store.find('groups', 'displayName', `${TENANT_ID}/${name.toLowerCase()}`)[0]?.id ?? `no ${name}`
const dialpad = () => admin.system.store.find('servicePrincipals', 'appId', `${TENANT_ID}/${PARTNER_APP.appId}`)[0]
const path = (page = ''): string => `/admin/apps/${dialpad()?.id}${page}`
const assigned = (principalId: string): number =>
  admin.system.store.count('appRoleAssignments', 'pair', `${dialpad()?.id}/${principalId}`)

describe('adding from the gallery', () => {
  test('follows the tutorial: Enterprise apps > New application > Add from the gallery > Dialpad > URL', async () => {
    const fresh = await startAdmin()
    try {
      const visitor = await fresh.signIn('naomi.clarke')
      await visitor.follow('Enterprise apps')
      expect(visitor.linkTo('Dialpad')).toBeUndefined()
      await visitor.follow('New application')
      expect(visitor.title).toBe('Browse Microsoft Entra Gallery')
      expect(visitor.text).toContain('Add from the gallery')
      expect(visitor.text).toContain('Search application')
      await visitor.submit('/gallery', { q: 'dial' })
      await visitor.follow('D Dialpad Dialpad, Inc.')
      for (const words of [
        'Provisioning Automatic provisioning supported',
        'Single Sign-On Mode OpenID Connect-based Sign-on',
        'URL https://www.dialpad.com/',
      ]) {
        expect(visitor.text).toContain(words)
      }
      expect(visitor.linkTo('https://www.dialpad.com/')).toBe('http://localhost:4300/')
      expect(visitor.linkTo('Sign up for Dialpad')).toBe('http://localhost:4300/')
      expect(visitor.html).not.toMatch(/>Create</)
      await visitor.follow('Close')
      expect(visitor.path).toBe('/admin/apps/gallery?q=dial')
    } finally {
      await fresh.close()
    }
  })

  test('says when nothing matches, and when the app is there already', async () => {
    await naomi.open('/admin/apps/gallery?q=zzz')
    expect(naomi.text).toContain('No application in this gallery is called "zzz"')
    await naomi.open('/admin/apps/gallery/dialpad')
    await naomi.follow('Go to application')
    expect(naomi.title).toBe('Dialpad | Overview')
    await naomi.open('/admin/apps/gallery/nothing')
    expect(naomi.status).toBe(404)
  })
})

describe('the list of applications', () => {
  test('shows ids, finds by name or id, and keeps first-party apps apart', async () => {
    await naomi.open('/admin/apps')
    expect(naomi.text).toContain(`Dialpad ${dialpad()?.id} ${PARTNER_APP.appId}`)
    await naomi.submit('/admin/apps', { q: 'sample' })
    expect(naomi.linkTo('Dialpad')).toBeUndefined()
    await naomi.submit('/admin/apps', { q: PARTNER_APP.appId })
    expect(naomi.linkTo('Dialpad')).toBe(path())
    await naomi.submit('/admin/apps', { q: '', type: 'Microsoft applications' })
    expect(naomi.text).toContain('0 applications found')
  })
})

describe('Users and groups', () => {
  test('Add Assignment: search, select several, Default Access, Assign; then tick and remove', async () => {
    const [ada, support] = [userId('ada.okafor'), groupId('Support')]
    await naomi.open(path())
    await naomi.follow('Users and groups')
    await naomi.follow('Add user/group')
    expect(naomi).toMatchObject({ title: 'Add Assignment' })
    expect(naomi.text).toContain('Users and groups None Selected')
    expect(naomi.text).toContain('Select a role Default Access')
    await naomi.submit('/users/add', { do: 'pick' })
    expect(naomi.text).toContain('Already assigned')
    await naomi.submit('/users/add', { q: 'ada', do: 'search' })
    await naomi.submit('/users/add', { id: ada, q: 'support', do: 'search' })
    expect(naomi.text).toContain('Selected items (1)')
    await naomi.submit('/users/add', { id: [ada, support], do: 'select' })
    expect(naomi.text).toContain('1 user, 1 group selected')
    await naomi.submit('/users/add', { do: 'assign' })
    expect(naomi.title).toBe('Dialpad | Users and groups')
    expect(naomi.text).toContain('Application assignment successful: 2 assignments to Dialpad.')
    expect(naomi.text).toContain('Ada Okafor User Default Access')
    expect(naomi.text).toContain('Support Group Default Access')
    expect(admin.changes()).toContain('Ada Okafor was assigned to Dialpad')
    const [entry] = admin.system.journal.read({ kind: 'state', subject: `ada.okafor@${DOMAIN}` }).items.slice(-1)
    expect(entry?.change).toMatchObject({ type: 'assignment', after: { principalId: ada } })

    const ids = [ada, support].map(
      (id) => admin.system.store.find('appRoleAssignments', 'pair', `${dialpad()?.id}/${id}`)[0]?.id ?? '',
    )
    await naomi.submit('/users/remove', { id: ids })
    expect(naomi.text).toContain('Remove from Dialpad? Ada Okafor, Support')
    expect(assigned(ada)).toBe(1)
    await naomi.submit('/users/remove')
    expect(naomi.text).toContain('2 assignments to Dialpad removed.')
    expect([assigned(ada), assigned(support)]).toEqual([0, 0])
  })

  test('group assigned on the Free licence: the picker offers no groups', async () => {
    const [rosa, support] = [userId('rosa.jimenez'), groupId('Support')]
    await admin.system.control.setSwitches({ 'tenant-plan': 'free' })
    try {
      await naomi.open(path('/users/add'))
      expect(naomi.text).toContain('Groups cannot be assigned: the tenant has Microsoft Entra ID Free.')
      await naomi.submit('/users/add', { q: 'support', do: 'search' })
      expect(naomi.text).not.toContain('Group ·')
      await naomi.submit('/users/add', { id: [rosa, support], do: 'assign' })
      expect(naomi.status).toBe(422)
      expect([assigned(rosa), assigned(support)]).toEqual([0, 0])
      await naomi.open('/admin/overview')
      expect(naomi.text).toContain('License Microsoft Entra ID Free')
    } finally {
      await admin.system.control.setSwitches({ 'tenant-plan': 'p1' })
    }
    await naomi.open(path('/users/add'))
    expect(naomi.text).not.toContain('Groups cannot be assigned')
  })

  test('nobody is assigned twice, and with one refused nobody is', async () => {
    const [group, rosa] = [groupId('Dialpad Users'), userId('rosa.jimenez')]
    await naomi.open(path('/users/add'))
    await naomi.submit('/users/add', { id: [rosa, group], do: 'assign' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain("This role on 'Dialpad' is already assigned to the group.")
    expect(naomi.text).toContain('1 user, 1 group selected')
    expect(assigned(rosa)).toBe(0)
    await naomi.submit('/users/add', { id: [], do: 'assign' })
    expect(naomi.text).toContain('Select at least one user or group.')
  })

  test('ids of nobody, and of another tenant’s people, are refused', async () => {
    const outsider =
      admin.system.store.find('users', 'userPrincipalName', 'ingrid.solberg@northpeak.example')[0]?.id ?? ''
    for (const id of ['no-such-id', outsider]) {
      await naomi.open(path('/users/add'))
      await naomi.submit('/users/add', { id, do: 'assign' })
      expect(naomi).toMatchObject({ status: 404, title: 'Not found' })
      expect(assigned(id)).toBe(0)
    }
  })

  test('an app with roles asks for one', async () => {
    const { store } = admin.system
    const role = (value: string) => ({
      id: `${value}-role`,
      value,
      displayName: value,
      description: value,
      isEnabled: true,
      allowedMemberTypes: ['User' as const],
    })
    const sample = store
      .find('servicePrincipals', 'tenant', TENANT_ID)
      .find((app) => app.displayName === 'Sample web app')
    if (sample === undefined) throw new Error('The world holds no sample app.')
    await store.transact((tx) =>
      tx.put('servicePrincipals', sample.id, { ...sample, appRoles: [role('Agent'), role('Lead')] }),
    )
    await naomi.open(`/admin/apps/${sample.id}/users/add`)
    await naomi.submit('/users/add', { id: userId('ada.okafor'), do: 'assign' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Select a role.')
    await naomi.submit('/users/add', { role: 'Lead-role', do: 'assign' })
    expect(naomi.text).toContain('Ada Okafor User Lead')
  })

  test('with nothing ticked, Remove says what to do', async () => {
    await naomi.open(path('/users'))
    await naomi.submit('/users/remove')
    expect(naomi.text).toContain('Tick the users and groups to remove first.')
  })
})

describe('Properties', () => {
  test('are saved, and refused beside the field with what was typed', async () => {
    await naomi.open(path('/properties'))
    await naomi.submit('/properties', { appRoleAssignmentRequired: 'yes', notes: 'Ask Helen first.' })
    expect(naomi.text).toContain('The properties of Dialpad were saved.')
    expect(dialpad()).toMatchObject({ appRoleAssignmentRequired: true, notes: 'Ask Helen first.' })
    await naomi.submit('/properties', { displayName: ' ', notes: 'Kept' })
    expect(naomi.text).toContain('Name is required.')
    expect(naomi.valueOf('notes')).toBe('Kept')
    await naomi.submit('/properties', { displayName: 'Dialpad', homepage: 'javascript:alert(1)' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('is not a web address')
    expect(dialpad()?.notes).toBe('Ask Helen first.')
  })
})

describe('Owners', () => {
  test('are added and removed; an owner without a role manages this app and no other', async () => {
    await naomi.open(path('/owners'))
    expect(naomi.linkTo('HP Helen Park')).toBe(`/admin/users/${userId('helen.park')}`)
    await naomi.follow('Add')
    await naomi.submit('/owners/add', { id: userId('umar.rashid'), do: 'select' })
    expect(naomi.text).toContain('1 owner added to Dialpad.')

    const umar = await admin.signIn('umar.rashid')
    await umar.open(path('/users/add'))
    await umar.submit('/users/add', { id: userId('zoe.obrien'), do: 'assign' })
    expect(umar.text).toContain("Zoë O'Brien User Default Access")
    await umar.open('/admin/apps')
    await umar.follow('Sample single-page app')
    await umar.open(`${umar.path}/users/add`)
    expect(umar).toMatchObject({ status: 403, title: "You don't have access" })
    expect(umar.text).toContain('Owner of Sample single-page app')

    await naomi.open(path('/owners/add'))
    await naomi.submit('/owners/add', { id: userId('umar.rashid'), do: 'select' })
    expect(naomi.text).toContain('Umar Rashid is an owner of Dialpad already.')
    await naomi.submit('/owners/add', { id: [], do: 'select' })
    expect(naomi.text).toContain('Select at least one person.')

    await naomi.open(path('/owners'))
    await naomi.follow('Remove Umar Rashid')
    await naomi.submit('/remove')
    expect(naomi.text).toContain('Umar Rashid is no longer an owner of Dialpad.')
    await umar.open(path('/users/add'))
    expect(umar.status).toBe(403)
  })
})

describe('Permissions and deletion', () => {
  test('a consent is reviewed and revoked after asking', async () => {
    await naomi.open(path('/permissions'))
    expect(naomi.text).toContain('User.ReadBasic.All Read all users')
    await naomi.follow('Revoke permissions: Admin consent')
    await naomi.submit('/revoke')
    expect(naomi.text).toContain('Permissions of Dialpad were revoked.')
    expect(naomi.text).toContain('No permissions granted')
    expect(admin.changes()).toContain("The organization's consent to Dialpad was revoked")
  })

  test('a deleted app is gone with its assignments', async () => {
    const id = dialpad()?.id ?? ''
    await naomi.open(path('/properties'))
    await naomi.follow('Delete')
    expect(naomi.text).toContain('Delete this application? Dialpad')
    await naomi.submit('/delete')
    expect(naomi).toMatchObject({ title: 'Enterprise apps | All applications' })
    expect(naomi.text).toContain('Dialpad was deleted.')
    expect(admin.system.store.count('appRoleAssignments', 'resource', id)).toBe(0)
    await naomi.open(`/admin/apps/${id}/users`)
    expect(naomi.status).toBe(404)
  })
})

describe('Single sign-on with SAML', () => {
  test('is begun from the Overview, and tested once the app is known', async () => {
    await naomi.open('/admin/apps/gallery/saml-toolkit')
    await naomi.submit('/gallery/saml-toolkit', { displayName: 'Wiki' })
    expect(naomi.title).toBe('Wiki | Overview')
    const at = naomi.path
    await naomi.follow('Get started with single sign-on')
    await naomi.submit('/saml')
    expect(naomi.linkTo('Test this application')).toBeUndefined()
    await naomi.open(`${at}/sign-on/test`)
    expect(naomi.text).toContain('Fill in Basic SAML Configuration first.')
    expect(naomi.linkTo('Test sign in')).toBeUndefined()
    await naomi.open(`${at}/sign-on/basic`)
    await naomi.submit('/basic', { 'identifier.0': 'urn:wiki', 'replyUrl.0': 'http://localhost:9/acs' })
    await naomi.follow('Test this application')
    expect(naomi.linkTo('Test sign in')).toContain('/api/signin/')
  })

  test('its certificate expires in virtual time', async () => {
    await naomi.open('/admin/apps?q=Wiki')
    await naomi.follow('Wiki')
    await naomi.follow('Single sign-on')
    expect(naomi.text).toContain('Token signing certificate Active')
    const at = naomi.path
    await admin.advance('P1100D')
    naomi = await admin.signIn('naomi.clarke')
    await naomi.open(at)
    expect(naomi.text).toContain('Token signing certificate Expired')
  })
})
