import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Step, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { type KitAccess, runWalkthrough } from './run-walkthrough.ts'

/** What a run makes of the steps. None of these opens a page, so neither a browser nor a kit is needed. */

const control = { reset: async () => ({}), journal: async () => ({ items: [], next: 0, oldest: 0 }) }
const kit = { urls: {}, control: { kit: control } } as unknown as KitAccess
const browser = {} as Browser

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-walk-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function step(id: string, rest: Partial<Step>): Step {
  return {
    id,
    title: id,
    say: `Do ${id}.`,
    source: { article: '004', section: 'Any' },
    at: { page: 'None', labels: [] },
    solve: async () => {},
    check: async () => ({ ok: true, found: 'All is well.' }),
    ...rest,
  }
}

async function run(steps: readonly Step[], rest: Partial<Walkthrough> = {}) {
  const walkthrough = { id: 'w', title: 'W', world: 'fresh', lead: '', steps, ...rest }
  const { passed, steps: results } = await runWalkthrough(walkthrough, { kit, browser, folder, traces: false })
  return {
    passed,
    outcomes: results.map(({ outcome }) => outcome),
    problem: results.find((each) => each.problem)?.problem,
  }
}

test('a proven walkthrough fails at a step whose check is content before anything was done', async () => {
  const steps = [step('a', {}), step('b', {})]
  expect(await run(steps)).toMatchObject({ passed: true, outcomes: ['passed', 'passed'] })
  expect(await run(steps, { proven: true })).toEqual({
    passed: false,
    outcomes: ['failed', 'not-run'],
    problem: 'The check is content before anything was done.',
  })
})

test('a check that cannot look yet counts as not content', async () => {
  const steps = [
    step('a', {
      solve: async ({ keep }) => keep.set('made', 'yes'),
      check: async ({ keep }) => ({ ok: keep.get('made') === 'yes', found: 'It was made.' }),
    }),
  ]
  expect(await run(steps, { proven: true })).toMatchObject({ passed: true, outcomes: ['passed'] })
})

test('the setup comes before the proof', async () => {
  const order: string[] = []
  const steps = [
    step('a', {
      setup: async () => void order.push('setup'),
      solve: async () => void order.push('solve'),
      check: async () => {
        order.push('check')
        return { ok: order.includes('solve'), found: '' }
      },
    }),
  ]
  await run(steps, { proven: true })
  expect(order).toEqual(['setup', 'check', 'solve', 'check'])
})

test('a label that was not met in its order fails the step, whatever the check says', async () => {
  const { passed, problem } = await run([step('a', { at: { page: 'None', labels: ['Save'] } })])
  expect([passed, problem]).toEqual([false, expect.stringContaining('names "Save"')])
})

test('what was kept as a secret is not told', async () => {
  const steps = [
    step('a', {
      solve: async ({ keep }) => {
        keep.setSecret('token', 'dp-secret-77')
        throw new Error('Refused: dp-secret-77')
      },
    }),
  ]
  expect((await run(steps)).problem).toBe('Refused: …')
})
