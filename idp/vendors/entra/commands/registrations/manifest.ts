import type { Application, AppRole, PermissionScope } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import { templateOf } from '../app-templates.ts'
import { permissionsAskedFor } from './api-permissions.ts'
import { knownPermission, type PermissionType, scopesOf } from './permission-names.ts'
import { optionalClaimsOf } from './token-configuration.ts'

/** An instant to the second, as Graph writes it. */
export function manifestTime(iso: string): string {
  return iso.replace(/\.\d{3}Z$/, 'Z')
}

const NO_INFO = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
} as const

/** App roles as the manifest lists them. */
export function manifestRoles(roles: readonly AppRole[]): readonly object[] {
  return roles.map(({ id, value, displayName, description, isEnabled, allowedMemberTypes }) => ({
    allowedMemberTypes,
    description,
    displayName,
    id,
    isEnabled,
    origin: 'Application',
    value: value === '' ? null : value,
  }))
}

/** Scopes of an API as the manifest lists them. */
export function manifestScopes(scopes: readonly PermissionScope[]): readonly object[] {
  return scopes.map((scope) => ({
    adminConsentDescription: scope.adminConsentDescription,
    adminConsentDisplayName: scope.adminConsentDisplayName,
    id: scope.id,
    isEnabled: scope.isEnabled,
    type: scope.type,
    userConsentDescription: scope.userConsentDescription ?? null,
    userConsentDisplayName: scope.userConsentDisplayName ?? null,
    value: scope.value,
  }))
}

/** Passwords and certificates as the manifest lists them: never what they are. */
export function manifestCredentials({ secrets, keyCredentials = [] }: Application): {
  readonly keyCredentials: readonly object[]
  readonly passwordCredentials: readonly object[]
} {
  return {
    keyCredentials: keyCredentials.map(({ keyId, displayName, thumbprint, startDateTime, endDateTime }) => ({
      customKeyIdentifier: Buffer.from(thumbprint, 'hex').toString('base64'),
      displayName,
      endDateTime: manifestTime(endDateTime),
      key: null,
      keyId,
      startDateTime: manifestTime(startDateTime),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
    })),
    passwordCredentials: secrets.map(({ keyId, displayName, hint, startDateTime, endDateTime }) => ({
      customKeyIdentifier: null,
      displayName: displayName ?? null,
      endDateTime: endDateTime === undefined ? null : manifestTime(endDateTime),
      hint,
      keyId,
      secretText: null,
      startDateTime: startDateTime === undefined ? null : manifestTime(startDateTime),
    })),
  }
}

/** What an application asks for, by API and id. What its API offers no longer is left out. */
export function requiredResourceAccess(reader: EntraReader, application: Application): readonly object[] {
  const byApi = new Map<string, { id: string; type: 'Scope' | 'Role' }[]>()
  const types: readonly PermissionType[] = ['delegated', 'application']
  for (const type of types) {
    for (const name of permissionsAskedFor(application, type)) {
      const known = knownPermission(reader, application.tenantId, type, name)
      if (known === undefined) continue
      const entry = { id: known.id, type: type === 'delegated' ? ('Scope' as const) : ('Role' as const) }
      byApi.set(known.api.appId, [...(byApi.get(known.api.appId) ?? []), entry])
    }
  }
  return [...byApi].map(([resourceAppId, resourceAccess]) => ({ resourceAppId, resourceAccess }))
}

/** A registration as Microsoft Graph and the manifest editor show it (application resource type). Pure reading. */
export function manifestOf(reader: EntraReader, application: Application): Readonly<Record<string, unknown>> {
  const { api, deletedDateTime, web } = application
  const claims = optionalClaimsOf(application)
  return {
    id: application.id,
    deletedDateTime: deletedDateTime === undefined ? null : manifestTime(deletedDateTime),
    appId: application.appId,
    applicationTemplateId: templateOf(application)?.id ?? null,
    appRoles: manifestRoles(application.appRoles),
    createdDateTime: manifestTime(application.createdDateTime),
    displayName: application.displayName,
    groupMembershipClaims: application.groupMembershipClaims ?? null,
    identifierUris: application.identifierUris ?? [],
    info: NO_INFO,
    isFallbackPublicClient: application.isFallbackPublicClient ?? null,
    ...manifestCredentials(application),
    optionalClaims: application.optionalClaims === undefined ? null : claims,
    publicClient: { redirectUris: application.publicClient.redirectUris },
    publisherDomain: reader.get('tenants', application.tenantId)?.domains[0] ?? null,
    requiredResourceAccess: requiredResourceAccess(reader, application),
    signInAudience: application.signInAudience,
    spa: { redirectUris: application.spa.redirectUris },
    tags: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: manifestScopes(scopesOf(application)),
      preAuthorizedApplications: api?.preAuthorizedApplications ?? [],
      requestedAccessTokenVersion: api?.requestedAccessTokenVersion ?? null,
    },
    web: {
      homePageUrl: application.homepage ?? null,
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
      logoutUrl: web.logoutUrl ?? null,
      redirectUris: web.redirectUris,
    },
  }
}
