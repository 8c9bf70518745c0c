import type { Course } from '#scenarios/lessons/lesson.ts'

/** Addresses of the lesson pages. */

export const LESSONS = '/lessons'

export const coursePath = (course: Course, below = ''): string => `${LESSONS}/${course.id}${below}`

/** The page with the panel beside the product's. */
export const lessonPath = (course: Course, number: number): string => coursePath(course, `/${number}`)

/** The panel alone, or what it does. */
export const panelPath = (course: Course, number: number, below = ''): string =>
  `${lessonPath(course, number)}/panel${below}`

/** The panel after it did something: at its state, which takes the focus. */
export const statePath = (course: Course, number: number): string => `${panelPath(course, number)}#state`

/** The panel of a lesson that has just begun: at its title, which takes the focus. */
export const beginningPath = (course: Course, number: number): string => `${panelPath(course, number)}#lesson`

/** Name of the frame, or window, that shows the product's page. */
export const PAGE_FRAME = 'page'
