import type { Reader } from '#kit/store/store.ts'
import { seatsUsed } from '../commands/place-users.ts'
import { LICENCES } from '../domain/licences.ts'
import { seatsOwned } from '../domain/seats.ts'
import type { DialpadShape, LicenceType, Office } from '../records.ts'

export interface LicenceCount {
  readonly type: LicenceType
  readonly name: string
  /** `null`: without end. */
  readonly owned: number | null
  readonly used: number
}

/** The licences an office owns or uses. */
export function licencesOf(reader: Reader<DialpadShape>, office: Office): readonly LicenceCount[] {
  return LICENCES.flatMap(({ type, names }) => {
    const [owned, used] = [seatsOwned(office, type), seatsUsed(reader, office.id, type)]
    return owned === 0 && used === 0 ? [] : [{ type, name: names['2025'], owned, used }]
  })
}
