import { openDialpadSettings } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { ENTRA_LIFECYCLE } from '#scenarios/walkthroughs/entra-lifecycle/entra-lifecycle.ts'
import { ENTRA_SCOPING } from '#scenarios/walkthroughs/entra-scoping/entra-scoping.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { openProvisioning } from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Desk, Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'

/** A picture of the documents: what a walkthrough has made of the systems, on one page of them. */
export interface Picture {
  /** Name of the file, without `.png`. */
  readonly name: string
  /** Done before it is taken: a walkthrough up to the step of that id. */
  readonly walkthrough: Walkthrough
  readonly upTo: string
  /** Open the page. The tab used last is pictured. */
  readonly open: (walk: Walk) => Promise<void>
  /** Of the upper part of the page, in pixels: where it has said what it has to say. */
  readonly height: number
  /** What draws the page: its view, and the stylesheets it wears. */
  readonly views: readonly string[]
  readonly sheets: readonly string[]
}

const UI = 'kit/ui/assets/kit.css'
const HOME = 'scenarios/home/look/home.css'
const DIALPAD = ['dialpad-sandbox/portal/look/dialtone.css', 'dialpad-sandbox/portal/look/dialpad.css'] as const
const ENTRA = ['idp/vendors/entra/look/tokens.css', 'idp/vendors/entra/look/entra.css'] as const
const PROVISIONING = 'idp/vendors/entra/admin/provisioning/overview-page.tsx'

/** Provisioning is set up, and its first cycle has run. */
const FIRST_CYCLE = { walkthrough: ENTRA_LIFECYCLE, upTo: '001/config/13' } as const

async function openAt(walk: Walk, system: Parameters<Walk['desk']>[0], path: string): Promise<Desk> {
  const desk = await walk.desk(system)
  await desk.open(path)
  return desk
}

/** Those of the front page and of the documents, in the order they are taken. */
export const PICTURES: readonly Picture[] = [
  {
    name: 'entra-provisioning',
    height: 680,
    ...FIRST_CYCLE,
    async open(walk) {
      await openProvisioning(await openAt(walk, 'entra', '/admin'))
    },
    views: [PROVISIONING],
    sheets: [UI, ...ENTRA],
  },
  {
    name: 'dialpad-users',
    height: 720,
    ...FIRST_CYCLE,
    async open(walk) {
      const desk = await openDialpadSettings(walk)
      await desk.press('Users', { within: 'Main' })
    },
    views: ['dialpad-sandbox/portal/user-list-page.tsx'],
    sheets: [UI, ...DIALPAD],
  },
  {
    name: 'kit-home',
    height: 720,
    ...FIRST_CYCLE,
    open: async (walk) => void (await openAt(walk, 'kit', '/')),
    views: ['scenarios/home/pages/launchpad-page.tsx'],
    sheets: [UI, HOME],
  },
  {
    name: 'x-ray',
    height: 720,
    ...FIRST_CYCLE,
    async open(walk) {
      const desk = await walk.desk('dialpad', 'somebody')
      await desk.open('/login')
      await desk.press('Log in with Microsoft')
      await signInToEntra(desk, PEOPLE.first.address)
      if (await desk.shows('Accept')) await desk.press('Accept')
      await openAt(walk, 'kit', '/xray?last=25#sequence')
    },
    views: ['scenarios/home/xray/sequence-page.tsx'],
    sheets: [UI, HOME],
  },
  {
    name: 'lesson',
    height: 530,
    walkthrough: ENTRA_SCOPING,
    upTo: 'scoping/1',
    async open(walk) {
      const lessons = `/lessons/${ENTRA_SCOPING.id}`
      const desk = await openAt(walk, 'kit', `${lessons}/start`)
      await desk.press(`Start ${ENTRA_SCOPING.title}`)
      // The start has put everything back, also who was signed in. The way to the provisioning is the first lesson.
      const beside = await openAt(walk, 'entra', '/admin')
      await signInToEntra(beside, PEOPLE.applications)
      await openProvisioning(beside)
      await openAt(walk, 'kit', `${lessons}/1/panel`)
      await desk.see('Done')
      await desk.open(`${lessons}/2/panel`)
      await desk.press('Begin this lesson')
      await desk.open(`${lessons}/2`)
    },
    views: ['scenarios/home/lessons/lesson-page.tsx', PROVISIONING],
    sheets: [UI, HOME, 'scenarios/home/lessons/lessons.css', ...ENTRA],
  },
]

/** The steps that are done before a picture is taken. @throws when the walkthrough has no such step. */
export function stepsBefore({ walkthrough, upTo }: Pick<Picture, 'walkthrough' | 'upTo'>): readonly Step[] {
  const last = walkthrough.steps.findIndex(({ id }) => id === upTo)
  if (last < 0) throw new Error(`${walkthrough.id} has no step ${upTo}.`)
  return walkthrough.steps.slice(0, last + 1)
}
