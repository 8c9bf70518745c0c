import {
  GRAPH_API,
  GRAPH_ROLES,
  GRAPH_SCOPES,
  graphPrincipalIdOf,
} from '../../commands/registrations/graph-permissions.ts'

/**
 * The object that stands for Microsoft Graph in a tenant, with the permissions this twin knows under their published ids: scripts look
 * it up before they ask for permissions.
 */
export function graphPrincipalResource(tenantId: string): Readonly<Record<string, unknown>> {
  return {
    id: graphPrincipalIdOf(tenantId),
    deletedDateTime: null,
    accountEnabled: true,
    appDisplayName: GRAPH_API.displayName,
    appId: GRAPH_API.appId,
    appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    appRoleAssignmentRequired: false,
    appRoles: GRAPH_ROLES.map(({ id, value, title }) => ({
      allowedMemberTypes: ['Application'],
      description: title,
      displayName: title,
      id,
      isEnabled: true,
      origin: 'Application',
      value,
    })),
    displayName: GRAPH_API.displayName,
    oauth2PermissionScopes: GRAPH_SCOPES.map(({ id, value, title, adminOnly }) => ({
      adminConsentDescription: title,
      adminConsentDisplayName: title,
      id,
      isEnabled: true,
      type: adminOnly ? 'Admin' : 'User',
      userConsentDescription: title,
      userConsentDisplayName: title,
      value,
    })),
    servicePrincipalNames: ['https://graph.microsoft.com', GRAPH_API.appId],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
  }
}
