import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { openSystem } from '#kit/system/open-system.ts'
import { addApp, editSignOn } from '../../commands/apps.ts'
import { assignPerson } from '../../commands/assignments.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { OKTA_SPEC } from '../../spec.ts'
import { oktaUserIdOf } from '../../world.ts'
import { createJobRunner } from '../runner.ts'
import { ALL_ON, KIT } from './stage.ts'

const ADA = 'ada.okafor@brightwave.example'

let dataDir: string
let target: ScimTarget
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'provisioning-twin-okta-'))
  target = await openScimTarget()
})
afterEach(async () => {
  await target.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const open = () =>
  openSystem(OKTA_SPEC, {
    dataDir,
    world: 'brightwave',
    urls: { okta: 'http://localhost:4200', dialpad: new URL(target.url).origin },
  })

/** Ada is assigned by a process that ends before anything is sent. */
async function assignAndEnd(): Promise<void> {
  const system = await open()
  const deps = { system }
  const app = await addApp(deps, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
  await editSignOn(deps, KIT, { appId: app.id, patch: { usernameTemplate: { format: 'email', pushStatus: 'PUSH' } } })
  await saveApiIntegration(deps, KIT, { appId: app.id, enabled: true, token: TARGET_TOKEN, importGroups: true })
  await saveToApp(deps, KIT, { appId: app.id, settings: ALL_ON })
  await assignPerson(deps, KIT, { appId: app.id, userId: oktaUserIdOf('ada.okafor') })
  await system.close()
}

test('a job that was queued runs after the next start, with the token sealed in the data folder', async () => {
  await assignAndEnd()
  expect(target.users.size).toBe(0)
  const system = await open()
  expect(await createJobRunner(system).runDue()).toMatchObject({
    ran: [{ result: 'done', line: `${ADA} created` }],
    waiting: 0,
  })
  expect([...target.users.values()]).toMatchObject([{ userName: ADA }])
  await system.close()
})

test('a creation whose outcome was not written down is not made twice: it is found and linked', async () => {
  await assignAndEnd()
  target.users.set('u-7', { id: 'u-7', userName: ADA, active: true })
  const system = await open()
  expect(await createJobRunner(system).runDue()).toMatchObject({ ran: [{ result: 'done', line: `${ADA} linked` }] })
  expect(target.users.size).toBe(1)
  const [appUser] = system.store.find('appUsers', 'user', oktaUserIdOf('ada.okafor'))
  expect(appUser?.externalId).toBe('u-7')
  await system.close()
})

test('what a job found in a state that was replaced meanwhile is written nowhere', async () => {
  await assignAndEnd()
  const system = await open()
  target.intercept = async () => {
    target.intercept = undefined
    await system.control.reset()
    return undefined
  }
  expect(await createJobRunner(system).runDue()).toMatchObject({ ran: [{ result: 'discarded' }] })
  expect(system.store.find('apps', 'catalogKey', 'dialpad')).toEqual([])
  expect([system.store.count('systemLog'), system.store.count('tasks')]).toEqual([0, 0])
  await system.close()
})
