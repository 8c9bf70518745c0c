import { LEAVER_COURSE } from '../courses/leaver.ts'
import { SIGN_IN_COURSE } from '../courses/sign-in.ts'
import { proveCourses } from './prove-courses.ts'

proveCourses(SIGN_IN_COURSE, LEAVER_COURSE)
