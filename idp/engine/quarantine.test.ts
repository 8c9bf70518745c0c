import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PUBLISHED_THRESHOLDS, scaleThresholds } from '#idp/core/provisioning/quarantine.ts'
import type { JobEvent } from './job-event.ts'
import { readJobStatus, updateJob } from './jobs.ts'
import type { Quarantine } from './records.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget, type SeenRequest } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** Quarantine: reference sheet 6.1, with numbers a thousand times smaller (5 and 40 %, 40, 60). */

let target: ScimTarget
let idp: Fixture
let told: Quarantine[]
let events: JobEvent[]

const HOUR = 3_600_000

async function open(quarantineThresholds = scaleThresholds(PUBLISHED_THRESHOLDS, 1_000)): Promise<void> {
  told = []
  events = []
  idp = await openFixture({
    targetUrl: target.url,
    token: TARGET_TOKEN,
    policy: { quarantineThresholds },
    announce: (_, __, event) => events.push(event),
    notify: async (_, quarantine) => {
      told.push(quarantine)
      return 'told'
    },
  })
  await idp.system.control.moveClock({ kind: 'frozen', frozen: true })
}

beforeEach(async () => {
  target = await openScimTarget()
  await open()
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const cycle = () => idp.engine.runNow(JOB_ID)
const status = () => readJobStatus(idp.system.store, JOB_ID)
const quarantine = () => status()?.run.quarantine
const advance = (duration: string) => idp.system.control.moveClock({ kind: 'advance', duration })
const failsFor = (prefix: string) => (request: SeenRequest) =>
  JSON.stringify(request.body ?? '').includes(`"${prefix}`) && request.method === 'POST' ? { status: 500 } : undefined

async function people(prefix: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await idp.people.user(`${prefix}-${index}`)
    await idp.people.assign(`${prefix}-${index}`)
  }
}

async function patch(change: Parameters<typeof updateJob>[3]): Promise<void> {
  const { store, vault, clock } = idp.system
  await store.transact((tx) => updateJob(tx, vault, JOB_ID, change, clock.iso()))
}

describe('6.1 triggers', () => {
  test('Bad credentials: immediate, any count', async () => {
    await people('ok', 1)
    target.intercept = () => ({ status: 401 })
    expect((await cycle()).ended).toBe('quarantined')
    expect(quarantine()).toMatchObject({ reason: 'EncounteredQuarantineException', failedAttempts: 1 })
  })

  test('SCIM non-compliance, 404 to a filter: immediate, any count', async () => {
    await people('ok', 1)
    target.intercept = ({ url }) => (url.includes('filter=') ? { status: 404 } : undefined)
    expect((await cycle()).ended).toBe('quarantined')
    expect(quarantine()?.reason).toBe('EncounteredQuarantineException')
  })

  test('Proportional: 5 of 12 failed is more than 40 %; 5 of 13 is not', async () => {
    await people('bad', 5)
    await people('ok', 7)
    target.intercept = failsFor('bad')
    expect((await cycle()).line).toContain('quarantined, 5 of 12 objects failed.')
    expect(quarantine()).toMatchObject({
      reason: 'EncounteredEscrowProportionThreshold',
      error: { code: 'EncounteredEscrowProportionThreshold' },
    })
    await people('more', 1)
    await idp.engine.restart(JOB_ID)
    expect((await cycle()).ended).toBe('completed')
    expect(quarantine()).toBeNull()
  })

  test('Proportional: 4 failures are too few to look at the proportion', async () => {
    await people('bad', 4)
    target.intercept = failsFor('bad')
    expect((await cycle()).ended).toBe('completed')
    expect(quarantine()).toBeNull()
  })

  test('the published numbers: 50 failing users in a tenant of 60 do not quarantine, a bad token does at once', async () => {
    await idp.close()
    await open(PUBLISHED_THRESHOLDS)
    await people('bad', 50)
    await people('ok', 10)
    target.intercept = failsFor('bad')
    expect((await cycle()).line).toBe('Initial cycle: 10 created, 0 updated, 50 failed')
    expect(quarantine()).toBeNull()
    target.intercept = () => ({ status: 401 })
    expect((await cycle()).ended).toBe('quarantined')
  })

  test('Non-reference cap: 41 of 200 failed', async () => {
    await people('bad', 41)
    await people('ok', 159)
    target.intercept = failsFor('bad')
    await cycle()
    expect(quarantine()?.reason).toBe('EncounteredBaseEscrowThreshold')
  })

  test('Absolute cap, reference failures included: 61 groups whose members cannot be written', async () => {
    await people('ok', 1)
    for (let index = 0; index < 61; index += 1) {
      await idp.people.group(`group-${index}`, `Group ${index}`, ['ok-0'])
      await idp.people.assign(`group-${index}`)
    }
    target.intercept = ({ method, url }) =>
      method === 'PATCH' && url.startsWith('/Groups') ? { status: 500 } : undefined
    await cycle()
    expect(status()?.run.lastExecution?.counts).toMatchObject({ failed: 0, failedReferences: 61 })
    expect(quarantine()?.reason).toBe('EncounteredTotalEscrowThreshold')
  })

  test('reference failures do not count toward the proportion', async () => {
    await people('ok', 1)
    for (let index = 0; index < 10; index += 1) {
      await idp.people.group(`group-${index}`, `Group ${index}`, ['ok-0'])
      await idp.people.assign(`group-${index}`)
    }
    target.intercept = ({ method, url }) =>
      method === 'PATCH' && url.startsWith('/Groups') ? { status: 500 } : undefined
    expect((await cycle()).line).toContain('10 failed')
    expect(quarantine()).toBeNull()
  })
})

describe('6.1 while quarantined', () => {
  test('the frequency falls to once a day: 6, 12, 24 hours after the first failure, then every 24', async () => {
    await people('ok', 1)
    target.intercept = () => ({ status: 401 })
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    const since = Date.parse(quarantine()?.since ?? '')
    const { ran } = await advance('P4D')
    const hours = ran
      .filter(({ what }) => what.startsWith('Provisioning of '))
      .map(({ at }) => Math.round((Date.parse(at) - since) / HOUR))
    expect(hours).toEqual([6, 12, 24, 48, 72, 96])
    expect(quarantine()).toMatchObject({ failedAttempts: 7, since: new Date(since).toISOString() })
  })

  test('after more than 4 weeks the job is disabled', async () => {
    await people('ok', 1)
    target.intercept = () => ({ status: 401 })
    await idp.engine.start(JOB_ID)
    await advance('P27D')
    expect(idp.job().state).toBe('Active')
    await advance('P2D')
    expect(idp.job().state).toBe('Disabled')
    expect(status()).toMatchObject({ code: 'Quarantine', run: { nextRunAt: null } })
    expect(events.at(-1)).toEqual({ kind: 'disabled' })
  })

  test('so is one that only ever failed by its proportion', async () => {
    await people('bad', 6)
    target.intercept = failsFor('bad')
    await idp.engine.start(JOB_ID)
    await advance('P29D')
    expect(idp.job().state).toBe('Disabled')
  })

  test('an attempt tries again whatever failed, due or not, and is judged by that', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    await people('bad', 6)
    target.intercept = failsFor('bad')
    await advance('PT40M')
    expect(status()).toMatchObject({ escrows: 6, run: { quarantine: { failedAttempts: 1 } } })
    await advance('P5D')
    expect(quarantine()).toMatchObject({ failedAttempts: 8 })
    target.intercept = undefined
    await advance('P1D')
    expect(status()).toMatchObject({ code: 'Active', escrows: 0, run: { quarantine: null } })
    expect(target.users.size).toBe(6)
  })

  test('an attempt does not wait for the ladder of a single object', async () => {
    await people('bad', 4)
    target.intercept = failsFor('bad')
    for (let time = 0; time < 4; time += 1) await cycle()
    await people('bad-later', 5)
    expect((await cycle()).line).toContain('quarantined, 5 of 5 objects failed.')
    target.intercept = undefined
    expect((await cycle()).line).toContain('9 created')
  })
})

