import type { Application, AppRoleAssignment, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import { templateOf } from '../../commands/app-templates.ts'
import { principalNames } from '../../commands/assignments.ts'
import { graphTime } from './graph-time.ts'

const NO_INFO = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
} as const

function rolesOf(app: Pick<Application, 'appRoles'>): readonly object[] {
  return app.appRoles.map(({ id, value, displayName, description, isEnabled, allowedMemberTypes }) => ({
    allowedMemberTypes,
    description,
    displayName,
    id,
    isEnabled,
    origin: 'Application',
    value: value === '' ? null : value,
  }))
}

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
    appRoles: rolesOf(app),
    createdDateTime: graphTime(app.createdDateTime),
    displayName: app.displayName,
    homepage: app.homepage ?? null,
    info: NO_INFO,
    keyCredentials: [],
    notes: app.notes ?? null,
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    replyUrls: application?.web.redirectUris ?? [],
    servicePrincipalNames: [app.appId],
    servicePrincipalType: 'Application',
    signInAudience: application?.signInAudience ?? null,
    tags: [...(app.visibleToUsers ? [] : ['HideApp']), 'WindowsAzureActiveDirectoryIntegratedApp'],
  }
}

/** An app registration under Graph's names. */
export function applicationResource(app: Application): Readonly<Record<string, unknown>> {
  return {
    id: app.id,
    deletedDateTime: null,
    appId: app.appId,
    applicationTemplateId: templateIdOf(app),
    appRoles: rolesOf(app),
    createdDateTime: graphTime(app.createdDateTime),
    displayName: app.displayName,
    identifierUris: [],
    info: NO_INFO,
    keyCredentials: [],
    passwordCredentials: [],
    publicClient: { redirectUris: app.publicClient.redirectUris },
    signInAudience: app.signInAudience === 'AzureADMyOrg' ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    spa: { redirectUris: app.spa.redirectUris },
    tags: [],
    web: {
      homePageUrl: app.homepage ?? null,
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
      logoutUrl: app.web.logoutUrl ?? null,
      redirectUris: app.web.redirectUris,
    },
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
