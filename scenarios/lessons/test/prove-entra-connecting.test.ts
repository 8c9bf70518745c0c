import { ENTRA_CLASSIC_COURSE } from '../courses/entra-classic.ts'
import { ENTRA_LIFECYCLE_COURSE } from '../courses/entra-lifecycle.ts'
import { ENTRA_SIGNUP_COURSE } from '../courses/entra-signup.ts'
import { proveCourses } from './prove-courses.ts'

proveCourses(ENTRA_SIGNUP_COURSE, ENTRA_LIFECYCLE_COURSE, ENTRA_CLASSIC_COURSE)
