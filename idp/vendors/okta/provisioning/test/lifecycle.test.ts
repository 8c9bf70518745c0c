import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OktaApp } from '../../apps/records.ts'
import type { OktaUser, OktaUserStatus } from '../../collections.ts'
import { setAppStatus } from '../../commands/apps.ts'
import { assignPerson, unassignPerson } from '../../commands/assignments.ts'
import { deleteGroup } from '../../commands/groups.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { expirePassword } from '../../commands/lifecycle.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  deletePerson,
  editPerson,
  setPassword,
  suspendPerson,
  unlockPerson,
  unsuspendPerson,
} from '../../commands/people.ts'
import { resetPassword } from '../../commands/reset-password.ts'
import { groupIdsOf } from '../../groups/membership.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { ALL_ON, KIT, openStage, type Stage } from './stage.ts'

/** States of people, what each transition leaves behind, and the rows of the Assignments tab (reference sheet 4). */

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const ada = (): { readonly userId: string } => ({ userId: oktaUserIdOf('ada.okafor') })

async function putAda(change: Partial<OktaUser>): Promise<void> {
  await stage.system.store.transact((tx) => {
    const user = tx.get('users', ada().userId)
    if (user !== undefined) tx.put('users', user.id, { ...user, ...change })
  })
}

const ACTS = {
  activate: activatePerson,
  deactivate: deactivatePerson,
  suspend: suspendPerson,
  unsuspend: unsuspendPerson,
  unlock: unlockPerson,
  expire: expirePassword,
  delete: deletePerson,
} as const
type Act = keyof typeof ACTS

/** What each transition leads to; what is not named is refused, with E0000016 where somebody is active already. */
const MATRIX: Readonly<Record<OktaUserStatus, Partial<Record<Act, OktaUserStatus | 'gone'>>>> = {
  STAGED: { activate: 'ACTIVE', deactivate: 'DEPROVISIONED' },
  PROVISIONED: { deactivate: 'DEPROVISIONED' },
  ACTIVE: { suspend: 'SUSPENDED', deactivate: 'DEPROVISIONED', expire: 'PASSWORD_EXPIRED' },
  RECOVERY: { deactivate: 'DEPROVISIONED', expire: 'PASSWORD_EXPIRED' },
  PASSWORD_EXPIRED: { deactivate: 'DEPROVISIONED', expire: 'PASSWORD_EXPIRED' },
  LOCKED_OUT: { unlock: 'ACTIVE', deactivate: 'DEPROVISIONED' },
  SUSPENDED: { unsuspend: 'ACTIVE', deactivate: 'DEPROVISIONED' },
  DEPROVISIONED: { activate: 'ACTIVE', delete: 'gone' },
}
const CELLS = (Object.keys(MATRIX) as OktaUserStatus[]).flatMap((status) =>
  (Object.keys(ACTS) as Act[]).map((act) => ({ status, act, becomes: MATRIX[status][act] })),
)

describe('states and transitions', () => {
  test.each(CELLS)('$status, $act: $becomes', async ({ status, act, becomes }) => {
    await putAda({ status })
    const done = ACTS[act](stage.deps, KIT, ada())
    if (becomes === undefined) {
      const isActive = status === 'ACTIVE' || status === 'PROVISIONED'
      await expect(done).rejects.toMatchObject({ code: act === 'activate' && isActive ? 'E0000016' : 'E0000038' })
      expect(stage.user('ada.okafor').status).toBe(status)
      return
    }
    await done
    expect(stage.system.store.get('users', ada().userId)?.status ?? 'gone').toBe(becomes)
  })

  test.each([
    ['activated with a password', { activate: true, password: 'A-long-1st-password' }, 'ACTIVE'],
    ['activated without one', { activate: true }, 'PROVISIONED'],
    [
      'with a password that must be changed',
      { activate: true, password: 'A-long-1st-password', mustChangePassword: true },
      'PASSWORD_EXPIRED',
    ],
    ['not activated', { activate: false }, 'STAGED'],
  ] as const)('made %s', async (_what, how, status) => {
    const profile = {
      login: 'new@brightwave.example',
      email: 'new@brightwave.example',
      firstName: 'New',
      lastName: 'One',
    }
    expect(await addPerson(stage.deps, KIT, { profile, ...how })).toMatchObject({ status })
  })

  test('a password chosen makes somebody pending, expired or in recovery active', async () => {
    for (const status of ['PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED'] as const) {
      await putAda({ status })
      await setPassword(stage.deps, KIT, { ...ada(), password: 'A-long-2nd-password' })
      expect(stage.user('ada.okafor').status).toBe('ACTIVE')
    }
  })
})

