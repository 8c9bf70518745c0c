import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PARTNER_APP, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { assignToApp, removeAssignments } from '../../commands/assignments.ts'
import { deleteUsers, restoreUsers } from '../../commands/deleted-users.ts'
import { addGroup, addGroupMembers } from '../../commands/groups.ts'
import { addUser, editUser, resetPassword } from '../../commands/users.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'
import { recordEngineEvent } from '../engine-events.ts'
import { auditEvents, findAuditEvents } from '../find-events.ts'
import type { AuditEvent } from '../records.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string

const APP = seededServicePrincipalIdOf(PARTNER_APP.appId)
const PROVISIONING = `/admin/apps/${APP}/provisioning`
const DAY_MS = 24 * 60 * 60 * 1000

beforeAll(async () => {
  listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad: 'http://localhost:9', kit: 'http://localhost:4000' }
  system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'connected-entra', urls })
  service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
})
afterAll(async () => {
  await service.stop()
  await listener.close()
  await system.close()
})
afterEach(() => system.control.reset())

async function visitor(handle: string): Promise<Visitor> {
  const person = createVisitor(origin)
  await person.open('/admin')
  await person.submit('/email', { email: `${handle}@brightwave.example` })
  await person.submit('/password', { password: TRAINING_PASSWORD })
  await person.submit('/stay', { stay: 'no' })
  return person
}

const userOf = (handle: string) => {
  const user = system.store.find('users', 'userPrincipalName', `${handle}@brightwave.example`)[0]
  if (user === undefined) throw new Error(`There is no ${handle}.`)
  return user
}
const marta = () => ({ kind: 'person', userId: userOf('marta.silva').id }) as const
const events = (): readonly AuditEvent[] => [...auditEvents(system.store, TENANT_ID, system.clock.now())]
const newest = (): AuditEvent => {
  const [event] = events()
  if (event === undefined) throw new Error('Nothing was audited.')
  return event
}

describe('what is audited of provisioning (reference 8.3)', () => {
  test('Start, Stop and Restart, by whom, with the state before and after', async () => {
    const naomi = await visitor('naomi.clarke')
    await naomi.open(PROVISIONING)
    await naomi.submit('/stop')
    expect(newest()).toMatchObject({
      service: 'Account Provisioning',
      category: 'ProvisioningManagement',
      activity: 'Disable/pause provisioning configuration',
      result: 'success',
      initiatedBy: { kind: 'user', userPrincipalName: 'naomi.clarke@brightwave.example' },
      targets: [
        {
          type: 'ServicePrincipal',
          id: APP,
          displayName: 'Dialpad',
          modified: [{ name: 'state', oldValue: '"Active"', newValue: '"Paused"' }],
        },
      ],
    })
    await naomi.submit('/start')
    expect(newest().activity).toBe('Enable/start provisioning configuration')
    await naomi.open(PROVISIONING)
    await naomi.submit('/restart')
    expect(newest().activity).toBe('Enable/restart provisioning configuration')
  })

  test('settings, property by property; saving none of them is no event', async () => {
    const naomi = await visitor('naomi.clarke')
    await naomi.open(`${PROVISIONING}/properties/edit`)
    const sent = {
      notificationsEnabled: 'true',
      notificationEmail: 'it-ops@brightwave.example',
      threshold: '40',
      scope: 'assigned',
    }
    await naomi.submit('/edit', sent)
    const event = newest()
    expect(event.activity).toBe('Update provisioning setting or credentials')
    expect(event.targets[0]?.modified).toContainEqual({ name: 'threshold', oldValue: '500', newValue: '40' })
    const count = events().length
    await naomi.open(`${PROVISIONING}/properties/edit`)
    await naomi.submit('/edit', sent)
    expect(events()).toHaveLength(count)
  })

  test('the engine as such: one event of a quarantine, initiated by the service', async () => {
    const job = system.store.page('provisioningJobs', 0, 1)[0]
    if (job === undefined) throw new Error('The world has no job.')
    const reason = 'EncounteredQuarantineException'
    await system.store.transact((tx) =>
      recordEngineEvent(tx, system.clock, job, { activity: 'Quarantine', result: 'failure', reason }),
    )
    expect(newest()).toMatchObject({
      service: 'Account Provisioning',
      activity: 'Quarantine',
      result: 'failure',
      reason,
      initiatedBy: { kind: 'app', displayName: 'Azure AD Provisioning Service' },
      details: { JobId: job.id },
    })
  })
})

