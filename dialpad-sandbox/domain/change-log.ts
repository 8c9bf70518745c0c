import type { ChangeLogEntry, DialpadUser } from '../records.ts'
import { displayName } from './user-states.ts'

/**
 * The change log's codes (sheet 3.11). The field names are Dialpad's; its codes for provisioning are not published, so these are
 * ours: what a SCIM client did begins with `scim_`.
 */
export const CHANGE_ACTIONS = [
  'scim_user_created',
  'scim_user_updated',
  'scim_user_suspended',
  'scim_user_reactivated',
  'scim_user_deleted',
  'user_created',
  'user_updated',
  'user_suspended',
  'user_reactivated',
  'user_deleted',
  'user_restored',
  'user_permanently_deleted',
  'invitation_sent',
  'invitation_accepted',
  'invitation_removed',
  'user_moved',
  'user_signed_in',
  'company_admin_changed',
  'licence_changed',
  'licence_purchased',
  'licence_removal_scheduled',
  'licence_removal_cancelled',
  'licence_removed',
  'licence_moved',
  'number_assigned',
  'number_released',
  'number_reserved',
  'no_number_available',
  'office_not_matched',
  'microsoft_identity_pinned',
  'group_created',
  'group_rename_ignored',
  'group_updated',
  'group_members_changed',
  'group_deleted',
  'api_key_created',
  'api_key_revoked',
  'scim_settings_changed',
  'saml_settings_changed',
  'company_created',
  'company_updated',
  'company_on_hold',
  'company_reactivated',
  'office_created',
  'office_updated',
  'office_admin_changed',
  'department_created',
  'department_updated',
  'department_deleted',
  'operator_added',
  'operator_removed',
  'line_settings_changed',
  'webhook_created',
  'webhook_updated',
  'webhook_deleted',
  'event_subscription_created',
  'event_subscription_updated',
  'event_subscription_deleted',
] as const

export type ChangeAction = (typeof CHANGE_ACTIONS)[number]

/** Who does something: the author of the change-log line. */
export type Actor = ChangeLogEntry['changedBy']

/** The sandbox itself: seeds, the control API. */
export const SYSTEM_ACTOR: Actor = { type: 'system', id: '0', name: 'Dialpad' }

export function actorOfUser(user: DialpadUser): Actor {
  return { type: 'user', id: user.id, name: displayName(user) }
}

/** One line, before it has its number, date and company. */
export interface ChangeLine {
  readonly action: ChangeAction
  readonly note: string
  readonly target: ChangeLogEntry['target']
  readonly additionalData?: Readonly<Record<string, string>>
}

/** `scim_user_created` for a SCIM client with an API key, `user_created` for people, the REST API and the sandbox. */
export function userAction(
  actor: Actor,
  verb: 'created' | 'updated' | 'suspended' | 'reactivated' | 'deleted',
): ChangeAction {
  return actor.type === 'api_key' && actor.via === undefined ? `scim_user_${verb}` : `user_${verb}`
}

export function userTarget(user: DialpadUser): ChangeLogEntry['target'] {
  return { type: 'user', id: user.id, name: displayName(user) }
}
