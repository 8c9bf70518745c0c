import type { Reader, Writer } from '#kit/store/store.ts'
import { removeAssignmentsOf } from './assignments.ts'
import type { Application, DirectoryShape, ServicePrincipal } from './records.ts'
import { badValue, DirectoryRefusal, notFound } from './refusal.ts'
import { checkText } from './user-rules.ts'

/**
 * Register an application in its publisher's tenant.
 *
 * @throws {DirectoryRefusal} `ObjectConflict` when its id or appId is taken, `Request_BadRequest` without a name.
 */
export function createApplication(tx: Writer<DirectoryShape>, application: Application): Application {
  checkText('displayName', 'Name', application.displayName, 120)
  if (tx.has('applications', application.id) || tx.count('applications', 'appId', application.appId) > 0) {
    throw new DirectoryRefusal(
      'ObjectConflict',
      `The application '${application.appId}' is registered already.`,
      'appId',
    )
  }
  tx.put('applications', application.id, application)
  return application
}

/** The application with this appId (client id), of whatever tenant. */
export function applicationByAppId(reader: Reader<DirectoryShape>, appId: string): Application | undefined {
  return reader.find('applications', 'appId', appId)[0]
}

/** The name of an application's own API, by which its scopes are written: its first Application ID URI, or the one it would get by default. */
export function apiNameOf({ appId, identifierUris }: Pick<Application, 'appId' | 'identifierUris'>): string {
  return identifierUris?.[0] ?? `api://${appId}`
}

/** The application's service principal in a tenant; `undefined` until the tenant has consented to it or added it. */
export function servicePrincipalByAppId(
  reader: Reader<DirectoryShape>,
  tenantId: string,
  appId: string,
): ServicePrincipal | undefined {
  return reader.find('servicePrincipals', 'appId', `${tenantId}/${appId}`)[0]
}

export interface NewServicePrincipal {
  readonly id: string
  readonly now: string
  readonly tenantId: string
  readonly appId: string
  /** People who may manage the app. */
  readonly ownerIds?: readonly string[]
  readonly appRoleAssignmentRequired?: boolean
  readonly visibleToUsers?: boolean
}

/**
 * Bring an application into a tenant: what consent, and adding from the gallery, do. Names, roles and template come from
 * the application. Assignment is not required and the app is visible unless said otherwise.
 *
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown application; `Request_BadRequest` for one that only its
 *   own tenant may use; `ObjectConflict` when the tenant has it already.
 */
export function createServicePrincipal(tx: Writer<DirectoryShape>, input: NewServicePrincipal): ServicePrincipal {
  const application = applicationByAppId(tx, input.appId)
  if (application === undefined) throw notFound('application', input.appId)
  if (application.signInAudience === 'AzureADMyOrg' && application.tenantId !== input.tenantId) {
    throw badValue('appId', `'${application.displayName}' can be used in its own organization only.`)
  }
  if (servicePrincipalByAppId(tx, input.tenantId, input.appId) !== undefined) {
    throw new DirectoryRefusal(
      'ObjectConflict',
      `'${application.displayName}' is among the enterprise apps already.`,
      'appId',
    )
  }
  const principal: ServicePrincipal = {
    id: input.id,
    tenantId: input.tenantId,
    appId: application.appId,
    applicationId: application.id,
    displayName: application.displayName,
    publisherName: application.publisherName,
    ...(application.homepage === undefined ? {} : { homepage: application.homepage }),
    accountEnabled: true,
    appRoleAssignmentRequired: input.appRoleAssignmentRequired ?? false,
    visibleToUsers: input.visibleToUsers ?? true,
    appRoles: application.appRoles,
    ownerIds: input.ownerIds ?? [],
    ...(application.templateId === undefined ? {} : { templateId: application.templateId }),
    firstParty: application.firstParty,
    createdDateTime: input.now,
  }
  tx.put('servicePrincipals', principal.id, principal)
  return principal
}

/** What the Properties page of an app may change. `null` clears a text. */
export interface ServicePrincipalPatch {
  readonly displayName?: string
  readonly homepage?: string | null
  readonly notes?: string | null
  readonly accountEnabled?: boolean
  readonly appRoleAssignmentRequired?: boolean
  readonly visibleToUsers?: boolean
  readonly ownerIds?: readonly string[]
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound`; `Request_BadRequest` for a blank name or notes beyond 1024 characters. */
export function updateServicePrincipal(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  id: string,
  patch: ServicePrincipalPatch,
): ServicePrincipal {
  const principal = liveServicePrincipal(tx, tenantId, id)
  const { homepage: homepageBefore, notes: notesBefore, ...rest } = principal
  const homepage = patch.homepage === undefined ? homepageBefore : patch.homepage
  const notes = patch.notes === undefined ? notesBefore : patch.notes
  const next: ServicePrincipal = {
    ...rest,
    displayName: patch.displayName?.trim() ?? principal.displayName,
    ...(homepage ? { homepage } : {}),
    ...(notes ? { notes } : {}),
    accountEnabled: patch.accountEnabled ?? principal.accountEnabled,
    appRoleAssignmentRequired: patch.appRoleAssignmentRequired ?? principal.appRoleAssignmentRequired,
    visibleToUsers: patch.visibleToUsers ?? principal.visibleToUsers,
    ownerIds: patch.ownerIds ?? principal.ownerIds,
  }
  checkText('displayName', 'Name', next.displayName, 120)
  if (next.notes !== undefined && next.notes.length > 1024) {
    throw badValue('notes', 'Notes have at most 1024 characters.')
  }
  tx.put('servicePrincipals', id, next)
  return next
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` unless the app is among this tenant's. */
export function liveServicePrincipal(reader: Reader<DirectoryShape>, tenantId: string, id: string): ServicePrincipal {
  const principal = reader.get('servicePrincipals', id)
  if (principal === undefined || principal.tenantId !== tenantId) throw notFound('service principal', id)
  return principal
}

/** Take an app out of a tenant, with its assignments, every consent given to it, and every consent to its API. Cost: their number. */
export function deleteServicePrincipal(tx: Writer<DirectoryShape>, tenantId: string, id: string): void {
  liveServicePrincipal(tx, tenantId, id)
  removeAssignmentsOf(tx, 'resource', id)
  for (const side of ['client', 'resource'] as const) {
    for (const grant of tx.find('permissionGrants', side, id)) tx.delete('permissionGrants', grant.id)
  }
  tx.delete('servicePrincipals', id)
}
