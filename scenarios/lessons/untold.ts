import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { valuesOf } from './courses/exercise-values.ts'
import type { Course, Lesson } from './lesson.ts'
import { stepsOf } from './steps-of.ts'

/** What was typed or chosen at the desks of a walk. */
export interface Typed {
  readonly label: string
  readonly value: string
}

/** The same walk, noting what is typed and chosen. */
export function noting(walk: Walk, typed: Typed[]): Walk {
  const watch = (desk: Desk): Desk => ({
    ...desk,
    fill(label, value, ...rest) {
      typed.push({ label, value })
      return desk.fill(label, value, ...rest)
    },
    choose(label, value, ...rest) {
      typed.push({ label, value })
      return desk.choose(label, value, ...rest)
    },
  })
  return { ...walk, desk: async (...who) => watch(await walk.desk(...who)) }
}

/** Days are chosen freely; addresses, ids and certificates are copied from where a page shows them. */
const FREE_OR_COPIED = /^(\d{4}-\d{2}-\d{2}|https?:\/\/|-----BEGIN |[0-9a-f]{8}-[0-9a-f]{4}-)/

/**
 * Values that were typed and that the lesson nowhere says, so that somebody who has only its page has to guess: `Job title = Senior Support
 * Agent`. What pages show is copied from there: `seen`. Pure.
 */
export function untold(
  course: Course,
  lesson: Lesson,
  typed: readonly Typed[],
  seen: readonly string[],
): readonly string[] {
  const steps = stepsOf(course, lesson)
  const told = [
    ...steps.flatMap(({ title, say, at }) => [title, say, at.page, ...at.labels]),
    ...[lesson.start ?? []].flat().map(({ as }) => as ?? ''),
    ...valuesOf(course, lesson).map(({ value }) => value),
    TRAINING_PASSWORD,
  ]
    .join('\n')
    .toLowerCase()
  const missing = typed.filter(
    ({ value }) =>
      !FREE_OR_COPIED.test(value) &&
      !seen.some((each) => each.length > 3 && value.includes(each)) &&
      !value.split('\n').every((line) => told.includes(line.trim().toLowerCase())),
  )
  return [...new Set(missing.map(({ label, value }) => `${label} = ${value}`))]
}
