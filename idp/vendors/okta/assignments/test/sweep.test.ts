import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OktaApp } from '../../apps/records.ts'
import { assignGroup, unassignGroup } from '../../commands/assignments.ts'
import { addGroup, deleteGroup } from '../../commands/groups.ts'
import { pushGroupByName } from '../../commands/push-groups.ts'
import { KIT, openStage, type Stage } from '../../provisioning/test/stage.ts'

/** Groups of more members than one go settles. */

const MEMBERS = 120

let stage: Stage
let app: OktaApp
let groupId: string
beforeEach(async () => {
  stage = await openStage()
  app = await stage.connect()
  groupId = (await addGroup(stage.deps, KIT, { name: 'Field Staff', description: '' })).id
  const model = stage.user('ada.okafor')
  await stage.system.store.transact((tx) => {
    for (let number = 1; number <= MEMBERS; number += 1) {
      const id = `00ufield${String(number).padStart(12, '0')}`
      const address = `field${number}@brightwave.example`
      tx.put('users', id, { ...model, id, profile: { ...model.profile, login: address, email: address } })
      tx.put('groupMembers', `${groupId}/${id}`, { groupId, userId: id })
    }
  })
})
afterEach(() => stage.close())

const assigned = (): number => stage.system.store.count('appUsers', 'app', app.id)

test('everybody is assigned when the command is done, and others had their turn meanwhile', async () => {
  const seen: number[] = []
  const beat = setInterval(() => seen.push(assigned()), 0)
  await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
  clearInterval(beat)
  expect([assigned(), stage.system.store.count('sweeps')]).toEqual([MEMBERS, 0])
  expect(seen.filter((count) => count > 0 && count < MEMBERS).length).toBeGreaterThan(0)
  await stage.run()
  expect(stage.target.users.size).toBe(MEMBERS)
})

test('a group unassigned, and a group deleted, take it from everybody', async () => {
  await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
  await unassignGroup(stage.deps, KIT, { appId: app.id, groupId })
  expect(assigned()).toBe(0)
  await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
  await deleteGroup(stage.deps, KIT, { groupId })
  expect(assigned()).toBe(0)
})

test('what a kill leaves in the middle is finished by the next process', async () => {
  const { control } = stage.system
  let middle = control.state()
  const beat = setInterval(() => {
    if (stage.system.store.count('sweeps') > 0) middle = control.state()
  }, 0)
  await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
  clearInterval(beat)
  await control.replaceState(middle)
  expect(stage.system.store.count('sweeps')).toBe(1)
  expect(assigned()).toBeLessThan(MEMBERS)
  await stage.run()
  expect([assigned(), stage.system.store.count('sweeps')]).toEqual([MEMBERS, 0])
})

test('a pushed group whose members get their accounts one by one is pushed once, when they have them', async () => {
  await pushGroupByName(stage.deps, KIT, {
    appId: app.id,
    groupId,
    action: { kind: 'create' },
    pushMemberships: true,
  })
  await stage.run()
  stage.seen()
  await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
  await stage.run()
  const added = stage
    .seen()
    .flatMap(({ method, url, body }) =>
      method === 'PATCH' && url.startsWith('/Groups/') ? [JSON.stringify(body)] : [],
    )
    .filter((body) => body.includes('"add"'))
  expect(added.length).toBeLessThanOrEqual(3)
  expect(stage.system.store.count('pushedMembers')).toBe(MEMBERS)
})
