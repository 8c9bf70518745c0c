import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { addApp } from '../../commands/apps.ts'
import { assignPerson } from '../../commands/assignments.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { OKTA_SPEC } from '../../spec.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** Tabs, columns and empty states of reference sheet 1: what is there, in its order, before and after provisioning is set up. */

const KIT = { kind: 'kit' } as const
const ADA = oktaUserIdOf('ada.okafor')
let target: ScimTarget
let okta: RunningOkta
let marta: Visitor
let appId: string
let at: string

beforeAll(async () => {
  target = await openScimTarget()
  okta = await startOkta(new URL(target.url).origin)
  appId = (await addApp({ system: okta.system }, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })).id
  at = `/admin/app/dialpad/instance/${appId}`
  marta = await okta.signIn('marta.silva')
})
afterAll(async () => {
  await okta.close()
  await target.close()
})

function expectInOrder(words: readonly string[]): void {
  let position = -1
  for (const word of words) {
    const next = marta.text.indexOf(word, position + 1)
    expect(next, `"${word}" after position ${position} of: ${marta.text}`).toBeGreaterThan(position)
    position = next
  }
}

async function settle(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${okta.origin}/_kit/jobs/run`, { method: 'POST', headers, body: '{}' })
}

describe('before provisioning is set up', () => {
  test('Import and Push Groups say what is missing, and lead to it', async () => {
    await marta.open(`${at}/import`)
    expect(marta.text).toContain('Import is not enabled')
    expect(marta.linkTo('Go to Provisioning')).toBe(`${at}/provisioning`)
    expect(marta.text).not.toContain('Import Now')
    await marta.open(`${at}/push`)
    expect(marta.text).toContain('Group push is not enabled')
  })

  test('empty lists say so: No users found, No groups found', async () => {
    await marta.open(`${at}/assignments`)
    expectInOrder(['Assign', 'Convert Assignments', 'No users found'])
    await marta.open(`${at}/assignments?filter=groups`)
    expect(marta.text).toContain('No groups found')
  })

  test('the credentials are hidden until Enable API integration is ticked, by the style sheet alone', async () => {
    await marta.open(`${at}/provisioning/integration/edit`)
    expectInOrder(['Enable API Integration', 'API Token', 'Import Groups', 'Test API Credentials', 'Save', 'Cancel'])
    expect(marta.html).toContain('okta-credentials')
    expect(marta.text).not.toContain('Base URL')
  })
})

describe('Assignments', () => {
  test('who was assigned before provisioning has the red mark; Provision User asks, and makes the account', async () => {
    const deps = { system: okta.system }
    await assignPerson(deps, KIT, { appId, userId: ADA })
    await saveApiIntegration(deps, KIT, { appId, enabled: true, token: TARGET_TOKEN, importGroups: true })
    const on = { createUsers: true, updateAttributes: true, deactivateUsers: true, syncPassword: false } as const
    await saveToApp(deps, KIT, { appId, settings: { ...on, passwordSource: 'OKTA' } })
    await settle()
    expect(target.users.size).toBe(0)
    await marta.open(`${at}/assignments`)
    expectInOrder(['Provision User', 'Ada Okafor', 'before Provisioning was enabled', 'Click Provision User.'])
    await marta.follow('Provision User')
    await marta.submit('/provision')
    await settle()
    expect([...target.users.values()]).toMatchObject([{ userName: 'ada.okafor@brightwave.example' }])
    await marta.open(`${at}/assignments`)
    expect(marta.text).not.toContain('Click Provision User.')
  })

  test('Assign to Groups shows what can be set for a group; groups have priorities, people of one Edit and its source', async () => {
    await marta.open(`${at}/assignments/assign/groups/${oktaGroupIdOf('Sales')}`)
    expectInOrder(['Assign Dialpad to Sales', 'Title', 'Department', 'Save and Go Back', 'Cancel'])
    expect(marta.text).not.toContain('Given name')
    await marta.submit(`/assign/groups/${oktaGroupIdOf('Sales')}`, { 'attribute.title': 'Seller' })
    await marta.open(`${at}/assignments/assign/groups`)
    expect(marta.html).toMatch(/disabled[^>]*aria-label="Assigned Sales"|aria-label="Assigned Sales"[^>]*disabled/)
    await marta.open(`${at}/assignments?filter=groups`)
    expectInOrder(['Assignment', 'Priority', 'Sales', '1'])
    const farah = okta.system.store.find('appUsers', 'person', `${appId}/${oktaUserIdOf('farah.haddad')}`)[0]
    expect(farah?.profile['title']).toBe('Seller')
    await marta.open(`${at}/assignments/user/${farah?.id}/edit`)
    expectInOrder(['Assignment source', 'Group', 'Administrator (overrides group)', 'User Name', 'Title'])
    await marta.submit('/edit', { scope: 'USER', 'attribute.title': 'Own title' })
    await marta.open(`${at}/assignments`)
    expectInOrder(['Farah Haddad', 'Individual'])
    expect(okta.system.store.get('appUsers', farah?.id ?? '')?.profile['title']).toBe('Own title')
  })
})

describe('Sign On', () => {
  test('Application username format: the choices, and Update Now for those who are assigned', async () => {
    await marta.open(`${at}/signon/edit`)
    expectInOrder(['Application username format', 'Okta username', 'Okta username prefix', 'Email', 'Email prefix'])
    expectInOrder(['Custom', '(None)', 'Update application username on', 'Create and update', 'Create only'])
    await marta.submit('/signon/edit', { format: 'email-prefix' })
    const nameOf = () => okta.system.store.find('appUsers', 'person', `${appId}/${ADA}`)[0]?.userName
    expect(nameOf()).toBe('ada.okafor@brightwave.example')
    await marta.open(`${at}/signon`)
    await marta.follow('Update Now')
    await marta.submit('/update-now')
    expect(nameOf()).toBe('ada.okafor')
  })
})

describe('Push Groups', () => {
  test('lists at the left, columns, settings with Rename on by default, and the two ways to unlink', async () => {
    await marta.open(`${at}/push`)
    expectInOrder(['Pushed Groups', 'All', 'Errors', 'By name', 'By rule', 'Push Groups', 'Find groups by name'])
    expectInOrder(['Find groups by rule', 'Refresh App Groups', 'Group Push Settings'])
    await marta.follow('Group Push Settings')
    expect(marta.html).toMatch(/name="rename"[^>]*checked|checked[^>]*name="rename"/)
    await marta.open(`${at}/push/by-name`)
    expectInOrder(['Push group memberships immediately', 'Match result & push action', 'Create Group', 'Link Group'])
    expectInOrder(['Save', 'Save & Add Another'])
    await marta.submit('/by-name', { groupId: oktaGroupIdOf('Support'), action: 'create', do: 'save' })
    await settle()
    await marta.open(`${at}/push`)
    expectInOrder(['Group in Okta', 'Group in Dialpad', 'Last Push', 'Push Status', 'Support', 'Active'])
    expectInOrder(['Push now', 'Deactivate group push', 'Unlink pushed group'])
    await marta.follow('Unlink pushed group')
    expectInOrder(['Delete the group in the target app (recommended)', 'Leave the group in the target app', 'Unlink'])
    await marta.submit('/unlink', { target: 'leave' })
    await settle()
    expect(target.groups.size).toBe(1)
  })

  test('By rule: name, conditions, Create Rule; its menu; Errors with Retry All Groups', async () => {
    await marta.open(`${at}/push/by-rule`)
    expectInOrder(['Rule name', 'Group name', 'starts with', 'ends with', 'contains', 'Group description'])
    expectInOrder(['Push group memberships immediately', 'Create Rule'])
    target.intercept = ({ method, url }) =>
      method === 'POST' && url.startsWith('/Groups')
        ? { status: 400, body: JSON.stringify({ detail: 'No more groups.', status: '400' }) }
        : undefined
    await marta.submit('/by-rule', { name: 'Sales', groupName: 'Sal' })
    await settle()
    await marta.open(`${at}/push?list=errors`)
    expectInOrder(['Retry All Groups', 'Sales', 'Error', 'No more groups.'])
    target.intercept = undefined
    await marta.submit('/push/retry-all')
    await settle()
    await marta.open(`${at}/push?list=rule`)
    expectInOrder(['Sales', 'Active', 'Deactivate Rule', 'Delete Rule'])
  })
})

describe('People and Groups', () => {
  test('tabs of a person and of a group, and the words of every state', async () => {
    await marta.open(`/admin/user/${ADA}/applications`)
    expectInOrder([
      'Ada Okafor',
      'Reset Password',
      'Clear sessions',
      'Applications',
      'Groups',
      'Profile',
      'Admin roles',
    ])
    await marta.open(`/admin/group/${oktaGroupIdOf('Sales')}/people`)
    expectInOrder(['Sales', 'People', 'Applications', 'Profile'])
    await marta.open('/admin/groups')
    expectInOrder(['Add group', 'All', 'Rules'])
    await marta.open('/admin/users')
    expectInOrder(['Staged', 'Pending user action', 'Active', 'Password reset', 'Locked out', 'Password expired'])
    expectInOrder(['Suspended', 'Deactivated'])
    await marta.open('/admin/users/new')
    expectInOrder(['First name', 'Last name', 'Username', 'Primary email', 'Secondary email', 'Groups', 'Activation'])
  })
})

describe('the ledger', () => {
  test('names no row of this section twice', () => {
    const ids = OKTA_SPEC.ledger.map(({ id }) => id)
    expect(ids).toHaveLength(new Set(ids).size)
  })
})
