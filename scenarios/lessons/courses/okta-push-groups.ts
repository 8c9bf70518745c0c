import { OKTA_PUSH_GROUPS } from '#scenarios/walkthroughs/okta-push-groups/okta-push-groups.ts'
import type { Course } from '../lesson.ts'
import { GROUP_LIFE_LESSONS } from './okta-push-groups-life.ts'
import { GROUP_LINK_LESSONS } from './okta-push-groups-links.ts'

export const OKTA_PUSH_GROUPS_COURSE: Course = {
  id: OKTA_PUSH_GROUPS.id,
  walkthrough: OKTA_PUSH_GROUPS,
  lessons: [...GROUP_LIFE_LESSONS, ...GROUP_LINK_LESSONS],
}
