import type { LicenceType, Office } from '../records.ts'
import { seatsOwned } from './seats.ts'

/** An office's plan in the words of the REST API (reference sheet 1.6, 4.5). */

/** Shown where a world has licences without end. */
export const ENDLESS_LINES = 1_000_000

/** Which counter of a plan a licence is counted under; lite and T-Mobile licences are in none. */
const COUNTERS: readonly (readonly [counter: string, licence: LicenceType])[] = [
  ['talk_lines', 'talk'],
  ['contact_center_lines', 'lite_support_agents'],
  ['sell_lines', 'agents'],
]

/** Lines that the sandbox has no use for, so that no office owns any. */
const UNUSED = [
  'room_lines',
  'fax_lines',
  'additional_number_lines',
  'tollfree_additional_number_lines',
  'tollfree_room_lines',
  'uberconference_lines',
  'tollfree_uberconference_lines',
] as const

/** Licences the office owns, by counter. */
export function linesOwned(office: Office): Readonly<Record<string, number>> {
  return lines((licence) => seatsOwned(office, licence) ?? ENDLESS_LINES)
}

/** Licences nobody holds, by counter; never below zero. */
export function linesFree(office: Office, used: (licence: LicenceType) => number): Readonly<Record<string, number>> {
  return lines((licence) => {
    const owned = seatsOwned(office, licence)
    return owned === null ? ENDLESS_LINES : Math.max(0, owned - used(licence))
  })
}

function lines(count: (licence: LicenceType) => number): Readonly<Record<string, number>> {
  return Object.fromEntries([
    ...COUNTERS.map(([counter, licence]) => [counter, count(licence)] as const),
    ...UNUSED.map((counter) => [counter, 0] as const),
  ])
}

/** The first monthly anniversary of the company after this moment, at midnight UTC; in a shorter month its last day. */
export function nextBillingDate(companyCreatedAt: string, nowMs: number): number {
  const start = new Date(companyCreatedAt)
  const now = new Date(nowMs)
  for (let ahead = 0; ; ahead += 1) {
    const month = now.getUTCMonth() + ahead
    const lastDay = new Date(Date.UTC(now.getUTCFullYear(), month + 1, 0)).getUTCDate()
    const date = Date.UTC(now.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay))
    if (date > nowMs) return date
  }
}
