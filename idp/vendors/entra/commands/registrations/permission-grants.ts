import { revokePermissions } from '#idp/core/directory/grants.ts'
import type { OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { AuditActivity } from '../../audit/activities.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { EntraReader, EntraWriter } from '../../collections.ts'
import { CONSENT_ROLES } from '../../roles.ts'
import {
  type Actor,
  type CommandDeps,
  holdsOneOf,
  permissionNeeded,
  roleNeeded,
  type Standing,
  standingOf,
} from '../actor.ts'
import { type ApplicationPermission, holdsPermission } from '../application-permissions.ts'
import { journalChange } from '../journal-change.ts'
import { GRAPH_ROLES, graphPrincipalIdOf } from './graph-permissions.ts'
import { applicationRolesOf, permissionName } from './permission-names.ts'

/** Permissions by which an application may record consents, and give applications permissions. */
const GRANT_WRITERS: readonly ApplicationPermission[] = [
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.ReadWrite.All',
]
const ROLE_WRITERS: readonly ApplicationPermission[] = ['AppRoleAssignment.ReadWrite.All']

function mustHold(reader: EntraReader, actor: Actor, what: string, needed: readonly ApplicationPermission[]): Standing {
  const standing = standingOf(reader, actor)
  if (standing.application !== undefined) {
    if (!holdsPermission(standing.application.permissions, needed)) throw permissionNeeded(needed)
  } else if (!holdsOneOf(standing, CONSENT_ROLES)) throw roleNeeded(what, CONSENT_ROLES)
  return standing
}

function principalIn(reader: EntraReader, tenantId: string, field: string, id: string): ServicePrincipal {
  const app = reader.get('servicePrincipals', id)
  if (app?.tenantId === tenantId) return app
  throw badValue(field, `The property '${field}' names no service principal of the tenant: '${id}'.`)
}

/** Scope values, each once; blanks around them do not count. @throws {DirectoryRefusal} on `scope`. */
function scopesOf(text: string): string {
  const values = [...new Set(text.split(/\s+/).filter(Boolean))]
  if (values.length === 0) throw badValue('scope', 'A delegated permission grant names at least one scope.')
  const wrong = values.find((value) => value.length > 120 || !/^[!-~]+$/.test(value))
  if (wrong !== undefined) throw badValue('scope', 'A scope is a word of at most 120 letters, digits and signs.')
  return values.join(' ')
}

export interface NewGrantInput {
  /** Service principal of the client. */
  readonly clientId: string
  readonly consentType: 'AllPrincipals' | 'Principal'
  /** Of `Principal` alone. */
  readonly principalId?: string
  /** Service principal of the API; that of Graph for Graph. */
  readonly resourceId: string
  /** Separated by blanks. */
  readonly scope: string
}

/**
 * Record a consent, without asking anybody: what `POST /oauth2PermissionGrants` of Graph does.
 * @throws {Refusal} `permission_needed` or `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for ids that name nothing, and for a
 *   grant that is there already.
 */
export async function createPermissionGrant(
  { system }: CommandDeps,
  actor: Actor,
  input: NewGrantInput,
): Promise<OAuth2PermissionGrant> {
  const made = await system.store.transact((tx) => {
    const standing = mustHold(tx, actor, 'Granting permissions', GRANT_WRITERS)
    const { tenant } = standing
    const client = principalIn(tx, tenant.id, 'clientId', input.clientId)
    const isGraph = input.resourceId === graphPrincipalIdOf(tenant.id)
    const resourceId = isGraph ? undefined : principalIn(tx, tenant.id, 'resourceId', input.resourceId).id
    const isForOne = input.consentType === 'Principal'
    if (isForOne !== (input.principalId !== undefined)) {
      throw badValue('principalId', "A grant of the type 'Principal' names its principalId, and no other does.")
    }
    const principalId = input.principalId === undefined ? undefined : liveUser(tx, tenant.id, input.principalId).id
    const isThere = tx
      .find('permissionGrants', 'client', client.id)
      .some((each) => each.principalId === principalId && each.resourceId === resourceId)
    if (isThere) throw badValue('clientId', 'Permission entry already exists.')
    const grant: OAuth2PermissionGrant = {
      id: guidOf(nextIdSeed(tx)),
      tenantId: tenant.id,
      clientId: client.id,
      consentType: input.consentType,
      ...(principalId === undefined ? {} : { principalId }),
      ...(resourceId === undefined ? {} : { resourceId }),
      scope: scopesOf(input.scope),
      createdDateTime: system.clock.iso(),
    }
    tx.put('permissionGrants', grant.id, grant)
    audit(system, tx, standing, client, 'Add delegated permission grant', null, grant.scope)
    return { grant, client }
  })
  journalGrant(system, `Delegated permissions were granted to ${made.client.displayName}`, undefined, made.grant)
  return made.grant
}

/** Replace the scopes of a consent. @throws as {@link createPermissionGrant} does; `Request_ResourceNotFound`. */
export async function changePermissionGrant(
  { system }: CommandDeps,
  actor: Actor,
  { grantId, scope }: { readonly grantId: string; readonly scope: string },
): Promise<OAuth2PermissionGrant> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustHold(tx, actor, 'Granting permissions', GRANT_WRITERS)
    const held = grantIn(tx, standing, grantId)
    const next = { ...held, scope: scopesOf(scope) }
    tx.put('permissionGrants', grantId, next)
    const client = principalIn(tx, standing.tenant.id, 'clientId', held.clientId)
    audit(system, tx, standing, client, 'Add delegated permission grant', held.scope, next.scope)
    return { before: held, after: next }
  })
  journalGrant(system, 'Delegated permissions were changed', before, after)
  return after
}

