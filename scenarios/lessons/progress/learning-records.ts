import type { CollectionSpecs } from '#kit/store/store.ts'
import type { LabRecord, LabUnderWayRecord } from '#scenarios/labs/progress/lab-records.ts'
import type { CompletionFile } from '../record/completion-record.ts'

/** How far somebody is with one lesson. */
export interface LessonRecord {
  readonly courseId: string
  readonly lessonId: string
  /** Real time, ISO, as all times of these records: lessons move the virtual clock by months. */
  readonly begunAt: string
  /** Stages of the hints looked at, 0 to 3. */
  readonly hints: number
  /** The mistakes that were told when a check was asked for, in their own words. */
  readonly mistakes: readonly string[]
  /** Whether *do it for me* was used since it began. */
  readonly doneForMe: boolean
  readonly doneAt?: string
  /** What the check found when it was done. */
  readonly found?: string
}

/** The lesson under way: one at a time, since all lessons share the world. */
export interface AttendanceRecord {
  readonly courseId: string
  readonly lessonId: string
  /** How far the journals were when it began, by system. */
  readonly marks: Readonly<Record<string, number>>
  /** What steps have kept, sealed: keys and tokens are among it. */
  readonly keep: string
}

/** The key that completion records are signed with. */
export interface SigningKeyRecord {
  /** JWK, as JSON. */
  readonly publicKey: string
  /** JWK, as JSON, sealed. */
  readonly privateKey: string
}

/** Where the panel stands beside the page. */
export type Dock = 'left' | 'right' | 'bottom'

/** Everything that is remembered of learning. It is no part of a system's state: resets and snapshots leave it alone. */
export type LearningShape = {
  /** By course and lesson. */
  lessons: LessonRecord
  /** One at most, under {@link ONLY}. */
  attendance: AttendanceRecord
  settings: { readonly dock: Dock }
  /** By course. */
  completions: CompletionFile
  signingKeys: SigningKeyRecord
  /** By lab. */
  labs: LabRecord
  /** One at most, under {@link ONLY}. */
  labUnderWay: LabUnderWayRecord
}

/** Key of a record there is one of. */
export const ONLY = 'only'

export const LEARNING_COLLECTIONS: CollectionSpecs<LearningShape> = {
  lessons: { indexes: { course: ({ courseId }) => courseId } },
  attendance: {},
  settings: {},
  completions: {},
  signingKeys: {},
  labs: {},
  labUnderWay: {},
}
