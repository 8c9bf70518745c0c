import { expect, it } from 'vitest'
import { startKit } from '#scenarios/library/start-kit.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import { placesOf } from '../classroom.ts'
import { COURSES } from '../courses/catalogue.ts'
import { titleOf } from '../steps-of.ts'

it('every lesson says where it begins before anything has been done', async () => {
  const kit = await startKit()
  try {
    const attendance = { keep: createKeep().keep, marks: { kit: 0, entra: 0, okta: 0, dialpad: 0 } }
    for (const course of COURSES) {
      for (const lesson of course.lessons) {
        const places = await placesOf(kit, lesson, attendance)
        const starts = [lesson.start ?? []].flat()
        expect(places.length, `${course.id}: ${titleOf(course, lesson)}`).toBe(starts.length)
      }
    }
  } finally {
    await kit.close()
  }
})
