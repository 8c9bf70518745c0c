import { groupsHolding } from '#idp/core/directory/members.ts'
import type { Application, DirectoryGroup, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'

/** Groups a signed token lists at most (group claims of JSON web tokens); a person in more is told where to ask. */
export const MOST_GROUPS = 200

/** Values of the app roles somebody holds: assigned to them, or to a group they are a direct member of. Disabled roles are left out. */
export function roleValuesOf(reader: EntraReader, userId: string, principal: ServicePrincipal): readonly string[] {
  if (principal.appRoles.length === 0) return []
  const groupIds = reader.find('groupMembers', 'member', userId).map(({ groupId }) => groupId)
  const held = new Set(
    [userId, ...groupIds].flatMap((id) =>
      reader.find('appRoleAssignments', 'pair', `${principal.id}/${id}`).map(({ appRoleId }) => appRoleId),
    ),
  )
  if (held.size === 0) return []
  return principal.appRoles.filter((role) => role.isEnabled && held.has(role.id)).map(({ value }) => value)
}

/**
 * The groups an application is told of, as its manifest asks (`groupMembershipClaims`): security groups, or all, of which the person is a
 * member directly or through other groups; or those assigned to the application, of which they are a direct member. Stops counting beyond
 * {@link MOST_GROUPS}.
 */
export function groupsToldTo(
  reader: EntraReader,
  userId: string,
  { groupMembershipClaims: wish }: Application,
  principal: ServicePrincipal | undefined,
): readonly DirectoryGroup[] {
  if (wish === undefined || wish === 'DirectoryRole') return []
  if (wish === 'ApplicationGroup') {
    if (principal === undefined) return []
    return groupsHolding(reader, userId, { nested: false, most: MOST_GROUPS }).filter(
      ({ id }) => reader.count('appRoleAssignments', 'pair', `${principal.id}/${id}`) > 0,
    )
  }
  const groups = groupsHolding(reader, userId, { nested: true, most: MOST_GROUPS })
  return wish === 'All' ? groups : groups.filter(({ securityEnabled }) => securityEnabled)
}

/** Whether an application is told of directory roles (`wids`). */
export function isToldRoles({ groupMembershipClaims: wish }: Application): boolean {
  return wish === 'DirectoryRole' || wish === 'All'
}
