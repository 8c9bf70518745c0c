import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { addApp } from '../../commands/apps.ts'
import { saveApiIntegration } from '../../commands/integration.ts'
import { oktaGroupIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** Push Groups, Import and the mapping dialogs, on one connected app. */

let target: ScimTarget
let okta: RunningOkta
let marta: Visitor
let at: string
let appId: string

beforeAll(async () => {
  target = await openScimTarget()
  okta = await startOkta(new URL(target.url).origin)
  const deps = { system: okta.system }
  const kit = { kind: 'kit' } as const
  const app = await addApp(deps, kit, { catalogKey: 'dialpad', label: 'Dialpad' })
  await saveApiIntegration(deps, kit, { appId: app.id, enabled: true, token: TARGET_TOKEN, importGroups: true })
  appId = app.id
  at = `/admin/app/dialpad/instance/${app.id}`
  marta = await okta.signIn('marta.silva')
})
afterAll(async () => {
  await okta.close()
  await target.close()
})

async function settle(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${okta.origin}/_kit/jobs/run`, { method: 'POST', headers, body: '{}' })
}

test('Find groups by name: refused without a group, pushed, switched off, unlinked', async () => {
  await marta.open(`${at}/push`)
  expect(marta.text).toContain('No pushed groups')
  await marta.follow('Find groups by name')
  await marta.submit('/by-name', { groupId: '', do: 'save' })
  expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('Select a group.')])
  await marta.submit('/by-name', { groupId: oktaGroupIdOf('Support'), action: 'create', do: 'save' })
  await settle()
  await marta.open(`${at}/push`)
  expect(marta.text).toContain('Support')
  expect([...target.groups.values()].map(({ displayName }) => displayName)).toEqual(['Support'])
  await marta.submit('/deactivate')
  expect(okta.system.store.page('groupPushMappings', 0, 1)[0]?.status).toBe('INACTIVE')
  await marta.follow('Unlink pushed group')
  expect(marta.text).toContain('Delete the group in the target app (recommended)')
  await marta.submit('/unlink', { target: 'delete' })
  await settle()
  expect(target.groups.size).toBe(0)
})

test('Find groups by rule: refused without a condition, then Create Rule and Delete Rule', async () => {
  await marta.open(`${at}/push/by-rule`)
  await marta.submit('/by-rule', { name: 'Starts with S' })
  expect(marta.status).toBe(422)
  await marta.submit('/by-rule', { name: 'Starts with Sa', groupName: 'Sa' })
  await settle()
  await marta.open(`${at}/push?list=rule`)
  expect(marta.text).toContain('Group name starts with "Sa"')
  expect([...target.groups.values()].map(({ displayName }) => displayName)).toEqual(['Sales'])
  await marta.follow('Delete Rule')
  await marta.submit('/delete', { target: 'leave' })
  expect(okta.system.store.count('groupPushRules')).toBe(0)
})

test('Import Now shows what was found, Confirm Assignments joins it', async () => {
  target.users.set('n1', {
    id: 'n1',
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'nora.quist@brightwave.example',
    active: true,
    name: { givenName: 'Nora', familyName: 'Quist' },
    emails: [{ value: 'nora.quist@brightwave.example', primary: true }],
  })
  await marta.open(`${at}/import`)
  await marta.submit('/import/now')
  expect(marta.text).toContain('1 users scanned')
  expect(marta.text).toContain('Nora Quist')
  await marta.submit('/import/confirm')
  expect(marta.text).toContain('Tick at least one user.')
  await marta.submit('/import/confirm', { externalId: 'n1' })
  expect(marta.text).toContain('1 user was confirmed.')
  expect(okta.system.store.count('users', 'login', 'nora.quist@brightwave.example')).toBe(1)
})

test('the pencil of a mapping: preview, a broken expression beside its field, Save; then Remove', async () => {
  await marta.open(`${at}/provisioning/to-app`)
  await marta.follow('Edit Title')
  expect(marta.valueOf('kind')).toBe('source')
  const typed = { kind: 'expression', expression: 'String.toUpperCase(user.title)', previewLogin: 'ada.okafor' }
  await marta.submit('/title/edit', { ...typed, do: 'preview' })
  expect(marta.text).toContain('SUPPORT LEAD')
  await marta.submit('/title/edit', { ...typed, expression: 'String.toUpperCase(', do: 'save' })
  expect(marta.status).toBe(422)
  await marta.submit('/title/edit', { ...typed, do: 'save' })
  const titleOf = (): unknown =>
    okta.system.store.find('profileMappings', 'app', appId).find(({ direction }) => direction === 'to-app')?.properties[
      'title'
    ]
  expect(titleOf()).toEqual({ expression: 'String.toUpperCase(user.title)', pushStatus: 'PUSH' })
  await marta.follow('Remove mapping of Title')
  await marta.submit('/remove')
  expect(titleOf()).toBeUndefined()
})
