import { ENTRA_LIFECYCLE } from '#scenarios/walkthroughs/entra-lifecycle/entra-lifecycle.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Course } from '../lesson.ts'
import {
  assignFirstLesson,
  assignGroupLesson,
  consentLesson,
  findInGalleryLesson,
  toGalleryLesson,
  toLogInLesson,
} from './entra-app-lessons.ts'
import { atDialpad, KEYS_PAGE, makeKeyLesson, openKeysLesson, supplyApiKey } from './entra-key-lessons.ts'
import { LIFECYCLE_CONFIGURE, LIFECYCLE_MONITOR } from './entra-lifecycle-configure.ts'
import { LIFECYCLE_LIFE } from './entra-lifecycle-life.ts'

export const ENTRA_LIFECYCLE_COURSE: Course = {
  id: ENTRA_LIFECYCLE.id,
  walkthrough: ENTRA_LIFECYCLE,
  supplies: { apiKey: supplyApiKey },
  lessons: [
    openKeysLesson('001/dialpad/1'),
    makeKeyLesson(['001/dialpad/2', '001/dialpad/3'], atDialpad(KEYS_PAGE, PEOPLE.owner), 'Add key'),
    toGalleryLesson(['001/gallery/1', '001/gallery/2'], PEOPLE.applications, 'Enterprise apps'),
    findInGalleryLesson('001/gallery/3'),
    toLogInLesson(['001/gallery/4', '001/gallery/5']),
    consentLesson(['001/gallery/6', '001/gallery/7']),
    assignFirstLesson('001/assign/1', PEOPLE.applications),
    assignGroupLesson('001/assign/2'),
    ...LIFECYCLE_CONFIGURE,
    ...LIFECYCLE_MONITOR,
    ...LIFECYCLE_LIFE,
  ],
}
