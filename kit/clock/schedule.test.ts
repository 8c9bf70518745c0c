import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { DueItem, RanItem } from '#kit/clock.ts'
import { currentContext } from '#kit/context.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import { createSchedule, type RunningSchedule } from './schedule.ts'
import { createVirtualClock } from './virtual-clock.ts'

const MINUTE = 60_000
const opened: RunningSchedule[] = []

afterEach(async () => {
  for (const schedule of opened.splice(0)) await schedule.close()
})

function setUp() {
  const store = openMemoryStore<KitShape>(KIT_COLLECTIONS)
  const clock = createVirtualClock(store, Date.now)
  const reported: RanItem[] = []
  const failures: unknown[] = []
  const schedule = createSchedule({
    system: 'sample',
    clock,
    report: { ran: (item) => reported.push(item), failed: (error) => failures.push(error) },
  })
  opened.push(schedule)
  return { clock, schedule, reported, failures }
}

/** A source with a fixed agenda: each item once. */
function agenda(items: readonly DueItem[], run: (item: DueItem) => Promise<string> = async (item) => `did ${item.id}`) {
  const left = [...items]
  return {
    list: () => left,
    async run(item: DueItem) {
      left.splice(left.indexOf(item), 1)
      return run(item)
    },
  }
}

describe('advance', () => {
  test('time stops at each due instant, and the work there sees it', async () => {
    const { clock, schedule } = setUp()
    const start = clock.now()
    const seen: number[] = []
    const item = (id: string, minutes: number) => ({ id, what: id, at: start + minutes * MINUTE })
    schedule.register(
      agenda([item('late', 50), item('second', 20), item('first', 10)], async () => {
        seen.push(clock.now() - start)
        return 'done'
      }),
    )
    const ran = await schedule.advance(() => start + 30 * MINUTE)
    expect(ran.map((each) => each.what)).toEqual(['first', 'second'])
    expect(seen).toEqual([10 * MINUTE, 20 * MINUTE])
    expect(clock.now()).toBeGreaterThanOrEqual(start + 30 * MINUTE)
    expect(schedule.list().map((each) => each.id)).toEqual(['late'])
  })

  test('work that schedules itself anew runs again within the same move', async () => {
    const { clock, schedule } = setUp()
    const start = clock.now()
    let at = start + 40 * MINUTE
    schedule.register({
      list: () => [{ id: 'cycle', what: 'Cycle', at }],
      run: async (item) => {
        at = item.at + 40 * MINUTE
        return 'ok'
      },
    })
    expect(await schedule.advance((now) => Math.max(now, start + 24 * 60 * MINUTE))).toHaveLength(36)
  })

  test('what fails says so and does not block the clock', async () => {
    const { clock, schedule, reported } = setUp()
    const start = clock.now()
    const item = { id: 'stuck', what: 'Stuck work', at: start + MINUTE }
    schedule.register({
      list: () => [item],
      run: async () => {
        throw new Error('no luck')
      },
    })
    schedule.register(agenda([{ id: 'next', what: 'Next', at: start + 2 * MINUTE }]))
    const ran = await schedule.advance(() => start + 5 * MINUTE)
    expect(ran.map((each) => each.summary)).toEqual(['failed: no luck', 'did next'])
    expect(reported).toEqual(ran)
    expect(await schedule.advance((now) => now + MINUTE)).toEqual([])
  })

  test('two moves never overlap', async () => {
    const { clock, schedule } = setUp()
    const start = clock.now()
    let running = 0
    let most = 0
    const busy = async (): Promise<string> => {
      running += 1
      most = Math.max(most, running)
      await new Promise((settle) => setImmediate(settle))
      running -= 1
      return 'done'
    }
    schedule.register(
      agenda(
        [1, 2, 3, 4].map((n) => ({ id: `n${n}`, what: 'Work', at: start + n * MINUTE })),
        busy,
      ),
    )
    const [one, two] = await Promise.all([
      schedule.advance((now) => now + 2 * MINUTE),
      schedule.advance((now) => now + 2 * MINUTE),
    ])
    expect([one.length + two.length, most]).toEqual([4, 1])
    expect(clock.now() - start).toBeGreaterThanOrEqual(4 * MINUTE)
  })

  test('the wall clock may tick between any two looks at it', async () => {
    const store = openMemoryStore<KitShape>(KIT_COLLECTIONS)
    let wallMs = Date.UTC(2026, 0, 1)
    const clock = createVirtualClock(store, () => {
      wallMs += 7
      return wallMs
    })
    const schedule = createSchedule({
      system: 'sample',
      clock,
      report: { ran: () => undefined, failed: () => undefined },
    })
    opened.push(schedule)
    const overdue = { id: 'overdue', what: 'Overdue', at: clock.now() - MINUTE }
    schedule.register(agenda([overdue, { ...overdue, id: 'soon', at: clock.now() + MINUTE }]))
    const ran = await schedule.advance((now) => now + 2 * MINUTE)
    expect(ran.map((each) => each.summary)).toEqual(['did overdue', 'did soon'])
  })

  test('a refused target moves nothing', async () => {
    const { clock, schedule } = setUp()
    const before = clock.now()
    const refuse = (): number => {
      throw new Error('refused')
    }
    await expect(schedule.advance(refuse)).rejects.toThrow('refused')
    expect(clock.now() - before).toBeLessThan(1000)
    expect(await schedule.advance((now) => now)).toEqual([])
  })

  test('a replaced state ends the move after the work at hand', async () => {
    const { clock, schedule } = setUp()
    const start = clock.now()
    const items = [1, 2].map((n) => ({ id: `n${n}`, what: 'Work', at: start + n * MINUTE }))
    schedule.register(
      agenda(items, async () => {
        schedule.interrupt()
        clock.forget()
        return 'done'
      }),
    )
    expect(await schedule.advance(() => start + 9 * MINUTE)).toHaveLength(1)
    expect(clock.now() - start).toBeLessThan(2 * MINUTE)
  })

  test('each piece of work has a trace of its own and knows its cause', async () => {
    const { clock, schedule } = setUp()
    const start = clock.now()
    const contexts: unknown[] = []
    schedule.register(
      agenda(
        [1, 2].map((n) => ({ id: `n${n}`, what: 'Work', at: start + n })),
        async () => {
          contexts.push(currentContext())
          return 'done'
        },
      ),
    )
    await schedule.advance(
      (now) => now + 10,
      () => 41,
    )
    expect(contexts).toEqual([
      { traceId: expect.stringMatching(/^[0-9a-f]{32}$/), causeSeq: 41 },
      { traceId: expect.stringMatching(/^[0-9a-f]{32}$/), causeSeq: 41 },
    ])
    expect(new Set(contexts.map((each) => JSON.stringify(each))).size).toBe(2)
  })

  test('law: everything up to the target runs once, in order of time, nothing beyond', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(1000), { maxLength: 8 }), { maxLength: 4 }),
        fc.nat(1000),
        async (sources, until) => {
          const { clock, schedule } = setUp()
          await clock.setFrozen(true)
          const start = clock.now()
          const all: DueItem[] = []
          for (const [index, minutes] of sources.entries()) {
            const items = minutes.map((n, place) => ({
              id: `${index}-${place}`,
              what: `${index}-${place}`,
              at: start + n * MINUTE,
            }))
            all.push(...items)
            schedule.register(agenda(items))
          }
          const target = start + until * MINUTE
          const ran = await schedule.advance(() => target)
          const times = ran.map((each) => Date.parse(each.at))
          expect(times).toEqual([...times].sort((one, other) => one - other))
          expect(ran.map((each) => each.what).sort()).toEqual(
            all
              .filter((item) => item.at <= target)
              .map((item) => item.id)
              .sort(),
          )
          expect(clock.now()).toBe(target)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('left alone', () => {
  test('work runs when virtual time reaches it', async () => {
    const { clock, schedule, reported } = setUp()
    schedule.register(agenda([{ id: 'soon', what: 'Soon', at: clock.now() + 30 }]))
    await expect.poll(() => reported.map((each) => each.summary)).toEqual(['did soon'])
  })

  test('touch tells of work that came up later, and a faster clock reaches it sooner', async () => {
    const { clock, schedule, reported } = setUp()
    const items: DueItem[] = []
    schedule.register({
      list: () => items,
      run: async () => {
        items.length = 0
        return 'done'
      },
    })
    items.push({ id: 'later', what: 'Later', at: clock.now() + 60 * MINUTE })
    schedule.touch()
    await schedule.adjust(() => clock.setRate(86_400))
    await expect.poll(() => reported.length).toBe(1)
  })

  test('a source that cannot be asked is reported', async () => {
    const { schedule, failures } = setUp()
    schedule.register({
      list: () => {
        throw new Error('broken')
      },
      run: async () => '',
    })
    await expect.poll(() => failures.length).toBeGreaterThan(0)
  })
})
