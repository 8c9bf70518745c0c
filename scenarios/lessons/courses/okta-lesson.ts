import { z } from 'zod'
import type { SystemName } from '#contract/addresses.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { lookAt } from '#scenarios/walkthroughs/witness/records.ts'
import type { Lesson, Mistake, Start } from '../lesson.ts'
import { count, formsOf, pagesOf } from './visits.ts'

/** Where lessons of the org begin, and what shows the mistakes people make there. */

/** The Admin Console, at its Dashboard. */
export const CONSOLE: Start = { system: 'okta', path: '/admin', as: PEOPLE.owner }
/** Dialpad's admin portal, at the settings of the company. */
export const PORTAL: Start = { system: 'dialpad', path: '/admin/company', as: PEOPLE.owner }

/** Another page of the Admin Console. */
export const consolePage = (path: Start['path']): Start => ({ ...CONSOLE, path })
/** Another page of Dialpad's admin portal. */
export const portalPage = (path: string): Start => ({ ...PORTAL, path })

/** A page of Dialpad in the Admin Console: `provisioning/to-app`. */
export const appTab = (below: string): Start => consolePage((walk) => appPath(walk, below))

/** Path of a page of Dialpad in the Admin Console. @throws while the app is not there, as that of Entra does. */
export async function appPath(walk: Walk, below: string): Promise<string> {
  const { app } = await pictureOkta(walk.control.okta)
  if (app === undefined) throw new Error('There is no Dialpad among the apps of the org.')
  return `/admin/app/${app.name}/instance/${app.id}/${below}`
}

/** What a lesson says beyond its instructions, whose hints it takes unless told. */
type Told = Omit<Lesson, 'steps' | 'hints'> & Partial<Pick<Lesson, 'hints'>>

/**
 * Makes lessons of a walkthrough: the hints are those of the last instruction.
 * @throws when that has not three of them.
 */
export function lessonsOf(walkthrough: Walkthrough): (steps: string | readonly string[], told: Told) => Lesson {
  return (ids, told) => {
    const steps = [ids].flat()
    const [where, what, clicks] = walkthrough.steps.find(({ id }) => id === steps.at(-1))?.hints ?? []
    if (where === undefined || what === undefined || clicks === undefined)
      throw new Error(`${walkthrough.id}: step ${steps.at(-1)} has no three hints.`)
    return { steps, hints: [where, what, clicks], ...told }
  }
}

/** Whether a page of `system` was shown; `url` is part of its address. */
export const hasSeen = async (walk: Walk, system: SystemName, url: string, status = 200): Promise<boolean> =>
  (await pagesOf(walk, system, { url, status })) > 0

/** Whether a form was sent back for its mistakes. */
export const wasRefused = async (walk: Walk, system: SystemName, url: string): Promise<boolean> =>
  (await formsOf(walk, system, { url, status: 422 })) > 0

/** Whether a form was sent and taken. */
export const wasTaken = async (walk: Walk, system: SystemName, url: string): Promise<boolean> =>
  (await formsOf(walk, system, { url, status: 303 })) > 0

/** How many of Okta's calls Dialpad's SCIM server answered with `status`, any unless told. */
export const callsOf = (walk: Walk, method?: string, status?: number): Promise<number> =>
  count(walk, 'dialpad', {
    kind: 'scim',
    ...(method === undefined ? {} : { method }),
    ...(status === undefined ? {} : { status }),
  })

/** Somebody went to another page than the one that is meant: `to` is part of its address, of the org unless told. */
export function strayed(
  mistake: string,
  hint: string,
  {
    to,
    system = 'okta',
    go,
  }: { readonly to: string; readonly system?: SystemName; readonly go: (desk: Desk) => Promise<void> },
): Mistake {
  return {
    mistake,
    hint,
    attempt: async (walk) => go(await walk.desk(system)),
    shows: (walk) => hasSeen(walk, system, to),
  }
}

/** The addresses of the pages of `system` that were shown, without their question marks and what follows. */
export async function pathsSeen(walk: Walk, system: SystemName): Promise<readonly string[]> {
  const found = await exchanges(walk.control[system], { kind: 'http-in', method: 'GET', status: 200 })
  return found.map(({ request }) => (request?.url ?? '').split('?')[0] ?? '')
}

const App = z.looseObject({ id: z.string(), catalogKey: z.string() })
const Mapping = z.looseObject({
  appId: z.string(),
  direction: z.string(),
  properties: z.record(z.string(), z.looseObject({ expression: z.string(), pushStatus: z.string() })),
})

/** How an attribute of Dialpad's profile is filled, and when: `PUSH` on create and update, `DONT_PUSH` on create only. */
export async function mappingOf(
  walk: Walk,
  attribute: string,
): Promise<{ readonly expression: string; readonly pushStatus: string } | undefined> {
  const records = await lookAt(walk.control.okta)
  const dialpad = records.of('apps', App).find(({ catalogKey }) => catalogKey === 'dialpad')
  const ofDialpad = records.of('profileMappings', Mapping).filter(({ appId }) => appId === dialpad?.id)
  return ofDialpad.find(({ direction }) => direction === 'to-app')?.properties[attribute]
}

/** Somebody whom the console refuses has signed in to it. */
export const NO_ADMINISTRATOR: Mistake = {
  mistake: 'Signed in as somebody without an administrator role.',
  hint: 'The console does not open for them. Sign out, and in again as a Super Administrator.',
  async attempt(walk) {
    const desk = await walk.desk('okta')
    await desk.open('/admin')
    await signInToOkta(desk, PEOPLE.supporter.address)
  },
  shows: (walk) => hasSeen(walk, 'okta', '/admin', 403),
}
