import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readJobStatus, updateJob } from './jobs.ts'
import { type Fixture, JOB_ID, openFixture, SCHEMA } from './test/directory-fixture.ts'
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

const advance = (duration: string) => idp.system.control.moveClock({ kind: 'advance', duration })
const status = () => readJobStatus(idp.system.store, JOB_ID)

describe('the schedule of a job', () => {
  test('a job that was not started never runs', async () => {
    expect(status()?.code).toBe('NotRun')
    expect((await advance('P1D')).ran).toEqual([])
  })

  test('40 minutes run exactly one incremental cycle, and the answer comes after it', async () => {
    await idp.people.user('ines')
    await idp.people.assign('ines')
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    expect(status()).toMatchObject({ code: 'Active', run: { lastExecution: { kind: 'initial' } } })
    await idp.people.change('ines', { jobTitle: 'Lead' })
    const { ran } = await advance('PT40M')
    expect(ran).toMatchObject([
      { what: 'Provisioning of Target app', summary: 'Incremental cycle: 0 created, 1 updated, 0 failed' },
    ])
    expect((await advance('PT40M')).ran).toHaveLength(1)
  })

  test('nine hours are 13 cycles, one after the other', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    expect((await advance('PT9H')).ran).toHaveLength(13)
  })

  test('stop ends the cycles, start goes on from the watermark', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    await idp.engine.stop(JOB_ID)
    expect(status()?.code).toBe('Paused')
    expect((await advance('PT2H')).ran).toEqual([])
    await idp.engine.start(JOB_ID)
    expect((await advance('PT1S')).ran).toMatchObject([{ summary: expect.stringContaining('Incremental cycle: ') }])
  })

  test('restart during a cycle ends it and begins anew', async () => {
    for (const id of ['ines', 'tomas', 'noor']) {
      await idp.people.user(id)
      await idp.people.assign(id)
    }
    await idp.system.control.moveClock({ kind: 'frozen', frozen: true })
    let restarts = 1
    target.intercept = async () => {
      restarts -= 1
      if (restarts === 0) await idp.engine.restart(JOB_ID)
      return undefined
    }
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    expect(status()).toMatchObject({ run: { begun: 2, cycle: null, lastExecution: { kind: 'initial' } } })
    expect(target.users.size).toBe(3)
  })

  test('two who ask for a cycle at once get the same one', async () => {
    await idp.people.user('ines')
    await idp.people.assign('ines')
    const [one, other] = await Promise.all([idp.engine.runNow(JOB_ID), idp.engine.runNow(JOB_ID)])
    expect(one).toBe(other)
    expect(target.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('a changed mapping makes the next cycle an initial one; a changed scope does not', async () => {
    await idp.people.user('ines')
    await idp.people.assign('ines')
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    const { store, vault, clock } = idp.system
    await store.transact((tx) => updateJob(tx, vault, JOB_ID, { scope: 'all' }, clock.iso()))
    expect(status()?.run.watermark).not.toBeNull()
    await store.transact((tx) => updateJob(tx, vault, JOB_ID, { schema: SCHEMA }, clock.iso()))
    idp.system.schedule.touch()
    expect((await advance('PT1S')).ran).toMatchObject([{ summary: expect.stringContaining('Initial cycle: ') }])
  })

  test('a reset in the middle of a cycle leaves nothing of it behind', async () => {
    await idp.people.user('ines')
    await idp.people.assign('ines')
    target.intercept = async ({ method }) => {
      if (method === 'POST') await idp.system.control.reset()
      return undefined
    }
    expect(await idp.engine.runNow(JOB_ID)).toMatchObject({ ended: 'superseded' })
    expect(idp.log()).toEqual([])
    expect(idp.system.store.count('provisioningLinks')).toBe(0)
  })
})

type Step =
  | { readonly do: 'assign' | 'unassign' | 'join' | 'leave' | 'block' | 'allow' | 'softDelete'; readonly who: string }
  | { readonly do: 'title'; readonly who: string; readonly value: string }

const WHO = ['ines', 'tomas', 'noor'] as const
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom(
      'assign' as const,
      'unassign' as const,
      'join' as const,
      'leave' as const,
      'block' as const,
      'allow' as const,
      'softDelete' as const,
    ),
    who: fc.constantFrom(...WHO),
  }),
  fc.record({
    do: fc.constant('title' as const),
    who: fc.constantFrom(...WHO),
    value: fc.constantFrom('Lead', 'Agent'),
  }),
)

async function take(fixture: Fixture, step: Step): Promise<void> {
  const { people } = fixture
  const work = {
    assign: () => people.assign(step.who),
    unassign: () => people.unassign(step.who),
    join: () => people.join('sales', step.who),
    leave: () => people.leave('sales', step.who),
    block: () => people.change(step.who, { accountEnabled: false }),
    allow: () => people.change(step.who, { accountEnabled: true }),
    softDelete: () => people.softDelete(step.who),
    title: () => people.change(step.who, { jobTitle: step.do === 'title' ? step.value : '' }),
  }
  // A step the directory refuses (already a member, already deleted) is a step not taken.
  await work[step.do]().catch(() => undefined)
}

describe('laws of a cycle', () => {
  test('after any history the target shows who is in scope, and a further cycle sends nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyStep, { maxLength: 5 }), { maxLength: 4 }), async (rounds) => {
        target.users.clear()
        target.groups.clear()
        const fixture = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
        for (const id of WHO) await fixture.people.user(id, { jobTitle: 'Agent' })
        await fixture.people.group('sales', 'Sales', ['ines'])
        await fixture.people.assign('sales')
        for (const steps of [[], ...rounds]) {
          for (const step of steps) await take(fixture, step)
          const { line } = await fixture.engine.runNow(JOB_ID)
          expect(line).toContain(' 0 failed')
        }
        const sent = target.requests.length
        await fixture.engine.runNow(JOB_ID)
        expect(target.requests.length).toBe(sent)

        for (const id of WHO) {
          const user = fixture.system.store.get('users', id)
          const isAssigned =
            fixture.system.store.has('groupMembers', `sales/${id}`) ||
            fixture.system.store.count('appRoleAssignments', 'principal', id) > 0
          const inScope = isAssigned && user?.accountEnabled === true && user.deletedDateTime === undefined
          const account = [...target.users.values()].find((each) => each['externalId'] === id)
          expect(account?.['active'] ?? false).toBe(inScope)
          if (inScope) expect(account?.['title']).toBe(user.jobTitle)
        }
        await fixture.close()
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
