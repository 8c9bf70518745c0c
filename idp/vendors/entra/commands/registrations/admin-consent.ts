import { createServicePrincipal, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { grantPermissions } from '#idp/core/directory/grants.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { AuditActivity } from '../../audit/activities.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { EntraReader, EntraWriter } from '../../collections.ts'
import { CONSENT_ROLES, type DirectoryRoleName } from '../../roles.ts'
import { type Actor, type CommandDeps, holdsOneOf, roleNeeded, type Standing, standingOf } from '../actor.ts'
import { journalChange } from '../journal-change.ts'
import type { RegistrationInput } from './change-registration.ts'
import { grantedPermissions, namesOfGrant } from './granted-permissions.ts'
import { type KnownPermission, knownPermission, type PermissionType } from './permission-names.ts'
import { registrationOf } from './registration-standing.ts'

/** Roles that may consent to application permissions of Graph; the others of {@link CONSENT_ROLES} may not (built-in roles). */
const GRAPH_ROLE_GRANTERS: readonly DirectoryRoleName[] = ['Global Administrator', 'Privileged Role Administrator']

/** What somebody lacks to grant these permissions for the organization; `undefined` when they may. */
export function consentRolesNeeded(
  standing: Standing,
  permissions: readonly Pick<KnownPermission, 'type' | 'application'>[],
): readonly DirectoryRoleName[] | undefined {
  const needsPrivilege = permissions.some((each) => each.type === 'application' && each.application === undefined)
  const needed = needsPrivilege ? GRAPH_ROLE_GRANTERS : CONSENT_ROLES
  return holdsOneOf(standing, needed) ? undefined : needed
}

function mustConsent(standing: Standing, what: string, permissions: readonly KnownPermission[]): void {
  const needed = consentRolesNeeded(standing, permissions)
  if (needed !== undefined) throw roleNeeded(what, needed)
}

/** What a registration asks for that its APIs offer. */
export function permissionsToGrant(
  reader: EntraReader,
  tenantId: string,
  { requiredScopes, requiredRoles = [] }: Application,
): readonly KnownPermission[] {
  const known = (type: PermissionType, names: readonly string[]) =>
    names.flatMap((name) => knownPermission(reader, tenantId, type, name) ?? [])
  return [...known('delegated', requiredScopes), ...known('application', requiredRoles)]
}

/**
 * "Grant admin consent": what the registration asks for is granted for everybody in the tenant. Delegated permissions of an API that
 * are not asked for any more are withdrawn with it; application permissions granted before stay (FID-ENTRA-REG-9). What people have
 * consented to for themselves stays.
 *
 * @throws {Refusal} `role_needed`: Application and Cloud Application Administrators may not grant application permissions of Graph.
 * @throws {DirectoryRefusal} `Request_ResourceNotFound`; `Request_BadRequest` with nothing to grant, or for an API that is not among the
 *   enterprise apps.
 */
export async function grantAdminConsent(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId }: RegistrationInput,
): Promise<{ readonly app: ServicePrincipal; readonly granted: readonly KnownPermission[] }> {
  const now = system.clock.iso()
  const done = await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    const { tenant } = standing
    const registration = registrationOf(tx, tenant.id, applicationId)
    const asked = permissionsToGrant(tx, tenant.id, registration)
    mustConsent(standing, `Granting admin consent for ${registration.displayName}`, asked)
    if (asked.length === 0) throw badValue('permissions', 'The application asks for no permissions.')
    const audit = auditOf(system, tx, standing)
    const client = principalOf(tx, standing, registration, now, audit)
    const before = grantedPermissions(tx, tenant.id, registration)

    const scopes = asked.filter(({ type }) => type === 'delegated')
    const kept = new Map<string | undefined, readonly string[]>()
    for (const { application, value } of scopes) {
      const resourceId = application && resourceOf(tx, tenant.id, application).id
      kept.set(resourceId, [...(kept.get(resourceId) ?? []), value])
    }
    for (const grant of tx.find('permissionGrants', 'client', client.id)) {
      if (grant.principalId === undefined) tx.delete('permissionGrants', grant.id)
    }
    for (const [resourceId, values] of kept) {
      grantPermissions(tx, {
        id: guidOf(nextIdSeed(tx)),
        now,
        tenantId: tenant.id,
        clientId: client.id,
        scopes: values,
        ...(resourceId === undefined ? {} : { resourceId }),
      })
    }
    const roles = asked.filter(({ type }) => type === 'application')
    for (const { application } of roles) if (application !== undefined) resourceOf(tx, tenant.id, application)
    const applicationPermissions = [...new Set([...before.application, ...roles.map(({ name }) => name)])]
    const app = { ...client, ...(applicationPermissions.length === 0 ? {} : { applicationPermissions }) }
    tx.put('servicePrincipals', app.id, app)

    const after = grantedPermissions(tx, tenant.id, registration)
    audit('Add delegated permission grant', app, 'DelegatedPermissionGrant.Scope', before.delegated, after.delegated)
    audit('Add app role assignment to service principal', app, 'AppRole.Value', before.application, after.application)
    audit('Consent to application', app, 'ConsentAction.Permissions', [], [...after.delegated, ...after.application])
    return { app, granted: asked }
  })
  journalChange(system, {
    title: `Admin consent was granted for ${done.app.displayName}`,
    subject: done.app.displayName,
    change: {
      type: 'permission-grant',
      id: done.app.id,
      after: done.granted.map(({ type, name }) => ({ type, name })),
    },
  })
  return done
}

