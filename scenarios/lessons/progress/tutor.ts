import { Refusal } from '#kit/http/errors.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { lastNumber } from '#scenarios/walkthroughs/witness/exchanges.ts'
import {
  type Attendance,
  beginAgain,
  beginLesson,
  doLesson,
  judgeLesson,
  type Marks,
  placesOf,
  type StartPlace,
} from '../classroom.ts'
import type { Course, Lesson } from '../lesson.ts'
import { idOf, titleOf } from '../steps-of.ts'
import { disturbedSince } from './disturbed.ts'
import { createOneWork, type OneWork } from './one-work.ts'
import { type Attending, emptyKeep, type Progress } from './progress.ts'
import type { KeptValues } from './seal-keep.ts'

/** Something the kit does in the trainee's place that takes a while. */
export interface Work {
  /** `scene`: the world is brought to the beginning of the lesson. `do`: the lesson itself is done. */
  readonly kind: 'scene' | 'do'
  readonly courseId: string
  readonly lessonId: string
  /** What is done at the moment, in words. */
  readonly now: string
  /** Parts that are over, and parts there are. */
  readonly over: number
  readonly of: number
}

/** How a lesson stands at this moment. */
export type Standing =
  | { readonly kind: 'working'; readonly work: Work }
  | { readonly kind: 'done'; readonly found: string; readonly doneForMe: boolean }
  | {
      readonly kind: 'open'
      readonly found: string
      /** Told when asked, or to who stands still: it may be a place on the right way. */
      readonly mistake?: { readonly mistake: string; readonly hint: string }
    }
  /** It is not the lesson under way. It can begin at once when the one before it was just done. */
  | { readonly kind: 'waiting'; readonly canBegin: boolean }
  /** It was under way, and the world was replaced. */
  | { readonly kind: 'disturbed'; readonly what: string }
  | { readonly kind: 'unreachable' }

export interface Tutor {
  standing(course: Course, lesson: Lesson): Promise<Standing>
  /** Look anew, though nothing seems to have changed. */
  check(course: Course, lesson: Lesson): Promise<Standing>
  /** Why the last work for this lesson failed; told until something else begins. */
  failure(course: Course, lesson: Lesson): string | undefined
  /** Pages to begin at, with their addresses of this moment. */
  places(course: Course, lesson: Lesson): Promise<readonly StartPlace[]>
  /** Go on with the lesson after the one just done. @throws Refusal `not_next`, `world_replaced`, `not_begun` (409). */
  begin(course: Course, lesson: Lesson): Promise<void>
  /**
   * Reset the world, do the earlier lessons in the trainee's place, and begin this one. Resolves when that is over, or when
   * patience is; it goes on then. `afresh`: the course starts over, its progress is forgotten. @throws Refusal `busy` (409).
   */
  take(course: Course, lesson: Lesson, options?: { readonly afresh: boolean }): Promise<void>
  /** Do it for me, in the same way. @throws Refusal `busy`, `not_under_way`, `world_replaced` (409). */
  doForMe(course: Course, lesson: Lesson): Promise<void>
  /** The lesson goes on in the world as it is now. @throws Refusal `not_under_way` (409). */
  goOn(course: Course, lesson: Lesson): Promise<void>
}

export interface TutorDeps {
  readonly kit: KitAccess
  readonly progress: Progress
  /** Wall clock, milliseconds. */
  readonly wall: () => number
  /** Wall milliseconds to wait for work before it is followed instead. */
  readonly patienceMs?: number
  /** Shared with whatever else changes the world; its own unless told. */
  readonly oneWork?: OneWork
}

const PATIENCE_MS = 4_000
/** What was judged counts this long while the journals stand still; wall milliseconds. */
const JUDGED_FOR_MS = 10_000
/** Who has done nothing in the systems for so long may be stuck; wall milliseconds. */
const STILL_FOR_MS = 15_000

interface Judged {
  readonly lessonId: string
  readonly numbers: string
  readonly atMs: number
  readonly standing: Standing
}

