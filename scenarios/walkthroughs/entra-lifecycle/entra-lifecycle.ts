import type { Walkthrough } from '../walkthrough.ts'
import { ASSIGN_STEPS } from './assign.ts'
import { CONFIGURE_STEPS } from './configure.ts'
import { DIALPAD_KEY_STEPS } from './dialpad-key.ts'
import { GALLERY_STEPS } from './gallery.ts'
import { LIFE_STEPS } from './life.ts'
import { MONITOR_STEPS } from './monitor.ts'

export const ENTRA_LIFECYCLE: Walkthrough = {
  id: 'entra-lifecycle',
  title: 'Entra provisions Dialpad: from the API key to a leaver deleted',
  world: 'brightwave',
  lead: "Microsoft's tutorial of 2025, instruction by instruction, and then what it is for: people change, move, leave, come back and are deleted.",
  steps: [...DIALPAD_KEY_STEPS, ...GALLERY_STEPS, ...ASSIGN_STEPS, ...CONFIGURE_STEPS, ...MONITOR_STEPS, ...LIFE_STEPS],
}
