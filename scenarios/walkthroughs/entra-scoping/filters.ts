import { GROUP } from '../people.ts'
import { letCycleEnd } from '../provisioning-pages.ts'
import type { Desk, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'

/** Name of the filter the walkthrough defines and changes. */
export const FILTER_TITLE = 'Support only'

/** Save what Source Object Scope shows, confirm, and wait for the initial cycle that follows. */
export async function saveFilters(walk: Walk, desk: Desk): Promise<void> {
  await desk.press('Save', { within: 'Commands' })
  await desk.see('Save changes?')
  await desk.press('Yes')
  await desk.see('The mapping was saved')
  await letCycleEnd(walk)
}

/** From Attribute Mapping of users to Source Object Scope, whatever it says at the moment. */
export async function openScope(desk: Desk, now: string): Promise<void> {
  await desk.see('Source Object Scope')
  await desk.press(now)
}

/** How the members of the assigned group stand: clauses of the saved filters, and who is active in Dialpad. */
export async function pictureScope(walk: Walk) {
  const { job, run, membersOf } = await pictureEntra(walk.control.entra)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const filters = job?.schema.users.scopingFilters ?? []
  const members = membersOf(GROUP)
  const active = members.filter((address) => dialpad.person(address)?.state === 'active')
  const words = filters.map(({ title, clauses }) => {
    const said = clauses.map(({ attribute, operator, value }) => `${attribute} ${operator} '${value}'`)
    return `${title}: ${said.join(' and ')}`
  })
  return {
    filters,
    active,
    members,
    last: run?.lastExecution,
    found: `${words.join('; ') || 'No filter'}. ${active.length} of ${members.length} people are active in Dialpad: ${active.join(', ') || 'nobody'}.`,
  }
}
