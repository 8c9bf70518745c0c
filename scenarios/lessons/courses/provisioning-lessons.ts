import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Finding, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Lesson, Start } from '../lesson.ts'
import { appPage, formsOf, visits } from './visits.ts'

/** What lessons about Dialpad's provisioning in Entra have in common: where they begin, and what they look for. */

/** A Global Reader: reads the directory, and no provisioning. */
export const READER = addressOf('oskar.lindqvist')

/** A page of the app, by a path below it. */
export const atApp = (below: string): Start => ({ system: 'entra', path: appPage(below), as: PEOPLE.applications })

/** The same below Provisioning; its Overview unless told. */
export const atProvisioning = (below = ''): Start => atApp(`/provisioning${below}`)

/** The admin center's Home. */
export const AT_HOME: Start = { system: 'entra', path: '/admin', as: PEOPLE.applications }

/** Where the clock and the mail are. */
export const AT_KIT: Start = { system: 'kit', path: '/' }

/** How the courses begin: to the Overview of the app's provisioning. */
export function openingLesson(step: string): Lesson {
  return {
    steps: [step],
    hints: [
      'It is in the admin center of Entra, not in Dialpad.',
      'Every enterprise app has a page Provisioning of its own.',
      'Sign in at /admin, select Enterprise apps, Dialpad, Provisioning.',
    ],
    wrong: [
      {
        mistake: 'Signed in as a Global Reader.',
        hint: 'That role reads no provisioning. Sign out, and in again as a Cloud Application Administrator.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.open('/admin')
          await signInToEntra(desk, READER)
          await desk.open(await appPage('/provisioning')(walk))
        },
        shows: async (walk) => (await visits(walk, '/provisioning', 403)) > 0,
      },
      {
        mistake: 'Stopped at the Overview of the app.',
        hint: 'This is the app itself. Provisioning is further down in the list at the left.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.open('/admin')
          await signInToEntra(desk, PEOPLE.applications)
          await desk.press('Enterprise apps', { within: 'Main' })
          await desk.press('Dialpad', { within: 'All applications' })
        },
        shows: async (walk) => (await visits(walk, await appPage()(walk))) > 0,
      },
    ],
  }
}

/** What the check of a step finds, and besides that a page was looked at since the lesson began: its address holds `url`. */
export function alsoLooked(
  walkthrough: Walkthrough,
  step: string,
  url: string | ((walk: Walk) => Promise<string>),
): (walk: Walk) => Promise<Finding> {
  const { check } = walkthrough.steps.find(({ id }) => id === step) ?? {}
  if (check === undefined) throw new Error(`${walkthrough.id} has no step ${step}.`)
  return async (walk) => {
    const { ok, found } = await check(walk)
    const looked = await visits(walk, typeof url === 'string' ? url : await url(walk))
    return { ok: ok && looked > 0, found: looked > 0 ? found : `${found} The page was not looked at.` }
  }
}

/** How often the clock was moved. */
export async function clockMoves(walk: Walk): Promise<number> {
  const entries = await exchanges(walk.control.entra, { kind: 'clock' })
  return entries.filter(({ title }) => title.startsWith('Clock moved')).length
}

/** How often Restart provisioning was pressed. */
export const restarts = (walk: Walk): Promise<number> =>
  formsOf(walk, 'entra', { url: '/provisioning/restart', status: 303 })

/** How often something was provisioned on demand, whatever came of it. */
export const demands = (walk: Walk): Promise<number> =>
  formsOf(walk, 'entra', { url: '/provisioning/on-demand', status: 303 })

/** What the texts typed into a field of a list's filter were, by the addresses they led to: `identity`, `q`. */
export async function asked(walk: Walk, url: string, field: string): Promise<readonly string[]> {
  const entries = await exchanges(walk.control.entra, { kind: 'http-in', method: 'GET', url, status: 200 })
  return entries
    .map(({ request }) => new URL(request?.url ?? '', 'http://local').searchParams.get(field) ?? '')
    .filter((text) => text !== '')
}

const CYCLE = 'lessonBeganAfterCycle'

/** Remember the last cycle: for the setup of a lesson that waits for another. */
export async function rememberCycle(walk: Walk): Promise<void> {
  const { run } = await pictureEntra(walk.control.entra)
  walk.keep.set(CYCLE, run?.lastExecution?.id ?? '')
}

/** The last cycle, when it ran since {@link rememberCycle}. */
export async function cycleSince(walk: Walk) {
  const { run } = await pictureEntra(walk.control.entra)
  return run?.lastExecution?.id === walk.keep.get(CYCLE) ? undefined : run?.lastExecution
}
