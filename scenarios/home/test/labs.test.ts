import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { perform } from '#scenarios/labs/acts/act.ts'
import { LABS } from '#scenarios/labs/catalogue.ts'
import type { Lab } from '#scenarios/labs/lab.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'
import { visitorOf } from './serve-home.ts'

const LAB_MS = 60_000

function labOf(id: string): Lab {
  const lab = LABS.find((each) => each.id === id)
  if (lab === undefined) throw new Error(`There is no lab ${id}.`)
  return lab
}

const REVOKED = labOf('entra-key-revoked')
const CREATE_OFF = labOf('okta-create-off')

let kit: Kit
let desk: Desk
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())
beforeEach(async () => {
  desk = createPlainDesk(createPlainBrowser(Object.values(kit.urls)), kit.urls.kit, () => {})
  await desk.open('/labs/reset')
  await desk.press('Reset progress')
  await desk.see('The progress of the labs is forgotten.')
})

async function startLab(lab: Lab): Promise<void> {
  await desk.open(`/labs/${lab.id}`)
  await desk.see(lab.symptom)
  await desk.press('Start the lab')
  await desk.see(`All systems are reset to world ${lab.world}.`)
  await desk.press(`Start ${lab.title}`)
  await desk.see('Find the cause')
}

async function choose({ cause }: { readonly cause: string }): Promise<void> {
  await desk.tick(cause)
  await desk.press('This is the cause')
}

describe('a lab, without a script', () => {
  test(
    'from the symptom over a wrong cause and the right one to the world mended by hand',
    async () => {
      await startLab(REVOKED)
      expect((await kit.control.kit.health()).world).toBe(REVOKED.world)
      expect(await desk.addressOf(REVOKED.where.label)).toBe(`${kit.urls[REVOKED.where.system]}${REVOKED.where.path}`)
      expect(await desk.shows(REVOKED.explanation)).toBe(false)

      const [wrong] = REVOKED.wrong
      await choose(wrong)
      await desk.see(`Not the cause: ${wrong.cause}`)
      await desk.see(`Not this: ${wrong.because}`)
      await desk.press('Hint 1 of 3')
      await desk.see(REVOKED.hints[0])
      expect(await desk.shows(REVOKED.hints[1])).toBe(false)

      await choose(REVOKED.right)
      await desk.see('That is the cause.')
      await desk.see('Not mended yet')
      expect(await desk.shows(REVOKED.mend)).toBe(false)
      await desk.press('Check')
      await desk.see('Checked: it is not mended yet.')

      await perform(kit, REVOKED.solve)
      await desk.open(`/labs/${REVOKED.id}`)
      await desk.see('Mended.')
      await desk.see(REVOKED.explanation)
      await desk.see(`Source: ${REVOKED.source}`)
      await desk.open('/labs')
      await desk.see(`1 of ${LABS.length} mended`)
      await desk.see('1 of 3 hints, 1 wrong')
    },
    LAB_MS,
  )

  test(
    'the solution is shown on asking, and the kit mends it on asking',
    async () => {
      await startLab(CREATE_OFF)
      await desk.press('Show me the solution')
      await desk.see(CREATE_OFF.right.cause)
      await desk.see(CREATE_OFF.mend)
      await desk.see('Not mended yet')
      await desk.press('Mend it for me')
      await desk.see('The kit mends the world in your place')
      await desk.press(`Mend it ${CREATE_OFF.title}`)
      await desk.see('Mended for you.')
      await desk.see(CREATE_OFF.explanation)
      await desk.open('/labs')
      await desk.see('mended for me')
    },
    LAB_MS,
  )

  test(
    'a world replaced behind its back is told, and counts for nothing',
    async () => {
      await startLab(REVOKED)
      await choose(REVOKED.right)
      await kit.control.kit.reset({ world: REVOKED.world })
      await desk.open(`/labs/${REVOKED.id}`)
      await desk.see('The world was replaced since this lab began.')
      await desk.open('/labs')
      await desk.see(`0 of ${LABS.length} mended`)
    },
    LAB_MS,
  )

  test('what is out of order is refused and changes nothing', async () => {
    const visitor = visitorOf(kit.urls.kit)
    const at = `/labs/${REVOKED.id}`
    for (const path of ['cause', 'hint', 'solution', 'mend']) {
      expect((await visitor.post(`${at}/${path}`, { cause: '0' })).text, path).toContain('This lab is not under way.')
    }
    expect((await visitor.post(`${at}/cause`, { cause: '7' })).text).toContain('Choose one of the causes.')
    expect((await visitor.get('/labs/none')).status).toBe(404)
    expect((await visitor.post(`${at}/start`, {}, { token: false })).status).toBe(403)
  })
})

describe('what is wrong', () => {
  test('nothing, in a healthy world', async () => {
    await kit.control.kit.reset({ world: 'connected-okta' })
    await desk.open('/explain')
    await desk.see('Nothing is known to be wrong.')
  })

  test(
    'is not told before the cause is found, unless somebody insists; then with evidence, page and source',
    async () => {
      await startLab(REVOKED)
      await desk.open('/explain')
      await desk.see('A lab is under way')
      await desk.press('Explain all the same')
      await desk.see(REVOKED.fault)
      await desk.see('Mend it on')
      await desk.open(`/labs/${REVOKED.id}`)
      await choose(REVOKED.right)
      await desk.open('/explain')
      await desk.see(REVOKED.fault)
    },
    LAB_MS,
  )
})