describe('1.6 escrow pruning', () => {
  test('an initial cycle over the threshold drops its errors, carries on to the end, and is followed by another one', async () => {
    await people('bad', 6)
    await people('ok', 3)
    target.intercept = failsFor('bad')
    await cycle()
    expect(target.users.size).toBe(3)
    expect(status()).toMatchObject({ escrows: 0, run: { escrowsPruned: true, watermark: null } })
    target.intercept = undefined
    expect((await cycle()).line).toBe('Initial cycle: 6 created, 0 updated, 3 skipped, 0 failed')
    expect(status()?.run.escrowsPruned).toBeUndefined()
    expect(quarantine()).toBeNull()
  })

  test('an incremental cycle keeps them', async () => {
    await cycle()
    await people('bad', 6)
    target.intercept = failsFor('bad')
    await cycle()
    expect(status()).toMatchObject({
      escrows: 6,
      run: { quarantine: { reason: 'EncounteredEscrowProportionThreshold' } },
    })
    expect(status()?.run.escrowsPruned).toBeUndefined()
    expect(status()?.run.watermark).not.toBeNull()
  })
})

describe('6.1 leaving quarantine', () => {
  beforeEach(async () => {
    await people('ok', 2)
    target.intercept = () => ({ status: 401 })
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    target.intercept = undefined
  })

  test('the cause mended: at the next attempt', async () => {
    expect(quarantine()).not.toBeNull()
    await advance('PT6H')
    expect(quarantine()).toBeNull()
    expect(events.map(({ kind }) => kind)).toEqual(['cycle-ended', 'quarantined', 'cycle-ended', 'released'])
  })

  test('Restart provisioning: at once', async () => {
    await idp.engine.restart(JOB_ID)
    expect(quarantine()).toBeNull()
    expect((await advance('PT1S')).ran).toMatchObject([{ summary: expect.stringContaining('2 created') }])
  })

  test('a saved mapping restarts too', async () => {
    await patch({ schema: idp.job().schema })
    expect(status()?.run).toMatchObject({ quarantine: null, watermark: null })
  })

  test('restart with QuarantineState alone keeps the watermark and what failed', async () => {
    await idp.engine.restart(JOB_ID)
    await advance('PT1S')
    const { watermark } = status()?.run ?? {}
    target.intercept = () => ({ status: 401 })
    await idp.people.change('ok-0', { jobTitle: 'Lead' })
    await advance('PT40M')
    expect(quarantine()).not.toBeNull()
    await idp.engine.restart(JOB_ID, undefined, ['QuarantineState'])
    expect(status()?.run).toMatchObject({ quarantine: null, watermark })
  })
})

