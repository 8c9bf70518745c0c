import type { Step } from '#scenarios/walkthroughs/walkthrough.ts'
import type { Course, Lesson } from './lesson.ts'

/** The lesson's instructions, in order. @throws when the walkthrough has no such step. */
export function stepsOf(course: Course, lesson: Lesson): readonly Step[] {
  return lesson.steps.map((id) => {
    const step = course.walkthrough.steps.find((each) => each.id === id)
    if (step === undefined) throw new Error(`${course.walkthrough.id} has no step ${id}.`)
    return step
  })
}

/** The lesson's id: that of its last instruction. */
export function idOf(lesson: Lesson): string {
  const id = lesson.steps.at(-1)
  if (id === undefined) throw new Error('A lesson has at least one instruction.')
  return id
}

/** The lesson's title: that of its last instruction. */
export function titleOf(course: Course, lesson: Lesson): string {
  return stepsOf(course, lesson).at(-1)?.title ?? idOf(lesson)
}
