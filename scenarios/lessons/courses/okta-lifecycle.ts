import { KEPT } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import type { Course } from '../lesson.ts'
import { OTHER_LESSONS, STANDARD_LESSONS } from './okta-lifecycle-attributes.ts'
import { CONNECT_LESSONS } from './okta-lifecycle-connect.ts'
import { LICENSE_LESSONS, OFFICE_LESSONS } from './okta-lifecycle-custom-attributes.ts'
import { LIFE_LESSONS } from './okta-lifecycle-life.ts'
import { PEOPLE_LESSONS } from './okta-lifecycle-people.ts'
import { SIGN_ON_LESSONS } from './okta-lifecycle-sign-on.ts'

export const OKTA_LIFECYCLE_COURSE: Course = {
  id: OKTA_LIFECYCLE.id,
  walkthrough: OKTA_LIFECYCLE,
  lessons: [
    ...SIGN_ON_LESSONS,
    ...CONNECT_LESSONS,
    ...PEOPLE_LESSONS,
    ...STANDARD_LESSONS,
    ...OFFICE_LESSONS,
    ...OTHER_LESSONS,
    ...LICENSE_LESSONS,
    ...LIFE_LESSONS,
  ],
  supplies: {
    async [KEPT.loginUrl](walk) {
      const { companies } = await pictureDialpad(walk.control.dialpad)
      return `${walk.urls.dialpad}/saml/sso/okta/${companies[0]?.domains[0]}`
    },
  },
}
