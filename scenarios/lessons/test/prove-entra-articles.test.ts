import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { ENTRA_DELETIONS_COURSE } from '../courses/entra-deletions.ts'
import { ENTRA_LOGS_COURSE } from '../courses/entra-logs.ts'
import { ENTRA_ON_DEMAND_COURSE } from '../courses/entra-on-demand.ts'
import { ENTRA_PROGRESS_COURSE } from '../courses/entra-progress.ts'
import { ENTRA_QUARANTINE_COURSE } from '../courses/entra-quarantine.ts'
import { ENTRA_SCOPING_COURSE } from '../courses/entra-scoping.ts'
import type { Course } from '../lesson.ts'
import { type LessonProof, proveCourse } from '../prove-course.ts'

/** For a whole course, whose lessons take about a second each where nothing else runs. Wall milliseconds. */
const PATIENCE_MS = 300_000

const COURSES: readonly Course[] = [
  ENTRA_SCOPING_COURSE,
  ENTRA_ON_DEMAND_COURSE,
  ENTRA_LOGS_COURSE,
  ENTRA_PROGRESS_COURSE,
  ENTRA_QUARANTINE_COURSE,
  ENTRA_DELETIONS_COURSE,
]

describe('the courses about single articles of Entra', () => {
  let kit: Kit
  beforeEach(async () => {
    kit = await startKit()
  }, 60_000)
  afterEach(() => kit?.close())

  it.each(COURSES.map((course) => [course.id, course] as const))(
    '%s: each lesson fails before, fails for each mistake with its hint, and passes once done',
    async (_id, course) => {
      const proofs: LessonProof[] = []
      for await (const proof of proveCourse(kit, course)) proofs.push(proof)
      expect(proofs.filter(({ problems }) => problems.length > 0)).toEqual([])
      expect(proofs).toHaveLength(course.lessons.length)
    },
    PATIENCE_MS,
  )
})
