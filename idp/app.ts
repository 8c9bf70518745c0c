import { type Residence, residence } from '#kit/system/host-systems.ts'
import { createEntra } from './vendors/entra/app.tsx'
import { ENTRA_SPEC } from './vendors/entra/spec.ts'
import { createOkta } from './vendors/okta/app.tsx'
import { OKTA_SPEC } from './vendors/okta/spec.ts'

export type { EntraSceneCalls } from './vendors/entra/scene/commands.ts'
export type { OktaSceneCalls } from './vendors/okta/scene/commands.ts'

/** Both directories, ready to be hosted: in a process of their own, or beside the other systems. */
export function idpResidences(): readonly Residence[] {
  return [residence(ENTRA_SPEC, createEntra), residence(OKTA_SPEC, createOkta)]
}
