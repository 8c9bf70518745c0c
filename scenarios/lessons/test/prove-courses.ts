import { afterAll, beforeAll, expect, it } from 'vitest'
import { explain } from '#scenarios/explain/explain.ts'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import type { Course } from '../lesson.ts'
import { type LessonProof, proveCourse } from '../prove-course.ts'

/** A course is minutes of work for a person, and more than a minute for a machine that does other things too. Wall milliseconds. */
const LONGEST_PROOF_MS = 600_000

/** Tests that prove every lesson of the courses, and that who has done all of them hears of no fault. */
export function proveCourses(...courses: readonly Course[]): void {
  let kit: Kit
  beforeAll(async () => {
    kit = await startKit()
  }, LONGEST_PROOF_MS)
  afterAll(() => kit?.close())

  it.each(courses.map((course) => [course.id, course] as const))(
    '%s: each lesson fails before, fails for each mistake with its hint, and passes once done; nothing is wrong then',
    async (_id, course) => {
      const proofs: LessonProof[] = []
      for await (const proof of proveCourse(kit, course)) proofs.push(proof)
      expect(proofs.filter(({ problems }) => problems.length > 0)).toEqual([])
      expect(proofs).toHaveLength(course.lessons.length)
      const { findings } = explain(await lookAtWorld(kit.control))
      expect(findings.map(({ fault, evidence }) => [fault, evidence])).toEqual([])
    },
    LONGEST_PROOF_MS,
  )
}
