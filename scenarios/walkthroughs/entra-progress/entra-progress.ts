import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { CHANGE_STEPS } from './changes.ts'
import { FOLLOW_STEPS } from './follow.ts'
import { READ_STEPS } from './read.ts'

export const ENTRA_PROGRESS: Walkthrough = {
  id: 'entra-progress',
  title: 'Progress: when is somebody in, and how far is the cycle?',
  world: 'connected-entra',
  lead: 'What the Overview tells after a cycle, why nothing happens for forty minutes, an initial cycle followed while it runs, numbers that never fall, and what Stop and Start do.',
  steps: [
    openingStep('progress/1', { article: 'progress', section: 'View the provisioning progress bar' }),
    ...READ_STEPS,
    ...FOLLOW_STEPS,
    ...CHANGE_STEPS,
  ],
}
