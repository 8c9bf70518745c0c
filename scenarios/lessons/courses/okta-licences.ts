import { OKTA_LICENCES } from '#scenarios/walkthroughs/okta-licences/okta-licences.ts'
import type { Course } from '../lesson.ts'
import { SUPPLY_LESSONS } from './okta-licences-supply.ts'
import { VALUE_LESSONS } from './okta-licences-values.ts'

export const OKTA_LICENCES_COURSE: Course = {
  id: OKTA_LICENCES.id,
  walkthrough: OKTA_LICENCES,
  lessons: [...VALUE_LESSONS, ...SUPPLY_LESSONS],
}
