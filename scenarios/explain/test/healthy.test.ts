import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import { createPlainBrowser, type PlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { explain } from '../explain.ts'
import { takePicture } from '../picture.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const WALK_MS = 120_000

/** What a walkthrough leaves behind because its article is about it: said, and true. */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  // A group was renamed on purpose, and Dialpad ignores it.
  'entra-lifecycle': ['entra-group-renamed'],
  // Its log needs somebody skipped and somebody who fails: Victor may not sign in, and Kenji's office, Osaka, is refused.
  'entra-logs': ['entra-sign-in-blocked', 'dialpad-office-refused'],
  // Its last departures were allowed: nobody is assigned any more.
  'entra-deletions': ['entra-nobody-assigned'],
}

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

const found = async () =>
  explain(await takePicture(kit.control)).findings.map(({ fault, evidence }) => [fault, evidence])

describe('nothing is said of a healthy world', () => {
  test.each(['brightwave', 'fresh', 'connected-entra', 'connected-okta', 'empty', 'scale:50'])('%s', async (world) => {
    await kit.control.kit.reset({ world })
    expect(await found()).toEqual([])
    await kit.control.kit.moveClock({ advance: 'PT41M' })
    expect(await found()).toEqual([])
  })
})

describe('nor after a walkthrough, but for what it is about', () => {
  test.each(WALKTHROUGHS.map((walkthrough) => [walkthrough.id, walkthrough] as const))(
    '%s',
    async (id, { world, steps }) => {
      await kit.control.kit.reset({ world })
      const walk = walker()
      for (const step of steps) {
        await step.setup?.(walk)
        await step.solve(walk)
        await step.check(walk)
      }
      expect((await found()).map(([fault]) => fault)).toEqual(LEFT[id] ?? [])
    },
    WALK_MS,
  )
})