/** Take a consent away. @throws as {@link changePermissionGrant} does. */
export async function deletePermissionGrant(
  { system }: CommandDeps,
  actor: Actor,
  { grantId }: { readonly grantId: string },
): Promise<OAuth2PermissionGrant> {
  const gone = await system.store.transact((tx) => {
    const standing = mustHold(tx, actor, 'Revoking permissions', GRANT_WRITERS)
    const held = grantIn(tx, standing, grantId)
    revokePermissions(tx, standing.tenant.id, grantId)
    const client = principalIn(tx, standing.tenant.id, 'clientId', held.clientId)
    audit(system, tx, standing, client, 'Remove delegated permission grant', held.scope, null)
    return held
  })
  journalGrant(system, 'Delegated permissions were revoked', gone, undefined)
  return gone
}

function grantIn(reader: EntraReader, { tenant }: Standing, grantId: string): OAuth2PermissionGrant {
  const held = reader.get('permissionGrants', grantId)
  if (held?.tenantId === tenant.id) return held
  throw notFound('permission grant', grantId)
}

/** An application permission an application holds: what Graph calls an assignment of an app role to a service principal. */
export interface AppPermission {
  /** Made of who, whose and which: the same as long as it is held. */
  readonly id: string
  readonly client: ServicePrincipal
  readonly resourceId: string
  readonly resourceName: string
  readonly appRoleId: string
  /** As it stands among `applicationPermissions`. */
  readonly name: string
}

/** Roles of Graph, or of an API of the tenant, that applications can hold: id to name. */
function rolesOf(reader: EntraReader, tenantId: string, resourceId: string) {
  if (resourceId === graphPrincipalIdOf(tenantId)) {
    return { resourceName: 'Microsoft Graph', roles: GRAPH_ROLES.map(({ id, value }) => ({ id, name: value })) }
  }
  const resource = principalIn(reader, tenantId, 'resourceId', resourceId)
  const application = reader.get('applications', resource.applicationId)
  if (application === undefined) return { resourceName: resource.displayName, roles: [] }
  const roles = applicationRolesOf(application).filter((role) => role.isEnabled)
  return {
    resourceName: resource.displayName,
    roles: roles.map(({ id, value }) => ({ id, name: permissionName(application, value) })),
  }
}

const permissionId = (clientId: string, resourceId: string, roleId: string): string =>
  guidOf(`${clientId}/${resourceId}/${roleId}`)

/** The application permissions a client holds of one API. */
export function permissionsHeldOf(
  reader: EntraReader,
  client: ServicePrincipal,
  resourceId: string,
): readonly AppPermission[] {
  const { resourceName, roles } = rolesOf(reader, client.tenantId, resourceId)
  return roles
    .filter(({ name }) => client.applicationPermissions?.includes(name))
    .map(({ id, name }) => ({
      id: permissionId(client.id, resourceId, id),
      client,
      resourceId,
      resourceName,
      appRoleId: id,
      name,
    }))
}

/** Everything a client holds, of Graph and of the APIs of the tenant. Cost: the enterprise apps. */
export function permissionsOfClient(reader: EntraReader, client: ServicePrincipal): readonly AppPermission[] {
  if ((client.applicationPermissions ?? []).length === 0) return []
  const { tenantId } = client
  const resources = reader.find('servicePrincipals', 'tenant', tenantId).map(({ id }) => id)
  return [graphPrincipalIdOf(tenantId), ...resources].flatMap((id) => permissionsHeldOf(reader, client, id))
}