describe('6.4 the notice', () => {
  const notification = { enabled: true, email: 'it-ops@brightwave.example' }
  const refuse = () => {
    target.intercept = () => ({ status: 401 })
  }

  test('one on entering quarantine, none at the attempts that follow, another when the reason changes', async () => {
    await patch({ notification, deletionGuard: { enabled: true, threshold: 1 } })
    await people('ok', 3)
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    refuse()
    await idp.people.change('ok-0', { jobTitle: 'Lead' })
    await advance('PT40M')
    await advance('P2D')
    expect(told.map(({ reason }) => reason)).toEqual(['EncounteredQuarantineException'])
    target.intercept = undefined
    for (const id of ['ok-0', 'ok-1', 'ok-2']) await idp.people.unassign(id)
    await advance('P1D')
    expect(told.map(({ reason }) => reason)).toEqual(['EncounteredQuarantineException', 'TooManyDeletes'])
    expect(told[1]?.since).toBe(told[0]?.since)
    expect(told[1]?.currentBegan).not.toBe(told[0]?.currentBegan)
  })

  test('a second quarantine for the same reason is told anew', async () => {
    await patch({ notification })
    await people('ok', 1)
    for (const _ of [1, 2]) {
      refuse()
      await cycle()
      await advance('PT1S')
      target.intercept = undefined
      await idp.engine.restart(JOB_ID)
      await cycle()
      await idp.engine.restart(JOB_ID)
    }
    expect(told).toHaveLength(2)
  })

  test.each([
    ['not asked for', { enabled: false, email: 'it-ops@brightwave.example' }],
    ['no address', { enabled: true, email: '' }],
  ])('%s: nobody is told', async (_, setting) => {
    await patch({ notification: setting })
    await people('ok', 1)
    refuse()
    await cycle()
    await advance('P1D')
    expect(quarantine()).not.toBeNull()
    expect(told).toEqual([])
  })

  test('failures of single people are not told', async () => {
    await patch({ notification })
    await people('bad', 3)
    target.intercept = failsFor('bad')
    await cycle()
    await advance('P1D')
    expect(told).toEqual([])
  })
})
