import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { AppUser } from '../../apps/records.ts'
import { appUserOf } from '../../assignments/settle.ts'
import { addApp, editSignOn } from '../../commands/apps.ts'
import { assignGroup, assignPerson } from '../../commands/assignments.ts'
import { convertAssignments } from '../../commands/convert-assignments.ts'
import { importNow } from '../../commands/imports.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { pushGroupByName } from '../../commands/push-groups.ts'
import { ALL_ON } from '../../provisioning/test/stage.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** What the console does to many at once, on one connected app. */

let target: ScimTarget
let okta: RunningOkta
let marta: Visitor
let at: string
let appId: string
const KIT = { kind: 'kit' } as const

beforeAll(async () => {
  target = await openScimTarget()
  okta = await startOkta(new URL(target.url).origin)
  const deps = { system: okta.system }
  const app = await addApp(deps, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
  appId = app.id
  await editSignOn(deps, KIT, { appId, patch: { usernameTemplate: { format: 'email', pushStatus: 'PUSH' } } })
  await saveApiIntegration(deps, KIT, { appId, enabled: true, token: TARGET_TOKEN, importGroups: true })
  await saveToApp(deps, KIT, { appId, settings: ALL_ON })
  at = `/admin/app/dialpad/instance/${appId}`
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
const rowOf = (handle: string): AppUser | undefined => appUserOf(okta.system.store, appId, oktaUserIdOf(handle))

test('Assign Users to App: choose, review, confirm; what cannot be assigned is named', async () => {
  await assignPerson({ system: okta.system }, KIT, { appId, userId: oktaUserIdOf('ben.castillo') })
  await marta.open('/admin/apps/active')
  await marta.follow('Assign Users to App')
  await marta.submit('/assign-users', { do: 'next' })
  expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('Select at least one application.')])
  await marta.submit('/assign-users', { appId: [appId], do: 'next' })
  expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('Select at least one person.')])
  await marta.submit('/assign-users', { appId: [appId], q: 'ada', do: 'search' })
  expect(marta.text).toContain('Ada Okafor (ada.okafor@brightwave.example)')
  expect(marta.text).not.toContain('Ben Castillo (')
  const userId = [oktaUserIdOf('ada.okafor'), oktaUserIdOf('ben.castillo')]
  await marta.submit('/assign-users', { appId: [appId], userId, do: 'next' })
  expect(marta.text).toContain('Already assigned individually')
  expect(rowOf('ada.okafor')).toBeUndefined()
  await marta.submit('/assign-users', { appId: [appId], userId, do: 'confirm' })
  expect(marta.text).toContain('1 assignment was made. 1 could not be made.')
  await settle()
  expect(rowOf('ada.okafor')).toMatchObject({ scope: 'USER', syncState: 'SYNCHRONIZED' })
})

test('Convert Assignments: only who is in an assigned group, confirmed, values of the group pushed', async () => {
  const deps = { system: okta.system }
  await marta.open(`${at}/assignments`)
  await marta.follow('Individual to Group')
  expect(marta.text).toContain('No assignments to convert')
  const [ada, cleo] = [oktaUserIdOf('ada.okafor'), oktaUserIdOf('marta.silva')]
  await assignPerson(deps, KIT, { appId, userId: cleo })
  await assignGroup(deps, KIT, { appId, groupId: oktaGroupIdOf('Support'), profile: { title: 'Supporter' } })
  await settle()
  await marta.open(`${at}/assignments/convert`)
  expect(marta.text).toContain('Ada Okafor')
  expect(marta.text).toContain('Values change and are pushed')
  expect(marta.text).not.toContain('marta.silva@brightwave.example Support')
  await marta.submit('/convert', { do: 'review' })
  expect(marta.text).toContain('Select at least one person.')
  const adas = rowOf('ada.okafor')?.id ?? ''
  await marta.submit('/convert', { appUserId: adas, do: 'review' })
  expect([marta.text, rowOf('ada.okafor')?.scope]).toEqual([
    expect.stringContaining('1 assignment of Dialpad will be held'),
    'USER',
  ])
  await marta.submit('/convert', { do: 'convert' })
  expect(marta.text).toContain('1 assignment was converted.')
  expect(rowOf('ada.okafor')).toMatchObject({ scope: 'GROUP', profile: { title: 'Supporter' }, fromGroup: ['title'] })
  await settle()
  const account = [...target.users.values()].find(({ userName }) => userName === 'ada.okafor@brightwave.example')
  expect(account).toMatchObject({ title: 'Supporter', externalId: ada })
  const outside = convertAssignments(deps, KIT, { appId, appUserIds: [rowOf('marta.silva')?.id ?? ''] })
  await expect(outside).rejects.toMatchObject({ code: 'E0000001' })
})

test('Bulk Edit: Deactivate, Activate, Delete with the groups of the app', async () => {
  const deps = { system: okta.system }
  for (const name of ['Sales', 'Support']) {
    const groupId = oktaGroupIdOf(name)
    await pushGroupByName(deps, KIT, { appId, groupId, action: { kind: 'create' }, pushMemberships: true })
  }
  await settle()
  const mappings = () => okta.system.store.find('groupPushMappings', 'app', appId)
  const mappingId = mappings().map(({ id }) => id)
  await marta.open(`${at}/push`)
  await marta.follow('Bulk Edit')
  await marta.submit('/bulk', { do: 'deactivate' })
  expect(marta.text).toContain('Select at least one group.')
  await marta.submit('/bulk', { mappingId, do: 'deactivate' })
  expect(marta.text).toContain('2 group pushes were deactivated.')
  expect(mappings().map(({ status }) => status)).toEqual(['INACTIVE', 'INACTIVE'])
  await marta.open(`${at}/push/bulk`)
  await marta.submit('/bulk', { mappingId: mappingId[0] ?? '', do: 'activate' })
  expect(marta.text).toContain('1 group push was activated.')
  await settle()
  expect(mappings().map(({ status }) => status)).toEqual(['ACTIVE', 'INACTIVE'])
  expect(target.groups.size).toBe(2)
  await marta.open(`${at}/push/bulk`)
  await marta.submit('/bulk', { mappingId, do: 'delete' })
  expect(marta.text).toContain('Delete 2 group pushes?')
  await marta.submit('/bulk', { target: 'delete', do: 'confirm-delete' })
  await settle()
  expect([mappings(), target.groups.size]).toEqual([[], 0])
})

test('Monitor Imports, Refresh Application Data and the Configuration Guide', async () => {
  await marta.open(`${at}/general`)
  await marta.follow('Monitor Imports')
  expect(marta.text).toContain('No imports yet')
  await importNow({ system: okta.system }, KIT, { appId })
  await marta.open(`${at}/imports`)
  expect(marta.text).toContain('Completed')
  expect(marta.text).toMatch(/Users [1-9]\d* scanned/)
  expect(marta.text).toContain('Complete import')
  await marta.open('/admin/apps/active')
  await marta.submit('/apps/refresh')
  expect(marta.text).toContain('The data of 1 app was refreshed.')
  await marta.open('/admin/apps/add-app/dialpad')
  await marta.follow('Dialpad Configuration Guide')
  expect(marta.title).toBe('Dialpad Configuration Guide')
})
