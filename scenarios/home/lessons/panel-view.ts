import type { Urls } from '#kit/system/system.ts'
import type { StartPlace } from '#scenarios/lessons/classroom.ts'
import { type ExerciseValue, valuesOf } from '#scenarios/lessons/courses/exercise-values.ts'
import type { Course, Lesson } from '#scenarios/lessons/lesson.ts'
import type { LessonRecord } from '#scenarios/lessons/progress/learning-records.ts'
import type { Standing, Tutor } from '#scenarios/lessons/progress/tutor.ts'
import { stepsOf, titleOf } from '#scenarios/lessons/steps-of.ts'
import type { Step } from '#scenarios/walkthroughs/walkthrough.ts'
import { labelOf } from '../neighbours.ts'
import type { LessonOfCourse, School } from './school.ts'

/** A page to begin at. */
export interface PlaceView {
  /** `Entra`. */
  readonly system: string
  readonly address: string
  readonly as?: string
  /** Another browser than the one at hand, by its name. */
  readonly browser?: string
  /** It can stand in a frame beside the panel: its host is that of the kit home, so its cookies come along. */
  readonly framed: boolean
}

/** Everything the panel says. */
export interface PanelView extends LessonOfCourse {
  readonly title: string
  readonly of: number
  readonly steps: readonly Step[]
  readonly places: readonly PlaceView[]
  /** What is to be typed or chosen, where the instructions leave it open. */
  readonly values: readonly ExerciseValue[]
  readonly standing: Standing
  readonly failure: string | undefined
  readonly record: LessonRecord | undefined
  readonly next: { readonly number: number; readonly title: string } | undefined
  readonly isCourseComplete: boolean
}

/** @param anew Look anew, though nothing seems to have changed. */
export async function readPanel(school: School, urls: Urls, at: LessonOfCourse, anew = false): Promise<PanelView> {
  const { course, lesson, number } = at
  const tutor = await school.tutor()
  const standing = anew ? await tutor.check(course, lesson) : await tutor.standing(course, lesson)
  const next = course.lessons[number]
  return {
    ...at,
    title: titleOf(course, lesson),
    of: course.lessons.length,
    steps: stepsOf(course, lesson),
    values: valuesOf(course, lesson),
    places: await placesOf(tutor, urls, course, lesson),
    standing,
    failure: tutor.failure(course, lesson),
    record: school.progress.lesson(course, lesson),
    next: next === undefined ? undefined : { number: number + 1, title: titleOf(course, next) },
    isCourseComplete: school.progress.isComplete(course),
  }
}

/** What instructions call a system besides its own name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'azure portal': 'entra', 'kit home': 'kit' }

/** Where the lesson says it starts; otherwise the front page of the system its first instruction speaks of. */
async function placesOf(tutor: Tutor, urls: Urls, course: Course, lesson: Lesson): Promise<readonly PlaceView[]> {
  const isFramed = (address: string): boolean => new URL(address).hostname === new URL(urls['kit'] ?? address).hostname
  const [first] = stepsOf(course, lesson)
  const spoken = first?.at.page.split(',')[0]?.trim().toLowerCase() ?? ''
  const named = OTHER_NAMES[spoken] ?? spoken
  const places = lastOfEach(await tutor.places(course, lesson))
  if (places.length > 0) {
    const inOrder = [...places].sort((a, b) => Number(b.system === named) - Number(a.system === named))
    return inOrder.map(({ system, address, as, browser }) => ({
      system: labelOf(system),
      address,
      ...(as === undefined ? {} : { as }),
      ...(browser === undefined ? {} : { browser }),
      framed: isFramed(address),
    }))
  }
  const system = urls[named] === undefined ? 'kit' : named
  const url = urls[system] ?? ''
  return [{ system: labelOf(system), address: `${url}/`, framed: isFramed(url) }]
}

/** Where one page of a system leads to another in the same browser, a person begins at the last; as whom, any of them may say. */
function lastOfEach(places: readonly StartPlace[]): readonly StartPlace[] {
  const byDesk = new Map<string, StartPlace>()
  for (const place of places) {
    const desk = `${place.browser ?? ''}/${place.system}`
    byDesk.set(desk, { ...byDesk.get(desk), ...place })
  }
  return [...byDesk.values()]
}
