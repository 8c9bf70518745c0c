import type { OktaApp } from '../../apps/records.ts'
import { isConnected } from '../../provisioning/target.ts'

/** Members of `features` (reference sheet 6.3) this org can tell; the others belong to abilities it does not have. */
export type AppFeature =
  | 'SCIM_PROVISIONING'
  | 'GROUP_PUSH'
  | 'IMPORT_NEW_USERS'
  | 'IMPORT_PROFILE_UPDATES'
  | 'PROFILE_MASTERING'
  | 'PUSH_NEW_USERS'
  | 'PUSH_PROFILE_UPDATES'
  | 'PUSH_USER_DEACTIVATION'
  | 'REACTIVATE_USERS'
  | 'PUSH_PASSWORD_UPDATES'

/**
 * What the integration really does now. Nothing while it is off; pushing groups and importing come with it, the rest as To App
 * and To Okta are set. Accounts are reactivated by whatever assigns them again, so that goes with deactivating.
 */
export function featuresOf(app: OktaApp): readonly AppFeature[] {
  if (!isConnected(app)) return []
  const { dialect, toApp, toOkta } = app.provisioning
  const table: readonly (readonly [boolean, AppFeature])[] = [
    [dialect === 'wizard', 'SCIM_PROVISIONING'],
    [true, 'GROUP_PUSH'],
    [true, 'IMPORT_NEW_USERS'],
    [toOkta.isSource, 'IMPORT_PROFILE_UPDATES'],
    [toOkta.isSource, 'PROFILE_MASTERING'],
    [toApp.createUsers, 'PUSH_NEW_USERS'],
    [toApp.updateAttributes, 'PUSH_PROFILE_UPDATES'],
    [toApp.deactivateUsers, 'PUSH_USER_DEACTIVATION'],
    [toApp.deactivateUsers, 'REACTIVATE_USERS'],
    [toApp.syncPassword, 'PUSH_PASSWORD_UPDATES'],
  ]
  return table.flatMap(([isOn, feature]) => (isOn ? [feature] : []))
}
