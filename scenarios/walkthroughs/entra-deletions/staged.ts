import { GROUP } from '../people.ts'
import type { Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { askedSince } from '../witness/since.ts'

/** People of the group and the group itself: what unassigning it takes away. */
export const LEAVING = 6

/** Where the deletions stand: what waits, what was sent since the journal was marked, and who is active. */
export async function pictureDeletions(walk: Walk) {
  const { run, staged, assigned, membersOf, audit } = await pictureEntra(walk.control.entra)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const patches = await askedSince(walk, 'PATCH', '/scim/Users/')
  const deleted = await askedSince(walk, 'DELETE', '/scim/')
  const states = membersOf(GROUP).map((address) => dialpad.person(address)?.state ?? 'gone')
  const active = states.filter((state) => state === 'active').length
  return {
    staged,
    assigned,
    audit,
    active,
    suspended: states.filter((state) => state === 'suspended').length,
    hasGroup: dialpad.groups.includes(GROUP),
    quarantine: run?.quarantine ?? null,
    last: run?.lastExecution,
    sent: patches.length + deleted.length,
    found: `${staged} deletions wait; ${patches.length} PATCH and ${deleted.length} DELETE were sent; ${active} of ${states.length} people are active in Dialpad, whose group is ${dialpad.groups.includes(GROUP) ? 'there' : 'gone'}. ${run?.quarantine ? `In quarantine: ${run.quarantine.reason}.` : 'No quarantine.'}`,
  }
}
