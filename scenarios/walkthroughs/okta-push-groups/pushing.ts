import { openAppTab } from '../okta-pages.ts'
import type { Desk, Walk } from '../walkthrough.ts'
import { pictureDialpadGroups } from '../witness/dialpad-groups.ts'
import { pictureGroupPush } from '../witness/okta-groups.ts'
import { letQueueEnd, methodsOf, sentSince } from '../witness/okta-since.ts'

/** To the Push Groups tab, with everything sent that was queued. */
export async function openPushGroups(walk: Walk): Promise<Desk> {
  await letQueueEnd(walk)
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Push Groups')
  return desk
}

/** Push Groups > Find groups by name: the form is open then, and the group chosen. */
export async function findByName(walk: Walk, group: string): Promise<Desk> {
  const desk = await openPushGroups(walk)
  await desk.press('Push Groups', { within: 'Group push' })
  await desk.press('Find groups by name')
  await desk.choose('Group to push', group)
  return desk
}

/** Open the menu of a pushed group's Push Status and take an entry of it. `group` by its name in Okta. */
export async function actOnPush(walk: Walk, group: string, status: string, action: string): Promise<Desk> {
  const desk = await openPushGroups(walk)
  await desk.pressInRow(group, status)
  await desk.pressInRow(group, action)
  return desk
}

/** Unlink a pushed group, with one of the two answers of the dialog. */
export async function unlink(walk: Walk, group: string, status: string, answer: string, target: string): Promise<void> {
  const desk = await actOnPush(walk, group, status, 'Unlink pushed group')
  await desk.tick(answer)
  await desk.press(`Unlink ${target}`)
  await desk.see('was unlinked.')
  await letQueueEnd(walk)
}

/** Where the push of a group stands in both systems, and what was sent about groups since the step began. */
export async function pictureOf(walk: Walk, group: string, target: string = group) {
  const sent = await sentSince(walk, undefined, '/scim/Groups')
  const okta = await pictureGroupPush(walk.control.okta)
  const dialpad = await pictureDialpadGroups(walk.control.dialpad)
  const push = okta.push(group)
  const members = dialpad.membersOf(target)
  return {
    push,
    sent,
    okta,
    dialpad,
    members,
    targetId: dialpad.idOf(target),
    found: `The push of ${group} is ${push?.status ?? 'not there'}; Dialpad's group ${target} ${dialpad.idOf(target) === undefined ? 'is not there' : `has ${members.length} ${members.length === 1 ? 'member' : 'members'}: ${members.map((each) => each.split('@')[0]).join(', ') || 'nobody'}`}; sent about groups: ${methodsOf(sent)}.`,
  }
}

/** What was sent, as text: to look for an operation in. */
export function bodiesOf(sent: Awaited<ReturnType<typeof sentSince>>, method: string): string {
  return sent
    .filter(({ request }) => request?.method === method)
    .map(({ request }) => request?.body ?? '')
    .join('\n')
}
