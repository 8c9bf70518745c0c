import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { BLANK_STEPS } from './blanks.ts'
import { FILTER_STEPS } from './first-filter.ts'

export const ENTRA_SCOPING: Walkthrough = {
  id: 'entra-scoping',
  title: 'Scoping filters: who is provisioned, by attribute',
  world: 'connected-entra',
  lead: 'A filter in the wrong case, seen before it is saved; the right one, and who drops out; people without a value; two filters; and back to all records.',
  steps: [
    openingStep('scoping/1', { article: 'scoping', section: 'Create a scoping filter' }),
    ...FILTER_STEPS,
    ...BLANK_STEPS,
  ],
}
