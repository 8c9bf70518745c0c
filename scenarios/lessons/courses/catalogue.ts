import type { Course } from '../lesson.ts'
import { ENTRA_ON_DEMAND_COURSE } from './entra-on-demand.ts'
import { ENTRA_SCOPING_COURSE } from './entra-scoping.ts'

/** Every course, in the order they are best taken. */
export const COURSES: readonly Course[] = [ENTRA_ON_DEMAND_COURSE, ENTRA_SCOPING_COURSE]

/** @returns the course of that name, which is its walkthrough's; `undefined` when there is none. */
export function findCourse(id: string): Course | undefined {
  return COURSES.find((each) => each.id === id)
}
