import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { perform } from '../acts/act.ts'
import { LABS } from '../catalogue.ts'
import { workByHand } from '../hands/work-by-hand.ts'
import { judgeLab } from '../judge.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

const BY_HAND = LABS.flatMap((lab) => (lab.mendByHand === undefined ? [] : [{ lab, steps: lab.mendByHand }]))

test('a dozen and more are mended by hand, some of every product', () => {
  expect(BY_HAND.length).toBeGreaterThanOrEqual(12)
  expect(new Set(BY_HAND.map(({ lab }) => lab.product))).toEqual(new Set(LABS.map(({ product }) => product)))
})

describe('an administrator at the pages mends', () => {
  test.each(BY_HAND.map(({ lab, steps }) => [lab.id, lab, steps] as const))(
    '%s',
    async (_id, lab, steps) => {
      await kit.control.kit.reset({ world: lab.world })
      await perform(kit, lab.breakIt)
      await workByHand(kit, steps)
      expect(judgeLab(lab, await lookAtWorld(kit.control))).toEqual({
        mended: true,
        found: ['The fault is not there any more.'],
      })
    },
    LAB_MS,
  )
})
