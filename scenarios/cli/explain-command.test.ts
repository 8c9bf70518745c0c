import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Explanation } from '#scenarios/explain/explain.ts'
import { perform } from '#scenarios/labs/acts/act.ts'
import { findLab } from '#scenarios/labs/catalogue.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { runCli } from './run-cli.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

async function explainAt(against: string, ...args: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const status = await runCli(['explain', '--against', against, ...args], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  })
  return { status, out: out.join('\n'), err: err.join('\n') }
}

test('ends with 0 where nothing is wrong', async () => {
  await kit.control.kit.reset({ world: 'connected-entra' })
  const { status, out } = await explainAt(kit.urls.kit)
  expect([status, out]).toEqual([0, 'Nothing is known to be wrong.'])
})

test('ends with 1 where something is, and names fault, evidence, page and source', async () => {
  const lab = findLab('entra-key-revoked')
  if (lab === undefined) throw new Error('The lab is not there.')
  await kit.control.kit.reset({ world: lab.world })
  await perform(kit, lab.breakIt)
  const told = await explainAt(kit.urls.kit)
  expect(told.status).toBe(1)
  expect(told.out).toContain('entra-key-revoked: ')
  expect(told.out).toContain('was answered 401')
  expect(told.out).toMatch(new RegExp(`Mend it: .+, ${kit.urls.entra}/admin/apps/.+/provisioning/connectivity`))
  expect(told.out).toContain('Source: ')

  const { status, out } = await explainAt(kit.urls.kit, '--json')
  const { findings, partly } = JSON.parse(out) as Explanation
  expect([status, findings.map(({ fault }) => fault), partly]).toEqual([1, ['entra-key-revoked'], []])
})

test('ends with 3 where there is no kit', async () => {
  const { status, err } = await explainAt('http://localhost:1')
  expect([status, err.includes('No kit home answers at http://localhost:1.')]).toEqual([3, true])
})
