import type { SystemSpec } from '#kit/system/system.ts'
import { keepApiKeys } from './commands/api-keys.ts'
import { DIALPAD_LEDGER } from './fidelity.ts'
import { DIALPAD_COLLECTIONS, type DialpadShape } from './records.ts'
import { REST_LEDGER } from './rest/fidelity.ts'
import { REST_OPERATIONS } from './rest/route-table.ts'
import { seedDialpad } from './world.ts'

/** Operations a fault rule may name. The portal's and the sign-in's are taken by those rooms. */
export const DIALPAD_OPERATIONS = [
  'scim.users.create',
  'scim.users.list',
  'scim.users.get',
  'scim.users.replace',
  'scim.users.patch',
  'scim.users.delete',
  'scim.groups.create',
  'scim.groups.list',
  'scim.groups.get',
  'scim.groups.replace',
  'scim.groups.patch',
  'scim.groups.delete',
  'scim.search',
  'scim.discovery',
  'portal.page',
  'portal.sign-in',
] as const

export type DialpadOperation = (typeof DIALPAD_OPERATIONS)[number]

/** What Dialpad declares about itself. */
export const DIALPAD_SPEC: SystemSpec<DialpadShape> = {
  name: 'dialpad',
  collections: DIALPAD_COLLECTIONS,
  operations: [...DIALPAD_OPERATIONS, ...REST_OPERATIONS],
  ledger: [...DIALPAD_LEDGER, ...REST_LEDGER],
  seed: seedDialpad,
  resetOptions: { keepApiKeys },
}
