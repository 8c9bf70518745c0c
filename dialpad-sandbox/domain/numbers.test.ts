import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PhoneNumber } from '../records.ts'
import { numberInArea, numberStatus } from './numbers.ts'

const held: PhoneNumber = {
  number: '+17205550100',
  companyId: 'company',
  officeId: 'denver',
  areaCode: '720',
  status: 'hold',
  since: '2026-03-02T09:00:00.000Z',
}

describe('numbers', () => {
  test.each([
    ['US', '720', 0, '+17205550100'],
    ['CA', '416', 99, '+14165550199'],
    ['US', '720', 100, '+17205550200'],
    ['US', '720', 1_111, '+17205551211'],
    ['US', '720', 1_112, '+17205551213'],
    ['US', '720', 9_898, '+17205559999'],
    ['US', '720', 9_899, '+17200000000'],
    ['GB', '20', 142, '+442079460142'],
    ['GB', '20', 1_000, '+442000000000'],
    ['GB', '113', 7, '+441134960007'],
  ])('number of %s %s at %i is %s', (country, areaCode, index, number) => {
    expect(numberInArea(country, areaCode, index)).toBe(number)
  })

  test('an unknown country has none, and an area comes to its end', () => {
    expect(numberInArea('FR', '1', 0)).toBeUndefined()
    expect(numberInArea('US', '720', 2_009_899)).toBeUndefined()
  })

  test('law: no number is given twice, and none is longer than E.164 allows', () => {
    const place = fc.constantFrom(['US', '720'] as const, ['GB', '20'] as const, ['GB', '113'] as const)
    const index = fc.nat(2_000_000)
    fc.assert(
      fc.property(place, index, index, ([country, areaCode], one, other) => {
        const numbers = [numberInArea(country, areaCode, one), numberInArea(country, areaCode, other)]
        expect(numbers[0] === numbers[1]).toBe(one === other)
        expect(numbers[0]).toMatch(country === 'US' ? /^\+1\d{10}$/ : /^\+44\d{10}$/)
      }),
    )
  })

  test('a hold ends after exactly 72 hours', () => {
    const end = Date.parse('2026-03-05T09:00:00.000Z')
    expect([numberStatus(held, end - 1), numberStatus(held, end)]).toEqual(['hold', 'reserved'])
  })
})
