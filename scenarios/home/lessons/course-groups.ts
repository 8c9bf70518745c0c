import type { Course } from '#scenarios/lessons/lesson.ts'

/** Courses that belong together, in the order they are best taken. */
export interface CourseGroup {
  readonly title: string
  readonly lead: string
  readonly courses: readonly Course[]
}

const GROUPS: readonly (Omit<CourseGroup, 'courses'> & { readonly holds: (id: string) => boolean })[] = [
  {
    title: 'Connect and provision with Entra',
    lead: 'The published tutorials, instruction by instruction.',
    holds: (id) => ['entra-signup', 'entra-lifecycle', 'entra-classic'].includes(id),
  },
  {
    title: 'Sign in, and sign out for good',
    lead: 'Consent and SAML, what goes wrong with them, and every door a leaver had.',
    holds: (id) => ['sign-in', 'leaver'].includes(id),
  },
  {
    title: 'Okta, as what differs',
    lead: 'The same people, the same target, another way of thinking: events in place of cycles.',
    holds: (id) => id.startsWith('okta-'),
  },
  {
    title: 'Run it: six articles by Microsoft',
    lead: 'On demand, logs, progress, quarantine, deletions and scope, in a world that is connected already.',
    holds: () => true,
  },
]

/** Every course in the first group that holds it; groups without a course are left out. */
export function groupCourses(courses: readonly Course[]): readonly CourseGroup[] {
  const groupOf = (course: Course) => GROUPS.find(({ holds }) => holds(course.id))
  return GROUPS.map((group) => ({
    title: group.title,
    lead: group.lead,
    courses: courses.filter((course) => groupOf(course) === group),
  })).filter((group) => group.courses.length > 0)
}
