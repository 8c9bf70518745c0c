import { OKTA_IMPORT_NUMBERS_COURSE } from '../courses/okta-import-numbers.ts'
import { OKTA_LICENCES_COURSE } from '../courses/okta-licences.ts'
import { OKTA_LIFECYCLE_COURSE } from '../courses/okta-lifecycle.ts'
import { OKTA_PUSH_GROUPS_COURSE } from '../courses/okta-push-groups.ts'
import { proveCourses } from './prove-courses.ts'

proveCourses(OKTA_LIFECYCLE_COURSE, OKTA_PUSH_GROUPS_COURSE, OKTA_LICENCES_COURSE, OKTA_IMPORT_NUMBERS_COURSE)
