import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type RunningAdmin, startAdmin } from './start-admin.ts'

let admin: RunningAdmin
let marta: Visitor

beforeAll(async () => {
  admin = await startAdmin()
  marta = await admin.signIn('marta.silva')
})
afterAll(() => admin.close())

const userOf = (handle: string) => admin.system.store.find('users', 'userPrincipalName', `${handle}@${DOMAIN}`)[0]
const idOf = (handle: string): string => userOf(handle)?.id ?? `no ${handle}`

/** Whether a name and a password sign somebody in. */
async function signsIn(handle: string, password: string): Promise<boolean> {
  return (await afterPassword(handle, password)) === 'Stay signed in?'
}

/** Title of the page that follows the password. */
async function afterPassword(handle: string, password: string): Promise<string> {
  const visitor = createVisitor(admin.origin)
  await visitor.open('/admin')
  await visitor.submit('/email', { email: `${handle}@${DOMAIN}` })
  await visitor.submit('/password', { password })
  return visitor.title
}

describe('the list of users', () => {
  test('finds people by the beginning of a name and filters by state', async () => {
    await marta.open('/admin/users')
    expect(marta.text).toContain('26 users found')
    await marta.submit('/admin/users', { q: 'oka' })
    expect(marta.linkTo('AO Ada Okafor')).toBe(`/admin/users/${idOf('ada.okafor')}`)
    expect(marta.linkTo('MS Marta Silva')).toBeUndefined()
    await marta.submit('/admin/users', { q: '', show: 'blocked' })
    expect(marta.text).toContain('1 user found')
    expect(marta.linkTo('VH Victor Hale')).toBeDefined()
    await marta.submit('/admin/users', { q: 'zzz', show: '' })
    expect(marta.text).toContain('No users found')
  })
})

describe('New user > Create new user', () => {
  test('makes a password, shows it once, and the person can sign in with it', async () => {
    await marta.open('/admin/users')
    await marta.follow('Create new user')
    await marta.submit('/users/new', {
      localPart: 'nina.hart',
      displayName: 'Nina Hart',
      jobTitle: 'Support Agent',
      country: 'us',
      manager: `ada.okafor@${DOMAIN}`,
    })
    expect(marta).toMatchObject({ status: 200, title: 'User created' })
    const password = /id="secret-once"[^>]*value="([^"]+)"/.exec(marta.html)?.[1] ?? ''
    expect(password.length).toBeGreaterThanOrEqual(12)
    expect(userOf('nina.hart')).toMatchObject({
      displayName: 'Nina Hart',
      jobTitle: 'Support Agent',
      country: 'US',
      managerId: idOf('ada.okafor'),
      accountEnabled: true,
    })
    expect(await signsIn('nina.hart', password)).toBe(true)
    expect(admin.changes()).toContain('Nina Hart was created')
    const kept = JSON.stringify(admin.system.journal.read({ limit: 1000 }).items)
    expect(kept).not.toContain(password)
    expect(kept).not.toContain('scrypt$')

    await marta.open(`/admin/users/${idOf('nina.hart')}`)
    expect(marta.html).not.toContain(password)
    expect(marta.linkTo('Ada Okafor')).toBe(`/admin/users/${idOf('ada.okafor')}`)
  })

  test('takes a typed password and an account that is not enabled yet', async () => {
    await marta.open('/admin/users/new')
    await marta.submit('/users/new', {
      localPart: 'omar.reyes',
      displayName: 'Omar Reyes',
      autoPassword: [],
      password: 'Harbour-7',
      accountEnabled: [],
    })
    expect(marta).toMatchObject({ status: 200, title: 'Omar Reyes' })
    expect(marta.text).toContain('Omar Reyes was created.')
    expect(userOf('omar.reyes')?.accountEnabled).toBe(false)
    await marta.open(marta.path)
    expect(marta.text).not.toContain('Omar Reyes was created.')
  })

  test.each([
    ['no name', { localPart: '', displayName: '' }, 'Display name is required.'],
    ['no sign-in name', { localPart: '', displayName: 'X' }, 'User principal name is required.'],
    [
      'a name in use',
      { localPart: 'Ada.Okafor', displayName: 'X' },
      'Another user already has the user principal name',
    ],
    ['a name with blanks', { localPart: 'ada okafor', displayName: 'X' }, 'is not a user principal name'],
    ['a foreign domain', { localPart: 'x', displayName: 'X', domain: 'elsewhere.example' }, 'is not a verified domain'],
    [
      'a weak password',
      { localPart: 'x', displayName: 'X', autoPassword: [], password: 'abcdefgh' },
      'three of these kinds',
    ],
    [
      'a short password',
      { localPart: 'x', displayName: 'X', autoPassword: [], password: 'aB3' },
      '8 to 256 characters',
    ],
    ['a password beside a ticked box', { localPart: 'x', displayName: 'X', password: 'Harbour-7' }, 'Clear the box'],
    ['no country', { localPart: 'x', displayName: 'X', country: 'Atlantis' }, 'is a country code of two letters'],
    [
      'an unknown manager',
      { localPart: 'x', displayName: 'X', manager: 'nobody' },
      'has the user principal name &#39;nobody',
    ],
  ])('refuses %s beside the field and keeps what was typed', async (_what, fields, words) => {
    const before = admin.system.store.count('users')
    await marta.open('/admin/users/new')
    await marta.submit('/users/new', { jobTitle: 'Kept as typed', ...fields })
    expect(marta.status).toBe(422)
    expect(marta.html.replaceAll("'", '&#39;')).toContain(words)
    expect(marta.html).toContain('aria-invalid="true"')
    expect(marta.valueOf('jobTitle')).toBe('Kept as typed')
    expect(marta.valueOf('password')).toBe('')
    expect(admin.system.store.count('users')).toBe(before)
  })
})

