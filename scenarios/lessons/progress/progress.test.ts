import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openVault } from '#kit/secrets.ts'
import { ENTRA_SCOPING_COURSE } from '../courses/entra-scoping.ts'
import type { Course, Lesson } from '../lesson.ts'
import { type LearningStore, openLearning } from './open-learning.ts'
import { createProgress, emptyKeep, type Progress } from './progress.ts'

const MARKS = { kit: 0, entra: 12, okta: 3, dialpad: 40 }
const SECRET = 'key-that-nobody-may-read'

let folder: string
let store: LearningStore
let progress: Progress
let nowMs = Date.parse('2026-01-01T10:00:00.000Z')

async function open(): Promise<void> {
  store = await openLearning(folder)
  progress = createProgress({ store, vault: openVault(folder), wall: () => nowMs })
}

function lessonAt(index: number, course: Course = ENTRA_SCOPING_COURSE): Lesson {
  const lesson = course.lessons[index]
  if (lesson === undefined) throw new Error(`There is no lesson ${index}.`)
  return lesson
}

const course = ENTRA_SCOPING_COURSE
const [first, second] = [lessonAt(0), lessonAt(1)]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'learning-'))
  await open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

describe('progress', () => {
  test('counts what is done, and knows what is next', async () => {
    expect(progress.doneOf(course)).toBe(0)
    expect(progress.next(course)).toBe(first)
    await progress.begin(course, first, MARKS, emptyKeep())
    nowMs += 60_000
    await progress.complete(course, first, 'It was opened.')
    expect(progress.next(course)).toBe(second)
    expect(progress.isComplete(course)).toBe(false)
    expect(progress.lesson(course, first)).toMatchObject({
      begunAt: '2026-01-01T10:00:00.000Z',
      doneAt: '2026-01-01T10:01:00.000Z',
      found: 'It was opened.',
    })
  })

  test('what was done stays done: a later finding changes nothing', async () => {
    await progress.begin(course, first, MARKS, emptyKeep())
    await progress.complete(course, first, 'One.')
    await progress.complete(course, first, 'Two.')
    expect(progress.lesson(course, first)?.found).toBe('One.')
  })

  test('hints end with the third, a mistake counts once', async () => {
    await progress.begin(course, first, MARKS, emptyKeep())
    for (let time = 0; time < 5; time += 1) await progress.showHint(course, first)
    for (const mistake of ['One.', 'Other.', 'One.']) await progress.meet(course, first, mistake)
    await progress.markDoneForMe(course, first)
    expect(progress.lesson(course, first)).toMatchObject({ hints: 3, mistakes: ['One.', 'Other.'], doneForMe: true })
  })

  test('beginning again forgets the earlier attempt', async () => {
    await progress.begin(course, first, MARKS, emptyKeep())
    await progress.showHint(course, first)
    await progress.complete(course, first, 'Done.')
    await progress.begin(course, first, MARKS, emptyKeep())
    expect(progress.lesson(course, first)).toMatchObject({ hints: 0 })
    expect(progress.doneOf(course)).toBe(0)
  })

  test('survives a restart, with what steps kept; no secret lies in the file', async () => {
    const kept = emptyKeep()
    kept.keep.setSecret('key', SECRET)
    kept.keep.set('account', '42')
    await progress.begin(course, first, MARKS, kept)
    await progress.setDock('bottom')
    await store.close()
    expect(readFileSync(join(folder, 'learning.json'), 'utf8')).not.toContain(SECRET)
    await open()
    const attending = progress.attending()
    expect(attending).toMatchObject({ courseId: course.id, marks: MARKS })
    expect(attending?.kept.keep.get('key')).toBe(SECRET)
    expect(attending?.kept.keep.get('account')).toBe('42')
    expect(attending?.kept.secrets).toEqual([SECRET])
    expect(progress.dock()).toBe('bottom')
  })

  test('a reset forgets this course and no other', async () => {
    const other = { ...course, id: 'other' }
    await progress.begin(other, first, MARKS, emptyKeep())
    await progress.complete(other, first, 'Done.')
    await progress.begin(course, first, MARKS, emptyKeep())
    await progress.reset(course)
    expect(progress.lesson(course, first)).toBeUndefined()
    expect(progress.attending()).toBeUndefined()
    expect(progress.doneOf(other)).toBe(1)
  })
})
