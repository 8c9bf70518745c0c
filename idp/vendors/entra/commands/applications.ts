import {
  deleteServicePrincipal,
  type ServicePrincipalPatch,
  updateServicePrincipal,
} from '#idp/core/directory/applications.ts'
import { revokePermissions } from '#idp/core/directory/grants.ts'
import type { OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import type { Clock } from '#kit/clock.ts'
import type { AuditActivity } from '../audit/activities.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { modifiedProperties } from '../audit/modified-properties.ts'
import { appTarget, recordAudit, userTarget } from '../audit/record-audit.ts'
import type { AuditTarget } from '../audit/records.ts'
import type { EntraWriter } from '../collections.ts'
import { removeJobsOf } from '../provisioning/remove-jobs.ts'
import { forgetSaml } from '../saml/commands.ts'
import { type Actor, type CommandDeps, mustManageApp, type Standing } from './actor.ts'
import { journalChange } from './journal-change.ts'

/** What the Properties page changes. */
export type AppProperties = Omit<ServicePrincipalPatch, 'ownerIds'>

/**
 * Save an app's properties. A change of nothing is not journalled.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `updateServicePrincipal`; `Request_BadRequest` for a homepage
 *   that is no web address.
 */
export async function editApp(
  { system }: CommandDeps,
  actor: Actor,
  { appId, patch }: { readonly appId: string; readonly patch: AppProperties },
): Promise<ServicePrincipal> {
  if (patch.homepage && !isWebAddress(patch.homepage)) {
    throw badValue('homepage', `'${patch.homepage}' is not a web address. It begins with https:// or http://.`)
  }
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, appId)
    const { app } = standing
    const changed = updateServicePrincipal(tx, standing.tenant.id, appId, patch)
    const modified = modifiedProperties(app, changed)
    if (modified.length > 0) {
      auditApp(tx, system.clock, standing, 'Update service principal', [appTarget(changed, modified)])
    }
    return { before: app, after: changed }
  })
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    journalChange(system, {
      title: `The properties of ${after.displayName} were changed`,
      subject: after.displayName,
      change: { type: 'service-principal', id: appId, before, after },
    })
  }
  return after
}

/** Take an app out of the tenant, with its assignments, consents and provisioning. @throws {Refusal} `role_needed`. */
export async function removeApp(
  { system }: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<ServicePrincipal> {
  const removed = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, appId)
    const { app, tenant } = standing
    if (tx.count('provisioningJobs', 'servicePrincipal', appId) > 0) {
      auditApp(tx, system.clock, standing, 'Delete provisioning configuration', [appTarget(app)])
    }
    removeJobsOf(tx, appId)
    forgetSaml(tx, appId)
    deleteServicePrincipal(tx, tenant.id, appId)
    auditApp(tx, system.clock, standing, 'Remove service principal', [appTarget(app)])
    return app
  })
  system.schedule.touch()
  journalChange(system, {
    title: `${removed.displayName} was deleted from the enterprise apps`,
    subject: removed.displayName,
    change: { type: 'service-principal', id: appId, before: removed },
  })
  return removed
}

/**
 * Make people owners of an app: all of them, or none when one is refused.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for nobody, and for one who is an owner already.
 */
export async function addAppOwners(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly userIds: readonly string[] },
): Promise<ServicePrincipal> {
  const { app, people } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    const { app: before, tenant } = standing
    if (input.userIds.length === 0) throw badValue('userIds', 'Select at least one person.')
    const added = input.userIds.map((userId) => {
      const person = liveUser(tx, tenant.id, userId)
      if (!before.ownerIds.includes(person.id)) return person
      throw badValue('userIds', `${person.displayName} is an owner of ${before.displayName} already.`)
    })
    const ownerIds = [...before.ownerIds, ...added.map((person) => person.id)]
    for (const person of added) {
      const targets = [userTarget(person), appTarget(before)]
      auditApp(tx, system.clock, standing, 'Add owner to service principal', targets)
    }
    return { app: updateServicePrincipal(tx, tenant.id, before.id, { ownerIds }), people: added }
  })
  for (const person of people) {
    journalChange(system, {
      title: `${person.displayName} became an owner of ${app.displayName}`,
      subject: person.userPrincipalName,
      change: { type: 'service-principal', id: app.id, after: { ownerIds: app.ownerIds } },
    })
  }
  return app
}

/** @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` for a person who is no owner. */
export async function removeAppOwner(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly userId: string },
): Promise<ServicePrincipal> {
  const { app, subject } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    const { app: before, tenant } = standing
    if (!before.ownerIds.includes(input.userId)) throw notFound(`owner of '${before.displayName}'`, input.userId)
    const ownerIds = before.ownerIds.filter((id) => id !== input.userId)
    const person = tx.get('users', input.userId)
    const targets = [...(person === undefined ? [] : [userTarget(person)]), appTarget(before)]
    auditApp(tx, system.clock, standing, 'Remove owner from service principal', targets)
    return {
      app: updateServicePrincipal(tx, tenant.id, before.id, { ownerIds }),
      subject: person?.userPrincipalName ?? input.userId,
    }
  })
  journalChange(system, {
    title: `${subject} is no longer an owner of ${app.displayName}`,
    subject,
    change: { type: 'service-principal', id: app.id, after: { ownerIds: app.ownerIds } },
  })
  return app
}

/**
 * Take back a consent: the person, or everybody in the organization, is asked again at the next sign-in.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` for a consent to another app.
 */
export async function revokeConsent(
  { system }: CommandDeps,
  actor: Actor,
  { appId, grantId }: { readonly appId: string; readonly grantId: string },
): Promise<OAuth2PermissionGrant> {
  const { app, grant, subject } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, appId)
    const held = tx.get('permissionGrants', grantId)
    if (held === undefined || held.clientId !== appId) throw notFound('permission grant', grantId)
    revokePermissions(tx, standing.tenant.id, grantId)
    const scope = { name: 'DelegatedPermissionGrant.Scope', oldValue: JSON.stringify(held.scope), newValue: null }
    auditApp(tx, system.clock, standing, 'Remove delegated permission grant', [appTarget(standing.app, [scope])])
    const person = held.principalId === undefined ? undefined : tx.get('users', held.principalId)
    return { app: standing.app, grant: held, subject: person?.userPrincipalName ?? standing.app.displayName }
  })
  journalChange(system, {
    title:
      grant.principalId === undefined
        ? `The organization's consent to ${app.displayName} was revoked`
        : `The consent of ${subject} to ${app.displayName} was revoked`,
    subject,
    change: { type: 'permission-grant', id: grantId, before: grant },
  })
  return grant
}

function auditApp(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  standing: Standing,
  activity: AuditActivity,
  targets: readonly AuditTarget[],
): void {
  const initiatedBy = initiatorOf(tx, standing)
  recordAudit(tx, clock, { tenantId: standing.tenant.id, activity, initiatedBy, targets })
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
