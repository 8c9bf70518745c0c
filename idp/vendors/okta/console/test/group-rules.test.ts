import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** Directory > Groups > Rules, as an administrator works there. */

const okta: RunningOkta = await startOkta()
let marta: Visitor
beforeEach(async () => {
  await okta.system.control.reset({ world: 'brightwave' })
  marta = await okta.signIn('marta.silva')
})
afterAll(() => okta.close())

const SALES = oktaGroupIdOf('Sales')
const ADA = oktaUserIdOf('ada.okafor')

async function settle(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${okta.origin}/_kit/jobs/run`, { method: 'POST', headers, body: '{}' })
}

async function addRule(): Promise<void> {
  await marta.open('/admin/groups')
  await marta.follow('Rules')
  await marta.follow('Add Rule')
  await marta.submit('/rules/new', {
    name: 'Support sells',
    kind: 'attribute',
    attribute: 'department',
    operator: 'equals',
    value: 'Support',
    groups: [SALES],
    do: 'save',
  })
}

test('Add Rule: refused beside its fields, previewed, saved inactive, activated, its people managed by rule', async () => {
  await marta.open('/admin/groups/rules')
  expect(marta.text).toContain('No rules')
  await marta.follow('Add Rule')
  await marta.submit('/rules/new', { name: '', kind: 'expression', expression: 'user.nosuch', do: 'save' })
  expect(marta.status).toBe(422)
  expect(marta.text).toContain('name: The field cannot be left blank')
  expect(marta.text).toContain('Invalid property nosuch in expression.')
  expect(marta.text).toContain('Select at least one group to assign people to')
  expect(marta.valueOf('expression')).toBe('user.nosuch')
  const typed = { kind: 'attribute', attribute: 'department', operator: 'starts-with', value: 'Supp', except: 'nobody' }
  await marta.submit('/rules/new', { ...typed, do: 'save' })
  expect(marta.text).toContain('There is nobody called nobody')
  await marta.submit('/rules/new', { ...typed, except: '', previewLogin: 'ada.okafor', do: 'preview' })
  expect(marta.text).toContain('Ada Okafor matches the rule')
  await marta.submit('/rules/new', { ...typed, except: 'ada.okafor', previewLogin: 'ada.okafor', do: 'preview' })
  expect(marta.text).toContain('Ada Okafor is excepted from the rule.')

  await addRule()
  expect([marta.path, marta.text]).toEqual([
    '/admin/groups/rules',
    expect.stringContaining('Department equals "Support"'),
  ])
  expect(marta.text).toContain('Inactive')
  await marta.submit('/activate')
  await settle()
  await marta.open('/admin/groups/rules')
  expect(marta.text).toMatch(/Active [1-9]\d* added, 0 removed/)
  await marta.open(`/admin/group/${SALES}/people`)
  expect(marta.text).toContain('By rule Support sells')
  expect(marta.text).toContain('Manually')
})

test('an active rule is previewed and deactivated; edited; deleted with its people', async () => {
  await addRule()
  await marta.submit('/activate')
  await settle()
  await marta.open('/admin/groups/rules')
  expect(marta.linkTo('Edit')).toBeUndefined()
  await marta.follow('Preview')
  expect(marta.text).toContain('Deactivate it to edit it.')
  await marta.submit('/preview', { previewLogin: 'marta.silva', do: 'preview' })
  expect(marta.text).toContain('Marta Silva does not match the rule.')
  await marta.open('/admin/groups/rules')
  await marta.submit('/deactivate')
  expect(marta.text).toContain('stay in its groups.')
  await marta.follow('Edit')
  expect([marta.valueOf('name'), marta.valueOf('value')]).toEqual(['Support sells', 'Support'])
  await marta.submit('/edit', { name: 'Support also sells', do: 'save' })
  expect(marta.text).toContain('The rule Support also sells was saved.')
  await marta.follow('Delete')
  expect(marta.text).toMatch(/[1-9]\d* memberships? comes? from this rule/)
  await marta.submit('/delete', { members: 'remove' })
  await settle()
  expect(okta.system.store.has('groupMembers', `${SALES}/${ADA}`)).toBe(false)
  await marta.open('/admin/groups/rules')
  expect(marta.text).toContain('No rules')
})

test('removing somebody whom a rule manages says so, and excepts them', async () => {
  await addRule()
  await marta.submit('/activate')
  await settle()
  await marta.open(`/admin/group/${SALES}/people/${ADA}/remove`)
  expect(marta.text).toContain('The membership is managed by rule Support sells.')
  await marta.submit('/remove')
  expect(okta.system.store.has('groupMembers', `${SALES}/${ADA}`)).toBe(false)
  await marta.open('/admin/groups/rules')
  expect(marta.text).toContain('except 1 person')
})

test('somebody who only reads sees the rules without the buttons', async () => {
  await addRule()
  const oskar = await okta.signIn('oskar.lindqvist', '/admin/groups/rules')
  expect(oskar.text).toContain('Support sells')
  expect([oskar.linkTo('Add Rule'), oskar.linkTo('Edit')]).toEqual([undefined, undefined])
  await oskar.open('/admin/groups/rules/new')
  expect(oskar.status).toBe(403)
})
