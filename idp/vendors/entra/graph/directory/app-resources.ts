import type { Application, AppRoleAssignment, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import { templateOf } from '../../commands/app-templates.ts'
import { principalNames } from '../../commands/assignments.ts'
import { manifestOf, manifestRoles, manifestScopes } from '../../commands/registrations/manifest.ts'
import type { AppPermission } from '../../commands/registrations/permission-grants.ts'
import { scopesOf } from '../../commands/registrations/permission-names.ts'
import { allRedirectUris } from '../../commands/registrations/redirect-uris.ts'
import { graphTime } from './graph-time.ts'

const NO_INFO = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
} as const

const templateIdOf = (app: { readonly templateId?: string }): string | null => templateOf(app)?.id ?? null

/** A service principal under Graph's names. Secrets and keys are never shown. */
export function servicePrincipalResource(
  reader: EntraReader,
  app: ServicePrincipal,
): Readonly<Record<string, unknown>> {
  const application = reader.get('applications', app.applicationId)
  return {
    id: app.id,
    deletedDateTime: null,
    accountEnabled: app.accountEnabled,
    alternativeNames: [],
    appDisplayName: application?.displayName ?? app.displayName,
    appDescription: null,
    appId: app.appId,
    applicationTemplateId: templateIdOf(app),
    appOwnerOrganizationId: application?.tenantId ?? null,
    appRoleAssignmentRequired: app.appRoleAssignmentRequired,
    appRoles: manifestRoles(app.appRoles),
    createdDateTime: graphTime(app.createdDateTime),
    displayName: app.displayName,
    homepage: app.homepage ?? null,
    info: NO_INFO,
    keyCredentials: [],
    notes: app.notes ?? null,
    oauth2PermissionScopes: application === undefined ? [] : manifestScopes(scopesOf(application)),
    passwordCredentials: [],
    replyUrls: application === undefined ? [] : allRedirectUris(application).map(({ uri }) => uri),
    servicePrincipalNames: [...(application?.identifierUris ?? []), app.appId],
    servicePrincipalType: 'Application',
    signInAudience: application?.signInAudience ?? null,
    tags: [...(app.visibleToUsers ? [] : ['HideApp']), 'WindowsAzureActiveDirectoryIntegratedApp'],
  }
}

/** An app registration under Graph's names. */
export function applicationResource(reader: EntraReader, app: Application): Readonly<Record<string, unknown>> {
  return manifestOf(reader, app)
}

/** An application permission as Graph shows it: an app role assigned to a service principal. */
export function appPermissionResource(permission: AppPermission): Readonly<Record<string, unknown>> {
  return {
    id: permission.id,
    deletedDateTime: null,
    appRoleId: permission.appRoleId,
    // When it was given is not kept (FID-ENTRA-REG-14).
    createdDateTime: null,
    principalDisplayName: permission.client.displayName,
    principalId: permission.client.id,
    principalType: 'ServicePrincipal',
    resourceDisplayName: permission.resourceName,
    resourceId: permission.resourceId,
  }
}

/** An assignment to an app, with the names of both ends. */
export function assignmentResource(
  reader: EntraReader,
  app: ServicePrincipal,
  assignment: AppRoleAssignment,
): Readonly<Record<string, unknown>> {
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: assignment.appRoleId,
    createdDateTime: graphTime(assignment.createdDateTime),
    principalDisplayName: principalNames(reader, assignment.principalId).displayName,
    principalId: assignment.principalId,
    principalType: assignment.principalType,
    resourceDisplayName: app.displayName,
    resourceId: app.id,
  }
}
