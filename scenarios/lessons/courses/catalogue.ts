import type { Course } from '../lesson.ts'
import { ENTRA_CLASSIC_COURSE } from './entra-classic.ts'
import { ENTRA_DELETIONS_COURSE } from './entra-deletions.ts'
import { ENTRA_LIFECYCLE_COURSE } from './entra-lifecycle.ts'
import { ENTRA_LOGS_COURSE } from './entra-logs.ts'
import { ENTRA_ON_DEMAND_COURSE } from './entra-on-demand.ts'
import { ENTRA_PROGRESS_COURSE } from './entra-progress.ts'
import { ENTRA_QUARANTINE_COURSE } from './entra-quarantine.ts'
import { ENTRA_SCOPING_COURSE } from './entra-scoping.ts'
import { ENTRA_SIGNUP_COURSE } from './entra-signup.ts'
import { LEAVER_COURSE } from './leaver.ts'
import { OKTA_IMPORT_NUMBERS_COURSE } from './okta-import-numbers.ts'
import { OKTA_LICENCES_COURSE } from './okta-licences.ts'
import { OKTA_LIFECYCLE_COURSE } from './okta-lifecycle.ts'
import { OKTA_PUSH_GROUPS_COURSE } from './okta-push-groups.ts'
import { SIGN_IN_COURSE } from './sign-in.ts'

/** Every course, in the order they are best taken. */
export const COURSES: readonly Course[] = [
  ENTRA_SIGNUP_COURSE,
  ENTRA_LIFECYCLE_COURSE,
  SIGN_IN_COURSE,
  ENTRA_CLASSIC_COURSE,
  ENTRA_PROGRESS_COURSE,
  ENTRA_ON_DEMAND_COURSE,
  ENTRA_LOGS_COURSE,
  ENTRA_SCOPING_COURSE,
  ENTRA_QUARANTINE_COURSE,
  ENTRA_DELETIONS_COURSE,
  LEAVER_COURSE,
  OKTA_LIFECYCLE_COURSE,
  OKTA_PUSH_GROUPS_COURSE,
  OKTA_LICENCES_COURSE,
  OKTA_IMPORT_NUMBERS_COURSE,
]

/** @returns the course of that name, which is its walkthrough's; `undefined` when there is none. */
export function findCourse(id: string): Course | undefined {
  return COURSES.find((each) => each.id === id)
}
