import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#scenarios/explain/explain.ts'
import type { MendingPage } from '#scenarios/explain/finding.ts'
import { takePicture } from '#scenarios/explain/picture.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { logInToDialpad, signInToEntra, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { createBench } from '../bench.ts'
import { LABS } from '../catalogue.ts'
import { causesOf } from '../causes.ts'
import { restart, stop } from '../entra-hands.ts'
import { judgeLab } from '../judge.ts'
import type { Lab } from '../lab.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

const look = () => takePicture(kit.control)

function labOf(id: string): Lab {
  const lab = LABS.find((each) => each.id === id)
  if (lab === undefined) throw new Error(`There is no lab ${id}.`)
  return lab
}

/** Statuses of pages for an administrator, and where they lead: a page that asks for a sign-in is not the one that was meant. */
async function visitAsAdmin(pages: readonly MendingPage[]): Promise<readonly string[]> {
  const browser = createPlainBrowser(Object.values(kit.urls))
  for (const system of new Set(pages.map((page) => page.system))) {
    const desk = createPlainDesk(browser, kit.urls[system], () => {})
    if (system === 'dialpad') await logInToDialpad(desk, PEOPLE.owner)
    if (system !== 'entra' && system !== 'okta') continue
    await desk.open('/admin')
    await (system === 'entra' ? signInToEntra : signInToOkta)(desk, PEOPLE.owner)
  }
  const answers = pages.map(async ({ system, path }) => {
    const { status, url } = await browser.load({ method: 'GET', url: new URL(path, kit.urls[system]) })
    // A person's page opens at its first tab; whoever is signed in is led past the page to log in.
    const isThere = url.pathname.startsWith(path) || (path === '/login' && url.pathname === '/app')
    return isThere ? `${path}: ${status}` : `${path}: ${status} at ${url.pathname}`
  })
  return Promise.all(answers)
}

test('there are thirty and more, each with a name, words and a fault of its own', () => {
  expect(LABS.length).toBeGreaterThanOrEqual(30)
  for (const own of [
    LABS.map(({ id }) => id),
    LABS.map(({ title }) => title),
    LABS.map(({ fault }) => fault),
    LABS.map(({ symptom }) => symptom),
  ]) {
    expect(own.filter((each, index) => own.indexOf(each) !== index)).toEqual([])
  }
})

test('each offers four causes, of which no two are the same, and the right one stands anywhere', () => {
  const places = LABS.map((lab) => {
    const causes = causesOf(lab)
    expect(new Set(causes.map(({ cause }) => cause)).size, lab.id).toBe(4)
    return causes.indexOf(lab.right)
  })
  expect(new Set(places)).toEqual(new Set([0, 1, 2, 3]))
})

describe('is silent before, names the fault and no other with a page that is there, and is silent when it is mended', () => {
  test.each(LABS.map((lab) => [lab.id, lab] as const))(
    '%s',
    async (_id, lab) => {
      const findings = async () => explain(await look()).findings
      await kit.control.kit.reset({ world: lab.world })
      const bench = createBench(kit)
      expect(await findings()).toEqual([])

      await lab.breakIt(bench)
      const found = await findings()
      expect(found.map(({ fault }) => fault)).toEqual([lab.fault])
      expect(judgeLab(lab, await look()).mended).toBe(false)
      const pages = [...found.map(({ page }) => page), lab.where]
      expect(await visitAsAdmin(pages)).toEqual(pages.map(({ path }) => `${path}: 200`))

      await lab.solve(bench)
      expect(judgeLab(lab, await look())).toEqual({ mended: true, found: ['The fault is not there any more.'] })
    },
    LAB_MS,
  )
})

describe('a fault that is merely not seen any more is not mended', () => {
  test(
    'provisioning was stopped',
    async () => {
      const lab = labOf('entra-key-revoked')
      await kit.control.kit.reset({ world: lab.world })
      const bench = createBench(kit)
      await lab.breakIt(bench)
      await lab.solve(bench)
      await stop(bench)
      const { mended, found } = judgeLab(lab, await look())
      expect([mended, found.at(-1)]).toEqual([false, 'Provisioning from Entra to Dialpad does not run.'])
      await restart(bench)
      expect(judgeLab(lab, await look()).mended).toBe(true)
    },
    LAB_MS,
  )

  test(
    'changes are sent again, and what was missed is not there',
    async () => {
      const lab = labOf('okta-update-off')
      await kit.control.kit.reset({ world: lab.world })
      const bench = createBench(kit)
      await lab.breakIt(bench)
      await bench.edit('okta', 'apps', (app) => {
        const provisioning = app['provisioning'] as { readonly toApp: object }
        return { ...app, provisioning: { ...provisioning, toApp: { ...provisioning.toApp, updateAttributes: true } } }
      })
      expect(judgeLab(lab, await look())).toEqual({
        mended: false,
        found: [
          'The title of ben.castillo@brightwave.example is "Support Manager" in Okta and "Support Agent" in Dialpad.',
        ],
      })
    },
    LAB_MS,
  )

  test(
    'whoever was to have an account was taken out',
    async () => {
      const lab = labOf('entra-create-unticked')
      await kit.control.kit.reset({ world: lab.world })
      expect(judgeLab(lab, await look())).toEqual({
        mended: false,
        found: ['hana.suzuki@brightwave.example has no working account in Dialpad: not there.'],
      })
    },
    LAB_MS,
  )
})