describe('a user', () => {
  test('is edited: identity, job, contact, manager', async () => {
    await marta.open(`/admin/users/${idOf('ben.castillo')}`)
    await marta.follow('Edit properties')
    await marta.submit('/properties', {
      displayName: 'Ben Castillo-Reyes',
      department: 'Sales',
      physicalDeliveryOfficeName: 'London',
      mobile: '',
      manager: `farah.haddad@${DOMAIN}`,
    })
    expect(marta.text).toContain('The properties of Ben Castillo-Reyes were saved.')
    expect(userOf('ben.castillo')).toMatchObject({
      displayName: 'Ben Castillo-Reyes',
      department: 'Sales',
      physicalDeliveryOfficeName: 'London',
      managerId: idOf('farah.haddad'),
      jobTitle: 'Support Agent',
    })
  })

  test('saved without a change is not changed', async () => {
    const before = userOf('chloe.nguyen')
    await marta.open(`/admin/users/${idOf('chloe.nguyen')}/properties`)
    await marta.submit('/properties')
    expect(userOf('chloe.nguyen')).toEqual(before)
  })

  test('cannot take somebody else’s name or be their own manager', async () => {
    await marta.open(`/admin/users/${idOf('chloe.nguyen')}/properties`)
    await marta.submit('/properties', { userPrincipalName: `ada.okafor@${DOMAIN}`, city: 'Kept' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('Another user already has the user principal name')
    expect(marta.valueOf('city')).toBe('Kept')
    await marta.submit('/properties', {
      userPrincipalName: `chloe.nguyen@${DOMAIN}`,
      manager: `chloe.nguyen@${DOMAIN}`,
    })
    expect(marta.text).toContain('Nobody can be their own manager.')
  })

  test('blocked, is signed out and cannot sign in until allowed again', async () => {
    const naomi = await admin.signIn('naomi.clarke')
    await marta.open(`/admin/users/${idOf('naomi.clarke')}`)
    await marta.follow('Block sign-in')
    await marta.submit('/block')
    expect(marta.text).toContain('Sign-in of Naomi Clarke is blocked.')
    await naomi.open('/admin/apps')
    expect(naomi.title).toBe('Pick an account')
    expect(await signsIn('naomi.clarke', 'Practice-2026!')).toBe(false)
    await marta.submit('/allow')
    expect(marta.text).toContain('Sign-in of Naomi Clarke is allowed.')
    expect(await signsIn('naomi.clarke', 'Practice-2026!')).toBe(true)
  })

  test('gets a new password; the old one is of no use', async () => {
    await marta.open(`/admin/users/${idOf('elif.demir')}`)
    await marta.follow('Reset password')
    await marta.submit('/password', { autoPassword: [], password: 'short' })
    expect(marta.text).toContain('A password has 8 to 256 characters.')
    await marta.submit('/password', { autoPassword: 'true' })
    const password = /id="secret-once"[^>]*value="([^"]+)"/.exec(marta.html)?.[1] ?? ''
    expect(await signsIn('elif.demir', 'Practice-2026!')).toBe(false)
    expect(await afterPassword('elif.demir', password)).toBe('Update your password')
  })

  test('gets one for good where the box is cleared', async () => {
    await marta.open(`/admin/users/${idOf('elif.demir')}/password`)
    await marta.submit('/password', { autoPassword: [], password: 'Heron-0815-boat', mustChange: [] })
    expect(await signsIn('elif.demir', 'Heron-0815-boat')).toBe(true)
  })

  test('shows groups, applications and roles', async () => {
    await marta.open(`/admin/users/${idOf('marta.silva')}`)
    await marta.follow('Assigned roles')
    expect(marta.linkTo('Global Administrator')).toMatch(/^\/admin\/roles\//)
    await marta.follow('Groups')
    await marta.open(`/admin/users/${idOf('marta.silva')}/groups`)
    expect(marta.linkTo('All Staff')).toMatch(/^\/admin\/groups\//)
  })

  test('nobody blocks or deletes their own account', async () => {
    await marta.open(`/admin/users/${idOf('marta.silva')}/block`)
    await marta.submit('/block')
    expect(marta.text).toContain('You cannot block your own sign-in.')
    await marta.open(`/admin/users/${idOf('marta.silva')}/delete`)
    await marta.submit('/users/delete')
    expect(marta.text).toContain('You cannot delete your own account.')
    expect(userOf('marta.silva')?.accountEnabled).toBe(true)
  })

  test('who holds a role is handled by Global Administrators only', async () => {
    const { store } = admin.system
    const template = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
    const userId = idOf('hana.suzuki')
    await store.transact((tx) =>
      tx.put('directoryRoles', `${userId}/${template}`, { tenantId: TENANT_ID, userId, roleTemplateId: template }),
    )
    const hana = await admin.signIn('hana.suzuki')
    await hana.open(`/admin/users/${idOf('jonas.weber')}/password`)
    await hana.submit('/password')
    expect(hana).toMatchObject({ status: 403, title: "You don't have access" })
    expect(hana.text).toContain('who holds a directory role, needs the role Global Administrator.')
    await hana.open(`/admin/users/${idOf('ines.moreau')}/password`)
    await hana.submit('/password')
    expect(hana).toMatchObject({ status: 200, title: 'Password reset' })
  })
})

describe('Deleted users', () => {
  const remove = async (...handles: readonly string[]): Promise<void> => {
    await marta.open('/admin/users')
    await marta.submit('/admin/users/delete', { id: handles.map(idOf) })
    expect(marta.text).toContain('You can restore them for 30 days.')
    await marta.submit('/admin/users/delete')
  }

  test('several are deleted at once, one is restored with what they had, one goes for good', async () => {
    const [kenji, lena] = [idOf('kenji.sato'), idOf('lena.fischer')]
    const { store } = admin.system
    const groups = store.count('groupMembers', 'member', kenji)
    await remove('kenji.sato', 'lena.fischer')
    expect(marta.text).toContain('2 users deleted.')
    expect(userOf('kenji.sato')).toBeUndefined()

    await marta.follow('Deleted users')
    await marta.submit('/deleted/confirm', { id: kenji, do: 'restore' })
    expect(marta.text).toContain('Restore this user?')
    await marta.submit('/deleted/restore')
    expect(marta.text).toContain('Kenji Sato restored.')
    expect(userOf('kenji.sato')?.id).toBe(kenji)
    expect(store.count('groupMembers', 'member', kenji)).toBe(groups)

    await marta.submit('/deleted/confirm', { id: lena, do: 'delete' })
    expect(marta.text).toContain('This cannot be undone.')
    await marta.submit('/deleted/delete')
    expect(marta.text).toContain('Lena Fischer deleted permanently.')
    expect(store.has('users', lena)).toBe(false)
    expect(admin.changes()).toContain('Lena Fischer was deleted permanently')
  })

  test('a restore is refused while somebody else has the name', async () => {
    const id = idOf('umar.rashid')
    await remove('umar.rashid')
    await marta.open('/admin/users/new')
    await marta.submit('/users/new', { localPart: 'umar.rashid', displayName: 'Another Umar' })
    await marta.open(`/admin/users/deleted/confirm?do=restore&id=${id}`)
    await marta.submit('/deleted/restore')
    expect(marta.text).toContain('Another user already has the user principal name')
    expect(admin.system.store.get('users', id)?.deletedDateTime).toBeDefined()
  })

  test('with nobody ticked, the page says what to do', async () => {
    await marta.open('/admin/users')
    await marta.submit('/admin/users/delete')
    expect(marta).toMatchObject({ title: 'Users | All users' })
    expect(marta.text).toContain('Tick the users first.')
  })

  test('after 30 virtual days they are gone, with roles, sessions and failed sign-ins', async () => {
    const { store } = admin.system
    const id = idOf('oskar.lindqvist')
    await admin.signIn('oskar.lindqvist')
    expect(await signsIn('oskar.lindqvist', 'wrong')).toBe(false)
    expect(store.has('signInGuards', id)).toBe(true)
    expect(store.count('kitSessions', 'subject', id)).toBe(1)
    await remove('oskar.lindqvist')
    await admin.advance('P29D')
    expect(store.has('users', id)).toBe(true)
    await admin.advance('P2D')
    expect(store.has('users', id)).toBe(false)
    expect(store.count('directoryRoles', 'user', id)).toBe(0)
    expect(store.count('kitSessions', 'subject', id)).toBe(0)
    expect(store.count('oidcModels', 'account', id)).toBe(0)
    expect(store.has('signInGuards', id)).toBe(false)
    expect(admin.changes()).toContain('Oskar Lindqvist was deleted permanently: 30 days in the recycle bin are over')
  })
})
