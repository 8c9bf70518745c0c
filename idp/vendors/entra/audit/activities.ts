import type { AuditCategory, AuditService } from './records.ts'

type Operation = 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign'
type ActivityRow = readonly [category: AuditCategory, operation: Operation]

const PROVISIONING = 'ProvisioningManagement'
const USERS = 'UserManagement'
const GROUPS = 'GroupManagement'
const APPS = 'ApplicationManagement'

/**
 * Activities by the names of the published list of audit activities (reference 8.3). Those of provisioning are of the service
 * Account Provisioning, all others of Core Directory.
 */
const ACTIVITIES = {
  'Add provisioning configuration': [PROVISIONING, 'Add'],
  'Delete provisioning configuration': [PROVISIONING, 'Delete'],
  'Update provisioning setting or credentials': [PROVISIONING, 'Update'],
  'Enable/start provisioning configuration': [PROVISIONING, 'Update'],
  'Disable/pause provisioning configuration': [PROVISIONING, 'Update'],
  'Enable/restart provisioning configuration': [PROVISIONING, 'Update'],
  'Update attribute mappings or scope': [PROVISIONING, 'Update'],
  Import: [PROVISIONING, 'Update'],
  Export: [PROVISIONING, 'Update'],
  'Synchronization rule action': [PROVISIONING, 'Update'],
  'Process escrow': [PROVISIONING, 'Update'],
  Quarantine: [PROVISIONING, 'Update'],
  'User Provisioning': [PROVISIONING, 'Update'],
  Other: [PROVISIONING, 'Update'],
  'Add user': [USERS, 'Add'],
  'Update user': [USERS, 'Update'],
  'Enable account': [USERS, 'Update'],
  'Disable account': [USERS, 'Update'],
  'Reset user password': [USERS, 'Update'],
  'Change user password': [USERS, 'Update'],
  'Enable Strong Authentication': [USERS, 'Update'],
  'Disable Strong Authentication': [USERS, 'Update'],
  'Delete user': [USERS, 'Delete'],
  'Restore user': [USERS, 'Update'],
  'Hard Delete user': [USERS, 'Delete'],
  'Add app role assignment grant to user': [USERS, 'Assign'],
  'Remove app role assignment from user': [USERS, 'Unassign'],
  'Add group': [GROUPS, 'Add'],
  'Update group': [GROUPS, 'Update'],
  'Delete group': [GROUPS, 'Delete'],
  'Restore Group': [GROUPS, 'Update'],
  'Hard Delete group': [GROUPS, 'Delete'],
  'Add member to group': [GROUPS, 'Assign'],
  'Remove member from group': [GROUPS, 'Unassign'],
  'Add app role assignment to group': [GROUPS, 'Assign'],
  'Remove app role assignment from group': [GROUPS, 'Unassign'],
  'Add application': [APPS, 'Add'],
  'Update application': [APPS, 'Update'],
  'Update application – Certificates and secrets management': [APPS, 'Update'],
  'Delete application': [APPS, 'Delete'],
  'Restore application': [APPS, 'Update'],
  'Hard Delete application': [APPS, 'Delete'],
  'Add owner to application': [APPS, 'Assign'],
  'Remove owner from application': [APPS, 'Unassign'],
  'Add service principal': [APPS, 'Add'],
  'Update service principal': [APPS, 'Update'],
  'Remove service principal': [APPS, 'Delete'],
  'Add owner to service principal': [APPS, 'Assign'],
  'Remove owner from service principal': [APPS, 'Unassign'],
  'Consent to application': [APPS, 'Assign'],
  'Add delegated permission grant': [APPS, 'Assign'],
  'Remove delegated permission grant': [APPS, 'Unassign'],
  'Add app role assignment to service principal': [APPS, 'Assign'],
  'Remove app role assignment from service principal': [APPS, 'Unassign'],
} as const satisfies Readonly<Record<string, ActivityRow>>

/** What is audited, by its published name. */
export type AuditActivity = keyof typeof ACTIVITIES

/** All activities, in the order of the page's filter. */
export const AUDIT_ACTIVITIES = Object.keys(ACTIVITIES) as readonly AuditActivity[]

/** Where an activity is filed. */
export function filingOf(activity: AuditActivity): {
  readonly service: AuditService
  readonly category: AuditCategory
  readonly operation: Operation
} {
  const [category, operation]: ActivityRow = ACTIVITIES[activity]
  return { service: category === PROVISIONING ? 'Account Provisioning' : 'Core Directory', category, operation }
}
