import { OKTA_IMPORT_NUMBERS } from '#scenarios/walkthroughs/okta-import-numbers/okta-import-numbers.ts'
import type { Course } from '../lesson.ts'
import { LATER_LESSONS } from './okta-import-numbers-later.ts'
import { MATCH_LESSONS } from './okta-import-numbers-match.ts'

export const OKTA_IMPORT_NUMBERS_COURSE: Course = {
  id: OKTA_IMPORT_NUMBERS.id,
  walkthrough: OKTA_IMPORT_NUMBERS,
  lessons: [...MATCH_LESSONS, ...LATER_LESSONS],
}
