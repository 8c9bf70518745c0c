import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import { createPlainBrowser, type PlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { explain } from '../explain.ts'
import type { Finding } from '../finding.ts'
import { lookAtWorld } from '../sight.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const WALK_MS = 120_000

/** Somebody at the pages, without a browser. */
function walker(): Walk {
  const browsers = new Map<string, PlainBrowser>()
  const desks = new Map<string, Desk>()
  return {
    urls: kit.urls,
    control: kit.control,
    fetch: kit.fetch,
    keep: createKeep().keep,
    async desk(system, who = 'administrator') {
      const browser = browsers.get(who) ?? createPlainBrowser(Object.values(kit.urls))
      browsers.set(who, browser)
      const desk = desks.get(`${who}/${system}`) ?? createPlainDesk(browser, kit.urls[system], () => {})
      desks.set(`${who}/${system}`, desk)
      return desk
    },
  }
}

const look = async () => explain(await lookAtWorld(kit.control))
const told = (findings: readonly Finding[]) => findings.map(({ fault, evidence }) => [fault, evidence])

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

describe('nothing is wrong after a walkthrough', () => {
  test.each(WALKTHROUGHS.map((walkthrough) => [walkthrough.id, walkthrough] as const))(
    '%s',
    async (_id, { world, steps }) => {
      await kit.control.kit.reset({ world })
      const walk = walker()
      for (const step of steps) {
        await step.setup?.(walk)
        await step.solve(walk)
        await step.check(walk)
      }
      expect(told((await look()).findings)).toEqual([])
    },
    WALK_MS,
  )
})
