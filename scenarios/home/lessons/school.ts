import { Refusal } from '#kit/http/errors.ts'
import type { System } from '#kit/system/system.ts'
import type { Course, Lesson } from '#scenarios/lessons/lesson.ts'
import type { OneWork } from '#scenarios/lessons/progress/one-work.ts'
import type { LearningStore } from '#scenarios/lessons/progress/open-learning.ts'
import { createProgress, type Progress } from '#scenarios/lessons/progress/progress.ts'
import type { Tutor } from '#scenarios/lessons/progress/tutor.ts'
import { createRecordSigner, type RecordSigner } from '#scenarios/lessons/record/sign-record.ts'
import { accessTo } from '../kit-access.ts'
import type { HomeShape } from '../records.ts'

/** What the lesson pages are made from. Courses and tutor are loaded when somebody first asks: they take a second. */
export interface School {
  readonly store: LearningStore
  readonly progress: Progress
  readonly signer: RecordSigner
  /** Wall clock, milliseconds: records carry real dates. */
  readonly wall: () => number
  courses(): Promise<readonly Course[]>
  /** @throws Refusal `not_found` (404). */
  course(id: string | undefined): Promise<Course>
  /** The lesson of that number, counted from 1. @throws Refusal `not_found` (404). */
  lesson(courseId: string | undefined, number: string | undefined): Promise<LessonOfCourse>
  /** @throws Refusal `systems_missing` (409) when the home does not know every system. */
  tutor(): Promise<Tutor>
}

export interface LessonOfCourse {
  readonly course: Course
  readonly lesson: Lesson
  readonly number: number
}

export interface SchoolOptions {
  readonly learning: LearningStore
  /** The courses there are; those of the catalogue unless told. */
  readonly courses?: readonly Course[] | undefined
  readonly wall?: (() => number) | undefined
  readonly oneWork: OneWork
}

export function createSchool(system: System<HomeShape>, options: SchoolOptions): School {
  const { learning, oneWork, wall = Date.now } = options
  const progress = createProgress({ store: learning, vault: system.vault, wall })
  let tutor: Promise<Tutor> | undefined

  async function loadTutor(): Promise<Tutor> {
    const kit = accessTo(system, 'Lessons')
    const { createTutor } = await import('#scenarios/lessons/progress/tutor.ts')
    return createTutor({ kit, progress, wall, oneWork })
  }

  const courses = async (): Promise<readonly Course[]> =>
    options.courses ?? (await import('#scenarios/lessons/courses/catalogue.ts')).COURSES

  async function course(id: string | undefined): Promise<Course> {
    const found = (await courses()).find((each) => each.id === id)
    if (found !== undefined) return found
    throw new Refusal('not_found', 404, `There is no course ${id}.`, {
      hint: 'The page Lessons lists those there are.',
    })
  }

  return {
    store: learning,
    progress,
    signer: createRecordSigner(learning, system.vault),
    wall,
    courses,
    course,
    async lesson(courseId, number) {
      const of = await course(courseId)
      const index = /^[1-9]\d{0,3}$/.test(number ?? '') ? Number(number) : 0
      const lesson = of.lessons[index - 1]
      if (lesson !== undefined) return { course: of, lesson, number: index }
      throw new Refusal('not_found', 404, `There is no lesson ${number} in this course.`, {
        hint: `It has ${of.lessons.length}.`,
      })
    },
    async tutor() {
      tutor ??= loadTutor()
      return tutor.catch((error: unknown) => {
        tutor = undefined
        throw error
      })
    },
  }
}
