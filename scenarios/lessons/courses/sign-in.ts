import { SIGN_IN_WALKTHROUGH } from '#scenarios/walkthroughs/sign-in/sign-in.ts'
import type { Course } from '../lesson.ts'
import { CONSENT_LESSONS, CONSENT_TROUBLE_LESSONS } from './sign-in-consent.ts'
import { SAML_LESSONS } from './sign-in-saml.ts'
import { SAML_TROUBLE_LESSONS } from './sign-in-trouble.ts'

export const SIGN_IN_COURSE: Course = {
  id: SIGN_IN_WALKTHROUGH.id,
  walkthrough: SIGN_IN_WALKTHROUGH,
  lessons: [...CONSENT_LESSONS, ...SAML_LESSONS, ...SAML_TROUBLE_LESSONS, ...CONSENT_TROUBLE_LESSONS],
}
