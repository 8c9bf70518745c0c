import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OktaApp } from '../../apps/records.ts'
import { assignGroup, assignPerson, forceSync, provisionUsers, unassignPerson } from '../../commands/assignments.ts'
import { addGroup, addMember } from '../../commands/groups.ts'
import { saveToApp } from '../../commands/integration.ts'
import { editPerson } from '../../commands/people.ts'
import { pushGroupByName } from '../../commands/push-groups.ts'
import { retryTasks } from '../../commands/tasks.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { ALL_ON, KIT, openStage, type Stage } from './stage.ts'

/** Waits after 429 on virtual time (reference sheet 2.8), composite flows and failures in the System Log (2.4, 2.9). */

let stage: Stage
let app: OktaApp
beforeEach(async () => {
  stage = await openStage()
  app = await stage.connect()
})
afterEach(() => stage.close())

const ada = (): { readonly userId: string } => ({ userId: oktaUserIdOf('ada.okafor') })
const rowId = (): string => stage.row(app, 'ada.okafor')?.id ?? ''
const assignAda = async (): Promise<void> => {
  await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
  await stage.run()
}
const answers = (method: string, status: number, headers: Readonly<Record<string, string>> = {}, body = '') => {
  stage.target.intercept = (request) => (request.method === method ? { status, body, headers } : undefined)
}
const pauseOf = () => stage.system.store.get('apps', app.id)?.provisioning?.pause

/** Types of the events written by some work. */
async function logged(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = stage.events().length
  await work()
  return stage
    .events()
    .slice(before)
    .map((type) => type.replace('application.provision.', ''))
}

describe('429', () => {
  test.each([
    ['seconds', { 'retry-after': '7' }, 7],
    ['no header', {}, 300],
    ['an HTTP date', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 300],
    ['a fraction', { 'retry-after': '1.5' }, 300],
  ])('with %s', async (_what, headers, seconds) => {
    answers('POST', 429, headers as Readonly<Record<string, string>>)
    await assignAda()
    expect(pauseOf()).toMatchObject({ waits: 1, waitSeconds: seconds })
    stage.seen()
    await stage.advance(seconds - 1)
    expect(stage.sent()).toEqual([])
    stage.target.intercept = undefined
    await stage.advance(1)
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ syncState: 'SYNCHRONIZED' })
    expect([pauseOf(), stage.tasks()]).toEqual([undefined, []])
  })

  test('doubles with every repeat, and at the tenth attempt the job has failed for good; the queue goes on', async () => {
    answers('POST', 429, { 'retry-after': '1' })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const waits: (number | undefined)[] = []
    while (pauseOf() !== undefined) {
      waits.push(pauseOf()?.waitSeconds)
      await stage.advance(pauseOf()?.waitSeconds ?? 0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256])
    expect(stage.seen().filter(({ method }) => method === 'POST')).toHaveLength(10)
    expect(stage.tasks()).toMatchObject([{ message: expect.stringContaining('after repeated attempts') }])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ syncState: 'ERROR' })
    await stage.advance(86_400)
    expect(stage.sent()).toEqual([])
    stage.target.intercept = undefined
    await retryTasks(stage.deps, KIT, { taskIds: stage.tasks().map(({ id }) => id) })
    await stage.run()
    expect([stage.row(app, 'ada.okafor')?.syncState, stage.tasks()]).toEqual(['SYNCHRONIZED', []])
  })

  test('asked to wait longer than twice as long, it waits as asked', async () => {
    answers('POST', 429, { 'retry-after': '10' })
    await assignAda()
    answers('POST', 429, { 'retry-after': '100' })
    await stage.advance(10)
    expect(pauseOf()).toMatchObject({ waits: 2, waitSeconds: 100 })
  })

  test('holds up the whole queue of the app, in its order, and no other app', async () => {
    const other = await stage.connect({ catalogKey: 'scim' })
    stage.target.intercept = ({ method, body }) =>
      method === 'POST' && JSON.stringify(body).includes('ada.okafor')
        ? { status: 429, headers: { 'retry-after': '60' } }
        : undefined
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf('ben.castillo') })
    await assignPerson(stage.deps, KIT, { appId: other.id, userId: oktaUserIdOf('chloe.nguyen') })
    await stage.run()
    expect(stage.row(app, 'ben.castillo')).toMatchObject({ syncState: 'SYNCING' })
    expect(stage.row(other, 'chloe.nguyen')).toMatchObject({ syncState: 'SYNCHRONIZED' })
    stage.target.intercept = undefined
    stage.seen()
    await stage.advance(60)
    const posts = stage.seen().flatMap(({ method, body }) => (method === 'POST' ? [JSON.stringify(body)] : []))
    expect(posts.map((body) => /"userName":"([^@]+)/.exec(body)?.[1])).toEqual(['ada.okafor', 'ben.castillo'])
  })

  test('of a group push: the log says that it will be retried', async () => {
    const group = await addGroup(stage.deps, KIT, { name: 'Support East', description: '' })
    answers('POST', 429, { 'retry-after': '5' })
    const events = await logged(async () => {
      await pushGroupByName(stage.deps, KIT, {
        appId: app.id,
        groupId: group.id,
        action: { kind: 'create' },
        pushMemberships: true,
      })
      await stage.run()
    })
    expect(events).toContain('group_push.mapping.update.or.delete.failed')
    expect(events).toContain('application.integration.rate_limit_exceeded')
    stage.target.intercept = undefined
    await stage.advance(5)
    expect(stage.target.groups.size).toBe(1)
  })
})

