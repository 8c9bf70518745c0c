import { openingStep } from '../okta-directory.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { EXHAUSTION_STEPS } from './exhaustion.ts'
import { GROUP_STEPS } from './groups.ts'
import { TABLE } from './licence.ts'
import { LIST_STEPS } from './list.ts'
import { NAMESPACE_STEPS } from './namespace.ts'
import { TABLE_STEP, VALUE_STEPS } from './values.ts'

export const OKTA_LICENCES: Walkthrough = {
  id: 'okta-licences',
  title: 'Licences: a custom attribute from the Profile Editor to Dialpad',
  world: 'connected-okta',
  lead: 'The attribute licenseType is added to both profiles, first without its namespace, to see it silently left out. Then five people get the five values of the article; one is misspelt, one has run out, one is bought by itself. At last groups and administrators decide.',
  steps: [
    openingStep('licences/1', 'Provisioning', TABLE, 'provisioning'),
    ...NAMESPACE_STEPS,
    ...VALUE_STEPS,
    ...LIST_STEPS,
    ...EXHAUSTION_STEPS,
    TABLE_STEP,
    ...GROUP_STEPS,
  ],
}
