import { describe, expect, test } from 'vitest'
import { COURSES } from '#scenarios/lessons/courses/catalogue.ts'
import { run } from './test/run.ts'

const PROOF_MS = 300_000

describe('lesson', () => {
  test('list names every course', async () => {
    const { status, out } = await run('lesson', 'list', '--json')
    expect(status).toBe(0)
    const { courses } = JSON.parse(out) as { readonly courses: readonly { readonly id: string }[] }
    expect(courses.map(({ id }) => id)).toEqual(COURSES.map(({ id }) => id))
    expect((await run('lesson', 'list')).out.split('\n')).toHaveLength(COURSES.length)
  })

  test('prove proves the course in a kit of its own, lesson by lesson', { timeout: PROOF_MS }, async () => {
    const { status, out, err } = await run('lesson', 'prove', 'entra-signup', '--json')
    const proof = JSON.parse(out) as {
      readonly passed: boolean
      readonly lessons: number
      readonly proofs: readonly { readonly lesson: string; readonly problems: readonly string[] }[]
    }
    expect([status, proof.passed, proof.proofs.flatMap(({ problems }) => problems)]).toEqual([0, true, []])
    expect(proof.proofs).toHaveLength(proof.lessons)
    // What a person reads goes beside it.
    expect(err).toContain(`Passed: ${proof.lessons} of ${proof.lessons} lessons proven.`)
  })

  test('of a course that is not there ends with 2 and names those there are', async () => {
    const { status, err } = await run('lesson', 'prove', 'no-such')
    expect([status, err]).toEqual([2, expect.stringContaining('There is no course "no-such". There are: entra-signup')])
  })
})