/** The applications that hold permissions of an API. Cost: the enterprise apps. */
export function permissionsOfResource(
  reader: EntraReader,
  tenantId: string,
  resourceId: string,
): readonly AppPermission[] {
  return reader
    .find('servicePrincipals', 'tenant', tenantId)
    .filter(({ applicationPermissions = [] }) => applicationPermissions.length > 0)
    .flatMap((client) => permissionsHeldOf(reader, client, resourceId))
}

export interface AppPermissionInput {
  readonly clientId: string
  readonly resourceId: string
  readonly appRoleId: string
}

/**
 * Give an application a permission of an API, as an administrator's consent would.
 * @throws {Refusal} `permission_needed` or `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for ids that name nothing, a role
 *   applications cannot hold, and one held already.
 */
export async function giveAppPermission(
  { system }: CommandDeps,
  actor: Actor,
  { clientId, resourceId, appRoleId }: AppPermissionInput,
): Promise<AppPermission> {
  const given = await system.store.transact((tx) => {
    const standing = mustHold(tx, actor, 'Granting permissions', ROLE_WRITERS)
    const { tenant } = standing
    const client = principalIn(tx, tenant.id, 'principalId', clientId)
    const { roles, resourceName } = rolesOf(tx, tenant.id, resourceId)
    const role = roles.find(({ id }) => id === appRoleId)
    if (role === undefined) throw badValue('appRoleId', 'Permission being assigned was not found on application.')
    const held = client.applicationPermissions ?? []
    if (held.includes(role.name)) {
      throw badValue('appRoleId', 'Permission being assigned already exists on the object.')
    }
    const next = { ...client, applicationPermissions: [...held, role.name] }
    tx.put('servicePrincipals', client.id, next)
    audit(system, tx, standing, next, 'Add app role assignment to service principal', null, role.name)
    const id = permissionId(client.id, resourceId, appRoleId)
    return { id, client: next, resourceId, resourceName, appRoleId, name: role.name }
  })
  journalChange(system, {
    title: `${given.client.displayName} was given the permission ${given.name}`,
    subject: given.client.displayName,
    change: { type: 'permission-grant', id: given.id, after: { permission: given.name } },
  })
  return given
}

/** Take an application permission away. @throws as {@link giveAppPermission} does; `Request_ResourceNotFound`. */
export async function takeAppPermission(
  { system }: CommandDeps,
  actor: Actor,
  { clientId, assignmentId }: { readonly clientId: string; readonly assignmentId: string },
): Promise<AppPermission> {
  const taken = await system.store.transact((tx) => {
    const standing = mustHold(tx, actor, 'Revoking permissions', ROLE_WRITERS)
    const client = principalIn(tx, standing.tenant.id, 'principalId', clientId)
    const found = permissionsOfClient(tx, client).find(({ id }) => id === assignmentId)
    if (found === undefined) throw notFound('app role assignment', assignmentId)
    const applicationPermissions = (client.applicationPermissions ?? []).filter((name) => name !== found.name)
    tx.put('servicePrincipals', client.id, { ...client, applicationPermissions })
    audit(system, tx, standing, client, 'Remove app role assignment from service principal', found.name, null)
    return found
  })
  journalChange(system, {
    title: `${taken.client.displayName} lost the permission ${taken.name}`,
    subject: taken.client.displayName,
    change: { type: 'permission-grant', id: taken.id, before: { permission: taken.name } },
  })
  return taken
}

function audit(
  { clock }: CommandDeps['system'],
  tx: EntraWriter,
  standing: Standing,
  app: ServicePrincipal,
  activity: AuditActivity,
  before: string | null,
  after: string | null,
): void {
  const json = (text: string | null): string | null => (text === null ? null : JSON.stringify(text))
  const name = activity.includes('delegated') ? 'DelegatedPermissionGrant.Scope' : 'AppRole.Value'
  recordAudit(tx, clock, {
    tenantId: standing.tenant.id,
    activity,
    initiatedBy: initiatorOf(tx, standing),
    targets: [appTarget(app, [{ name, oldValue: json(before), newValue: json(after) }])],
  })
}

function journalGrant(
  system: CommandDeps['system'],
  title: string,
  before: OAuth2PermissionGrant | undefined,
  after: OAuth2PermissionGrant | undefined,
): void {
  const { id = '' } = after ?? before ?? {}
  journalChange(system, {
    title,
    subject: id,
    change: {
      type: 'permission-grant',
      id,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  })
}
