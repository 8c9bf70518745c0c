import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDeferred } from './test/deferred.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** Cycles of a job come one after the other, whoever asks for them and however far the clock jumps. */

let target: ScimTarget
let idp: Fixture
/** Cycles as they began and ended, by number. */
let story: string[]

beforeEach(async () => {
  target = await openScimTarget()
  story = []
  idp = await openFixture({
    targetUrl: target.url,
    token: TARGET_TOKEN,
    announce: (_, __, event) => {
      if (event.kind === 'cycle-ended') story.push(`${event.execution.timeBegan} ended`)
    },
  })
  for (const id of ['ines', 'tomas']) {
    await idp.people.user(id)
    await idp.people.assign(id)
  }
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const run = () => idp.system.store.get('provisioningRuns', JOB_ID)
const advance = (duration: string) => idp.system.control.moveClock({ kind: 'advance', duration })
const posts = () => target.requests.filter(({ method, url }) => method === 'POST' && url === '/Users').length

describe('two cycles never overlap', () => {
  test('a cycle asked for while the schedule runs one is that one', async () => {
    const under = createDeferred()
    const open = createDeferred()
    target.intercept = async ({ method }) => {
      if (method === 'POST') {
        under.reach()
        await open.reached
      }
      return undefined
    }
    await idp.engine.start(JOB_ID)
    const clock = advance('PT1S')
    await under.reached
    expect(idp.engine.isRunning(JOB_ID)).toBe(true)
    const asked = idp.engine.runNow(JOB_ID)
    const askedAgain = idp.engine.runNow(JOB_ID)
    open.reach()
    expect(await asked).toBe(await askedAgain)
    const { ran } = await clock
    expect(ran.map(({ summary }) => summary)).toEqual([(await asked).line])
    expect(run()?.begun).toBe(1)
    expect(posts()).toBe(2)
  })

  test('the schedule waits for a cycle that was asked for, and makes no second of it', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    await idp.people.change('ines', { jobTitle: 'Team Lead' })
    const under = createDeferred()
    const open = createDeferred()
    target.intercept = async ({ method }) => {
      if (method === 'PATCH') {
        under.reach()
        await open.reached
      }
      return undefined
    }
    const asked = idp.engine.runNow(JOB_ID)
    await under.reached
    const clock = advance('PT40M')
    open.reach()
    expect((await asked).line).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    await clock
    expect(target.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
    const cycles = new Set(idp.log().map(({ cycleId }) => cycleId))
    expect(cycles.size).toBe(2)
  })

  test('two moves of the clock at once run every cycle once, in order', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    const [one, other] = await Promise.all([advance('PT4H'), advance('PT4H')])
    const instants = [...one.ran, ...other.ran].map(({ at }) => at)
    expect(instants).toHaveLength(12)
    expect(new Set(instants).size).toBe(12)
    expect(instants).toEqual(instants.toSorted())
    expect(run()?.begun).toBe(13)
  })
})

describe('a jump of 30 days', () => {
  test('runs every due cycle at its instant, in order, each to its end before the next', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    const first = Date.parse(run()?.lastExecution?.timeBegan ?? '')
    story.length = 0
    const { ran } = await advance('P30D')
    expect(ran).toHaveLength(1_080)
    const instants = ran.map(({ at }) => Date.parse(at))
    expect(instants).toEqual(Array.from({ length: 1_080 }, (_, at) => first + (at + 1) * 40 * 60_000))
    expect(story).toEqual(ran.map(({ at }) => `${at} ended`))
    expect(run()).toMatchObject({ begun: 1_081, cycle: null })
  })

  test('sees a change at the first of them, and retries what failed on the rungs of its ladder', async () => {
    await idp.engine.start(JOB_ID)
    await advance('PT1S')
    await idp.people.change('ines', { jobTitle: 'Team Lead' })
    let refusals = 3
    target.intercept = ({ method }) => {
      if (method !== 'PATCH' || refusals === 0) return undefined
      refusals -= 1
      return { status: 500, body: '{"detail":"Not now."}' }
    }
    const { ran } = await advance('P30D')
    expect(ran).toHaveLength(1_080)
    expect(ran[0]?.summary).toBe('Incremental cycle: 0 created, 0 updated, 1 failed')
    const busy = ran.filter(({ summary }) => !summary.endsWith('0 created, 0 updated, 0 failed'))
    expect(busy.map(({ summary }) => summary)).toEqual([
      ...Array(3).fill('Incremental cycle: 0 created, 0 updated, 1 failed'),
      'Incremental cycle: 0 created, 1 updated, 0 failed',
    ])
    expect(target.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(4)
  })
})
