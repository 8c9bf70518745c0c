import { finding, missing } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { pictureEntra } from '../witness/entra.ts'

const source = { article: '001', section: 'Assign Users to Dialpad' } as const

/** From any page of the admin center to Users and groups of Dialpad. */
export async function openAssignments(desk: Desk): Promise<void> {
  await desk.press('Enterprise apps', { within: 'Main' })
  await desk.press('Dialpad', { within: 'All applications' })
  await desk.press('Users and groups', { within: 'Pages of Dialpad' })
}

/** On Users and groups: assign one person or group, found by the name's beginning. */
export async function assign(desk: Desk, name: string): Promise<void> {
  await desk.press('Add user/group')
  await desk.press('Users and groups: None Selected')
  await desk.fill('Search', name, { within: 'Users and groups' })
  await desk.press('Search', { within: 'Users and groups' })
  await desk.tick(name, true, { within: 'Users and groups' })
  await desk.press('Select', { within: 'Users and groups' })
  await desk.see('Select a role')
  await desk.press('Assign')
  await desk.see(name, { within: 'Users and groups assigned to Dialpad' })
}

/** Seed 001, "Assign Users to Dialpad": decided before, done as soon as the app is there. */
export const ASSIGN_STEPS: readonly Step[] = [
  {
    id: '001/assign/1',
    title: 'Assign one person, to try with',
    say: 'Only assigned people are provisioned. Begin with one: open the app, Users and groups, Add user/group, and assign them.',
    source,
    at: {
      page: 'Entra, Dialpad, Users and groups',
      labels: ['Users and groups', 'Add user/group', 'Select a role', 'Assign'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openAssignments(desk)
      await assign(desk, PEOPLE.first.name)
    },
    async check(walk) {
      const { app, assigned } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      return finding(
        `Assigned to ${app.displayName}: ${assigned.join(', ') || 'nobody'}.`,
        assigned.join() === PEOPLE.first.address,
      )
    },
    hints: [
      'Dialpad declares no roles here, so everybody gets Default Access, which counts since 2021. The article still says it does not.',
    ],
    wrong: [
      { mistake: 'Nobody is assigned when provisioning starts.', sign: 'The initial cycle completes with no users.' },
    ],
  },
  {
    id: '001/assign/2',
    title: 'Assign a group',
    say: 'Further people may follow later, as groups: direct members are provisioned, people in groups inside it are not.',
    source,
    at: { page: 'Entra, Dialpad, Users and groups', labels: ['Add user/group', 'Assign'] },
    async solve(walk) {
      await assign(await walk.desk('entra'), GROUP)
    },
    async check(walk) {
      const { assigned, membersOf } = await pictureEntra(walk.control.entra)
      return finding(
        `Assigned: ${assigned.join(', ')}. The group has ${membersOf(GROUP).length} direct members.`,
        assigned.includes(GROUP),
        assigned.length === 2,
      )
    },
  },
]
