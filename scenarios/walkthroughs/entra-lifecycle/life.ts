import { finding, missing } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Desk, Step, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges, lastNumber } from '../witness/exchanges.ts'
import { assign, openAssignments } from './assign.ts'
import { letCyclePass } from './cycles.ts'
import { SEPARATE } from './gallery.ts'

const cycles = { article: 'how-it-works', section: 'Incremental cycle' } as const
const leaving = { article: 'how-it-works', section: 'Deprovisioning' } as const

const NEW_TITLE = 'Senior Support Agent'
const DAYS_IN_BIN = 30
/** The group as it was named by the step before. */
const GROUP_IN_ENTRA = `${GROUP} (all)`

/** What Dialpad was asked since the step began. */
async function askedSince(walk: Walk, method: string, url: string) {
  const after = Number(walk.keep.get('dialpadNumber'))
  return exchanges(walk.control.dialpad, { kind: 'scim', method, url, after })
}

async function markJournal(walk: Walk): Promise<void> {
  walk.keep.set('dialpadNumber', String(await lastNumber(walk.control.dialpad)))
  const { seatsTaken } = await pictureDialpad(walk.control.dialpad)
  walk.keep.set('seatsBefore', String(seatsTaken(PEOPLE.first.office)))
}

async function openPerson(desk: Desk, name: string): Promise<void> {
  await desk.open('/admin')
  await desk.press('Users', { within: 'Main' })
  await desk.fill('Search', name, { within: 'All users' })
  await desk.press('Apply')
  await desk.press(name, { within: 'All users' })
}

