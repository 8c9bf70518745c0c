import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jobOfApp, readJobStatus, removeJob, updateJob } from './jobs.ts'
import { appendEntry, LOG_KEPT_ENTRIES, LOG_KEPT_MS } from './provisioning-log.ts'
import type { ProvisioningLogEntry } from './records.ts'
import { APP_ID, type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

describe('a job', () => {
  test('is kept with its token sealed, assigned people only, not started', () => {
    const job = jobOfApp(idp.system.store, APP_ID)
    expect(job).toMatchObject({
      id: JOB_ID,
      state: 'Paused',
      scope: 'assigned',
      deletionGuard: { enabled: false, threshold: 500 },
    })
    expect(JSON.stringify(idp.system.store.dump())).not.toContain(TARGET_TOKEN)
    expect(idp.system.vault.open(job?.sealedSecret ?? '')).toBe(TARGET_TOKEN)
  })

  test('takes a new token and notification address, and keeps what is not named', async () => {
    const { store, vault, clock } = idp.system
    const notification = { enabled: true, email: 'it-ops@brightwave.example' }
    const job = await store.transact((tx) =>
      updateJob(tx, vault, JOB_ID, { token: 'other', notification }, clock.iso()),
    )
    expect(job).toMatchObject({ notification, tenantUrl: target.url })
    expect(vault.open(job?.sealedSecret ?? '')).toBe('other')
    expect(await store.transact((tx) => updateJob(tx, vault, 'nobody', {}, clock.iso()))).toBeUndefined()
  })

  test('is removed with all it linked; the log stays', async () => {
    const { store } = idp.system
    await idp.people.user('ines')
    await idp.people.group('sales', 'Sales', ['ines'])
    await idp.people.assign('sales')
    await idp.engine.runNow(JOB_ID)
    expect(readJobStatus(store, JOB_ID)).toMatchObject({
      code: 'Paused',
      progress: null,
      escrows: 0,
      run: { statistics: { users: 1, groups: 1 } },
    })
    expect(await store.transact((tx) => removeJob(tx, JOB_ID))).toBe(true)
    for (const collection of [
      'provisioningJobs',
      'provisioningRuns',
      'provisioningLinks',
      'provisioningMembers',
    ] as const) {
      expect(store.count(collection)).toBe(0)
    }
    expect(idp.log()).toHaveLength(2)
    expect(readJobStatus(store, JOB_ID)).toBeUndefined()
    expect(await idp.engine.start(JOB_ID)).toBe(false)
    expect(await idp.engine.runNow(JOB_ID)).toMatchObject({ ended: 'nothing' })
  })
})

describe('the provisioning log', () => {
  const entry = (id: number, at: string): Omit<ProvisioningLogEntry, 'key'> => ({
    id: `entry-${id}`,
    jobId: JOB_ID,
    servicePrincipalId: APP_ID,
    cycleId: `cycle-${id}`,
    changeId: `change-${id}`,
    trigger: 'cycle',
    at,
    durationMs: 1,
    kind: 'User',
    action: 'Other',
    status: 'Skipped',
    source: { id: 'ines', displayName: 'Ines' },
    target: null,
    steps: [],
    modified: [],
  })

  test('drops what is older than 30 days as new entries come', async () => {
    const { store, clock } = idp.system
    const old = new Date(clock.now() - LOG_KEPT_MS - 1).toISOString()
    await store.transact((tx) => {
      for (const id of [1, 2, 3]) appendEntry(tx, entry(id, old))
      appendEntry(tx, entry(4, clock.iso()))
    })
    expect(idp.log().map(({ id }) => id)).toEqual(['entry-4'])
  })

  test('keeps no more than its limit, the newest', async () => {
    const { store, clock } = idp.system
    const now = clock.iso()
    await store.transact((tx) => {
      for (let id = 1; id <= LOG_KEPT_ENTRIES + 5; id += 1) appendEntry(tx, entry(id, now))
    })
    expect(store.count('provisioningLogs')).toBe(LOG_KEPT_ENTRIES)
    expect(store.latest('provisioningLogs', 0, 1)[0]?.id).toBe(`entry-${LOG_KEPT_ENTRIES + 5}`)
    expect(store.after('provisioningLogs', null, 1)[0]?.[1].id).toBe('entry-6')
  })
})