describe('what a transition leaves (reference sheet 4.3)', () => {
  let app: OktaApp
  beforeEach(async () => {
    app = await stage.connect()
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    await putAda({ adminRoles: ['APP_ADMIN'] })
    stage.seen()
  })
  const facts = () => {
    const { store } = stage.system
    const user = store.get('users', ada().userId)
    return {
      assignment: stage.row(app, 'ada.okafor') !== undefined,
      groups: groupIdsOf(store, ada().userId).includes(oktaGroupIdOf('Support')),
      roles: (user?.adminRoles ?? []).length > 0,
      password: user?.passwordHash !== undefined,
    }
  }
  const unassign = () => unassignPerson(stage.deps, KIT, { appUserId: stage.row(app, 'ada.okafor')?.id ?? '' })

  test('unassign: the assignment alone is gone', async () => {
    await unassign()
    expect(facts()).toEqual({ assignment: false, groups: true, roles: true, password: true })
    await stage.run()
    expect(stage.sent()).toHaveLength(1)
  })

  test('suspend: everything is kept, and nothing is sent', async () => {
    await suspendPerson(stage.deps, KIT, ada())
    expect(facts()).toEqual({ assignment: true, groups: true, roles: true, password: true })
    await stage.run()
    expect(stage.sent()).toEqual([])
  })

  test('deactivate: assignment, roles and password are gone, groups are kept', async () => {
    await deactivatePerson(stage.deps, KIT, ada())
    expect(facts()).toEqual({ assignment: false, groups: true, roles: false, password: false })
  })

  test('the user name is free again after a deletion, and not before', async () => {
    const { profile } = stage.user('ada.okafor')
    const again = () => addPerson(stage.deps, KIT, { profile, activate: false })
    await deactivatePerson(stage.deps, KIT, ada())
    await expect(again()).rejects.toMatchObject({ causes: [{ field: 'login' }] })
    await deletePerson(stage.deps, KIT, ada())
    expect(stage.system.store.find('groupMembers', 'user', ada().userId)).toEqual([])
    expect(await again()).toMatchObject({ status: 'STAGED' })
  })

  test('a lock, an expired password and a reset send nothing and leave the assignment', async () => {
    await putAda({ status: 'LOCKED_OUT' })
    await unlockPerson(stage.deps, KIT, ada())
    await expirePassword(stage.deps, KIT, ada())
    await resetPassword(stage.deps, KIT, ada())
    await stage.run()
    expect([stage.sent(), stage.row(app, 'ada.okafor')]).toMatchObject([[], { syncState: 'SYNCHRONIZED' }])
  })

  test('a group deleted, with Deactivate Users off: the assignment goes, the account stays, and there is a task', async () => {
    await saveToApp(stage.deps, KIT, { appId: app.id, settings: { ...ALL_ON, deactivateUsers: false } })
    await deactivatePerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.tasks()).toMatchObject([{ kind: 'deprovision', userId: ada().userId }])
    await deleteGroup(stage.deps, KIT, { groupId: oktaGroupIdOf('Support') })
    expect(groupIdsOf(stage.system.store, ada().userId)).not.toContain(oktaGroupIdOf('Support'))
  })
})

describe('rows of the Assignments tab (reference sheet 4.4)', () => {
  const state = (app: OktaApp) => {
    const { status, syncState, externalId } = stage.row(app, 'ada.okafor') ?? {}
    return [status, syncState, externalId !== undefined]
  }
  const assign = (app: OktaApp) => assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })

  test('queued, created, changed, failed', async () => {
    const app = await stage.connect()
    stage.target.intercept = async () => {
      expect(state(app)).toEqual(['STAGED', 'SYNCING', false])
      stage.target.intercept = undefined
      return undefined
    }
    await assign(app)
    await stage.run()
    expect(state(app)).toEqual(['PROVISIONED', 'SYNCHRONIZED', true])
    stage.target.intercept = () => ({ status: 500 })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect(state(app)).toEqual(['PROVISIONED', 'ERROR', true])
  })

  test('a creation that failed', async () => {
    const app = await stage.connect()
    stage.target.intercept = () => ({ status: 500 })
    await assign(app)
    await stage.run()
    expect(state(app)).toEqual(['STAGED', 'ERROR', false])
  })

  test('single sign-on alone; lastSync moves with pushes alone', async () => {
    const app = await stage.connect()
    await saveApiIntegration(stage.deps, KIT, { appId: app.id, enabled: false, importGroups: true })
    await assign(app)
    expect(state(app)).toEqual(['ACTIVE', 'DISABLED', false])
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    expect(stage.row(app, 'ada.okafor')?.lastSync).toBeUndefined()
  })

  test('of an app that is not active nothing is pushed, and the row stays', async () => {
    const app = await stage.connect()
    await assign(app)
    await stage.run()
    await setAppStatus(stage.deps, KIT, { appId: app.id, status: 'INACTIVE' })
    stage.seen()
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect([stage.sent(), state(app)[2]]).toEqual([[], true])
  })
})