export interface RevokeInput extends RegistrationInput {
  /** One permission; everything granted for the organization without. */
  readonly permission?: { readonly type: PermissionType; readonly name: string }
}

/**
 * Take admin consent back. What the registration asks for stays asked for; consents of people stay.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` for what was not granted.
 */
export async function revokeAdminConsent(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId, permission }: RevokeInput,
): Promise<ServicePrincipal> {
  const { app, gone } = await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    const { tenant } = standing
    const registration = registrationOf(tx, tenant.id, applicationId)
    mustConsent(standing, `Revoking admin consent for ${registration.displayName}`, [])
    const client = servicePrincipalByAppId(tx, tenant.id, registration.appId)
    const before = grantedPermissions(tx, tenant.id, registration)
    if (client === undefined) throw notFound('service principal of the application', registration.appId)
    const isGone = (type: PermissionType, name: string): boolean =>
      permission === undefined || (permission.type === type && permission.name === name)
    const removed = (['delegated', 'application'] as const).flatMap((type) =>
      before[type].filter((name) => isGone(type, name)),
    )
    if (removed.length === 0) throw notFound('granted permission', permission?.name ?? 'any')
    for (const grant of tx.find('permissionGrants', 'client', client.id)) {
      if (grant.principalId !== undefined) continue
      const names = namesOfGrant(tx, grant)
      const values = grant.scope.split(' ').filter((_, index) => !isGone('delegated', names[index] ?? ''))
      if (values.length === 0) tx.delete('permissionGrants', grant.id)
      else tx.put('permissionGrants', grant.id, { ...grant, scope: values.join(' ') })
    }
    const applicationPermissions = before.application.filter((name) => !isGone('application', name))
    const next = { ...client, applicationPermissions }
    tx.put('servicePrincipals', client.id, next)
    const after = grantedPermissions(tx, tenant.id, registration)
    const audit = auditOf(system, tx, standing)
    audit(
      'Remove delegated permission grant',
      next,
      'DelegatedPermissionGrant.Scope',
      before.delegated,
      after.delegated,
    )
    audit(
      'Remove app role assignment from service principal',
      next,
      'AppRole.Value',
      before.application,
      after.application,
    )
    return { app: next, gone: removed }
  })
  journalChange(system, {
    title: `Admin consent for ${app.displayName} was revoked: ${gone.join(', ')}`,
    subject: app.displayName,
    change: { type: 'permission-grant', id: app.id, before: gone.map((name) => ({ name })) },
  })
  return app
}

type Audit = (
  activity: AuditActivity,
  app: ServicePrincipal,
  property: string,
  before: readonly string[],
  after: readonly string[],
) => void

/** Audits a list of permissions that differs from what it was. */
function auditOf({ clock }: CommandDeps['system'], tx: EntraWriter, standing: Standing): Audit {
  return (activity, app, name, before, after) => {
    const [oldValue, newValue] = [before.join(' '), after.join(' ')]
    if (oldValue === newValue) return
    recordAudit(tx, clock, {
      tenantId: standing.tenant.id,
      activity,
      initiatedBy: initiatorOf(tx, standing),
      targets: [
        appTarget(app, [
          { name, oldValue: oldValue === '' ? null : JSON.stringify(oldValue), newValue: JSON.stringify(newValue) },
        ]),
      ],
    })
  }
}

function principalOf(
  tx: EntraWriter,
  { tenant }: Standing,
  registration: Application,
  now: string,
  audit: Audit,
): ServicePrincipal {
  const found = servicePrincipalByAppId(tx, tenant.id, registration.appId)
  if (found !== undefined) return found
  const made = createServicePrincipal(tx, {
    id: guidOf(nextIdSeed(tx)),
    now,
    tenantId: tenant.id,
    appId: registration.appId,
  })
  audit('Add service principal', made, 'AppId', [], [registration.appId])
  return made
}

/** @throws {DirectoryRefusal} `Request_BadRequest` when the API has no enterprise app in the tenant. */
function resourceOf(reader: EntraReader, tenantId: string, api: Application): ServicePrincipal {
  const resource = servicePrincipalByAppId(reader, tenantId, api.appId)
  if (resource !== undefined) return resource
  throw badValue('permissions', `The API ${api.displayName} is not among the enterprise apps of the tenant.`)
}
