import type { CastRole } from '#kit/world/cast.ts'
import type { OktaAdminRole } from './collections.ts'

/** Roles of the admin console, in the console's order. */
export const ADMIN_ROLES: readonly { readonly type: OktaAdminRole; readonly label: string }[] = [
  { type: 'SUPER_ADMIN', label: 'Super Administrator' },
  { type: 'APP_ADMIN', label: 'Application Administrator' },
  { type: 'USER_ADMIN', label: 'Group Administrator' },
  { type: 'READ_ONLY_ADMIN', label: 'Read-only Administrator' },
]

/** The role's name in the console: `Super Administrator`. */
export function adminRoleLabel(type: OktaAdminRole): string {
  return ADMIN_ROLES.find((role) => role.type === type)?.label ?? type
}

const ROLE_OF: Partial<Record<CastRole, OktaAdminRole>> = {
  'global-administrator': 'SUPER_ADMIN',
  'application-administrator': 'APP_ADMIN',
  'cloud-application-administrator': 'APP_ADMIN',
  'global-reader': 'READ_ONLY_ADMIN',
}

/** What somebody of the cast may do in the console: who runs the other directory runs this one, who reads there reads here. */
export function adminRolesOfCast(roles: readonly CastRole[]): readonly OktaAdminRole[] {
  return roles.flatMap((role) => ROLE_OF[role] ?? [])
}
