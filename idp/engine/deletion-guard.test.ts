import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { objectKey } from './collections.ts'
import { readJobStatus, updateJob } from './jobs.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** Accidental-deletion prevention: reference sheet 6.3. */

let target: ScimTarget
let dataDir: string
let idp: Fixture

const open = () => openFixture({ targetUrl: target.url, token: TARGET_TOKEN, dataDir })
const PEOPLE = ['ana', 'ben', 'cleo', 'dov', 'eli']

const cycle = () => idp.engine.runNow(JOB_ID)
const status = () => readJobStatus(idp.system.store, JOB_ID)
const advance = (duration: string) => idp.system.control.moveClock({ kind: 'advance', duration })
const working = () =>
  [...target.users.values()].filter((user) => user['active'] === true).map((user) => String(user['externalId']))
const writes = () => target.requests.filter(({ method }) => method !== 'GET')

async function guard(threshold: number, enabled = true): Promise<void> {
  const { store, vault, clock } = idp.system
  await store.transact((tx) => updateJob(tx, vault, JOB_ID, { deletionGuard: { enabled, threshold } }, clock.iso()))
}

async function leave(...ids: readonly string[]): Promise<void> {
  for (const id of ids) await idp.people.unassign(id)
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guard-'))
  target = await openScimTarget()
  idp = await open()
  for (const id of PEOPLE) {
    await idp.people.user(id)
    await idp.people.assign(id)
  }
  await cycle()
  await guard(2)
  target.requests.length = 0
})
afterEach(async () => {
  await idp.close()
  await target.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('6.3 the deletion guard', () => {
  test('off by default; the default number is 500', async () => {
    const fresh = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
    expect(fresh.job().deletionGuard).toEqual({ enabled: false, threshold: 500 })
    await fresh.close()
  })

  test('as many as the threshold are sent; the cycle is healthy', async () => {
    await leave('ana', 'ben')
    expect(await cycle()).toEqual({
      ended: 'completed',
      line: 'Incremental cycle: 0 created, 0 updated, 2 disabled, 0 failed',
    })
    expect(working().toSorted()).toEqual(['cleo', 'dov', 'eli'])
    expect(status()).toMatchObject({ staged: 0, run: { quarantine: null } })
  })

  test('switched off, it holds nobody back', async () => {
    await guard(2, false)
    await leave(...PEOPLE)
    expect((await cycle()).ended).toBe('completed')
    expect(working()).toEqual([])
  })

  test('over the threshold all deletions of the cycle are staged, none is sent, and everything else goes on', async () => {
    await leave('ana', 'ben', 'cleo')
    await idp.people.change('dov', { jobTitle: 'Lead' })
    const result = await cycle()
    expect(result.ended).toBe('quarantined')
    expect(result.line).toContain('1 updated, 3 deletions staged, 0 failed; quarantined, 3 deletions wait for approval')
    expect(writes().map(({ method }) => method)).toEqual(['PATCH'])
    expect(working()).toHaveLength(5)
    expect(status()).toMatchObject({
      code: 'Quarantine',
      staged: 3,
      run: { quarantine: { reason: 'TooManyDeletes', error: { code: 'TooManyDeletes' } } },
    })
    const staged = idp.log().filter(({ action }) => action === 'StagedDelete')
    expect(staged.map(({ source }) => source.id).toSorted()).toEqual(['ana', 'ben', 'cleo'])
    expect(staged[0]).toMatchObject({
      status: 'Skipped',
      outcome: { code: 'StagedDelete' },
      facts: { isAssigned: false },
    })
  })

  test('staged once is told once; the next attempts leave it staged', async () => {
    // A cycle begins at once: whoever leaves has left before.
    await leave('ana', 'ben', 'cleo')
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    expect(status()?.staged).toBe(3)
    const { ran } = await advance('P2D')
    expect(ran.length).toBeGreaterThan(2)
    expect(idp.log().filter(({ action }) => action === 'StagedDelete')).toHaveLength(3)
    expect(working()).toHaveLength(5)
  })

  test('Allow deletes: the deletions run, healthy from then on, and the next three are counted anew', async () => {
    // A cycle begins at once: whoever leaves has left before.
    await leave('ana', 'ben', 'cleo')
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    expect(await idp.engine.allowDeletes(JOB_ID)).toBe(true)
    // The cycle it begins may be over before the clock is moved.
    await advance('PT1S')
    expect(status()?.run?.lastExecution).toMatchObject({
      kind: 'incremental',
      counts: { created: 0, updated: 0, disabled: 3, failed: 0 },
    })
    expect(working().toSorted()).toEqual(['dov', 'eli'])
    expect(status()).toMatchObject({ code: 'Active', staged: 0, run: { quarantine: null } })
    expect(idp.system.store.count('provisioningDepartures')).toBe(0)
    expect(await idp.engine.allowDeletes(JOB_ID)).toBe(false)
    expect((await advance('PT40M')).ran).toMatchObject([{ summary: expect.stringContaining('0 failed') }])
  })

  test('who is to leave after Allow deletes is not covered by it', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    // The cycle that Allow deletes begins may come before, between or after the two: no threshold lets either go unasked.
    await guard(0)
    await idp.engine.allowDeletes(JOB_ID)
    await leave('dov', 'eli')
    await cycle()
    await cycle()
    expect(working().toSorted()).toEqual(['dov', 'eli'])
    expect(status()).toMatchObject({ staged: 2, run: { quarantine: { reason: 'TooManyDeletes' } } })
  })

  test('an allowed deletion that fails stays allowed and is tried again', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    await idp.engine.allowDeletes(JOB_ID)
    target.intercept = ({ method }) => (method === 'PATCH' ? { status: 500 } : undefined)
    expect((await cycle()).line).toContain('3 failed')
    expect(status()?.run.quarantine).toBeNull()
    target.intercept = undefined
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 3 disabled, 0 failed')
    expect(status()).toMatchObject({ staged: 0, escrows: 0 })
  })

  test('what is allowed and still fails is not counted with whoever leaves later', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    await idp.engine.allowDeletes(JOB_ID)
    target.intercept = ({ method }) => (method === 'PATCH' ? { status: 500 } : undefined)
    await cycle()
    await leave('dov')
    target.intercept = undefined
    expect((await cycle()).ended).toBe('completed')
    expect(working()).toEqual(['eli'])
  })

  test('whoever is off already is not counted when a cycle looks at everybody', async () => {
    await guard(500)
    for (const id of ['ana', 'ben', 'cleo']) await idp.people.change(id, { accountEnabled: false })
    await cycle()
    await guard(2)
    await idp.engine.restart(JOB_ID)
    expect((await cycle()).ended).toBe('completed')
    expect(status()).toMatchObject({ staged: 0, run: { quarantine: null } })
  })

  test('Allow deletes is about those who are held back, not about those a running cycle has only found', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    const found = { jobId: JOB_ID, sourceId: 'dov', kind: 'User', verb: 'disable', allowed: false } as const
    await idp.system.store.transact((tx) => tx.put('provisioningDepartures', objectKey(JOB_ID, 'dov'), found))
    await idp.engine.allowDeletes(JOB_ID)
    const allowed = idp.system.store.find('provisioningDepartures', 'job', JOB_ID).filter((each) => each.allowed)
    expect(allowed.map(({ sourceId }) => sourceId).toSorted()).toEqual(['ana', 'ben', 'cleo'])
  })

  test('without links nobody is held back any more: whom the job does not know is never sent anything', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    await idp.engine.restart(JOB_ID, undefined, ['ConnectorDataStore'])
    expect(status()).toMatchObject({ staged: 0 })
  })

  test('Reject: the cause undone, then restart; nobody was ever disabled', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    for (const id of ['ana', 'ben', 'cleo']) await idp.people.assign(id)
    await idp.engine.restart(JOB_ID)
    expect((await cycle()).ended).toBe('completed')
    expect(status()).toMatchObject({ staged: 0, run: { quarantine: null } })
    expect(working()).toHaveLength(5)
    expect(writes()).toEqual([])
  })

  test('restarting before the cause is undone stages them again', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    await idp.engine.restart(JOB_ID)
    expect(status()?.staged).toBe(0)
    expect((await cycle()).ended).toBe('quarantined')
    expect(status()?.staged).toBe(3)
  })

  test('the cause undone lets go at the next attempt, without a restart too', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    for (const id of ['ana', 'ben', 'cleo']) await idp.people.assign(id)
    expect((await cycle()).ended).toBe('completed')
    expect(status()).toMatchObject({ staged: 0, run: { quarantine: null } })
  })

  test.each([
    ['unassigning', () => leave('ana', 'ben', 'cleo')],
    [
      'blocking sign-in',
      async () => {
        for (const id of ['ana', 'ben', 'cleo']) await idp.people.change(id, { accountEnabled: false })
      },
    ],
    [
      'soft delete',
      async () => {
        for (const id of ['ana', 'ben', 'cleo']) await idp.people.softDelete(id)
      },
    ],
    [
      'hard delete',
      async () => {
        await guard(500)
        for (const id of ['ana', 'ben', 'cleo']) await idp.people.softDelete(id)
        await cycle()
        await guard(2)
        for (const id of ['ana', 'ben', 'cleo']) await idp.people.hardDelete(id)
      },
    ],
  ])('%s counts', async (_, cause) => {
    await cause()
    expect((await cycle()).ended).toBe('quarantined')
    expect(status()?.staged).toBe(3)
    expect(target.users.size).toBe(5)
  })

  test('removal from an assigned group counts, and so do deletes of groups; member changes do not', async () => {
    await idp.people.group('sales', 'Sales', PEOPLE)
    await idp.people.group('support', 'Support', [])
    await idp.people.assign('sales')
    await idp.people.assign('support')
    await leave(...PEOPLE)
    await cycle()
    expect(target.groups.size).toBe(2)
    await idp.people.unassign('support')
    await idp.people.leave('sales', 'ana')
    await idp.people.leave('sales', 'ben')
    expect((await cycle()).ended).toBe('quarantined')
    expect(status()?.staged).toBe(3)
    expect(target.groups.size).toBe(2)
    await idp.engine.allowDeletes(JOB_ID)
    expect((await cycle()).ended).toBe('completed')
    expect(target.groups.size).toBe(1)
    expect(working().toSorted()).toEqual(['cleo', 'dov', 'eli'])
  })

  test('what is staged survives the end of the process', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    await idp.close()
    idp = await open()
    expect(status()).toMatchObject({ staged: 3, run: { quarantine: { reason: 'TooManyDeletes' } } })
    await idp.engine.allowDeletes(JOB_ID)
    await idp.engine.shutdown()
    await idp.system.close()
    idp = await open()
    await cycle()
    expect(working().toSorted()).toEqual(['dov', 'eli'])
  })

  test('a cycle cut off while its deletions are sent finishes them: the threshold is not asked a second time', async () => {
    await guard(4)
    await leave('ana', 'ben', 'cleo', 'dov')
    target.intercept = ({ method }) => {
      if (method === 'PATCH') void idp.engine.shutdown()
      return undefined
    }
    expect((await cycle()).ended).toBe('stopping')
    target.intercept = undefined
    await idp.close()
    idp = await open()
    expect((await cycle()).ended).toBe('completed')
    expect(working()).toEqual(['eli'])
  })

  test('on demand is one person at a time and is not held back', async () => {
    await leave('ana', 'ben', 'cleo')
    await cycle()
    target.intercept = ({ method }) => (method === 'PATCH' ? { status: 500 } : undefined)
    await idp.engine.provisionOnDemand(JOB_ID, 'ana')
    expect(status()?.staged).toBe(3)
    target.intercept = ({ method }) => (method === 'PATCH' ? { status: 204 } : undefined)
    await idp.engine.provisionOnDemand(JOB_ID, 'ana')
    expect(idp.log().at(-1)).toMatchObject({ action: 'Disable', status: 'Success', source: { id: 'ana' } })
    expect(status()?.staged).toBe(2)
  })
})
