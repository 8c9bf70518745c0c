import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#scenarios/explain/explain.ts'
import { takePicture } from '#scenarios/explain/picture.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createBench } from '../bench.ts'
import { LABS } from '../catalogue.ts'
import { judgeLab } from '../judge.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

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

test('each offers four causes, of which no two are the same', () => {
  for (const { id, right, wrong } of LABS) {
    const causes = [right, ...wrong].map(({ cause }) => cause)
    expect(new Set(causes).size, id).toBe(4)
  }
})

describe('is silent before, names the fault and no other, and is silent when it is mended', () => {
  test.each(LABS.map((lab) => [lab.id, lab] as const))(
    '%s',
    async (_id, lab) => {
      const look = () => takePicture(kit.control)
      const faults = async () => explain(await look()).findings.map(({ fault }) => fault)
      await kit.control.kit.reset({ world: lab.world })
      const bench = createBench(kit)
      expect(await faults()).toEqual([])

      await lab.breakIt(bench)
      expect(await faults()).toEqual([lab.fault])
      expect(judgeLab(lab, await look()).mended).toBe(false)

      await lab.solve(bench)
      expect(judgeLab(lab, await look())).toEqual({ mended: true, found: ['The fault is not there any more.'] })
    },
    LAB_MS,
  )
})
