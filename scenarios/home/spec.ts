import type { SystemSpec } from '#kit/system/system.ts'
import { CERTIFY_LEDGER } from '#scenarios/certify/fidelity.ts'
import { HOME_LEDGER } from './fidelity.ts'
import { HOME_COLLECTIONS, type HomeShape } from './records.ts'

/** What the kit home declares about itself. Every world begins with an empty inbox. */
export const HOME_SPEC: SystemSpec<HomeShape> = {
  name: 'kit',
  collections: HOME_COLLECTIONS,
  operations: [],
  ledger: [...HOME_LEDGER, ...CERTIFY_LEDGER],
  seed: () => {},
}
