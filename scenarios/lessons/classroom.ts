import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import { createPlainBrowser, type PlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Desk, Keep, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { lastNumber } from '#scenarios/walkthroughs/witness/exchanges.ts'
import { arrive } from './arrive.ts'
import type { Course, Judgement, Lesson, Start } from './lesson.ts'
import { lookOnce } from './look-once.ts'
import { stepsOf } from './steps-of.ts'

/** How far each system's journal was when a lesson began: what came before does not count. */
export type Marks = Readonly<Record<SystemName, number>>

/** What is remembered of a lesson while it is under way. */
export interface Attendance {
  readonly marks: Marks
  /** What steps have kept. */
  readonly keep: Keep
}

/** Begin a lesson: what must be there first is made, and from now on its journals count. */
export async function beginLesson(kit: KitAccess, course: Course, lesson: Lesson, keep: Keep): Promise<Attendance> {
  const marks = await markJournals(kit)
  const setups = [...stepsOf(course, lesson), lesson].flatMap(({ setup }) => setup ?? [])
  if (setups.length === 0) return { keep, marks }
  const walk = walkOf(kit, { keep, marks })
  for (const setup of setups) await setup(walk)
  return { keep, marks: await markJournals(kit) }
}

/** The same lesson from this moment on, keeping what was kept; what is kept from now on stays apart. */
export async function beginAgain(kit: KitAccess, { keep }: Attendance): Promise<Attendance> {
  return { keep: createKeep(keep).keep, marks: await markJournals(kit) }
}

/** Judge a lesson by state and journal. What cannot even be looked at is not done. */
export async function judgeLesson(
  kit: KitAccess,
  course: Course,
  lesson: Lesson,
  attendance: Attendance,
): Promise<Judgement> {
  const walk = walkOf(kit, attendance, lookOnce)
  const check = lesson.check ?? stepsOf(course, lesson).at(-1)?.check
  const finding = (await check?.(walk)) ?? { ok: false, found: 'There is nothing to look at.' }
  if (finding.ok) return finding
  for (const mistake of lesson.wrong) if (await mistake.shows(walk)) return { ...finding, mistake }
  return finding
}

/**
 * Do the lesson in the trainee's place, without a browser: its pages are plain forms.
 * @param watch Lets somebody look at what is done.
 */
export async function doLesson(
  kit: KitAccess,
  course: Course,
  lesson: Lesson,
  attendance: Attendance,
  watch: (walk: Walk) => Walk = (walk) => walk,
): Promise<void> {
  const walk = watch(await comeIn(kit, course, lesson, attendance))
  for (const step of stepsOf(course, lesson)) await step.solve(walk)
}

/** Where the lesson starts, with whom it says signed in, and with what it needs at hand. */
export async function comeIn(kit: KitAccess, course: Course, lesson: Lesson, attendance: Attendance): Promise<Walk> {
  const walk = walkOf(kit, attendance)
  for (const name of lesson.needs ?? []) {
    if (attendance.keep.has(name)) continue
    const supply = course.supplies?.[name]
    if (supply === undefined) throw new Error(`${course.id} does not say how to get ${name}.`)
    attendance.keep.setSecret(name, await supply(walk))
  }
  for (const start of [lesson.start ?? []].flat()) await arrive(walk, start)
  return walk
}

/** A page to begin at, where it is now. */
export interface StartPlace extends Omit<Start, 'path'> {
  readonly address: string
}

/** Where the lesson starts, as addresses; one that cannot be found yet is the front page of its system. */
export async function placesOf(kit: KitAccess, lesson: Lesson, attendance: Attendance): Promise<readonly StartPlace[]> {
  const walk = walkOf(kit, attendance)
  const places: StartPlace[] = []
  for (const { path, ...start } of [lesson.start ?? []].flat()) {
    const found = typeof path === 'string' ? path : await findPath(walk, path)
    places.push({ ...start, address: new URL(found, kit.urls[start.system]).href })
  }
  return places
}

/** The front page, where what it is found by is not there yet: a lesson looked at ahead. */
async function findPath(walk: Walk, path: (walk: Walk) => Promise<string>): Promise<string> {
  try {
    return await path(walk)
  } catch {
    return '/'
  }
}

/** A walk without a browser; its journals begin at the marks. */
function walkOf(
  kit: KitAccess,
  { keep, marks }: Attendance,
  look: (client: ControlClient) => ControlClient = (client) => client,
): Walk {
  const browsers = new Map<string, PlainBrowser>()
  const desks = new Map<string, Desk>()
  return {
    urls: kit.urls,
    fetch: kit.fetch,
    control: Object.fromEntries(
      SYSTEM_ADDRESSES.map(({ name }) => [name, look(since(kit.control[name], marks[name]))]),
    ) as Record<SystemName, ControlClient>,
    keep,
    async desk(system, who = 'administrator') {
      const browser = browsers.get(who) ?? createPlainBrowser(Object.values(kit.urls), kit.fetch)
      browsers.set(who, browser)
      const name = `${who}/${system}`
      const desk = desks.get(name) ?? createPlainDesk(browser, kit.urls[system], () => {})
      desks.set(name, desk)
      return desk
    },
  }
}

/** The same client, whose journal begins after entry `mark`. */
function since(client: ControlClient, mark: number): ControlClient {
  return {
    ...client,
    journal: ({ after = 0, ...filter } = {}) =>
      client.journal({ ...filter, after: typeof after === 'string' ? after : Math.max(after, mark) }),
  }
}

/** How far the journals are now. */
export async function markJournals(kit: KitAccess): Promise<Marks> {
  const numbers = await Promise.all(
    SYSTEM_ADDRESSES.map(async ({ name }) => [name, name === 'kit' ? 0 : await lastNumber(kit.control[name])] as const),
  )
  return Object.fromEntries(numbers) as Marks
}