describe('what is audited of the directory', () => {
  test('people, groups, members and assignments, with what changed', async () => {
    const deps = { system }
    const { user } = await addUser(deps, marta(), {
      userPrincipalName: 'nora.berg@brightwave.example',
      displayName: 'Nora Berg',
    })
    await editUser(deps, marta(), { userId: user.id, patch: { department: 'Sales' } })
    expect(newest().targets[0]?.modified).toEqual([{ name: 'department', oldValue: null, newValue: '"Sales"' }])
    const group = await addGroup(deps, marta(), { displayName: 'Night Shift' })
    await addGroupMembers(deps, marta(), { groupId: group.id, memberIds: [user.id] })
    const [assignment] = await assignToApp(deps, marta(), { appId: APP, principalIds: [user.id] })
    await removeAssignments(deps, marta(), { appId: APP, assignmentIds: [assignment?.id ?? ''] })
    await deleteUsers(deps, marta(), { userIds: [user.id] })
    await restoreUsers(deps, marta(), { userIds: [user.id] })
    expect(events().map(({ activity }) => activity)).toEqual([
      'Restore user',
      'Delete user',
      'Remove app role assignment from user',
      'Add app role assignment grant to user',
      'Add member to group',
      'Add group',
      'Update user',
      'Add user',
    ])
    expect(events().every(({ service: by }) => by === 'Core Directory')).toBe(true)
    expect(events()[4]?.targets.map(({ displayName }) => displayName)).toEqual(['Nora Berg', 'Night Shift'])
  })

  test('a change that is refused leaves no event, since both are one transaction', async () => {
    const ada = userOf('ada.okafor').id
    await expect(deleteUsers({ system }, marta(), { userIds: [ada, 'nobody'] })).rejects.toThrow()
    expect(events()).toEqual([])
  })

  test('what goes from the recycle bin by itself is the doing of the directory', async () => {
    await deleteUsers({ system }, marta(), { userIds: [userOf('ada.okafor').id] })
    await system.control.moveClock({ kind: 'advance', duration: 'P31D' })
    expect(events().find(({ activity }) => activity === 'Hard Delete user')).toMatchObject({
      initiatedBy: { kind: 'app', displayName: 'Azure AD Directory Service' },
    })
  })

  test('no password, key or token is in any event', async () => {
    const password = 'Sparrow-4711-lamp'
    const { user } = await addUser({ system }, marta(), {
      userPrincipalName: 'nora.berg@brightwave.example',
      displayName: 'Nora Berg',
      password,
    })
    await resetPassword({ system }, marta(), { userId: user.id, password: 'Heron-0815-boat' })
    const kept = JSON.stringify(events())
    expect(kept).toContain('Reset user password')
    expect(kept).not.toMatch(/Sparrow|Heron|passwordHash|\$scrypt|sealedSecret/i)
  })
})

describe('what is kept', () => {
  test('30 virtual days: older events are not shown, and dropped with the next ones', async () => {
    await editUser({ system }, marta(), { userId: userOf('ada.okafor').id, patch: { jobTitle: 'Lead' } })
    const now = system.clock.now()
    expect([...auditEvents(system.store, TENANT_ID, now + 30 * DAY_MS - 60_000)]).toHaveLength(1)
    expect([...auditEvents(system.store, TENANT_ID, now + 30 * DAY_MS + 60_000)]).toEqual([])
    await system.control.moveClock({ kind: 'advance', duration: 'P31D' })
    await editUser({ system }, marta(), { userId: userOf('ada.okafor').id, patch: { jobTitle: 'Head' } })
    expect(system.store.find('auditEvents', 'activity', `${TENANT_ID}/Update user`)).toHaveLength(1)
  })

  test('each tenant has its own, and filters are exact where an index is', async () => {
    const ada = userOf('ada.okafor')
    await editUser({ system }, marta(), { userId: ada.id, patch: { jobTitle: 'Lead' } })
    const find = (tenantId: string, filter: Parameters<typeof findAuditEvents>[3]) =>
      findAuditEvents(system.store, tenantId, system.clock.now(), filter, { offset: 0, limit: 10 }).events.length
    expect(find('another-tenant', {})).toBe(0)
    expect(find(TENANT_ID, { service: 'Core Directory', category: 'UserManagement', targetId: ada.id })).toBe(1)
    expect(find(TENANT_ID, { service: 'Account Provisioning' })).toBe(0)
    expect(find(TENANT_ID, { target: 'OKAFOR', initiatedBy: 'marta' })).toBe(1)
    expect(find(TENANT_ID, { target: 'okafor', initiatedBy: 'naomi' })).toBe(0)
    expect(find(TENANT_ID, { untilMs: system.clock.now() - DAY_MS })).toBe(0)
  })
})

