import { afterEach, describe, expect, test } from 'vitest'
import type { DueItem } from '#kit/clock.ts'
import { call } from '#kit/test/call.ts'
import { type ServedHome, serveHome, type Tiny, visitorOf } from './serve-home.ts'

const START = Date.parse('2026-11-21T00:00:00.000Z')
const MINUTE = 60_000

let served: ServedHome | undefined
afterEach(async () => {
  await served?.close()
  served = undefined
})

interface Run {
  readonly system: string
  readonly at: string
  /** Where the clock of every system stood while it ran. */
  readonly clocks: readonly string[]
}

/** Work every so many minutes, from `firstMinute` on. */
function workEvery(
  tiny: Tiny,
  firstMinute: number,
  everyMinutes: number,
  onRun: (item: DueItem) => Promise<void>,
): void {
  let nextMs = START + firstMinute * MINUTE
  tiny.system.schedule.register({
    list: () => [{ id: 'work', what: `Work of ${tiny.system.name}`, at: nextMs }],
    async run(item) {
      await onRun(item)
      nextMs = item.at + everyMinutes * MINUTE
      return 'done'
    },
  })
}

async function start(): Promise<{ readonly home: ServedHome; readonly runs: Run[] }> {
  const home = await serveHome({ wall: () => START })
  served = home
  const runs: Run[] = []
  const systems = [home.home, home.entra.system, home.dialpad.system]
  const note = (tiny: Tiny) => async (item: DueItem) => {
    runs.push({
      system: tiny.system.name,
      at: new Date(item.at).toISOString().slice(11, 16),
      clocks: systems.map((system) => system.clock.iso().slice(11, 16)),
    })
  }
  workEvery(home.entra, 40, 40, note(home.entra))
  workEvery(home.dialpad, 30, 25, note(home.dialpad))
  return { home, runs }
}

const advance = (home: ServedHome, body: object) => call(`${home.url}/_kit/clock`, { method: 'POST', body })

