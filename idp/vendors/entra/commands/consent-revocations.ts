import type { OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import { type Actor, type CommandDeps, mustManageApp } from './actor.ts'
import { journalChange } from './journal-change.ts'

/**
 * Take one permission out of a consent; with the last one the consent is gone. Tokens already issued keep it until they end.
 *
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` for a consent to another app, and for a permission that
 *   is not in it.
 */
export async function revokeOnePermission(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly grantId: string; readonly value: string },
): Promise<ServicePrincipal> {
  const { app, before, after } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    const held = tx.get('permissionGrants', input.grantId)
    if (held === undefined || held.clientId !== standing.app.id) throw notFound('permission grant', input.grantId)
    const values = held.scope.split(' ')
    if (!values.includes(input.value)) throw notFound('granted permission', input.value)
    const scope = values.filter((value) => value !== input.value).join(' ')
    const left: OAuth2PermissionGrant | undefined = scope === '' ? undefined : { ...held, scope }
    if (left === undefined) tx.delete('permissionGrants', held.id)
    else tx.put('permissionGrants', held.id, left)
    const newValue = left === undefined ? null : JSON.stringify(left.scope)
    const modified = [{ name: 'DelegatedPermissionGrant.Scope', oldValue: JSON.stringify(held.scope), newValue }]
    recordAudit(tx, system.clock, {
      tenantId: standing.tenant.id,
      activity: 'Remove delegated permission grant',
      initiatedBy: initiatorOf(tx, standing),
      targets: [appTarget(standing.app, modified)],
    })
    return { app: standing.app, before: held, after: left }
  })
  journalChange(system, {
    title: `The permission ${input.value} of ${app.displayName} was revoked`,
    subject: app.displayName,
    change: { type: 'permission-grant', id: before.id, before, ...(after === undefined ? {} : { after }) },
  })
  return app
}

/**
 * Take back what an app was granted to do by itself: one application permission, or all of them without a name. Tokens already issued keep them
 * until they end.
 *
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` for what was not granted.
 */
export async function revokeApplicationPermissions(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly name?: string },
): Promise<ServicePrincipal> {
  const { app, before } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, input.appId)
    const held = standing.app.applicationPermissions ?? []
    const gone = input.name === undefined ? held : held.filter((name) => name === input.name)
    if (gone.length === 0) throw notFound('granted permission', input.name ?? 'any')
    const applicationPermissions = held.filter((name) => !gone.includes(name))
    const next = { ...standing.app, applicationPermissions }
    tx.put('servicePrincipals', next.id, next)
    const modified = [
      {
        name: 'AppRole.Value',
        oldValue: JSON.stringify(held.join(' ')),
        newValue: JSON.stringify(applicationPermissions.join(' ')),
      },
    ]
    recordAudit(tx, system.clock, {
      tenantId: standing.tenant.id,
      activity: 'Remove app role assignment from service principal',
      initiatedBy: initiatorOf(tx, standing),
      targets: [appTarget(next, modified)],
    })
    return { app: next, before: standing.app }
  })
  journalChange(system, {
    title: `Application permissions of ${app.displayName} were revoked`,
    subject: app.displayName,
    change: { type: 'service-principal', id: app.id, before, after: app },
  })
  return app
}
