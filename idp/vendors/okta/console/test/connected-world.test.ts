import { afterAll, expect, test } from 'vitest'
import { CONNECTED_APP_ID } from '../../provisioning/world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** The world `connected-okta`, as its pages show it. */

const okta: RunningOkta = await startOkta(undefined, 'connected-okta')
afterAll(() => okta.close())

const AT = `/admin/app/dialpad/instance/${CONNECTED_APP_ID}`

test('the connected world is in step: nothing waits, nothing is red, everybody is linked by their group', async () => {
  const { store } = okta.system
  const rows = store.find('appUsers', 'app', CONNECTED_APP_ID)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) {
    expect(row, row.userName).toMatchObject({ scope: 'GROUP', status: 'PROVISIONED', syncState: 'SYNCHRONIZED' })
    expect(row.externalId, row.userName).toMatch(/^\d+$/)
    expect(row.userName).toBe(store.get('users', row.userId)?.profile.email)
  }
  expect([store.count('provisioningJobs'), store.count('tasks')]).toEqual([0, 0])

  const marta = await okta.signIn('marta.silva', '/admin/tasks')
  expect(marta.text).toContain('You have no tasks')
  await marta.open(`${AT}/assignments`)
  expect(marta.text).toContain('Group Dialpad Users')
  expect(marta.html).not.toContain('okta-row-problem')
  expect(marta.linkTo('Provision User')).toBeUndefined()
  await marta.open(`${AT}/signon`)
  expect(marta.text).toContain('Application username format Email')
  await marta.open(`${AT}/provisioning/integration`)
  expect(marta.text).not.toContain('Configure API Integration')
})
