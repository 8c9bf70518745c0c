import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { departureFor, GIVE_UP_AFTER_MS, type LeaveReason, nextObjectAttempt, nextRung } from './policy.ts'

const HOUR = 3_600_000
const FIRST = Date.parse('2026-03-02T09:00:00Z')

describe('the deprovisioning matrix', () => {
  test.each([
    ['unassigned', 'disable', false],
    ['out-of-filter', 'disable', false],
    ['blocked', 'disable', true],
    ['soft-deleted', 'disable', true],
    ['hard-deleted', 'delete', false],
  ] as const)('%s: %s, stays managed: %s', (reason, verb, staysManaged) => {
    expect(departureFor(reason, { onUnassign: 'disable' })).toEqual({ verb, staysManaged })
  })

  test('a target that knows no disabled accounts gets a DELETE in every row', () => {
    const reasons: readonly LeaveReason[] = ['unassigned', 'out-of-filter', 'blocked', 'soft-deleted', 'hard-deleted']
    for (const reason of reasons) expect(departureFor(reason, { onUnassign: 'delete' }).verb).toBe('delete')
  })

  test('skipping out-of-scope deletions spares who left scope, not who is blocked', () => {
    for (const reason of ['unassigned', 'out-of-filter'] as const) {
      expect(departureFor(reason, { onUnassign: 'nothing' })).toEqual({ verb: 'nothing', staysManaged: false })
    }
    expect(departureFor('blocked', { onUnassign: 'nothing' }).verb).toBe('disable')
    expect(departureFor('hard-deleted', { onUnassign: 'nothing' }).verb).toBe('delete')
  })
})

describe('retries', () => {
  test('the first three failures are tried again with the next cycle', () => {
    for (const attempts of [1, 2, 3]) expect(nextObjectAttempt(attempts, FIRST, FIRST + HOUR)).toBe(FIRST + HOUR)
  })

  test.each([
    [0, 6],
    [5.9, 6],
    [6, 12],
    [12, 24],
    [24, 48],
    [49, 72],
  ])('%s hours after the first failure the next rung is hour %s', (elapsed, rung) => {
    expect(nextRung(FIRST, FIRST + elapsed * HOUR)).toBe(FIRST + rung * HOUR)
    expect(nextObjectAttempt(4, FIRST, FIRST + elapsed * HOUR)).toBe(FIRST + rung * HOUR)
  })

  test('after 28 days it is given up', () => {
    expect(nextRung(FIRST, FIRST + GIVE_UP_AFTER_MS)).toBeNull()
    expect(nextObjectAttempt(2, FIRST, FIRST + GIVE_UP_AFTER_MS)).toBeNull()
  })

  test('law: a rung always lies ahead, and within a day once the ladder is climbed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: GIVE_UP_AFTER_MS }), (elapsed) => {
        const rung = nextRung(FIRST, FIRST + elapsed)
        if (rung === null) return elapsed >= GIVE_UP_AFTER_MS - 24 * HOUR
        return rung > FIRST + elapsed && rung - FIRST - elapsed <= 24 * HOUR
      }),
    )
  })
})
