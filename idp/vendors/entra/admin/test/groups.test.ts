import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type RunningAdmin, startAdmin } from './start-admin.ts'

let admin: RunningAdmin
let marta: Visitor

beforeAll(async () => {
  admin = await startAdmin()
  marta = await admin.signIn('marta.silva')
})
afterAll(() => admin.close())

const userId = (handle: string): string =>
  admin.system.store.find('users', 'userPrincipalName', `${handle}@${DOMAIN}`)[0]?.id ?? `no ${handle}`
const groupId = (name: string): string =>
  admin.system.store.find('groups', 'displayName', `${TENANT_ID}/${name.toLowerCase()}`)[0]?.id ?? `no ${name}`
const isMember = (group: string, member: string): boolean =>
  admin.system.store.has('groupMembers', `${group}/${member}`)

describe('New Group', () => {
  test('is created with members picked in two searches', async () => {
    await marta.open('/admin/groups')
    await marta.follow('New group')
    await marta.submit('/groups/new', { displayName: 'Night Shift', description: 'Evenings', do: 'pick' })
    await marta.submit('/groups/new', { q: 'ada', do: 'search' })
    await marta.submit('/groups/new', { id: userId('ada.okafor'), q: 'support', do: 'search' })
    expect(marta.text).toContain('Selected items (1) Ada Okafor')
    await marta.submit('/groups/new', { id: [userId('ada.okafor'), groupId('Support')], do: 'select' })
    expect(marta.text).toContain('2 members selected')
    expect(marta.valueOf('displayName')).toBe('Night Shift')
    await marta.submit('/groups/new', { do: 'create' })
    expect(marta.text).toContain('The group Night Shift was created.')
    expect(isMember(groupId('Night Shift'), userId('ada.okafor'))).toBe(true)
    expect(isMember(groupId('Night Shift'), groupId('Support'))).toBe(true)
    expect(admin.changes()).toContain('The group Night Shift was created')
  })

  test('needs a name', async () => {
    await marta.open('/admin/groups/new')
    await marta.submit('/groups/new', { displayName: ' ', description: 'Kept', do: 'create' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('Group name is required.')
    expect(marta.valueOf('description')).toBe('Kept')
  })
})

describe('a group', () => {
  test('is renamed and described', async () => {
    await marta.open(`/admin/groups/${groupId('Sales')}/properties`)
    await marta.submit('/properties', { displayName: 'Sales EMEA', description: '' })
    expect(marta).toMatchObject({ title: 'Sales EMEA | Properties' })
    expect(admin.changes()).toContain('The group Sales was renamed to Sales EMEA')
    await marta.submit('/properties', { displayName: 'Sales', description: 'x'.repeat(1025) })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('The group description has at most 1024 characters.')
    expect(marta.valueOf('displayName')).toBe('Sales')
  })

  test('lists groups inside it as groups', async () => {
    await marta.open(`/admin/groups/${groupId('All Staff')}/members`)
    expect(marta.linkTo('Support')).toBe(`/admin/groups/${groupId('Support')}`)
    await marta.open(`/admin/groups/${groupId('Support')}`)
    expect(marta.linkTo('All Staff')).toBe(`/admin/groups/${groupId('All Staff')}`)
  })

  test('gets members and loses them, after asking', async () => {
    const [group, ada, rosa] = [groupId('Dialpad Users'), userId('ada.okafor'), userId('rosa.jimenez')]
    await marta.open(`/admin/groups/${group}/members`)
    await marta.follow('Add members')
    expect(marta.text).toContain('Already a member')
    await marta.submit('/members/add', { q: 'rosa', do: 'search' })
    await marta.submit('/members/add', { id: rosa, do: 'select' })
    expect(marta.text).toContain('1 member added to Dialpad Users.')
    await marta.submit('/members/remove', { id: [ada, rosa] })
    expect(marta.text).toContain('Ada Okafor, Rosa Jimenez')
    expect(isMember(group, rosa)).toBe(true)
    await marta.submit('/members/remove')
    expect(marta.text).toContain('2 members removed from Dialpad Users.')
    expect([isMember(group, ada), isMember(group, rosa)]).toEqual([false, false])
  })

  test('refuses members twice, itself, and a circle; nothing is half done', async () => {
    const [staff, support, tessa] = [groupId('All Staff'), groupId('Support'), userId('tessa.vandijk')]
    const add = async (group: string, ...ids: readonly string[]): Promise<void> => {
      await marta.open(`/admin/groups/${group}/members/add`)
      await marta.submit('/members/add', { id: ids, do: 'select' })
      expect(marta.status).toBe(422)
    }
    await add(staff, userId('marta.silva'))
    expect(marta.text).toContain("The object is already a member of the group 'All Staff'.")
    await add(staff, staff)
    expect(marta.text).toContain('a group would contain itself')
    await add(support, tessa, staff)
    expect(marta.text).toContain('a group would contain itself')
    expect(isMember(support, tessa)).toBe(false)
    await add(support)
    expect(marta.text).toContain('Select at least one user or group.')
  })

  test('is deleted after asking by name, comes back with its members, and can go for good', async () => {
    const id = groupId('Night Shift')
    const remove = async (): Promise<void> => {
      await marta.open(`/admin/groups/${id}`)
      await marta.follow('Delete')
      expect(marta.text).toContain('Delete this group? Night Shift')
      await marta.submit('/delete')
      expect(marta).toMatchObject({ title: 'Groups | All groups' })
      expect(marta.linkTo('Night Shift')).toBeUndefined()
    }
    await remove()
    await marta.open(`/admin/groups/${id}`)
    expect(marta.status).toBe(404)

    await marta.open('/admin/groups')
    await marta.follow('Deleted groups')
    await marta.submit(`/deleted/${id}/restore`)
    expect(marta.text).toContain('The group Night Shift was restored.')
    expect(isMember(id, userId('ada.okafor'))).toBe(true)

    await remove()
    await marta.follow('Deleted groups')
    await marta.follow('Delete permanently Night Shift')
    expect(marta.text).toContain('This cannot be undone.')
    await marta.submit('/delete')
    expect(marta.text).toContain('The group Night Shift was deleted permanently.')
    expect(admin.system.store.has('groups', id)).toBe(false)
    await marta.open(`/admin/groups/deleted/${id}/delete`)
    expect(marta.status).toBe(404)
  })

  test('left in the recycle bin is gone after 30 virtual days', async () => {
    const id = groupId('Support')
    await marta.open(`/admin/groups/${id}/delete`)
    await marta.submit('/delete')
    await admin.advance('P29D')
    expect(admin.system.store.has('groups', id)).toBe(true)
    await admin.advance('P2D')
    expect(admin.system.store.has('groups', id)).toBe(false)
  })
})