/** Takes somebody through courses: sets the scene, judges, does what it is asked to. One thing at a time, in one world. */
export function createTutor({
  kit,
  progress,
  wall,
  patienceMs = PATIENCE_MS,
  oneWork = createOneWork(),
}: TutorDeps): Tutor {
  let work: Work | undefined
  let failed: { readonly courseId: string; readonly lessonId: string; readonly problem: string } | undefined
  let judged: Judged | undefined
  /** When the journals were first seen where they are. */
  let moved: { readonly numbers: string; readonly atMs: number } | undefined
  let judging: { readonly lessonId: string; readonly answer: Promise<Standing> } | undefined

  function underWay(course: Course, lesson: Lesson): Attending | undefined {
    const attending = progress.attending()
    return attending?.courseId === course.id && attending.lessonId === idOf(lesson) ? attending : undefined
  }

  /** The lesson before this one is under way, and done. */
  function followsOn(course: Course, lesson: Lesson): Attending | undefined {
    const before = course.lessons[course.lessons.indexOf(lesson) - 1]
    const attending = before === undefined ? undefined : underWay(course, before)
    return before !== undefined && progress.lesson(course, before)?.doneAt !== undefined ? attending : undefined
  }

  /** How far the journals are, as one text. */
  async function readNumbers(): Promise<string> {
    const { entra, okta, dialpad } = kit.control
    return (await Promise.all([entra, okta, dialpad].map((client) => lastNumber(client)))).join()
  }

  async function judge(course: Course, lesson: Lesson, attending: Attending): Promise<Standing> {
    const what = await disturbedSince(kit, attending.marks)
    if (what !== undefined) return { kind: 'disturbed', what }
    const { keep, secrets } = attending.kept
    try {
      const { ok, found, mistake } = await judgeLesson(kit, course, lesson, { marks: attending.marks, keep })
      if (ok) {
        await progress.complete(course, lesson, found)
        // A check may keep what the next lesson needs.
        await progress.goOn(attending)
        return { kind: 'done', found, doneForMe: progress.lesson(course, lesson)?.doneForMe === true }
      }
      if (mistake === undefined) return { kind: 'open', found }
      return { kind: 'open', found, mistake: { mistake: mistake.mistake, hint: mistake.hint } }
    } catch (error) {
      if (isNoAnswer(error)) throw error
      return { kind: 'open', found: mask(tell(error), secrets) }
    }
  }

  /**
   * Whoever is on the right way passes places where others stop: a mistake is told to who asks, believing to be done, and to
   * who has stood still for a while. It counts when it was told to who asked.
   */
  async function tellMistake(course: Course, lesson: Lesson, standing: Standing, isAsked: boolean): Promise<Standing> {
    if (standing.kind !== 'open' || standing.mistake === undefined) return standing
    const { mistake } = standing.mistake
    if (isAsked) await progress.meet(course, lesson, mistake)
    const wasTold = progress.lesson(course, lesson)?.mistakes.includes(mistake) === true
    const isStill = moved !== undefined && wall() - moved.atMs >= STILL_FOR_MS
    return wasTold || isStill ? standing : { kind: 'open', found: standing.found }
  }

  async function look(course: Course, lesson: Lesson, anew: boolean): Promise<Standing> {
    if (work !== undefined) return { kind: 'working', work }
    const record = progress.lesson(course, lesson)
    if (record?.doneAt !== undefined) {
      return { kind: 'done', found: record.found ?? '', doneForMe: record.doneForMe }
    }
    const attending = underWay(course, lesson)
    try {
      if (attending === undefined) {
        const before = followsOn(course, lesson)
        const canBegin = before !== undefined && (await disturbedSince(kit, before.marks)) === undefined
        return { kind: 'waiting', canBegin }
      }
      const numbers = await readNumbers()
      const stillCounts =
        judged?.lessonId === attending.lessonId &&
        judged.numbers === numbers &&
        wall() - judged.atMs < JUDGED_FOR_MS &&
        !anew
      if (moved?.numbers !== numbers) moved = { numbers, atMs: wall() }
      if (judged === undefined || !stillCounts) {
        const standing = await judge(course, lesson, attending)
        judged = { lessonId: attending.lessonId, numbers, atMs: wall(), standing }
      }
      return await tellMistake(course, lesson, judged.standing, anew)
    } catch (error) {
      if (!isNoAnswer(error)) throw error
      return { kind: 'unreachable' }
    }
  }

  /** Run `body` behind the scenes; what goes wrong is told by `failure`. */
  function start(first: Work, secretsOf: () => readonly string[], body: () => Promise<void>): Promise<void> {
    const end = oneWork.begin(first.kind === 'scene' ? 'setting the scene of a lesson' : 'doing a lesson for you')
    work = first
    failed = undefined
    judged = undefined
    const running = body()
      .catch((error: unknown) => {
        const { courseId, lessonId } = first
        const problem = isNoAnswer(error) ? 'One of the systems does not answer.' : mask(tell(error), secretsOf())
        failed = { courseId, lessonId, problem }
      })
      .finally(() => {
        end()
        work = undefined
        judged = undefined
      })
    return withPatience(running, patienceMs)
  }

  function advance(now: string, over: number): void {
    if (work !== undefined) work = { ...work, now, over }
  }

  async function beginWith(course: Course, lesson: Lesson, kept: KeptValues): Promise<Attendance> {
    const attendance = await beginLesson(kit, course, lesson, kept.keep)
    await progress.begin(course, lesson, attendance.marks, kept)
    judged = undefined
    return attendance
  }

  async function expectUndisturbed(marks: Marks): Promise<void> {
    const what = await disturbedSince(kit, marks)
    if (what === undefined) return
    throw new Refusal('world_replaced', 409, `The world is another one than that of the lesson: ${what}.`, {
      hint: 'Set the scene of this lesson again.',
    })
  }

  function expectUnderWay(course: Course, lesson: Lesson): Attending {
    const attending = underWay(course, lesson)
    if (attending !== undefined) return attending
    throw new Refusal('not_under_way', 409, 'This lesson is not under way.', { hint: 'Begin it first.' })
  }

  return {
    standing(course, lesson) {
      const lessonId = `${course.id}:${idOf(lesson)}`
      if (judging?.lessonId === lessonId) return judging.answer
      const answer = look(course, lesson, false).finally(() => {
        judging = undefined
      })
      judging = { lessonId, answer }
      return answer
    },

    check: (course, lesson) => look(course, lesson, true),

    failure: (course, lesson) =>
      failed?.courseId === course.id && failed.lessonId === idOf(lesson) ? failed.problem : undefined,

    async places(course, lesson) {
      const attending = underWay(course, lesson)
      const { keep } = attending?.kept ?? emptyKeep()
      return placesOf(kit, lesson, { keep, marks: attending?.marks ?? NO_MARKS })
    },

    async begin(course, lesson) {
      const before = followsOn(course, lesson)
      if (before === undefined) {
        throw new Refusal('not_next', 409, 'The lesson before this one is not the one just done.', {
          hint: 'Set the scene of this lesson: the earlier ones are done for you.',
        })
      }
      await expectUndisturbed(before.marks)
      failed = undefined
      try {
        await beginWith(course, lesson, before.kept)
      } catch (error) {
        throw new Refusal('not_begun', 409, `The lesson could not begin: ${mask(tell(error), before.kept.secrets)}`, {
          hint: 'Set the scene of this lesson again.',
          cause: error,
        })
      }
    },

    async take(course, lesson, { afresh } = { afresh: false }) {
      const earlier = course.lessons.slice(0, course.lessons.indexOf(lesson))
      const kept = emptyKeep()
      const { world } = course.walkthrough
      const first: Work = {
        kind: 'scene',
        courseId: course.id,
        lessonId: idOf(lesson),
        now: `World ${world}`,
        over: 0,
        of: earlier.length + 1,
      }
      await start(
        first,
        () => kept.secrets,
        async () => {
          await (afresh ? progress.reset(course) : Promise.resolve())
          await progress.leave()
          await kit.control.kit.reset({ world })
          for (const [index, each] of earlier.entries()) {
            advance(titleOf(course, each), index)
            const attendance = await beginLesson(kit, course, each, kept.keep)
            await doLesson(kit, course, each, attendance)
            const { ok, found } = await judgeLesson(kit, course, each, attendance)
            if (!ok)
              throw new Error(`"${titleOf(course, each)}" was done, but the check found something else: ${found}`)
          }
          advance(titleOf(course, lesson), earlier.length)
          await beginWith(course, lesson, kept)
        },
      )
    },

    async doForMe(course, lesson) {
      const attending = expectUnderWay(course, lesson)
      await expectUndisturbed(attending.marks)
      const { kept, marks } = attending
      const first: Work = {
        kind: 'do',
        courseId: course.id,
        lessonId: attending.lessonId,
        now: titleOf(course, lesson),
        over: 0,
        of: 1,
      }
      await start(
        first,
        () => kept.secrets,
        async () => {
          await progress.markDoneForMe(course, lesson)
          await doLesson(kit, course, lesson, { keep: kept.keep, marks })
          await progress.goOn({ ...attending, kept })
          const standing = await judge(course, lesson, { ...attending, kept })
          if (standing.kind === 'open')
            throw new Error(`It was done, but the check found something else: ${standing.found}`)
        },
      )
    },

    async goOn(course, lesson) {
      const attending = expectUnderWay(course, lesson)
      const { marks } = await beginAgain(kit, { keep: attending.kept.keep, marks: attending.marks })
      await progress.goOn({ ...attending, marks })
      judged = undefined
    },
  }
}

const NO_MARKS: Marks = { kit: 0, entra: 0, okta: 0, dialpad: 0 }

const tell = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const mask = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((masked, secret) => masked.replaceAll(secret, '…'), text)

/** `fetch` says so when nobody answers. */
const isNoAnswer = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed'

async function withPatience(running: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((settle) => {
    timer = setTimeout(settle, patienceMs)
  })
  await Promise.race([running, patience])
  clearTimeout(timer)
}
