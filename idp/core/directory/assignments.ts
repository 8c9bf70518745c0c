import type { Reader, Writer } from '#kit/store/store.ts'
import { recordChange } from './change-feed.ts'
import {
  type AppRole,
  type AppRoleAssignment,
  DEFAULT_ACCESS_ROLE_ID,
  type DirectoryShape,
  type ServicePrincipal,
} from './records.ts'
import { DirectoryRefusal, notFound } from './refusal.ts'

/** The role everybody gets on an app that declares none (reference 3.3). */
const DEFAULT_ACCESS: AppRole = {
  id: DEFAULT_ACCESS_ROLE_ID,
  value: '',
  displayName: 'Default Access',
  description: 'Default Access',
  isEnabled: true,
  allowedMemberTypes: ['User'],
}

/** The roles people and groups may be assigned on this app: its enabled ones, or Default Access when it has none. */
export function assignableRoles(principal: ServicePrincipal): readonly AppRole[] {
  const roles = principal.appRoles.filter((role) => role.isEnabled && role.allowedMemberTypes.includes('User'))
  return roles.length > 0 ? roles : [DEFAULT_ACCESS]
}

/** Display name of an assignment's role, for pages and logs; `undefined` when the app has dropped the role since. */
export function roleNameOf(principal: ServicePrincipal, appRoleId: string): string | undefined {
  if (appRoleId === DEFAULT_ACCESS_ROLE_ID) return DEFAULT_ACCESS.displayName
  return principal.appRoles.find((role) => role.id === appRoleId)?.displayName
}

export interface NewAssignment {
  readonly id: string
  readonly now: string
  readonly tenantId: string
  /** User or group. */
  readonly principalId: string
  /** The app's service principal. */
  readonly resourceId: string
  readonly appRoleId: string
}

/**
 * Assign a person or group to an app. The same principal may hold several roles, each once.
 *
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown app, user or group, of another tenant included;
 *   `Request_BadRequest` for a role the app does not offer, a group without security, and an assignment already there.
 */
export function assign(tx: Writer<DirectoryShape>, input: NewAssignment): AppRoleAssignment {
  const { tenantId, principalId, resourceId, appRoleId } = input
  const resource = tx.get('servicePrincipals', resourceId)
  if (resource === undefined || resource.tenantId !== tenantId) throw notFound('service principal', resourceId)
  const principalType = assignableType(tx, tenantId, principalId)
  if (!assignableRoles(resource).some((role) => role.id === appRoleId)) {
    throw new DirectoryRefusal(
      'Request_BadRequest',
      `The role '${appRoleId}' cannot be assigned on '${resource.displayName}'. Choose one of: ${assignableRoles(
        resource,
      )
        .map((role) => role.displayName)
        .join(', ')}.`,
      'appRoleId',
    )
  }
  const held = tx.find('appRoleAssignments', 'pair', `${resourceId}/${principalId}`)
  if (held.some((assignment) => assignment.appRoleId === appRoleId)) {
    throw new DirectoryRefusal(
      'Request_BadRequest',
      `This role on '${resource.displayName}' is already assigned to the ${principalType.toLowerCase()}.`,
      'principalId',
    )
  }
  const assignment: AppRoleAssignment = {
    id: input.id,
    tenantId,
    principalId,
    principalType,
    resourceId,
    appRoleId,
    createdDateTime: input.now,
  }
  tx.put('appRoleAssignments', assignment.id, assignment)
  noteAssignment(tx, assignment, 'changed')
  return assignment
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` when there is no such assignment in this tenant. */
export function unassign(tx: Writer<DirectoryShape>, tenantId: string, assignmentId: string): AppRoleAssignment {
  const assignment = tx.get('appRoleAssignments', assignmentId)
  if (assignment === undefined || assignment.tenantId !== tenantId) throw notFound('assignment', assignmentId)
  tx.delete('appRoleAssignments', assignmentId)
  noteAssignment(tx, assignment, 'hard-deleted')
  return assignment
}

/** Remove every assignment of a principal, or on a resource. Cost: their number. */
export function removeAssignmentsOf(tx: Writer<DirectoryShape>, side: 'principal' | 'resource', id: string): void {
  for (const assignment of tx.find('appRoleAssignments', side, id)) unassign(tx, assignment.tenantId, assignment.id)
}

function assignableType(reader: Reader<DirectoryShape>, tenantId: string, principalId: string): 'User' | 'Group' {
  const user = reader.get('users', principalId)
  if (user !== undefined && user.tenantId === tenantId && user.deletedDateTime === undefined) return 'User'
  const group = reader.get('groups', principalId)
  if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime !== undefined) {
    throw notFound('user or group', principalId)
  }
  if (!group.securityEnabled) {
    throw new DirectoryRefusal(
      'Request_BadRequest',
      `The group '${group.displayName}' is not a security group, so it cannot be assigned to an app.`,
      'principalId',
    )
  }
  return 'Group'
}

function noteAssignment(
  tx: Writer<DirectoryShape>,
  { id, tenantId, resourceId, principalId, principalType }: AppRoleAssignment,
  change: 'changed' | 'hard-deleted',
): void {
  recordChange(tx, {
    tenantId,
    objectType: 'assignment',
    objectId: id,
    change,
    assignment: { resourceId, principalId, principalType },
  })
}
