import { openingStep } from '../okta-directory.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { MATCH_STEPS } from './match.ts'
import { NUMBER_STEPS } from './numbers.ts'
import { SAFEGUARD_STEPS } from './safeguard.ts'
import { SCHEDULE_STEPS } from './schedule.ts'

export const OKTA_IMPORT_NUMBERS: Walkthrough = {
  id: 'okta-import-numbers',
  title: 'Import: who has Dialpad, and their numbers into Okta',
  world: 'connected-okta',
  lead: 'Okta reads Dialpad: one account is matched and confirmed, one becomes a new person. Then the numbers Dialpad gave out come into the profiles of Okta, by hand and every day by itself. At last two people are deleted in Dialpad, and the safeguard asks before they lose the app.',
  steps: [
    openingStep('numbers/1', 'Import', { article: 'import-users', section: 'Import users from an app' }, 'import'),
    ...MATCH_STEPS,
    ...NUMBER_STEPS,
    ...SCHEDULE_STEPS,
    ...SAFEGUARD_STEPS,
  ],
}
