import { finding } from './finding.ts'
import { openAppTab } from './okta-pages.ts'
import { PEOPLE } from './people.ts'
import type { Desk, Step, StepSource, Walk } from './walkthrough.ts'
import { signInToOkta } from './ways-in.ts'
import { pictureOkta } from './witness/okta.ts'
import { markJournals, pagesSince } from './witness/okta-since.ts'

/** How people go about groups in the org's admin console, and how a walkthrough of the connected org begins. */

/** The admin console in the administrator's tab; signed in again when the session has ended. */
export async function openConsole(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('okta')
  await desk.open('/admin')
  if (await desk.shows('Username')) await signInToOkta(desk, PEOPLE.owner)
  return desk
}

/** To a group's page: Directory > Groups. */
export async function openGroup(desk: Desk, group: string): Promise<void> {
  await desk.press('Groups', { within: 'Main' })
  await desk.press(group, { within: 'Groups' })
}

/** Directory > Groups > a group > Assign people. */
export async function addToGroup(desk: Desk, group: string, name: string): Promise<void> {
  await openGroup(desk, group)
  await desk.press('Assign people')
  await desk.fill('Search people to assign', name)
  await desk.enter()
  await desk.press(`Assign ${name}`)
  await desk.press('Done')
}

/** Directory > Groups > a group: take somebody out. */
export async function removeFromGroup(desk: Desk, group: string, name: string): Promise<void> {
  await openGroup(desk, group)
  await desk.press(`Remove ${name}`)
  await desk.press(`Remove ${name}`)
  await desk.see('People')
}

/** Directory > Groups > Add group. */
export async function addGroup(desk: Desk, name: string, description: string): Promise<void> {
  await desk.press('Groups', { within: 'Main' })
  await desk.press('Add group')
  await desk.fill('Name', name)
  await desk.fill('Description (optional)', description)
  await desk.press('Save')
  await desk.see(`The group ${name} was added.`)
}

/** How a walkthrough of the connected org begins: to a tab of Dialpad in the admin console. */
export function openingStep(id: string, tab: string, source: StepSource, address: string): Step {
  return {
    id,
    title: `Open Dialpad in the admin console, tab ${tab}`,
    say: `Sign in to the Okta admin console as an administrator, go to Applications > Applications, select Dialpad and select ${tab}.`,
    source,
    at: { page: `Okta, Dialpad, ${tab}`, labels: ['Verify', 'Applications', 'Dialpad', tab] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.open('/admin')
      await signInToOkta(desk, PEOPLE.owner)
      await openAppTab(desk, tab)
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      const opened = await pagesSince(walk, 'okta', `/instance/${app?.id}/${address}`)
      return finding(
        `The tab was opened; the API integration is ${app?.provisioning?.enabled === true ? 'on' : 'off'}.`,
        opened > 0,
        app?.provisioning?.enabled === true,
      )
    },
    hints: [
      'The admin console is apart from the dashboard people see: it is at /admin of the org.',
      'Applications stands in the navigation at the left, and once more below its own heading.',
      `Sign in as ${PEOPLE.owner}, press Applications, Dialpad, then the tab ${tab}.`,
    ],
    wrong: [
      {
        mistake: 'Somebody without an administrator role signs in.',
        sign: 'The console does not open; only the dashboard with their own apps does.',
      },
      {
        mistake: 'The tab is looked for while the API integration is off.',
        sign: 'The tab is there, and says that it is not enabled and where to enable it.',
      },
    ],
  }
}