describe('the clock of all systems', () => {
  test('work of all systems runs in the order of its time, and nobody runs ahead', async () => {
    const { home, runs } = await start()
    const answer = await advance(home, { advance: 'PT2H' })

    expect(answer.status).toBe(200)
    expect(runs.map(({ system, at }) => `${at} ${system}`)).toEqual([
      '00:30 dialpad',
      '00:40 entra',
      '00:55 dialpad',
      '01:20 entra',
      '01:20 dialpad',
      '01:45 dialpad',
      '02:00 entra',
    ])
    for (const { at, clocks } of runs) expect(clocks.every((clock) => clock <= at)).toBe(true)
    expect(answer.json()).toMatchObject({ now: '2026-11-21T02:00:00.000Z', nextDue: '2026-11-21T02:10:00.000Z' })
    expect(answer.json()['ran']).toHaveLength(7)
    expect((answer.json()['ran'] as object[])[0]).toEqual({
      system: 'dialpad',
      what: 'Work of dialpad',
      at: '2026-11-21T00:30:00.000Z',
      summary: 'done',
    })
    for (const { system } of [home.entra, home.dialpad]) expect(system.clock.iso()).toBe('2026-11-21T02:00:00.000Z')
  })

  test('systems that call each other on the way find the other at the same instant', async () => {
    const home = await serveHome({ wall: () => START })
    served = home
    const seen: string[] = []
    workEvery(home.entra, 40, 40, async () => {
      const { body } = await home.entra.system.outbound.send({
        method: 'GET',
        url: `${home.dialpad.url}/_kit/clock`,
        timeoutMs: 2_000,
      })
      seen.push((JSON.parse(body) as { now: string }).now.slice(11, 16))
    })
    await advance(home, { advance: 'PT80M' })
    expect(seen).toEqual(['00:40', '01:20'])
  })

  test('a journey starts from the clock that is furthest ahead', async () => {
    const { home } = await start()
    await call(`${home.entra.url}/_kit/clock`, { method: 'POST', body: { advance: 'PT10M' } })
    expect((await advance(home, { advance: 'PT5M' })).json()['now']).toBe('2026-11-21T00:15:00.000Z')
    expect((await advance(home, { set: '2026-11-21T00:14:00.000Z' })).json()).toMatchObject({
      error: { code: 'clock_backwards', message: 'The clock never goes backwards.' },
    })
  })

  test('freezing and pace hold for all; the reading names what is due first anywhere', async () => {
    const { home } = await start()
    await advance(home, { frozen: true })
    await advance(home, { rate: 60 })
    for (const { url } of [home, home.entra, home.dialpad]) {
      expect((await call(`${url}/_kit/clock`)).json()).toMatchObject({ frozen: true, rate: 60 })
    }
    expect((await call(`${home.url}/_kit/clock`)).json()['nextDue']).toBe('2026-11-21T00:30:00.000Z')
    expect((await call(`${home.url}/_kit/due`)).json()).toEqual({
      due: [
        { system: 'dialpad', id: 'work', what: 'Work of dialpad', at: '2026-11-21T00:30:00.000Z' },
        { system: 'entra', id: 'work', what: 'Work of entra', at: '2026-11-21T00:40:00.000Z' },
      ],
      unreachable: [],
    })
  })

  test('what is refused by one leaves all where they were', async () => {
    const { home } = await start()
    for (const [body, status, code] of [
      [{ advance: '40 minutes' }, 422, 'invalid_duration'],
      [{ set: 'tomorrow' }, 422, 'invalid_instant'],
      [{ rate: 0 }, 422, 'invalid_rate'],
      [{ advance: 'PT1M', rate: 2 }, 400, 'invalid_body'],
    ] as const) {
      const answer = await advance(home, body)
      expect(answer.status).toBe(status)
      expect(answer.json()).toMatchObject({ error: { code } })
    }
    expect(home.entra.system.clock.iso()).toBe(new Date(START).toISOString())
  })

  test('a system that does not answer is named, and nothing moves', async () => {
    const { home, runs } = await start()
    await home.entra.stop()
    const answer = await advance(home, { advance: 'PT2H' })
    expect(answer.status).toBe(409)
    expect(answer.json()).toEqual({
      error: {
        code: 'system_unreachable',
        message: `Entra is not reachable at ${home.entra.url}.`,
        hint: 'Start it, wait until it is healthy, and try again.',
      },
    })
    expect(runs).toEqual([])
    expect(home.dialpad.system.clock.iso()).toBe(new Date(START).toISOString())
  })

  test('work beyond the patience of a request becomes an operation, followed on a page', async () => {
    const home = await serveHome({ wall: () => START, patienceMs: 30 })
    served = home
    let finish: () => void = () => undefined
    const held = new Promise<void>((settle) => {
      finish = settle
    })
    workEvery(home.entra, 40, 4_000, () => held)
    const answer = await advance(home, { advance: 'PT40M' })
    expect(answer.status).toBe(202)
    const { operation } = answer.json() as { operation: string }
    const visitor = visitorOf(home.url)
    expect((await visitor.post('/clock/advance', { duration: 'PT1M' })).text).toContain('Clock is moving')
    expect((await visitor.get(`/clock/operations/${operation}`)).text).toContain(
      'What falls due on the way is running.',
    )
    finish()
    await expect
      .poll(async () => (await call(`${home.url}/_kit/operations/${operation}`)).json())
      .toMatchObject({ status: 'done', result: { ran: [{ system: 'entra' }] } })
    expect((await visitor.get(`/clock/operations/${operation}`)).text).toContain('Work of entra. done')
  })

  test('the buttons say what ran', async () => {
    const { home } = await start()
    const page = await visitorOf(home.url).post('/clock/advance', { duration: 'PT40M' })
    expect(page.text).toContain('It is now Nov 21, 2026, 00:40 UTC in all systems.')
    expect(page.text).toContain('Nov 21, 2026, 00:30 UTC, Dialpad: Work of dialpad. done')
    const refused = await visitorOf(home.url).post('/clock/advance', { duration: 'soon' })
    expect(refused.text).toContain('&quot;SOON&quot; is not a duration.')
    const empty = await visitorOf(home.url).post('/clock/advance', { duration: '' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Say how far.')
  })
})
