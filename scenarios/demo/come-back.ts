import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { arrive } from '#scenarios/lessons/arrive.ts'
import { doLesson, type Marks } from '#scenarios/lessons/classroom.ts'
import { findCourse } from '#scenarios/lessons/courses/catalogue.ts'
import type { Course, Lesson, Start } from '#scenarios/lessons/lesson.ts'
import { stepsOf } from '#scenarios/lessons/steps-of.ts'
import type { Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'

/** What a page asks of somebody who is not signed in. */
const SIGN_IN_SIGNS = ['Email, phone, or Skype', 'Username', 'Log In', 'Password'] as const

/** The part of a walkthrough that can be done again from its beginning: up to it nothing has left a trace. */
export interface Passage {
  /** Its steps before the one asked about. */
  readonly before: readonly Step[]
  /** Ids of its steps from the one asked about on. */
  readonly rest: readonly string[]
  /** Open the pages it begins at, in the browser of the walk, signed in as it says. */
  enter(walk: Walk): Promise<void>
  /** Do all of it over HTTP; what is kept on the way, the walk keeps. */
  doIt(walk: Walk): Promise<void>
}

/**
 * The passage that holds a step: its lesson, since a lesson begins where somebody can come in and ends where something can be
 * told from state.
 *
 * @throws when no lesson holds the step.
 */
export function passageOf(walkthrough: Walkthrough, step: Step): Passage {
  const { course, lesson } = lessonOf(walkthrough, step)
  const at = lesson.steps.indexOf(step.id)
  return {
    before: stepsOf(course, lesson).slice(0, at),
    rest: lesson.steps.slice(at),
    async enter(walk) {
      for (const start of [lesson.start ?? []].flat()) await open(walk, start)
    },
    doIt: (walk) => doLesson(walk, course, lesson, { marks: FROM_THE_BEGINNING, keep: walk.keep }),
  }
}

/** Checks of the demonstration are the walkthrough's own, so every journal counts in full. */
const FROM_THE_BEGINNING = Object.fromEntries(SYSTEM_ADDRESSES.map(({ name }) => [name, 0])) as Marks

function lessonOf(walkthrough: Walkthrough, step: Step): { readonly course: Course; readonly lesson: Lesson } {
  const course = findCourse(walkthrough.id)
  const lesson = course?.lessons.find(({ steps }) => steps.includes(step.id))
  if (course === undefined || lesson === undefined) throw new Error(`No lesson of ${walkthrough.id} holds ${step.id}.`)
  return { course, lesson }
}

/** Whoever is signed in already stays so; a sign-in that is asked for is done. */
async function open(walk: Walk, start: Start): Promise<void> {
  const desk = await walk.desk(start.system, start.browser)
  await desk.open(typeof start.path === 'string' ? start.path : await start.path(walk))
  if (start.as === undefined) return
  for (const sign of SIGN_IN_SIGNS) {
    if (await desk.shows(sign)) {
      await arrive(walk, start)
      return
    }
  }
}
