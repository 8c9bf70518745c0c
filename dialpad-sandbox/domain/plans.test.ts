import { describe, expect, test } from 'vitest'
import type { Office } from '../records.ts'
import { ENDLESS_LINES, linesFree, linesOwned, nextBillingDate } from './plans.ts'

const office = (seats: Office['seats']): Office => ({
  id: '1',
  companyId: '2',
  name: 'Denver',
  country: 'US',
  areaCode: '720',
  timezone: 'US/Mountain',
  isPrimary: true,
  seats,
})

describe('lines', () => {
  test('a licence that comes without a number is counted as a contact center line', () => {
    expect(linesOwned(office({ talk: 5, lite_support_agents: 3 }))).toMatchObject({
      talk_lines: 5,
      contact_center_lines: 3,
      sell_lines: 0,
      fax_lines: 0,
    })
  })

  test('free lines are what nobody holds, never below zero, and without end where there is none', () => {
    const used = (): number => 4
    expect(linesFree(office({ talk: 5, agents: 2, lite_support_agents: null }), used)).toMatchObject({
      talk_lines: 1,
      sell_lines: 0,
      contact_center_lines: ENDLESS_LINES,
    })
  })
})

describe('the next billing date', () => {
  test.each([
    ['2026-01-15T10:00:00Z', '2026-01-15T10:00:00Z', '2026-02-15T00:00:00.000Z'],
    ['2026-01-15T10:00:00Z', '2026-02-14T23:59:59Z', '2026-02-15T00:00:00.000Z'],
    ['2026-01-15T10:00:00Z', '2026-02-15T00:00:00Z', '2026-03-15T00:00:00.000Z'],
    ['2026-01-31T10:00:00Z', '2026-02-10T00:00:00Z', '2026-02-28T00:00:00.000Z'],
    ['2026-01-31T10:00:00Z', '2026-02-28T12:00:00Z', '2026-03-31T00:00:00.000Z'],
    ['2025-12-31T10:00:00Z', '2025-12-31T12:00:00Z', '2026-01-31T00:00:00.000Z'],
  ])('of a company of %s, on %s: %s', (created, now, expected) => {
    expect(new Date(nextBillingDate(created, Date.parse(now))).toISOString()).toBe(expected)
  })
})
