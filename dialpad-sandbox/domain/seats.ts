import type { Company, LicenceType, Office } from '../records.ts'
import { licenceName } from './licences.ts'

/** Licences owned and used, per office and type (reference sheet 1.6, 1.7). */

/** Seats owned; `null`: without end. */
export function seatsOwned(office: Office, licence: LicenceType): number | null {
  const owned = office.seats[licence]
  return owned === undefined ? 0 : owned
}

export type SeatDecision =
  | { readonly kind: 'free' }
  /** The company tops up by itself: the office owns one more afterwards. */
  | { readonly kind: 'purchase'; readonly office: Office }
  | { readonly kind: 'refused'; readonly message: string }

export function isSeatFree(office: Office, licence: LicenceType, used: number): boolean {
  const owned = seatsOwned(office, licence)
  return owned === null || used < owned
}

/** Decide whether one more person may hold `licence` in `office`, where `used` seats are taken. */
export function takeSeat(
  office: Office,
  licence: LicenceType,
  used: number,
  exhaustion: Company['scim']['exhaustion'],
): SeatDecision {
  if (isSeatFree(office, licence, used)) return { kind: 'free' }
  if (exhaustion === 'purchase') {
    return { kind: 'purchase', office: { ...office, seats: { ...office.seats, [licence]: used + 1 } } }
  }
  return { kind: 'refused', message: `No available ${licenceName(licence)} licenses in office ${office.name}` }
}
