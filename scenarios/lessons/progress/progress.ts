import type { Vault } from '#kit/system/system.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import type { Marks } from '../classroom.ts'
import type { Course, Lesson } from '../lesson.ts'
import { idOf } from '../steps-of.ts'
import { type Dock, type LessonRecord, ONLY } from './learning-records.ts'
import type { LearningStore } from './open-learning.ts'
import { type KeptValues, openKeep, sealKeep } from './seal-keep.ts'

/** The lesson under way, as it is needed to judge it. */
export interface Attending {
  readonly courseId: string
  readonly lessonId: string
  readonly marks: Marks
  readonly kept: KeptValues
}

export interface ProgressDeps {
  readonly store: LearningStore
  readonly vault: Vault
  /** Wall clock, milliseconds. */
  readonly wall: () => number
}

/** What somebody has learned so far: every change is in the store when its promise resolves. */
export interface Progress {
  lesson(course: Course, lesson: Lesson): LessonRecord | undefined
  /** Lessons of the course that are done. */
  doneOf(course: Course): number
  isComplete(course: Course): boolean
  /** The first lesson that is not done; `undefined` when all are. */
  next(course: Course): Lesson | undefined
  attending(): Attending | undefined
  /** A lesson begins: what an earlier attempt at it left is forgotten. */
  begin(course: Course, lesson: Lesson, marks: Marks, kept: KeptValues): Promise<void>
  /** The lesson under way goes on, with other marks or with more that was kept. */
  goOn(attending: Attending): Promise<void>
  /** Nothing is under way any more. */
  leave(): Promise<void>
  showHint(course: Course, lesson: Lesson): Promise<void>
  meet(course: Course, lesson: Lesson, mistake: string): Promise<void>
  markDoneForMe(course: Course, lesson: Lesson): Promise<void>
  complete(course: Course, lesson: Lesson, found: string): Promise<void>
  /** Forget everything about the course. */
  reset(course: Course): Promise<void>
  dock(): Dock
  setDock(dock: Dock): Promise<void>
}

/** Hints there are. */
export const HINT_STAGES = 3

const keyOf = (course: Course, lesson: Lesson): string => `${course.id}:${idOf(lesson)}`

export function createProgress({ store, vault, wall }: ProgressDeps): Progress {
  const nowIso = (): string => new Date(wall()).toISOString()

  const lessonOf = (course: Course, lesson: Lesson) => store.get('lessons', keyOf(course, lesson))

  async function change(course: Course, lesson: Lesson, next: (record: LessonRecord) => LessonRecord): Promise<void> {
    await store.transact((tx) => {
      const key = keyOf(course, lesson)
      const record = tx.get('lessons', key)
      if (record !== undefined) tx.put('lessons', key, next(record))
    })
  }

  const isDone = (course: Course, lesson: Lesson): boolean => lessonOf(course, lesson)?.doneAt !== undefined

  return {
    lesson: lessonOf,
    doneOf: (course) => course.lessons.filter((lesson) => isDone(course, lesson)).length,
    isComplete: (course) => course.lessons.every((lesson) => isDone(course, lesson)),
    next: (course) => course.lessons.find((lesson) => !isDone(course, lesson)),

    attending() {
      const record = store.get('attendance', ONLY)
      if (record === undefined) return undefined
      const { courseId, lessonId, marks, keep } = record
      return { courseId, lessonId, marks: marks as Marks, kept: openKeep(vault, keep) }
    },

    async begin(course, lesson, marks, kept) {
      const lessonId = idOf(lesson)
      await store.transact((tx) => {
        tx.put('lessons', keyOf(course, lesson), {
          courseId: course.id,
          lessonId,
          begunAt: nowIso(),
          hints: 0,
          mistakes: [],
          doneForMe: false,
        })
        tx.put('attendance', ONLY, { courseId: course.id, lessonId, marks, keep: sealKeep(vault, kept) })
      })
    },

    async goOn({ courseId, lessonId, marks, kept }) {
      await store.transact((tx) =>
        tx.put('attendance', ONLY, { courseId, lessonId, marks, keep: sealKeep(vault, kept) }),
      )
    },

    async leave() {
      await store.transact((tx) => tx.delete('attendance', ONLY))
    },

    showHint: (course, lesson) =>
      change(course, lesson, (record) => ({ ...record, hints: Math.min(record.hints + 1, HINT_STAGES) })),

    meet: (course, lesson, mistake) =>
      change(course, lesson, (record) =>
        record.mistakes.includes(mistake) ? record : { ...record, mistakes: [...record.mistakes, mistake] },
      ),

    markDoneForMe: (course, lesson) => change(course, lesson, (record) => ({ ...record, doneForMe: true })),

    complete: (course, lesson, found) =>
      change(course, lesson, (record) =>
        record.doneAt === undefined ? { ...record, doneAt: nowIso(), found } : record,
      ),

    async reset(course) {
      await store.transact((tx) => {
        for (const key of tx.findKeys('lessons', 'course', course.id)) tx.delete('lessons', key)
        if (tx.get('attendance', ONLY)?.courseId === course.id) tx.delete('attendance', ONLY)
        tx.delete('completions', course.id)
      })
    },

    dock: () => store.get('settings', ONLY)?.dock ?? 'left',

    async setDock(dock) {
      await store.transact((tx) => tx.put('settings', ONLY, { dock }))
    },
  }
}

/** Nothing kept yet. */
export const emptyKeep = (): KeptValues => createKeep()
