import { lettersOf } from '#kit/ids.ts'
import type { OktaOrg, OktaReader } from '../../collections.ts'

/** @throws {Error} for a store without a world: a bug. */
export function orgOf(reader: OktaReader): OktaOrg {
  const org = reader.get('org', 'org')
  if (org === undefined) throw new Error('The store holds no org.')
  return org
}

/** Id of the one type people have: `oty…`. */
export function userTypeIdOf(reader: OktaReader): string {
  return lettersOf(`${orgOf(reader).id}/user-type`, 'oty', 17)
}
