import type { Response } from 'express'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { admit, type GraphPlace } from '../graph-call.ts'
import { GraphError, insufficientPrivileges } from '../graph-error.ts'
import { type PersonCall, personCallOf } from './person-call.ts'

/** Properties of everybody that `User.ReadBasic.All` opens (permissions reference); the photo is not kept here. */
const BASIC_PROPERTIES: readonly string[] = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']

/** Delegated permissions that open whole profiles of everybody, and those that open one's own. */
const FULL = ['User.Read.All', 'Directory.Read.All']
const BASIC = ['User.ReadBasic.All', ...FULL]
const OWN = ['User.Read', ...FULL]

/** What of whose profiles a caller may read. */
export interface ProfileAccess {
  readonly call: GraphPlace
  /** `undefined`: every property. */
  readonly properties: readonly string[] | undefined
}

const holds = (call: PersonCall, needed: readonly string[]): boolean =>
  needed.some((permission) => call.permissions.includes(permission))

/**
 * For a call that reads other people's profiles. An application needs one of `needed`; a person's token one of the delegated
 * permissions, and `listing` everybody is closed to guests (default user permissions).
 *
 * @throws {Refusal} and {GraphError} 403.
 */
export function admitReader(
  res: Response,
  needed: readonly ApplicationPermission[],
  does: 'get' | 'list',
): ProfileAccess {
  const call = personCallOf(res)
  if (call === undefined) return { call: admit(res, needed), properties: undefined }
  if (!holds(call, BASIC)) throw insufficientPrivileges(BASIC)
  if (does === 'list' && call.person.userType === 'Guest') throw insufficientPrivileges()
  return { call, properties: holds(call, FULL) ? undefined : BASIC_PROPERTIES }
}

/**
 * For a call about the person of the token.
 * @param more Delegated permissions that do as well as those that open one's profile.
 * @throws {GraphError} 400 to an application by itself, 403.
 */
export function admitMyself(res: Response, more: readonly string[] = []): PersonCall {
  const call = personCallOf(res)
  if (call === undefined) {
    throw new GraphError('BadRequest', 400, '/me request is only valid with delegated authentication flow.')
  }
  const needed = [...new Set([...OWN, ...more])]
  if (!holds(call, needed)) throw insufficientPrivileges(needed)
  return call
}

/**
 * Ask for no more than is open: a closed property is neither shown nor filtered by.
 * @param names Of `$select` and `$filter`. @throws {GraphError} 403 when one of them is closed to the caller.
 */
export function mustBeOpen({ properties }: Pick<ProfileAccess, 'properties'>, names: readonly string[]): void {
  if (properties === undefined) return
  if (names.some((name) => name !== '*' && !properties.includes(name))) throw insufficientPrivileges(FULL)
}

/** The open part of a resource. */
export function openPartOf(resource: Readonly<Record<string, unknown>>, properties: readonly string[] | undefined) {
  if (properties === undefined) return resource
  return Object.fromEntries(properties.map((name) => [name, resource[name]]))
}
