import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { connectDialpad } from '#scenarios/library/scene/connect-dialpad.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { explain } from '../explain.ts'
import { lookAtWorld } from '../sight.ts'

const PEOPLE = 400
const MOST = 30
const WORK_MS = 120_000

let kit: Kit
beforeAll(async () => {
  kit = await startKit({ world: `scale:${PEOPLE}` })
  await connectDialpad(kit, { from: 'entra', start: false })
  await kit.scene.entra.setProperties({ scope: 'all' })
  await kit.scene.entra.startProvisioning()
  await kit.scene.runCycle()
}, WORK_MS)
afterAll(() => kit.close())

/** The client, and how many calls and records it has answered. */
function counted(client: ControlClient) {
  const seen = { calls: 0, records: 0, state: 0 }
  const watched: ControlClient = {
    ...client,
    async call(method, path, body) {
      const answer = await client.call(method, path, body)
      seen.calls += 1
      seen.records += ((answer as { readonly records?: readonly unknown[] }).records ?? []).length
      return answer
    },
    async state() {
      seen.state += 1
      return client.state()
    },
  }
  return { seen, watched }
}

const look = (most: number) => {
  const [entra, okta, dialpad] = [counted(kit.control.entra), counted(kit.control.okta), counted(kit.control.dialpad)]
  const clients = { entra: entra.watched, okta: okta.watched, dialpad: dialpad.watched }
  return { sight: lookAtWorld(clients, { most }), seen: [entra.seen, okta.seen, dialpad.seen] }
}

test(
  'a part of a large tenant is looked at, which is said, and no fault is seen in what was left out',
  async () => {
    const { sight, seen } = look(MOST)
    const { findings, news, partly } = explain(await sight)
    expect([findings, news]).toEqual([[], []])
    expect(partly).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^entra: people in scope \\(${MOST} of \\d+\\)$`)),
        expect.stringMatching(new RegExp(`^dialpad: people \\(${MOST} of \\d+\\)$`)),
      ]),
    )
    for (const { calls, records, state } of seen) {
      expect(state).toBe(0)
      expect(calls).toBeLessThan(60)
      expect(records).toBeLessThan(20 * MOST)
    }
  },
  WORK_MS,
)

test(
  'who fails is looked at, wherever they stand in a large tenant',
  async () => {
    await kit.scene.dialpad.setProvisioning({ mismatch: 'reject' })
    const office = { physicalDeliveryOfficeName: 'Nowhere', country: 'JP' }
    await kit.scene.entra.addPerson({
      userPrincipalName: 'last.one@brightwave.example',
      displayName: 'Last One',
      ...office,
    })
    await kit.scene.runCycle()
    const { findings } = explain(await look(MOST).sight)
    expect(findings.map(({ fault }) => fault)).toEqual(['dialpad-office-refused'])
    expect(findings[0]?.evidence.join(' ')).toContain('last.one@brightwave.example')
  },
  WORK_MS,
)

test(
  'a tenant that fits is looked at as a whole',
  async () => {
    const { partly } = explain(await look(10 * PEOPLE).sight)
    expect(partly).toEqual([])
  },
  WORK_MS,
)
