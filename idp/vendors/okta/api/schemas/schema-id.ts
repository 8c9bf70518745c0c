import { lettersOf } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import { orgOf } from '../org/user-type.ts'

/** Id of the schema of the one type people have, a value of the org (reference sheet 6.2): `osc…`. */
export function userSchemaId(reader: OktaReader): string {
  return lettersOf(`${orgOf(reader).id}/user-schema`, 'osc', 17)
}
