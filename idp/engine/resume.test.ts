import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDeferred } from './test/deferred.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let dataDir: string
let idp: Fixture

const open = () => openFixture({ targetUrl: target.url, token: TARGET_TOKEN, dataDir })
const run = () => idp.system.store.get('provisioningRuns', JOB_ID)
const CHILD = fileURLToPath(new URL('./test/cycle-child.ts', import.meta.url))
const PEOPLE = Array.from({ length: 40 }, (_, index) => `person-${index}`)

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'resume-'))
  target = await openScimTarget()
  idp = await open()
  for (const id of PEOPLE) await idp.people.user(id)
  await idp.people.group('everyone', 'Everyone', PEOPLE)
  await idp.people.assign('everyone')
})
afterEach(async () => {
  await idp.close()
  await target.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a cycle that is cut off in the middle', () => {
  test('by a kill of the process: the next one completes it, with nobody missing and nobody twice', async () => {
    const place = mkdtempSync(join(tmpdir(), 'killed-'))
    const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', CHILD, place, target.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const gone = once(child, 'exit')
    let posts = 0
    target.intercept = ({ method, url }) => {
      if (method === 'POST' && url === '/Users') posts += 1
      if (posts === 100) child.kill('SIGKILL')
      return undefined
    }
    const [, signal] = await gone
    expect(signal).toBe('SIGKILL')
    target.intercept = undefined
    const madeBefore = target.users.size
    expect(madeBefore).toBeGreaterThan(90)
    expect(madeBefore).toBeLessThan(200)

    const next = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, dataDir: place })
    const cycleId = next.system.store.get('provisioningRuns', JOB_ID)?.cycle?.id
    expect(cycleId).toBeDefined()
    expect(await next.engine.runNow(JOB_ID)).toMatchObject({ ended: 'completed' })
    expect(target.users.size).toBe(200)
    expect(next.system.store.count('provisioningLinks', 'job', `${JOB_ID}/User`)).toBe(200)
    expect(next.log().filter((entry) => entry.cycleId === cycleId)).toHaveLength(201)
    expect([...target.groups.values()][0]?.['members']).toHaveLength(200)
    await next.close()
    rmSync(place, { recursive: true, force: true })
  })

  test('goes on after a restart from where it was: nobody twice, nobody missing, one log entry each', async () => {
    const half = createDeferred()
    let posts = 0
    // From the 20th create on nothing is answered any more, though the target has done it: what a kill looks like from there.
    target.loseAnswer = ({ method, url }) => {
      if (method !== 'POST' || url !== '/Users') return false
      posts += 1
      if (posts === 20) half.reach()
      return posts >= 20
    }
    await idp.engine.start(JOB_ID)
    await half.reached
    // The process ends here: the cycle stops between two writes, and the store is opened anew.
    await idp.engine.shutdown()
    const before = run()?.cycle
    expect(before).toMatchObject({ kind: 'initial', phase: 'users' })
    const done = idp.log().length
    expect(done).toBeLessThan(PEOPLE.length)
    await idp.system.close()

    target.loseAnswer = undefined
    idp = await open()
    expect(run()?.cycle?.id).toBe(before?.id)
    const result = await idp.engine.runNow(JOB_ID)
    expect(result.ended).toBe('completed')
    // Those whose create was answered by silence failed; the next cycle finds them by name.
    await idp.engine.runNow(JOB_ID)
    expect(target.users.size).toBe(PEOPLE.length)
    expect(new Set([...target.users.values()].map((user) => user['userName'])).size).toBe(PEOPLE.length)
    const inCycle = idp.log().filter((entry) => entry.cycleId === before?.id)
    expect(inCycle.map((entry) => entry.source.id).toSorted()).toEqual([...PEOPLE, 'everyone'].toSorted())
    expect([...target.groups.values()][0]?.['members']).toHaveLength(PEOPLE.length)
  })

  test('is due at once when the process is back, even if the job was stopped meanwhile', async () => {
    const begun = createDeferred()
    target.intercept = ({ method }) => {
      if (method === 'POST') begun.reach()
      return undefined
    }
    await idp.engine.start(JOB_ID)
    await begun.reached
    await idp.engine.stop(JOB_ID)
    await idp.engine.shutdown()
    await idp.system.close()
    idp = await open()
    expect(idp.engine.due.list()).toHaveLength(1)
    await idp.system.control.moveClock({ kind: 'advance', duration: 'PT1S' })
    expect(run()).toMatchObject({ cycle: null, nextRunAt: null, lastExecution: { state: 'Succeeded' } })
    expect(target.users.size).toBe(PEOPLE.length)
    expect(idp.engine.due.list()).toEqual([])
  })

  test('shows its progress in pages while it runs', async () => {
    const seen: number[] = []
    target.intercept = () => {
      const cycle = run()?.cycle
      if (cycle) seen.push(cycle.counts.imported)
      return undefined
    }
    await idp.engine.runNow(JOB_ID)
    expect(seen.some((count) => count > 0 && count < PEOPLE.length)).toBe(true)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })
})
