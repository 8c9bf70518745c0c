import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeJob } from './jobs.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
  await idp.people.user('ines', { displayName: 'Ines Moreau', jobTitle: 'Trainee' })
  await idp.people.user('tomas')
  await idp.people.assign('ines')
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const onDemand = (id: string, members?: readonly string[]) => idp.engine.provisionOnDemand(JOB_ID, id, members)
const run = () => idp.system.store.get('provisioningRuns', JOB_ID)

describe('on demand', () => {
  test('provisions one person with its four steps, links it, and leaves the watermark alone', async () => {
    const result = await onDemand('ines')
    expect(result).toMatchObject({
      kind: 'done',
      entry: {
        trigger: 'onDemand',
        action: 'Create',
        status: 'Success',
        steps: [
          { type: 'import', status: 'Success', details: { displayName: 'Ines Moreau', jobTitle: 'Trainee' } },
          { type: 'scoping', status: 'Success', details: { Assigned: 'True' } },
          { type: 'matching', status: 'Success', details: {} },
          { type: 'export', status: 'Success' },
        ],
      },
    })
    expect(target.users.size).toBe(1)
    expect(idp.system.store.get('provisioningLinks', `${JOB_ID}/ines`)).toMatchObject({ managed: true, active: true })
    expect(run()).toMatchObject({ watermark: null, begun: 0, statistics: { users: 1, groups: 0 } })
    expect((await idp.engine.runNow(JOB_ID)).line).toBe('Initial cycle: 0 created, 0 updated, 1 skipped, 0 failed')
  })

  test('keeps nothing when the job goes while the target answers', async () => {
    const { store } = idp.system
    target.intercept = async ({ method }) => {
      if (method === 'POST') await store.transact((tx) => removeJob(tx, JOB_ID))
      return undefined
    }
    expect(await onDemand('ines')).toEqual({ kind: 'refused', reason: 'unknown-job' })
    expect(store.count('provisioningLinks')).toBe(0)
    expect(store.count('provisioningLogs')).toBe(0)
  })

  test('speaks the legacy dialect although the job does not', async () => {
    await onDemand('ines')
    await idp.people.change('ines', { jobTitle: 'Lead' })
    await onDemand('ines')
    expect(target.requests.findLast(({ method }) => method === 'PATCH')?.body).toMatchObject({
      Operations: [{ op: 'Replace', path: 'title', value: 'Lead' }],
    })
  })

  test('says why somebody is skipped', async () => {
    expect(await onDemand('tomas')).toMatchObject({
      entry: { action: 'Other', status: 'Skipped', outcome: { code: 'NotEffectivelyEntitled' } },
    })
    expect(target.requests).toEqual([])
  })

  test('shows a refused credential as a failed connection, without quarantine', async () => {
    target.intercept = () => ({ status: 401 })
    expect(await onDemand('ines')).toMatchObject({
      kind: 'done',
      connection: { status: 401, reach: 'job' },
      entry: { status: 'Failure', steps: [{}, {}, { type: 'matching', status: 'Failure' }] },
    })
    expect(run()?.quarantine).toBeNull()
  })

  test('adds at most five chosen members of a group and removes nobody', async () => {
    await idp.people.group('sales', 'Sales', ['ines', 'tomas'])
    await idp.people.assign('sales')
    await onDemand('ines')
    await onDemand('tomas')
    expect(await onDemand('sales', ['tomas'])).toMatchObject({
      entry: {
        action: 'Create',
        modified: expect.arrayContaining([{ name: 'members', oldValue: null, newValue: expect.any(String) }]),
      },
    })
    expect([...target.groups.values()][0]?.['members']).toHaveLength(1)
    expect(await onDemand('sales', ['ines'])).toMatchObject({ entry: { action: 'Update', status: 'Success' } })
    expect([...target.groups.values()][0]?.['members']).toHaveLength(2)
    const six = ['1', '2', '3', '4', '5', '6']
    expect(await onDemand('sales', six)).toEqual({ kind: 'refused', reason: 'too-many-members' })
  })

  test('refuses an unknown job and an unknown object', async () => {
    expect(await idp.engine.provisionOnDemand('nobody', 'ines')).toEqual({ kind: 'refused', reason: 'unknown-job' })
    expect(await onDemand('nobody')).toEqual({ kind: 'refused', reason: 'unknown-object' })
  })
})

describe('preview', () => {
  test('shows exactly what applying it does then', async () => {
    for (const title of ['Trainee', 'Agent', 'Agent']) {
      await idp.people.change('ines', { jobTitle: title })
      const preview = await idp.engine.preview(JOB_ID, 'ines')
      const applied = await onDemand('ines')
      if (preview.kind !== 'planned' || applied.kind !== 'done') throw new Error('Neither is refused here.')
      expect(applied.entry.modified).toEqual(preview.modified)
      expect(applied.entry.steps.slice(0, 3)).toEqual(preview.steps)
    }
  })

  test('shows the plan and changes nothing on either side', async () => {
    const revision = idp.system.store.revision
    expect(await idp.engine.preview(JOB_ID, 'ines')).toMatchObject({
      kind: 'planned',
      action: 'create',
      modified: expect.arrayContaining([{ name: 'title', oldValue: null, newValue: 'Trainee' }]),
      steps: [{ type: 'import' }, { type: 'scoping' }, { type: 'matching' }],
    })
    expect(target.requests.map(({ method }) => method)).toEqual(['GET'])
    expect(idp.system.store.revision).toBe(revision)
  })
})
