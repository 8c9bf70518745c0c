/**
 * Application permissions of Microsoft Graph this twin knows: what an app may do by itself, once an administrator has
 * consented (Microsoft Graph permissions reference, "Application"). A token carries them as `roles`.
 */
export const APPLICATION_PERMISSIONS = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'ProvisioningLog.Read.All',
  'Synchronization.Read.All',
  'Synchronization.ReadWrite.All',
  'User.EnableDisableAccount.All',
  'User.Read.All',
  'User.ReadWrite.All',
] as const

export type ApplicationPermission = (typeof APPLICATION_PERMISSIONS)[number]

/** Whether one of the needed permissions is held. */
export function holdsPermission(
  held: readonly ApplicationPermission[],
  needed: readonly ApplicationPermission[],
): boolean {
  return needed.some((each) => held.includes(each))
}

/** The permissions among these names; names nobody knows are left out. */
export function knownPermissions(names: readonly unknown[]): readonly ApplicationPermission[] {
  return APPLICATION_PERMISSIONS.filter((permission) => names.includes(permission))
}
