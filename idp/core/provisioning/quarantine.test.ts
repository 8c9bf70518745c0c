import { describe, expect, test } from 'vitest'
import { PUBLISHED_THRESHOLDS, scaleThresholds, thresholdPassed } from './quarantine.ts'

/** The worked cases of reference sheet 6.1, word for word; the lab meets the same ones a thousand times smaller. */
const WORKED_CASES = [
  ['4,000 failures', { succeeded: 0, failed: 4_000, failedReferences: 0 }, null],
  ['45,000 failures', { succeeded: 1_000_000, failed: 45_000, failedReferences: 0 }, 'EncounteredBaseEscrowThreshold'],
  [
    '30,000 fail + 5,000 ok',
    { succeeded: 5_000, failed: 30_000, failedReferences: 0 },
    'EncounteredEscrowProportionThreshold',
  ],
  ['20,000 fail + 100,000 ok', { succeeded: 100_000, failed: 20_000, failedReferences: 0 }, null],
  [
    '40,000 users + 21,000 managers',
    { succeeded: 1_000_000, failed: 40_000, failedReferences: 21_000 },
    'EncounteredTotalEscrowThreshold',
  ],
] as const

describe('6.1 worked cases', () => {
  test.each(WORKED_CASES)('%s', (_, events, reason) => {
    expect(thresholdPassed(events, PUBLISHED_THRESHOLDS)).toBe(reason)
  })

  test.each(WORKED_CASES)('%s, in a tenant a thousand times smaller', (_, events, reason) => {
    const small = {
      succeeded: events.succeeded / 1_000,
      failed: events.failed / 1_000,
      failedReferences: events.failedReferences / 1_000,
    }
    expect(thresholdPassed(small, scaleThresholds(PUBLISHED_THRESHOLDS, 1_000))).toBe(reason)
  })
})

describe('6.1 thresholds', () => {
  const judge = (failed: number, succeeded: number, failedReferences = 0) =>
    thresholdPassed({ failed, succeeded, failedReferences }, PUBLISHED_THRESHOLDS)

  test('Proportional: evaluated from 5,000 failures on, passed above 40 %', () => {
    expect(judge(4_999, 0)).toBeNull()
    expect(judge(5_000, 7_500)).toBeNull()
    expect(judge(5_001, 7_500)).toBe('EncounteredEscrowProportionThreshold')
  })

  test('Non-reference cap: more than 40,000', () => {
    expect(judge(40_000, 1_000_000)).toBeNull()
    expect(judge(40_001, 1_000_000)).toBe('EncounteredBaseEscrowThreshold')
  })

  test('Absolute cap: 60,000, references included', () => {
    expect(judge(0, 0, 60_000)).toBeNull()
    expect(judge(1, 0, 60_000)).toBe('EncounteredTotalEscrowThreshold')
  })

  test('reference failures do not count toward the proportion', () => {
    expect(judge(4_999, 0, 20_000)).toBeNull()
  })

  test('50 failing users in a tenant of 60 do not quarantine with the published numbers, and do with the scaled ones', () => {
    expect(judge(50, 10)).toBeNull()
    const scaled = scaleThresholds(PUBLISHED_THRESHOLDS, 1_000)
    expect(scaled).toEqual({ proportionFrom: 5, proportion: 0.4, base: 40, total: 60 })
    expect(thresholdPassed({ failed: 50, succeeded: 10, failedReferences: 0 }, scaled)).not.toBeNull()
  })

  test('a scaled count never falls to nothing', () => {
    expect(scaleThresholds(PUBLISHED_THRESHOLDS, 1e9).proportionFrom).toBe(1)
  })
})
