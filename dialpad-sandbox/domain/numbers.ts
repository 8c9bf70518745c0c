import type { PhoneNumber } from '../records.ts'

/** Direct numbers (reference sheet 1.8, 1.9): which come next in an area, and when a held one returns to the pool. */

/** After its owner is deleted a number is on hold this long, then it is among the Reserved Numbers. */
export const HOLD_HOURS = 72
export const HOLD_MS = HOLD_HOURS * 3_600_000

/** What a number is at this moment: a hold that has run out is a reservation, computed when read and never scheduled. */
export function numberStatus(number: PhoneNumber, nowMs: number): PhoneNumber['status'] {
  if (number.status !== 'hold') return number.status
  return nowMs >= Date.parse(number.since) + HOLD_MS ? 'reserved' : 'hold'
}

/** Whether numbers of this area code can be had in the country, as far as its numbering plan is known here. */
export function isAreaCode(country: string, areaCode: string): boolean {
  switch (country) {
    case 'US':
    case 'CA':
      return /^[2-9]\d\d$/.test(areaCode)
    case 'GB':
      return /^[1-9]\d{1,3}$/.test(areaCode)
    default:
      return false
  }
}

/** Countries whose numbering we know; elsewhere people are created without a number. */
export const NUMBERED_COUNTRIES: readonly string[] = ['US', 'CA', 'GB']

const NANP_FICTION = 100
const NANP_555 = 9_800
const NANP_DIRECTORY_ASSISTANCE = 1212
const LONDON_FICTION = 1_000
const LOCAL_NUMBERS = 2_000_000

/**
 * The `index`-th number of an area, E.164; all different, none anybody's.
 *
 * North America: 555-0100 to 555-0199, which are kept for fiction, then the rest of the 555 exchange, then exchanges that begin
 * with 0 or 1, which the numbering plan never gives out. London: 020 7946 0000 to 0999 (other cities: 496 0000
 * to 0999), which the regulator keeps for drama, then local numbers that begin with 0 or 1, which do not exist either.
 *
 * @returns `undefined` when the country is not ours or the area is used up.
 */
export function numberInArea(country: string, areaCode: string, index: number): string | undefined {
  switch (country) {
    case 'US':
    case 'CA':
      return northAmerican(areaCode, index)
    case 'GB':
      return british(areaCode, index)
    default:
      return undefined
  }
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

function northAmerican(areaCode: string, index: number): string | undefined {
  if (index < NANP_FICTION) return `+1${areaCode}555${digits(100 + index, 4)}`
  if (index < NANP_FICTION + NANP_555 - 1) {
    const line = 200 + index - NANP_FICTION
    return `+1${areaCode}555${digits(line < NANP_DIRECTORY_ASSISTANCE ? line : line + 1, 4)}`
  }
  const rest = index - NANP_FICTION - NANP_555 + 1
  return rest < LOCAL_NUMBERS ? `+1${areaCode}${digits(rest, 7)}` : undefined
}

function british(areaCode: string, index: number): string | undefined {
  const isLondon = areaCode === '20'
  if (index < LONDON_FICTION) return `+44${areaCode}${isLondon ? '7946' : '496'}${digits(index, 4)}`
  const rest = index - LONDON_FICTION
  return rest < LOCAL_NUMBERS ? `+44${areaCode}${digits(rest, isLondon ? 8 : 7)}` : undefined
}
