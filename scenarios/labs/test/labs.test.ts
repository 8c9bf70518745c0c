import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#scenarios/explain/explain.ts'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { perform } from '../acts/act.ts'
import { entra, okta } from '../acts/commands.ts'
import { moment } from '../acts/time.ts'
import { LABS } from '../catalogue.ts'
import { causesOf } from '../causes.ts'
import { createAdminDesks } from '../hands/work-by-hand.ts'
import { judgeLab } from '../judge.ts'
import type { Lab } from '../lab.ts'
import { lookForControl, statusOf } from './pages.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

const look = () => lookAtWorld(kit.control)
const judge = async (lab: Lab) => judgeLab(lab, await look())

function labOf(id: string): Lab {
  const lab = LABS.find((each) => each.id === id)
  if (lab === undefined) throw new Error(`There is no lab ${id}.`)
  return lab
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

// That nothing is said of the worlds they begin in is proven once, in the test of healthy worlds.
describe('names the fault and no other with a page that offers the remedy, and is silent when mended', () => {
  test.each(LABS.map((lab) => [lab.id, lab] as const))(
    '%s',
    async (_id, lab) => {
      await kit.control.kit.reset({ world: lab.world })
      await perform(kit, lab.breakIt)
      const broken = await look()
      const { findings, news } = explain(broken)
      const found = [...findings, ...news]
      expect(found.map(({ fault }) => fault)).toEqual([lab.fault])
      expect(judgeLab(lab, broken).mended).toBe(false)

      const [diagnosis] = found
      if (diagnosis === undefined) throw new Error('Nothing was found.')
      const desks = createAdminDesks(kit)
      expect(await statusOf(desks, lab.where)).toBe('200')
      expect(await statusOf(desks, diagnosis.page)).toBe('200')
      expect(await lookForControl(desks, diagnosis.page, lab.control)).toBe('offered')

      await perform(kit, lab.solve)
      expect(await judge(lab)).toEqual({ mended: true, found: ['The fault is not there any more.'] })
    },
    LAB_MS,
  )
})

describe('a fault that is merely not seen any more is not mended', () => {
  async function broken(id: string): Promise<Lab> {
    const lab = labOf(id)
    await kit.control.kit.reset({ world: lab.world })
    await perform(kit, lab.breakIt)
    return lab
  }

  test(
    'provisioning was stopped',
    async () => {
      const lab = await broken('entra-key-revoked')
      await perform(kit, [...lab.solve, entra('stop-provisioning', {})])
      const { mended, found } = await judge(lab)
      expect([mended, found.at(-1)]).toEqual([false, 'Provisioning from Entra to Dialpad does not run.'])
      await perform(kit, [entra('start-provisioning', {}), moment])
      expect((await judge(lab)).mended).toBe(true)
    },
    LAB_MS,
  )

  test(
    'changes are sent again, and what was missed is not there',
    async () => {
      const lab = await broken('okta-update-off')
      await perform(kit, [okta('set-to-app', { updateAttributes: true })])
      expect(await judge(lab)).toEqual({
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
      expect(await judge(lab)).toEqual({
        mended: false,
        found: ['hana.suzuki@brightwave.example has no working account in Dialpad: not there.'],
      })
    },
    LAB_MS,
  )

  test(
    'the push was unlinked, and the group is still not there',
    async () => {
      const lab = await broken('okta-pushed-group-deleted')
      await perform(kit, [okta('unlink-group', { group: 'Sales' })])
      expect(await judge(lab)).toEqual({
        mended: false,
        found: ['The push of Sales is not there; the group in Dialpad is not there.'],
      })
    },
    LAB_MS,
  )

  test(
    'the group that was pushed too is not assigned any more',
    async () => {
      const lab = await broken('okta-assigned-and-pushed')
      await perform(kit, [okta('unassign-group', { group: 'Dialpad Users' }), okta('run-jobs', {})])
      expect(await judge(lab)).toMatchObject({
        mended: false,
        found: expect.arrayContaining(['Dialpad Users is not assigned to Dialpad any more.']),
      })
    },
    LAB_MS,
  )
})
