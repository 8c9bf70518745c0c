import type { DialpadSystem } from '../commands/work.ts'
import { LENIENT_HABITS } from './dialects/all.ts'
import { type Leniency, type LenientHabit, switchOf, toleranceOf } from './dialects/tolerated.ts'
import { DIALPAD_USER_TYPE } from './resource-types.ts'

/** How requests are read: the RFC, and of the dialects what is switched on (FID-DIALPAD-SCIM-08, FID-DIALPAD-DIALECT-…). */

const STRICT: Leniency = { exactOps: true, urns: DIALPAD_USER_TYPE.urns }
const TOLERANT: Leniency = { ...STRICT, ...toleranceOf(LENIENT_HABITS) }

/** With `scim-dialect` at strict no habit counts, whatever its own switch says. */
export function dialectOf({ switches }: DialpadSystem): Leniency {
  if (switches.value('scim-dialect') === 'strict') return STRICT
  const isOn = (habit: LenientHabit): boolean => switches.value(switchOf(habit)) === 'on'
  return LENIENT_HABITS.every(isOn) ? TOLERANT : { ...STRICT, ...toleranceOf(LENIENT_HABITS.filter(isOn)) }
}
