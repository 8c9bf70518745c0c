import { z } from 'zod'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { Walk } from '../walkthrough.ts'
import { lookAt } from './records.ts'

const Group = z.looseObject({ id: z.string(), displayName: z.string() })
const Member = z.looseObject({ groupId: z.string(), userId: z.string() })
const User = z.looseObject({ id: z.string(), emails: z.array(z.string()) })
const Change = z.looseObject({ action: z.string(), note: z.string() })

/** Dialpad's directory groups at one moment. */
export interface DialpadGroupsPicture {
  readonly names: readonly string[]
  idOf(name: string): string | undefined
  /** Primary addresses, in the order of the alphabet. */
  membersOf(name: string): readonly string[]
  /** Notes of the change log for an action: `group_rename_ignored`. */
  notes(action: string): readonly string[]
}

export async function pictureDialpadGroups(client: ControlClient): Promise<DialpadGroupsPicture> {
  const records = await lookAt(client)
  const groups = records.of('groups', Group)
  const members = records.of('groupMembers', Member)
  const users = records.of('users', User)
  const changes = records.of('changeLog', Change)
  const peopleOf = (name: string) => {
    const group = groups.find((each) => each.displayName === name)
    const ids = new Set(members.filter(({ groupId }) => groupId === group?.id).map(({ userId }) => userId))
    return users.filter(({ id }) => ids.has(id))
  }
  const addresses = (people: readonly z.infer<typeof User>[]) => people.map(({ emails }) => emails[0] ?? '').toSorted()
  return {
    names: groups.map(({ displayName }) => displayName),
    idOf: (name) => groups.find(({ displayName }) => displayName === name)?.id,
    membersOf: (name) => addresses(peopleOf(name)),
    notes: (action) => changes.filter((change) => change.action === action).map(({ note }) => note),
  }
}

/**
 * What somebody else does to a directory group in Dialpad, past Okta: a script with a key of the company. For the setup of a step.
 * @throws when Dialpad refuses it, or has no such group.
 */
export async function meddleWithGroup(
  walk: Walk,
  name: string,
  act: { readonly kind: 'remove-member'; readonly address: string } | { readonly kind: 'delete' },
): Promise<void> {
  const records = await lookAt(walk.control.dialpad)
  const group = records.of('groups', Group).find(({ displayName }) => displayName === name)
  if (group === undefined) throw new Error(`Dialpad has no group ${name}.`)
  const headers = { authorization: `Bearer ${CONNECTED_API_KEY}`, 'content-type': 'application/scim+json' }
  const url = `${walk.urls.dialpad}/scim/Groups/${group.id}`
  const response =
    act.kind === 'delete'
      ? await walk.fetch(url, { method: 'DELETE', headers })
      : await walk.fetch(url, { method: 'PATCH', headers, body: JSON.stringify(removal(idOf(act.address))) })
  if (!response.ok) throw new Error(`Dialpad answered ${response.status}: ${await response.text()}`)

  function idOf(address: string): string {
    return records.of('users', User).find(({ emails }) => emails[0] === address)?.id ?? ''
  }
}

function removal(userId: string) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'remove', path: `members[value eq "${userId}"]` }],
  }
}
