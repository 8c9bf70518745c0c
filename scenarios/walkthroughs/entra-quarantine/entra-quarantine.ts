import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { ENTER_STEPS } from './enter.ts'
import { LEAVE_STEPS } from './leave.ts'

export const ENTRA_QUARANTINE: Walkthrough = {
  id: 'entra-quarantine',
  title: 'Quarantine: the key is revoked, and what it takes to be healthy again',
  world: 'connected-entra',
  lead: 'An API key disappears in Dialpad. The next cycle puts provisioning into quarantine: the Overview, a mail and the audit logs say so. A restart alone does not help; a new key does.',
  steps: [
    openingStep('quarantine/1', {
      article: 'quarantine',
      section: 'How do I know if my application is in quarantine?',
    }),
    ...ENTER_STEPS,
    ...LEAVE_STEPS,
  ],
}
