import type { Response } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { admit, type GraphPlace } from '../graph-call.ts'
import { insufficientPrivileges } from '../graph-error.ts'
import { personCallOf } from './person-call.ts'
import { admitMyself } from './profile-access.ts'

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const
const GROUPS = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All'] as const
const USERS = ['User.Read.All', 'User.ReadWrite.All'] as const

/** What opens the ids of somebody else's memberships (directoryObject: getMemberObjects), and what the list of them (memberOf). */
const NEEDED = {
  ids: [...USERS, ...DIRECTORY],
  list: [...USERS, ...GROUPS, ...DIRECTORY],
} as const satisfies Readonly<Record<string, readonly ApplicationPermission[]>>

/** Whose memberships are read, and how much of each is shown. */
export interface MembershipAccess {
  readonly call: GraphPlace
  readonly user: DirectoryUser
  /** Which members show more than their type and id (limited information for inaccessible member objects). */
  readonly isOpen: { readonly group: boolean; readonly directoryRole: boolean }
}

/**
 * For a call that reads the groups and roles of a person: one's own with `User.Read`, others' with what opens them.
 *
 * @param find Looks the person up in the tenant of the call; `undefined` for the person of the token.
 * @throws {GraphError} 400 to an application that asks for itself, 403, and what `find` throws.
 */
export function admitMemberships(
  res: Response,
  needs: keyof typeof NEEDED,
  find: ((call: GraphPlace) => DirectoryUser) | undefined,
): MembershipAccess {
  if (find === undefined) {
    const call = admitMyself(res, NEEDED[needs])
    return { call, user: call.person, isOpen: openedBy(call.permissions) }
  }
  const person = personCallOf(res)
  if (person === undefined) {
    const call = admit(res, NEEDED[needs])
    return { call, user: find(call), isOpen: openedBy(call.actor.permissions) }
  }
  const isHeld = NEEDED[needs].some((each) => person.permissions.includes(each))
  // Whoever may ask about themselves may do so under their own name too.
  const user = isHeld || person.permissions.includes('User.Read') ? find(person) : undefined
  if (user === undefined || !(isHeld || user.id === person.person.id)) throw insufficientPrivileges(NEEDED[needs])
  return { call: person, user, isOpen: openedBy(person.permissions) }
}

function openedBy(permissions: readonly string[]): MembershipAccess['isOpen'] {
  const holds = (needed: readonly string[]): boolean => needed.some((each) => permissions.includes(each))
  return { group: holds([...GROUPS, ...DIRECTORY]), directoryRole: holds(DIRECTORY) }
}