test.each([
  [400, 'Bad Request'],
  [404, 'Not Found'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
])('%i is never tried again by itself', async (status, phrase) => {
  answers('POST', status, { 'retry-after': '5' })
  await assignAda()
  stage.seen()
  await stage.advance(30 * 86_400)
  expect([stage.sent(), stage.tasks().length]).toEqual([[], 1])
  expect(stage.tasks()[0]?.message).toContain(phrase)
})

describe('the System Log of composite flows', () => {
  test('new user, link, reassign, unassign, in the order of the sheet', async () => {
    expect(await logged(assignAda)).toEqual(['application.user_membership.add', 'user.verify_exists', 'user.push'])
    const unassign = async () => {
      await unassignPerson(stage.deps, KIT, { appUserId: rowId() })
      await stage.run()
    }
    expect(await logged(unassign)).toEqual(['application.user_membership.remove', 'user.deactivate'])
    expect(await logged(assignAda)).toEqual([
      'application.user_membership.add',
      'user.verify_exists',
      'user.reactivate',
      'user.push_profile',
    ])
    stage.target.users.set('u-9', { id: 'u-9', userName: 'ben.castillo@brightwave.example', active: true })
    const link = async () => {
      await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf('ben.castillo') })
      await stage.run()
    }
    expect(await logged(link)).toEqual(['application.user_membership.add', 'user.verify_exists', 'user.push_profile'])
  })

  test('group push: the mapping, the group, its members', async () => {
    await assignAda()
    const push = async () => {
      const group = await addGroup(stage.deps, KIT, { name: 'Support East', description: '' })
      await addMember(stage.deps, KIT, { groupId: group.id, ...ada() })
      await pushGroupByName(stage.deps, KIT, {
        appId: app.id,
        groupId: group.id,
        action: { kind: 'create' },
        pushMemberships: true,
      })
      await stage.run()
    }
    expect((await logged(push)).filter((type) => type.startsWith('group_push'))).toEqual([
      'group_push.mapping.created',
      'group_push.pushed',
      'group_push.push_memberships',
    ])
  })

  test('Provision User and Force Sync tell their beginning, and their end when the last one is done', async () => {
    const off = { ...ALL_ON, createUsers: false, updateAttributes: false, deactivateUsers: false, syncPassword: false }
    await saveToApp(stage.deps, KIT, { appId: app.id, settings: off })
    for (const handle of ['ada.okafor', 'ben.castillo']) {
      await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf(handle) })
    }
    await saveToApp(stage.deps, KIT, { appId: app.id, settings: ALL_ON })
    for (const command of [provisionUsers, forceSync]) {
      const events = await logged(async () => {
        expect(await command(stage.deps, KIT, { appId: app.id })).toBe(2)
        await stage.run()
      })
      const jobs = events.filter((type) => type.includes('provision_sync_job'))
      expect(jobs).toEqual([
        'app.app_instance.provision_sync_job.started',
        'app.app_instance.provision_sync_job.completed',
      ])
      expect(events.at(-1)).toBe('app.app_instance.provision_sync_job.completed')
    }
  })

  test('who is assigned by a group is named with the group, and every event of a job shares its transaction', async () => {
    const begun = stage.events().length
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: oktaGroupIdOf('Sales') })
    await stage.run()
    expect(stage.events().slice(begun)).toContain('group.application_assignment.add')
    const pushes = Array.from(stage.system.store.entries('systemLog'), ([, event]) => event).filter(
      ({ eventType }) => eventType === 'application.provision.user.push',
    )
    expect(pushes.length).toBeGreaterThan(1)
    expect(pushes.every(({ transaction, target }) => transaction.type === 'JOB' && target.length === 3)).toBe(true)
  })
})

test('a failure in the log has the shape of the sheet, and no body of a request', async () => {
  answers('POST', 409, {}, JSON.stringify({ detail: 'Taken', status: '409' }))
  await assignAda()
  const event = Array.from(stage.system.store.entries('systemLog'), ([, each]) => each).at(-1)
  expect(event).toMatchObject({
    eventType: 'application.provision.user.push',
    severity: 'ERROR',
    displayMessage: 'Push new user to external application',
    outcome: { result: 'FAILURE' },
    target: [
      { id: expect.stringMatching(/^0ua/), type: 'AppUser', displayName: 'Ada Okafor' },
      { id: app.id, type: 'AppInstance', displayName: 'Dialpad' },
      { id: ada().userId, type: 'User' },
    ],
    transaction: { type: 'JOB' },
    debugData: { appname: 'dialpad' },
    legacyEventType: 'app.user_management.provision_user_failed',
  })
  expect(JSON.stringify(event)).not.toContain('urn:ietf')
})

test('a credential refused later is an authentication failure of the integration', async () => {
  await assignAda()
  answers('GET', 401)
  const events = await logged(async () => {
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
  })
  expect(events).toContain('application.integration.authentication_failure')
})
