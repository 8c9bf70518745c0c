import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import { createVirtualClock, virtualAt } from './virtual-clock.ts'

const START = Date.UTC(2026, 0, 1)

function setUp() {
  const store = openMemoryStore<KitShape>(KIT_COLLECTIONS)
  const wall = { ms: START }
  return { store, wall, clock: createVirtualClock(store, () => wall.ms) }
}

describe('createVirtualClock', () => {
  test('left alone, virtual time runs at wall speed', () => {
    const { clock, wall } = setUp()
    const before = clock.now()
    wall.ms += 1234
    expect(clock.now() - before).toBe(1234)
    expect(clock.offsetMs()).toBe(0)
  })

  test('held, it stands still; released, it goes on from there', async () => {
    const { clock, wall } = setUp()
    await clock.holdAt(START + 60_000)
    wall.ms += 5000
    expect(clock.iso()).toBe('2026-01-01T00:01:00.000Z')
    await clock.release()
    wall.ms += 1000
    expect(clock.now()).toBe(START + 61_000)
  })

  test('frozen it stands still, with a rate it runs that many times as fast', async () => {
    const { clock, wall } = setUp()
    await clock.setRate(60)
    wall.ms += 1000
    expect(clock.now()).toBe(START + 60_000)
    expect(clock.wallMsUntil(START + 120_000)).toBe(1000)
    await clock.setFrozen(true)
    wall.ms += 1000
    expect(clock.now()).toBe(START + 60_000)
    expect(clock.wallMsUntil(START + 120_000)).toBeNull()
    expect(clock.wallMsUntil(START)).toBe(0)
    await clock.setFrozen(false)
    wall.ms += 1000
    expect(clock.now()).toBe(START + 120_000)
  })

  test('the past is refused', async () => {
    const { clock } = setUp()
    await expect(clock.holdAt(START - 1)).rejects.toThrow(RangeError)
  })

  test('a clock opened over the same store goes on', async () => {
    const { clock, store, wall } = setUp()
    await clock.holdAt(START + 3_600_000)
    await clock.release()
    wall.ms += 500
    expect(createVirtualClock(store, () => wall.ms).now()).toBe(clock.now())
  })

  test('law: it never goes back, whatever is done to it and to the wall clock', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wall' as const), by: fc.integer({ min: -100_000, max: 100_000 }) }),
      fc.record({ kind: fc.constant('hold' as const), by: fc.integer({ min: 0, max: 100_000 }) }),
      fc.record({ kind: fc.constant('release' as const), by: fc.constant(0) }),
      fc.record({ kind: fc.constant('freeze' as const), by: fc.integer({ min: 0, max: 1 }) }),
      fc.record({ kind: fc.constant('rate' as const), by: fc.integer({ min: 1, max: 5000 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { clock, wall } = setUp()
        let latest = clock.now()
        for (const { kind, by } of steps) {
          if (kind === 'wall') wall.ms += by
          else if (kind === 'hold') await clock.holdAt(clock.now() + by)
          else if (kind === 'release') await clock.release()
          else if (kind === 'freeze') await clock.setFrozen(by === 1)
          else await clock.setRate(by / 10)
          expect(clock.now()).toBeGreaterThanOrEqual(latest)
          latest = clock.now()
        }
      }),
    )
  })

  test('law: a record never shows less than its anchor', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0.001, max: 86_400, noNaN: true }),
        fc.boolean(),
        (wallMs, anchorWallMs, anchorVirtualMs, rate, frozen) => {
          expect(virtualAt({ anchorWallMs, anchorVirtualMs, rate, frozen }, wallMs)).toBeGreaterThanOrEqual(
            anchorVirtualMs,
          )
        },
      ),
    )
  })
})
