import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { ALLOW_STEPS } from './allow.ts'
import { REJECT_STEPS } from './reject.ts'
import { STAGE_STEPS } from './stage.ts'

export const ENTRA_DELETIONS: Walkthrough = {
  id: 'entra-deletions',
  title: 'Accidental deletions: held back, rejected, allowed',
  world: 'connected-entra',
  lead: 'A whole group is unassigned by mistake. Nothing is sent to Dialpad: provisioning goes into quarantine and asks. First the deletions are rejected by undoing their cause; then the same happens on purpose, and they are allowed.',
  steps: [
    openingStep('deletions/1', { article: 'deletions', section: 'Configure accidental deletion prevention' }),
    ...STAGE_STEPS,
    ...REJECT_STEPS,
    ...ALLOW_STEPS,
  ],
}
