import { describe, expect, test } from 'vitest'
import { isHours, isOpen } from './departments.ts'

const at = (iso: string): number => Date.parse(iso)

describe('hours', () => {
  test.each([
    [[], true],
    [['08:00', '18:00'], true],
    [['08:00', '12:00', '14:00', '18:00'], true],
    [['08:00'], false],
    [['18:00', '08:00'], false],
    [['08:00', '12:00', '12:00', '18:00'], false],
    [['8:00', '18:00'], false],
    [['08:00', '24:00'], false],
  ])('%j: %s', (times, expected) => {
    expect(isHours(times)).toBe(expected)
  })
})

describe('whether a line takes calls', () => {
  test('always, while hours are not switched on', () => {
    expect(isOpen({}, 'US/Mountain', at('2026-03-01T03:00:00Z'))).toBe(true)
    expect(isOpen({ hours: { sunday: [] } }, 'US/Mountain', at('2026-03-01T12:00:00Z'))).toBe(true)
  })

  test('by the time of the office, from the opening on and not at the closing time', () => {
    const open = (iso: string): boolean => isOpen({ hoursOn: true }, 'US/Mountain', at(iso))
    // Monday; Denver is seven hours behind.
    expect(open('2026-03-02T14:59:59Z')).toBe(false)
    expect(open('2026-03-02T15:00:00Z')).toBe(true)
    expect(open('2026-03-03T00:59:59Z')).toBe(true)
    expect(open('2026-03-03T01:00:00Z')).toBe(false)
    expect(open('2026-03-01T18:00:00Z')).toBe(false)
  })

  test('a break at noon', () => {
    const line = { hoursOn: true, hours: { monday: ['08:00', '12:00', '14:00', '18:00'] } }
    expect(isOpen(line, 'Europe/London', at('2026-03-02T11:59:00Z'))).toBe(true)
    expect(isOpen(line, 'Europe/London', at('2026-03-02T12:00:00Z'))).toBe(false)
    expect(isOpen(line, 'Europe/London', at('2026-03-02T14:00:00Z'))).toBe(true)
  })

  test('in a timezone nobody knows it is UTC', () => {
    expect(isOpen({ hoursOn: true }, 'Atlantis', at('2026-03-02T08:00:00Z'))).toBe(true)
    expect(isOpen({ hoursOn: true }, 'Atlantis', at('2026-03-02T07:59:00Z'))).toBe(false)
  })
})
