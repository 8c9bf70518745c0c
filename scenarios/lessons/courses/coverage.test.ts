import { describe, expect, it } from 'vitest'
import { COURSES } from './catalogue.ts'

describe.each(COURSES.map((course) => [course.id, course] as const))('course %s', (id, course) => {
  it('has the name of its walkthrough', () => {
    expect(id).toBe(course.walkthrough.id)
  })

  it('has every instruction in exactly one lesson, in order', () => {
    expect(course.lessons.flatMap((lesson) => lesson.steps)).toEqual(course.walkthrough.steps.map((step) => step.id))
  })

  it('says how to get what its lessons need', () => {
    const needed = new Set(course.lessons.flatMap((lesson) => lesson.needs ?? []))
    expect([...needed].filter((name) => course.supplies?.[name] === undefined)).toEqual([])
  })

  it('gives each mistake of a lesson words of its own', () => {
    for (const { steps, wrong } of course.lessons) {
      const words = wrong.flatMap(({ mistake, hint }) => [mistake, hint])
      expect([...new Set(words)], steps.join()).toEqual(words)
    }
  })
})
