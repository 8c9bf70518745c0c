import { finding } from './finding.ts'
import { PEOPLE } from './people.ts'
import type { Desk, Step, StepSource, Walk } from './walkthrough.ts'
import { signInToEntra, signInToEntraIfAsked } from './ways-in.ts'
import { pictureEntra } from './witness/entra.ts'
import { exchanges } from './witness/exchanges.ts'

/** How people go about the pages of Dialpad's provisioning in the admin center. */

/** The browser of a colleague who looks after people and groups, while the administrator stays where they are. */
const COLLEAGUE = 'colleague'

/** From any page of the admin center to the Overview of Dialpad's provisioning. */
export async function openProvisioning(desk: Desk): Promise<void> {
  await desk.see('Entra ID', { within: 'Main' })
  await desk.press('Enterprise apps', { within: 'Main' })
  await desk.press('Dialpad', { within: 'All applications' })
  await desk.press('Provisioning', { within: 'Pages of Dialpad' })
}

/** To another page of Dialpad's provisioning. */
export async function turnTo(desk: Desk, page: string): Promise<void> {
  await desk.press(page, { within: 'Provisioning of Dialpad' })
}

/** The colleague's tab at the admin center's Home; signed in when it was not yet. */
export async function askColleague(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra', COLLEAGUE)
  await desk.open('/admin')
  await signInToEntraIfAsked(desk, PEOPLE.owner)
  await desk.see('Entra ID', { within: 'Main' })
  return desk
}

/** The colleague changes a property of somebody. */
export async function changePerson(walk: Walk, name: string, label: string, value: string): Promise<void> {
  const desk = await askColleague(walk)
  await desk.press('Users', { within: 'Main' })
  await desk.fill('Search', name, { within: 'All users' })
  await desk.press('Apply')
  await desk.press(name, { within: 'All users' })
  await desk.press('Properties', { within: `Pages of ${name}` })
  await desk.fill(label, value)
  await desk.press('Save')
  await desk.see(`The properties of ${name} were saved.`)
}

/** On Users and groups of the app: remove an assignment. */
export async function unassign(desk: Desk, name: string): Promise<void> {
  await desk.tick(`Select ${name}`)
  await desk.press('Remove')
  await desk.press(`Remove ${name}`)
  await desk.see('Users and groups')
}

/** Open what is folded away in the card of that title. */
export async function viewDetails(desk: Desk, card: string): Promise<void> {
  await desk.see(card)
  await desk.press('View details', { within: card })
}

/** Move the clock of all systems, with the form of the kit home. `duration` as ISO 8601 writes it: `PT6H`. */
export async function letPass(walk: Walk, duration: string): Promise<void> {
  const home = await walk.desk('kit')
  await home.open('/')
  await home.press('Clock')
  await home.fill('Duration', duration)
  await home.press('Advance')
  await home.see('in all systems')
}

/** Wait for the cycle that a button has begun: the clock moves on by a second, and answers when nothing runs any more. */
export async function letCycleEnd(walk: Walk): Promise<void> {
  await walk.control.kit.moveClock({ advance: 'PT1S' })
}

/** How every article begins: to the page of the app's provisioning. */
export function openingStep(id: string, source: StepSource): Step {
  return {
    id,
    title: 'Open the provisioning of Dialpad',
    say: 'Sign in to the Microsoft Entra admin center as at least a Cloud Application Administrator, go to Entra ID > Enterprise apps, select Dialpad and select Provisioning.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Sign in', 'Entra ID', 'Enterprise apps', 'Dialpad', 'Provisioning'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await signInToEntra(desk, PEOPLE.applications)
      await openProvisioning(desk)
    },
    async check(walk) {
      const { app, job } = await pictureEntra(walk.control.entra)
      const opened = await exchanges(walk.control.entra, { url: `/admin/apps/${app?.id}/provisioning`, status: 200 })
      return finding(
        `The Overview is open; the configuration is ${job?.state ?? 'not there'}.`,
        opened.length > 0,
        job?.state === 'Active',
      )
    },
    wrong: [
      {
        mistake: 'The account holds the role Global Reader.',
        sign: '"You don\'t have access": that role reads no provisioning.',
      },
    ],
  }
}
