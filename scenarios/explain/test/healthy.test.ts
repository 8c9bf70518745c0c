import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { explain } from '../explain.ts'
import type { Finding } from '../finding.ts'
import { lookAtWorld } from '../sight.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const look = async () => explain(await lookAtWorld(kit.control))
const told = (findings: readonly Finding[]) => findings.map(({ fault, evidence }) => [fault, evidence])

// What is left after a walkthrough is looked at where its course is proven.
describe('nothing is said of a healthy world', () => {
  test.each(['brightwave', 'fresh', 'connected-entra', 'connected-okta', 'empty', 'scale:50'])('%s', async (world) => {
    await kit.control.kit.reset({ world })
    for (const duration of ['PT1S', 'PT41M']) {
      await kit.control.kit.moveClock({ advance: duration })
      const { findings, news, partly } = await look()
      expect([told(findings), told(news), partly]).toEqual([[], [], []])
    }
  })
})
