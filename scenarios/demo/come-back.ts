import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { arrive } from '#scenarios/lessons/arrive.ts'
import { doLesson, judgeLesson, type Marks } from '#scenarios/lessons/classroom.ts'
import { findCourse } from '#scenarios/lessons/courses/catalogue.ts'
import type { Course, Lesson, Start } from '#scenarios/lessons/lesson.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'

/** What a page asks of somebody who is not signed in. */
const SIGN_IN_SIGNS = ['Email, phone, or Skype', 'Username', 'Log In', 'Password'] as const

/** The part of a walkthrough whose end can be told from state: a lesson. Before its end it has left no trace. */
export interface Passage {
  /** Whether the step asked about begins it. */
  readonly isFirst: boolean
  /** Ids of its steps. */
  readonly all: readonly string[]
  /** Those from the one asked about on. */
  readonly rest: readonly string[]
  /**
   * What tells that it was done, by whomever; `undefined` when it was not, or when nobody can tell.
   * @param since Journal entries up to here do not count.
   */
  foundDone(kit: KitAccess, walk: Walk, since: Marks): Promise<string | undefined>
  /** Get what it needs and nobody has kept: what somebody did by hand, they alone know. */
  supply(walk: Walk): Promise<void>
  /** Open the pages it begins at, in the browser of the walk, signed in as it says, with what it needs at hand. */
  enter(walk: Walk): Promise<void>
  /** Do all of it over HTTP; what is kept on the way, the walk keeps. */
  doIt(walk: Walk): Promise<void>
}

/**
 * The passage that holds a step.
 *
 * @throws when no lesson holds the step.
 */
export function passageOf(walkthrough: Walkthrough, step: Step): Passage {
  const { course, lesson } = lessonOf(walkthrough, step)
  async function supply(walk: Walk): Promise<void> {
    for (const name of lesson.needs ?? []) {
      const get = course.supplies?.[name]
      if (!walk.keep.has(name) && get !== undefined) walk.keep.setSecret(name, await get(walk))
    }
  }
  return {
    all: lesson.steps,
    isFirst: lesson.steps[0] === step.id,
    rest: lesson.steps.slice(lesson.steps.indexOf(step.id)),
    async foundDone(kit, { keep }, marks) {
      return judgeLesson(kit, course, lesson, { keep, marks }).then(
        ({ ok, found }) => (ok ? found : undefined),
        // What cannot even be looked at is not done.
        () => undefined,
      )
    },
    supply,
    async enter(walk) {
      await supply(walk)
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
