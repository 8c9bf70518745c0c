import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { GROUP_STEPS } from './groups-on-demand.ts'
import { PEOPLE_STEPS } from './people-on-demand.ts'

export const ENTRA_ON_DEMAND: Walkthrough = {
  id: 'entra-on-demand',
  title: 'Provision on demand: one person at once, and why nothing happens',
  world: 'connected-entra',
  lead: 'Who is not assigned, what is sent for who is, Retry, a connection that fails, somebody who cannot be chosen, and a group with five members.',
  steps: [
    openingStep('on-demand/1', { article: 'on-demand', section: 'How to use on-demand provisioning' }),
    ...PEOPLE_STEPS,
    ...GROUP_STEPS,
  ],
}
