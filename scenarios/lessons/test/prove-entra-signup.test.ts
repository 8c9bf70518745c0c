import { expect, it } from 'vitest'
import { startKit } from '#scenarios/library/start-kit.ts'
import { ENTRA_SIGNUP_COURSE } from '../courses/entra-signup.ts'
import { type LessonProof, proveCourse } from '../prove-course.ts'

/** For a whole course, whose lessons take about a second each where nothing else runs. Wall milliseconds. */
const PATIENCE_MS = 300_000

it(
  'entra-signup: each lesson fails before, fails for each mistake with its hint, and passes once done',
  async () => {
    const kit = await startKit()
    try {
      const proofs: LessonProof[] = []
      for await (const proof of proveCourse(kit, ENTRA_SIGNUP_COURSE)) proofs.push(proof)
      expect(proofs.filter(({ problems }) => problems.length > 0)).toEqual([])
      expect(proofs).toHaveLength(ENTRA_SIGNUP_COURSE.lessons.length)
    } finally {
      await kit.close()
    }
  },
  PATIENCE_MS,
)
