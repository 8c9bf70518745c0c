import { expect } from 'playwright/test'
import { runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import { tellDuration } from '#scenarios/runner/tell-steps.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { test } from './test.ts'

/**
 * A walkthrough has to stay short enough to be shown: the longest takes about 45 s on a machine that does nothing else. The
 * rest is for a machine that does: it took 80 s beside twenty other processes. Wall milliseconds.
 */
const LONGEST_WALK_MS = 120_000

for (const walkthrough of WALKTHROUGHS) {
  test(`walkthrough ${walkthrough.id}: ${walkthrough.title}`, async ({ kit, browser }, testInfo) => {
    const result = await runWalkthrough(walkthrough, {
      kit,
      browser,
      traces: false,
      folder: testInfo.outputPath(walkthrough.id),
      around: (step, body) => test.step(`${step.id} ${step.title}`, body),
    })
    const failed = result.steps.filter((step) => step.outcome === 'failed')
    expect(failed.map(({ id, found, problem }) => ({ id, found, problem }))).toEqual([])
    expect(result.steps.length).toBe(walkthrough.steps.length)
    expect(result.durationMs, `took ${tellDuration(result.durationMs)}`).toBeLessThan(LONGEST_WALK_MS)
  })
}
