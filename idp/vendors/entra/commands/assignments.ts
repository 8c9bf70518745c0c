import { assign, assignableRoles, unassign } from '#idp/core/directory/assignments.ts'
import type { AppRoleAssignment, ServicePrincipal } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import type { Clock } from '#kit/clock.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, principalTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraReader, EntraWriter } from '../collections.ts'
import { groupsUnavailable } from '../tenant-plan.ts'
import { type Actor, type CommandDeps, mustManageApp, type Standing } from './actor.ts'
import { journalChange } from './journal-change.ts'

export interface AssignInput {
  readonly appId: string
  /** Users and groups, at least one. */
  readonly principalIds: readonly string[]
  /** Absent: the app's only role, Default Access where it declares none. */
  readonly appRoleId?: string
}

/** A principal as journal and pages name it: a user principal name or a group's name. */
export function principalNames(
  reader: EntraReader,
  principalId: string,
): { readonly displayName: string; readonly subject: string } {
  const user = reader.get('users', principalId)
  if (user !== undefined) return { displayName: user.displayName, subject: user.userPrincipalName }
  const group = reader.get('groups', principalId)
  const displayName = group?.displayName ?? principalId
  return { displayName, subject: displayName }
}

/**
 * Assign people and groups to an app: all of them, or none when one is refused.
 *
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `assign`; `Request_BadRequest` when nobody is selected, or the
 *   app offers several roles and none is, or for a group where the tenant's plan has none.
 */
export async function assignToApp(
  { system }: CommandDeps,
  actor: Actor,
  input: AssignInput,
): Promise<readonly AppRoleAssignment[]> {
  const now = system.clock.iso()
  const { app, made } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    const roles = assignableRoles(standing.app)
    const appRoleId = input.appRoleId ?? (roles.length === 1 ? roles[0]?.id : undefined)
    if (input.principalIds.length === 0) throw badValue('principalIds', 'Select at least one user or group.')
    if (appRoleId === undefined) throw badValue('appRoleId', 'Select a role.')
    const refused = groupsUnavailable(system.switches)
    if (refused !== undefined && input.principalIds.some((id) => tx.has('groups', id))) {
      throw badValue('principalIds', refused)
    }
    const assigned = input.principalIds.map((principalId) => {
      const assignment = assign(tx, {
        id: guidOf(nextIdSeed(tx)),
        now,
        tenantId: standing.tenant.id,
        principalId,
        resourceId: standing.app.id,
        appRoleId,
      })
      auditAssignment(tx, system.clock, standing, assignment, 'made')
      return { assignment, ...principalNames(tx, principalId) }
    })
    return { app: standing.app, made: assigned }
  })
  for (const { assignment, displayName, subject } of made) {
    journalChange(system, {
      title: `${displayName} was assigned to ${app.displayName}`,
      subject,
      change: { type: 'assignment', id: assignment.id, after: assignment },
    })
  }
  return made.map(({ assignment }) => assignment)
}

/**
 * Take assignments away: all of them, or none when one is not there.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for none; `Request_ResourceNotFound`.
 */
export async function removeAssignments(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly assignmentIds: readonly string[] },
): Promise<readonly AppRoleAssignment[]> {
  const { app, removed } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    if (input.assignmentIds.length === 0) throw badValue('assignmentIds', 'Select at least one assignment.')
    const gone = input.assignmentIds.map((id) => {
      if (tx.get('appRoleAssignments', id)?.resourceId !== input.appId) throw notFound('assignment', id)
      const assignment = unassign(tx, standing.tenant.id, id)
      auditAssignment(tx, system.clock, standing, assignment, 'removed')
      return { assignment, ...principalNames(tx, assignment.principalId) }
    })
    return { app: standing.app, removed: gone }
  })
  for (const { assignment, displayName, subject } of removed) {
    journalChange(system, {
      title: `${displayName} is no longer assigned to ${app.displayName}`,
      subject,
      change: { type: 'assignment', id: assignment.id, before: assignment },
    })
  }
  return removed.map(({ assignment }) => assignment)
}

const ASSIGNMENT_ACTIVITIES = {
  User: { made: 'Add app role assignment grant to user', removed: 'Remove app role assignment from user' },
  Group: { made: 'Add app role assignment to group', removed: 'Remove app role assignment from group' },
} as const

/** The app stands first among the targets: what was assigned, then to whom. */
function auditAssignment(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  standing: Standing & { readonly app: ServicePrincipal },
  { principalId, principalType, appRoleId }: AppRoleAssignment,
  what: 'made' | 'removed',
): void {
  const role = {
    name: 'AppRole.Id',
    oldValue: null,
    newValue: null,
    [what === 'made' ? 'newValue' : 'oldValue']: JSON.stringify(appRoleId),
  }
  recordAudit(tx, clock, {
    tenantId: standing.tenant.id,
    activity: ASSIGNMENT_ACTIVITIES[principalType][what],
    initiatedBy: initiatorOf(tx, standing),
    targets: [appTarget(standing.app, [role]), ...principalTarget(tx, principalId)],
  })
}