/** What provisioning is for: people change, move, leave, come back and are deleted. */
export const LIFE_STEPS: readonly Step[] = [
  {
    id: 'life/1',
    title: 'Somebody gets a new title',
    say: `Change the job title of ${PEOPLE.first.name} in Entra, and let the next cycle run: +40 min on the kit home. It sends the difference, and nothing else.`,
    source: cycles,
    at: { page: 'Entra, Users, Properties', labels: ['Users', 'Properties', 'Job title', 'Save'] },
    setup: markJournal,
    async solve(walk) {
      const desk = await walk.desk('entra', SEPARATE)
      await openPerson(desk, PEOPLE.first.name)
      await desk.press('Properties', { within: `Pages of ${PEOPLE.first.name}` })
      await desk.fill('Job title', NEW_TITLE)
      await desk.press('Save')
      await desk.see(`The properties of ${PEOPLE.first.name} were saved.`)
      await letCyclePass(walk)
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      const patches = await askedSince(walk, 'PATCH', `/scim/Users/${person?.id}`)
      return finding(
        `In Dialpad the title is "${person?.title}", by ${patches.length} PATCH.`,
        person?.title === NEW_TITLE,
        patches.length > 0,
      )
    },
  },
  {
    id: 'life/2',
    title: 'Two people move between groups',
    say: `${PEOPLE.joins.name} becomes a member of the assigned group and ${PEOPLE.leaves.name} is removed from it: by the next cycle one gets an account, the other's is suspended.`,
    source: cycles,
    at: { page: 'Entra, Groups, Members', labels: ['Groups', 'Members', 'Add members', 'Select', 'Remove'] },
    setup: markJournal,
    async solve(walk) {
      const desk = await walk.desk('entra', SEPARATE)
      await desk.open('/admin')
      await desk.press('Groups', { within: 'Main' })
      await desk.press(GROUP_IN_ENTRA)
      await desk.press('Members', { within: `Pages of ${GROUP_IN_ENTRA}` })
      await desk.press('Add members')
      await desk.fill('Search', PEOPLE.joins.name, { within: 'Add members' })
      await desk.press('Search', { within: 'Add members' })
      await desk.tick(PEOPLE.joins.name, true, { within: 'Add members' })
      await desk.press('Select', { within: 'Add members' })
      await desk.see(PEOPLE.joins.address)
      await desk.tick(`Select ${PEOPLE.leaves.name}`)
      await desk.press('Remove')
      await desk.press(`Remove ${PEOPLE.leaves.name}`)
      await letCyclePass(walk)
    },
    async check(walk) {
      const { membersOf } = await pictureEntra(walk.control.entra)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const joined = dialpad.person(PEOPLE.joins.address)
      const left = dialpad.person(PEOPLE.leaves.address)
      if (joined === undefined) return missing(`account of ${PEOPLE.joins.address} in Dialpad`)
      const members = membersOf(GROUP_IN_ENTRA)
      return finding(
        `${PEOPLE.joins.name} is ${joined.state}, in ${joined.groups.join(', ') || 'no group'}; ${PEOPLE.leaves.name} is ${left?.state}, in ${left?.groups.join(', ') || 'no group'}.`,
        members.includes(PEOPLE.joins.address),
        !members.includes(PEOPLE.leaves.address),
        joined.state === 'active',
        joined.groups.includes(GROUP),
        left?.state === 'suspended',
        left?.groups.includes(GROUP) === false,
      )
    },
  },
  {
    id: 'life/3',
    title: 'Somebody is unassigned',
    say: `Remove the assignment of ${PEOPLE.first.name}. The next cycle suspends the account, and its license is free for the next one.`,
    source: leaving,
    at: { page: 'Entra, Dialpad, Users and groups', labels: ['Users and groups', 'Remove'] },
    setup: markJournal,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openAssignments(desk)
      await desk.tick(`Select ${PEOPLE.first.name}`)
      await desk.press('Remove')
      await desk.press(`Remove ${PEOPLE.first.name}`)
      await letCyclePass(walk)
    },
    async check(walk) {
      const { assigned } = await pictureEntra(walk.control.entra)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const person = dialpad.person(PEOPLE.first.address)
      const before = Number(walk.keep.get('seatsBefore'))
      const now = dialpad.seatsTaken(PEOPLE.first.office)
      const deleted = await askedSince(walk, 'DELETE', '/scim/Users/')
      return finding(
        `${PEOPLE.first.name} is ${person?.state}; seats taken in ${PEOPLE.first.office}: ${before} before, ${now} now; ${deleted.length} accounts were deleted.`,
        !assigned.includes(PEOPLE.first.address),
        person?.state === 'suspended',
        now === before - 1,
        deleted.length === 0,
      )
    },
  },
  {
    id: 'life/4',
    title: 'They come back',
    say: `Assign ${PEOPLE.first.name} again: by the next cycle the same account is active again, and takes a license.`,
    source: cycles,
    at: { page: 'Entra, Dialpad, Users and groups', labels: ['Users and groups', 'Add user/group', 'Assign'] },
    setup: markJournal,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openAssignments(desk)
      await assign(desk, PEOPLE.first.name)
      await letCyclePass(walk)
    },
    async check(walk) {
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const person = dialpad.person(PEOPLE.first.address)
      const before = Number(walk.keep.get('seatsBefore'))
      const now = dialpad.seatsTaken(PEOPLE.first.office)
      return finding(
        `${PEOPLE.first.name} is ${person?.state} under ${person?.id === walk.keep.get('firstPersonId') ? 'the same' : 'another'} id; seats taken: ${before} before, ${now} now.`,
        person?.state === 'active',
        person?.id === walk.keep.get('firstPersonId'),
        now === before + 1,
      )
    },
  },
  {
    id: 'life/5',
    title: 'They leave for good',
    say: `Delete ${PEOPLE.first.name} in Entra. For 30 days the account lies in the recycle bin, and by the next cycle its counterpart in Dialpad is suspended.`,
    source: leaving,
    at: { page: 'Entra, Users', labels: ['Users', 'Delete'] },
    setup: markJournal,
    async solve(walk) {
      const desk = await walk.desk('entra', SEPARATE)
      await openPerson(desk, PEOPLE.first.name)
      await desk.press('Delete')
      await desk.press(`Delete ${PEOPLE.first.name}`)
      await letCyclePass(walk)
    },
    async check(walk) {
      const gone = (await pictureEntra(walk.control.entra)).person(PEOPLE.first.address)
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      return finding(
        `In Entra ${gone?.deletedDateTime === undefined ? 'not deleted' : `deleted since ${gone.deletedDateTime}`}; in Dialpad ${person?.state ?? 'not there'}.`,
        gone?.deletedDateTime !== undefined,
        person?.state === 'suspended',
      )
    },
  },
  {
    id: 'life/6',
    title: 'Thirty days later they are gone',
    say: 'Let thirty days pass on the kit home: Entra deletes for good, and the next cycle deletes the account in Dialpad.',
    source: leaving,
    at: { page: 'Kit home, Clock', labels: ['Clock', 'Advance'] },
    setup: markJournal,
    async solve(walk) {
      const home = await walk.desk('kit')
      await home.open('/')
      await home.press('Clock')
      await home.fill('Duration', `P${DAYS_IN_BIN}D`)
      await home.press('Advance')
      await home.see('in all systems')
      await letCyclePass(walk)
    },
    async check(walk) {
      const inEntra = (await pictureEntra(walk.control.entra)).person(PEOPLE.first.address)
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      const deleted = await askedSince(walk, 'DELETE', `/scim/Users/${walk.keep.get('firstPersonId')}`)
      const answers = deleted.map(({ response }) => String(response?.status ?? 'nothing'))
      const answered = answers.length === 0 ? '' : `, answered ${[...new Set(answers)].join(', ')}`
      const visible = person !== undefined && person.state !== 'deleted'
      return finding(
        `${inEntra === undefined ? 'Gone from Entra' : 'Still in Entra'}; ${deleted.length} DELETE went to Dialpad${answered}, where the account is ${visible ? person.state : 'gone'}.`,
        inEntra === undefined,
        deleted.some((entry) => entry.response?.status === 204),
        !visible,
      )
    },
  },
]
