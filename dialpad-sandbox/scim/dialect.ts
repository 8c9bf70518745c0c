import type { DialpadSystem } from '../commands/work.ts'
import { ENTRA_HABITS } from './dialects/entra.ts'
import { type Leniency, toleranceOf } from './dialects/tolerated.ts'
import { DIALPAD_USER_TYPE } from './resource-types.ts'

/** How requests are read, by the switch `scim-dialect` (FID-DIALPAD-SCIM-08). */

/** In both: what nobody described is kept and echoed, further extensions too (FID-DIALPAD-SCIM-04). */
const ALWAYS: Leniency = { undescribedAttributes: 'keep', unknownSchemas: true, urns: DIALPAD_USER_TYPE.urns }

const STRICT: Leniency = { ...ALWAYS, exactOps: true }
const TOLERANT: Leniency = { ...toleranceOf(ENTRA_HABITS), ...ALWAYS }

export function dialectOf(system: DialpadSystem): Leniency {
  return system.switches.value('scim-dialect') === 'strict' ? STRICT : TOLERANT
}