describe('the page', () => {
  const rename = async (times: number): Promise<void> => {
    for (let index = 1; index <= times; index += 1) {
      await editUser({ system }, marta(), { userId: userOf('ada.okafor').id, patch: { jobTitle: `Title ${index}` } })
    }
  }

  test('Monitoring > Audit logs: columns, filters, the pane with old and new values', async () => {
    await rename(1)
    const naomi = await visitor('naomi.clarke')
    await naomi.follow('Audit logs')
    const words = ['Date', 'Service', 'Category', 'Activity', 'Status', 'Target(s)', 'Initiated by (actor)']
    expect(words.filter((word) => !naomi.text.includes(word))).toEqual([])
    await naomi.open(
      '/admin/audit-logs?service=Core+Directory&activity=Update+user&target=okafor&date=1d&status=success',
    )
    expect(naomi.text).toContain('marta.silva@brightwave.example')
    const [event] = events()
    await naomi.open(`/admin/audit-logs/${event?.id}?date=1d&service=Core+Directory`)
    expect(naomi.text).toContain('Audit Log Details')
    await naomi.follow('Modified Properties')
    expect(naomi.text).toContain('jobTitle')
    expect(naomi.text).toContain('"Title 1"')
    await naomi.follow('Close')
    expect(naomi.path).toContain('/admin/audit-logs?date=1d&service=Core+Directory')
    await naomi.open('/admin/audit-logs?service=Account+Provisioning&target=nobody')
    expect(naomi.text).toContain('Nothing matches these filters')
  })

  test('is paged, newest first', async () => {
    await rename(51)
    const naomi = await visitor('naomi.clarke')
    await naomi.open('/admin/audit-logs')
    expect(naomi.text).toContain('1 to 50 events')
    await naomi.open('/admin/audit-logs?page=2')
    expect(naomi.text).toContain('51 to 51 events')
  })

  test('says what will be there when there is nothing yet', async () => {
    const naomi = await visitor('naomi.clarke')
    await naomi.open(`/admin/apps/${APP}/audit`)
    expect(naomi.text).toContain('There are no audit events yet')
  })

  test('of an app: for its owner without a role, and about this app only', async () => {
    await rename(1)
    const helen = await visitor('helen.park')
    await helen.open(PROVISIONING)
    await helen.submit('/stop')
    await helen.open(`/admin/apps/${APP}/audit`)
    expect(helen.title).toBe('Dialpad | Audit logs')
    expect(helen.text).toContain('Disable/pause provisioning configuration')
    expect(helen.text).not.toContain('Ada Okafor')
    const other = events().find(({ activity }) => activity === 'Update user')
    await helen.open(`/admin/apps/${APP}/audit/${other?.id}`)
    expect(helen.status).toBe(404)
    for (const path of ['audit-logs', `apps/${seededServicePrincipalIdOf(SAMPLE_WEB_APP.appId)}/audit`]) {
      await helen.open(`/admin/${path}`)
      expect(helen.status, path).toBe(403)
    }
  })

  test('a Global Reader reads it, who sees no configuration', async () => {
    const oskar = await visitor('oskar.lindqvist')
    await oskar.open('/admin/audit-logs')
    expect(oskar.status).toBe(200)
  })

  test('is downloaded as CSV and as JSON, with the filters of the page', async () => {
    await rename(2)
    await addGroup({ system }, marta(), { displayName: '=1+2' })
    const naomi = await visitor('naomi.clarke')
    await naomi.open('/admin/audit-logs/download?format=csv&activity=Add+group')
    expect(naomi.html.split('\r\n')).toHaveLength(3)
    expect(naomi.html).toContain("'=1+2")
    await naomi.open('/admin/audit-logs/download?format=json&category=UserManagement')
    const items = JSON.parse(naomi.html) as readonly { readonly activityDisplayName: string }[]
    expect(items.map((item) => item.activityDisplayName)).toEqual(['Update user', 'Update user'])
    await naomi.open('/admin/audit-logs/download?format=xml')
    expect(naomi.status).toBe(400)
  })
})
