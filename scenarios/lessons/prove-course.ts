import { createKeep } from '#scenarios/runner/keep.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Keep } from '#scenarios/walkthroughs/walkthrough.ts'
import { type Attendance, beginAgain, beginLesson, comeIn, doLesson, judgeLesson } from './classroom.ts'
import type { Course, Lesson } from './lesson.ts'
import { noting, type Typed, untold } from './untold.ts'

/** What was proven of one lesson; `problems` is empty when all of it holds. */
export interface LessonProof {
  readonly lesson: string
  readonly problems: readonly string[]
  /** Wall milliseconds. */
  readonly durationMs: number
}

/** Name of the state that each attempt begins from. */
const BEFORE = 'before-lesson'

/**
 * Prove every lesson of a course, in order: its check fails before anything is done, fails for each mistake and names that
 * one, and passes after the lesson was done in the trainee's place. A lesson that cannot be done ends the course.
 *
 * Whoever does a lesson has its page and nothing else: what has to be typed is said there, or seen on a page of the products.
 * They note what they see, a key's value for one, in notes of their own: lessons are judged without these, since nobody
 * knows what a trainee has noted.
 */
export async function* proveCourse(kit: KitAccess, course: Course): AsyncGenerator<LessonProof> {
  await kit.control.kit.reset({ world: course.walkthrough.world })
  const { keep } = createKeep()
  const hands = handsOver(keep)
  for (const lesson of course.lessons) {
    const begun = performance.now()
    const problems = await proveLesson(kit, course, lesson, keep, hands)
    yield { lesson: lesson.steps.at(-1) ?? '', problems, durationMs: Math.round(performance.now() - begun) }
    if (problems.some((problem) => problem.startsWith(UNDONE))) return
  }
}

/** Notes of whoever does the lessons, over what checks and scenes have kept: read both, written alone. */
function handsOver(known: Keep): Keep {
  const { keep: own } = createKeep()
  return {
    has: (name) => own.has(name) || known.has(name),
    get: (name) => (own.has(name) ? own : known).get(name),
    set: own.set,
    setSecret: own.setSecret,
    entries: () => [...known.entries(), ...own.entries()],
  }
}

const UNDONE = 'Not done:'
const told = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function proveLesson(
  kit: KitAccess,
  course: Course,
  lesson: Lesson,
  keep: Keep,
  hands: Keep,
): Promise<readonly string[]> {
  const problems: string[] = []
  const judge = async (attendance: Parameters<typeof judgeLesson>[3]) =>
    judgeLesson(kit, course, lesson, attendance).catch((error: unknown) => ({
      ok: false,
      found: told(error),
      broke: true,
    }))

  const begun = await beginLesson(kit, course, lesson, keep)
  const before = await judge(begun)
  if (before.ok) problems.push(`The check passes before anything is done: ${before.found}`)
  if ('broke' in before) problems.push(`The check cannot be asked before: ${before.found}`)
  if ('mistake' in before) problems.push(`Before anything is done "${before.mistake?.mistake}" shows.`)

  await kit.control.kit.snapshot(BEFORE)
  for (const mistake of lesson.wrong) {
    const attendance = await beginAgain(kit, begun)
    try {
      const walk = await comeIn(kit, course, lesson, { ...attendance, keep: createKeep(hands).keep })
      await mistake.attempt(walk)
      const judged = await judge(attendance)
      if (judged.ok) problems.push(`The check passes although: ${mistake.mistake}`)
      else if (!('mistake' in judged)) problems.push(`Nothing tells that: ${mistake.mistake} Found: ${judged.found}`)
      else if (judged.mistake !== mistake)
        problems.push(`"${judged.mistake?.mistake}" is told instead of: ${mistake.mistake}`)
    } catch (error) {
      problems.push(`"${mistake.mistake}" cannot be tried: ${told(error)}`)
    }
    await kit.control.kit.restore(BEFORE)
  }

  const attendance: Attendance = { keep, marks: (await beginAgain(kit, begun)).marks }
  try {
    const typed: Typed[] = []
    await doLesson(kit, course, lesson, { ...attendance, keep: hands }, (walk) => noting(walk, typed))
    const seen = hands.entries().map(([, value]) => value)
    for (const each of untold(course, lesson, typed, seen)) problems.push(`A reader is not told: ${each}`)
  } catch (error) {
    return [...problems, `${UNDONE} ${told(error)}`]
  }
  const after = await judge(attendance)
  if (!after.ok) problems.push(`${UNDONE} the check fails after the lesson was done: ${after.found}`)
  return problems
}
