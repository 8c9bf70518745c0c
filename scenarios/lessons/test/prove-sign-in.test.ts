import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { SIGN_IN_COURSE as COURSE } from '../courses/sign-in.ts'
import { type LessonProof, proveCourse } from '../prove-course.ts'

/** A course is minutes of work for a person, and more than a minute for a machine that does other things too. Wall milliseconds. */
const LONGEST_PROOF_MS = 600_000

let kit: Kit

beforeAll(async () => {
  kit = await startKit({ world: COURSE.walkthrough.world })
}, LONGEST_PROOF_MS)
afterAll(() => kit.close())

it(
  `proves every lesson of ${COURSE.id}`,
  async () => {
    const proofs: LessonProof[] = []
    for await (const proof of proveCourse(kit, COURSE)) proofs.push(proof)
    expect(proofs.filter(({ problems }) => problems.length > 0)).toEqual([])
    expect(proofs).toHaveLength(COURSE.lessons.length)
  },
  LONGEST_PROOF_MS,
)
