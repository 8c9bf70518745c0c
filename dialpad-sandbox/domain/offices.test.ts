import { describe, expect, test } from 'vitest'
import type { Company, Office } from '../records.ts'
import { chooseOffice, requestedOffice } from './offices.ts'

const office = (name: string, country: string, isPrimary = false): Office => ({
  id: name.toLowerCase(),
  companyId: 'company',
  name,
  country,
  areaCode: '720',
  timezone: 'US/Mountain',
  isPrimary,
  seats: { talk: 1 },
})
const OFFICES = [office('Toronto', 'CA'), office('Denver', 'US', true), office('London', 'GB'), office('Boston', 'US')]
const BEST: Company['scim'] = {
  officeField: 'physicalDeliveryOfficeName',
  mismatch: { kind: 'best' },
  exhaustion: 'reject',
}
const choose = (
  request: Parameters<typeof chooseOffice>[0],
  country?: string,
  settings = BEST,
  canTake: (office: Office) => boolean = () => true,
): string => {
  const choice = chooseOffice(request, country, OFFICES, settings, canTake)
  return choice.kind === 'none' ? 'none' : `${choice.kind}: ${choice.office.name}`
}

describe('the office of a new user', () => {
  test('the exact name wins over the country', () => {
    expect(choose({ physicalDeliveryOfficeName: 'London' }, 'US')).toBe('name: London')
  })

  test('the field of the setting is read first', () => {
    const request = { department: 'London', officeName: 'Toronto', physicalDeliveryOfficeName: 'Denver' }
    expect(choose(request)).toBe('name: Denver')
    expect(choose(request, undefined, { ...BEST, officeField: 'department' })).toBe('name: London')
  })

  test('when the field is empty the others are read: physicalDeliveryOfficeName, officeName, department', () => {
    expect(requestedOffice({ department: 'London', officeName: 'Toronto' }, 'physicalDeliveryOfficeName')).toBe(
      'Toronto',
    )
    expect(requestedOffice({ department: 'London', physicalDeliveryOfficeName: '' }, 'officeName')).toBe('London')
    expect(requestedOffice({}, 'officeName')).toBeUndefined()
  })

  test('a trailing blank is no match', () => {
    expect(choose({ officeName: 'London ' })).toBe('fallback: Denver')
  })

  test('another case is no match', () => {
    expect(choose({ officeName: 'london' }, 'CA')).toBe('country: Toronto')
  })

  test('the country counts without case, and its primary office comes first', () => {
    expect(choose({ officeName: 'Lyon' }, 'us')).toBe('country: Denver')
  })

  test('of several offices in the country one with room is taken', () => {
    expect(choose({ officeName: 'Lyon' }, 'US', BEST, (each) => each.name === 'Boston')).toBe('country: Boston')
  })

  test('when no office of the country has room the refusal is to name the first one', () => {
    expect(choose({}, 'US', BEST, () => false)).toBe('country: Denver')
  })

  test('the best matching office is the primary one, or one that can take the user', () => {
    expect(choose({ officeName: 'Lyon' }, 'FR')).toBe('fallback: Denver')
    expect(choose({ officeName: 'Lyon' }, 'FR', BEST, (each) => each.name === 'London')).toBe('fallback: London')
  })

  test('the setting may name an office for everybody who matches nothing', () => {
    const settings: Company['scim'] = { ...BEST, mismatch: { kind: 'office', officeId: 'london' } }
    expect(choose({ officeName: 'Lyon' }, 'FR', settings)).toBe('fallback: London')
    expect(choose({ officeName: 'Lyon' }, 'CA', settings)).toBe('country: Toronto')
  })

  test('the setting may be not to create such users', () => {
    expect(choose({ officeName: 'Lyon' }, 'FR', { ...BEST, mismatch: { kind: 'reject' } })).toBe('none')
  })

  test('an office that is gone leaves nothing to choose', () => {
    expect(choose({}, undefined, { ...BEST, mismatch: { kind: 'office', officeId: 'closed' } })).toBe('none')
  })
})
