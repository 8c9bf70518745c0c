import type { AppGroup, AppProvisioning, AppUser, OktaApp } from '../apps/records.ts'
import { appGroupKey } from '../apps/records.ts'
import type { OktaGroup, OktaReader, OktaUser } from '../collections.ts'
import { type ConnectedApp, isConnected } from '../provisioning/target.ts'
import { notFound, OktaRefusal } from './refusal.ts'

/** Records commands are about. Each throws E0000007 for an id that names nothing. */

export function knownApp(reader: OktaReader, appId: string): OktaApp {
  const app = reader.get('apps', appId)
  if (app === undefined) throw notFound('AppInstance', appId)
  return app
}

/** An app whose catalog entry can provision. @throws {OktaRefusal} E0000007, E0000001. */
export function provisionable(reader: OktaReader, appId: string): OktaApp & { readonly provisioning: AppProvisioning } {
  const app = knownApp(reader, appId)
  const { provisioning } = app
  if (provisioning === undefined) throw new OktaRefusal('E0000001', `${app.label} does not support provisioning.`)
  return { ...app, provisioning }
}

/** @throws {OktaRefusal} E0000001 while the API integration is off or the app inactive. */
export function connected(reader: OktaReader, appId: string): ConnectedApp {
  const app = knownApp(reader, appId)
  if (!isConnected(app)) throw new OktaRefusal('E0000001', `The API integration of ${app.label} is not enabled.`)
  return app
}

export function knownUser(reader: OktaReader, userId: string): OktaUser {
  const user = reader.get('users', userId)
  if (user === undefined) throw notFound('User', userId)
  return user
}

export function knownGroup(reader: OktaReader, groupId: string): OktaGroup {
  const group = reader.get('groups', groupId)
  if (group === undefined) throw notFound('UserGroup', groupId)
  return group
}

export function knownAppUser(reader: OktaReader, appUserId: string): AppUser {
  const appUser = reader.get('appUsers', appUserId)
  if (appUser === undefined) throw notFound('AppUser', appUserId)
  return appUser
}

export function knownAppGroup(reader: OktaReader, appId: string, groupId: string): AppGroup {
  const appGroup = reader.get('appGroups', appGroupKey(appId, groupId))
  if (appGroup === undefined) throw notFound('ApplicationGroupAssignment', groupId)
  return appGroup
}
