import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

describe('parseDuration', () => {
  test.each([
    ['PT40M', 2_400_000],
    ['P30D', 2_592_000_000],
    ['P1DT12H', 129_600_000],
    ['PT0.5S', 500],
    ['PT1H0M1.25S', 3_601_250],
    ['P2W', 1_209_600_000],
    ['PT0S', 0],
  ])('%s is %i milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each([
    '',
    'P',
    'PT',
    'P1DT',
    '40M',
    'PT40',
    '-PT1M',
    'PT-1M',
    'P1M',
    'P1Y',
    'PT1.5H',
    'P1W1D',
    'PT1M1H',
    'pt1m',
    ' PT1M',
    'PT1,5S',
  ])('"%s" is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('law: days, hours, minutes and seconds add up', () => {
    const part = fc.integer({ min: 0, max: 9999 })
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        const expected = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
        expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(expected)
      }),
    )
  })
})
