import type { Course } from '../lesson.ts'

/** Every course, in the order they are best taken. */
export const COURSES: readonly Course[] = []

/** @returns the course of that name, which is its walkthrough's; `undefined` when there is none. */
export function findCourse(id: string): Course | undefined {
  return COURSES.find((each) => each.id === id)
}
