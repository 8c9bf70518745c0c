import type { Walkthrough } from '../walkthrough.ts'
import { DIALPAD_KEY_STEPS } from './dialpad-key.ts'
import { GALLERY_STEPS } from './gallery.ts'

export const ENTRA_LIFECYCLE: Walkthrough = {
  id: 'entra-lifecycle',
  title: 'Entra provisions Dialpad: from the API key to a leaver deleted',
  world: 'brightwave',
  lead: "Microsoft's tutorial of 2025, instruction by instruction, and then what it is for: people change, move, leave and come back.",
  steps: [...DIALPAD_KEY_STEPS, ...GALLERY_STEPS],
}
