import { DIRECTORY_COLLECTIONS } from '#idp/core/directory/collections.ts'
import type {
  AppRoleAssignment,
  DirectoryShape,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '#idp/core/directory/records.ts'
import { ENGINE_COLLECTIONS } from '#idp/engine/collections.ts'
import type { EngineShape, ProvisioningLogEntry } from '#idp/engine/records.ts'
import { OIDC_COLLECTIONS, type OidcShape } from '#idp/protocols/oidc/collections.ts'
import { SAML_COLLECTIONS, type SamlShape } from '#idp/protocols/saml/collections.ts'
import type { CollectionSpecs, Reader, Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { System } from '#kit/system/system.ts'
import { AUDIT_COLLECTIONS } from './audit/collections.ts'
import type { AuditShape } from './audit/records.ts'
import type { ConsentRequest, ConsentSettings } from './commands/consent-records.ts'
import { ENTRA_SAML_COLLECTIONS, type EntraSamlShape } from './saml/records.ts'
import { comparableReply, logoutAddressesOf } from './sign-in/reply-addresses.ts'
import { SIGN_IN_STATE_COLLECTIONS } from './sign-in/states/collections.ts'
import type { SignInStateShape } from './sign-in/states/records.ts'
import { SIGN_IN_LOG_COLLECTIONS } from './sign-in-logs/collections.ts'
import type { SignInLogShape } from './sign-in-logs/records.ts'

/** A tenant: the directory of one organization. */
export interface Tenant {
  /** A GUID; the key. */
  readonly id: string
  readonly displayName: string
  /** Verified domains, lower case, the primary one first. Each stands for the tenant in addresses. */
  readonly domains: readonly string[]
  readonly createdDateTime: string
}

/** A directory role held by a person. Keyed `${userId}/${roleTemplateId}`. */
export interface DirectoryRoleAssignment {
  readonly tenantId: string
  readonly userId: string
  readonly roleTemplateId: string
}

/** What a deleted registration takes along and a restore brings back. Keyed by the application's object id. */
export interface DeletedServicePrincipal {
  readonly principal: ServicePrincipal
  readonly assignments: readonly AppRoleAssignment[]
  readonly grants: readonly OAuth2PermissionGrant[]
}

/** Failed sign-ins of one account since its last success. Keyed by user id. */
export interface SignInGuard {
  readonly failures: number
  /** Virtual milliseconds of the newest failure. */
  readonly lastFailureMs: number
  /** Virtual milliseconds; sign-in is refused until then. */
  readonly lockedUntilMs?: number
}

export type EntraOwnShape = {
  tenants: Tenant
  directoryRoles: DirectoryRoleAssignment
  consentSettings: ConsentSettings
  consentRequests: ConsentRequest
  signInGuards: SignInGuard
  deletedServicePrincipals: DeletedServicePrincipal
}

export type EntraShape = DirectoryShape &
  EngineShape &
  OidcShape &
  SamlShape &
  EntraSamlShape &
  AuditShape &
  SignInLogShape &
  SignInStateShape &
  EntraOwnShape

/** What commands and pages of this vendor work on. */
export type EntraSystem = System<EntraShape>
export type EntraReader = Reader<EntraShape & KitShape>
export type EntraWriter = Writer<EntraShape & KitShape>

function tenantPartOf({ jobId }: Pick<ProvisioningLogEntry, 'jobId'>): string {
  return jobId.split('.')[1] ?? ''
}

export const ENTRA_COLLECTIONS: CollectionSpecs<EntraShape> = {
  ...DIRECTORY_COLLECTIONS,
  ...ENGINE_COLLECTIONS,
  ...OIDC_COLLECTIONS,
  ...AUDIT_COLLECTIONS,
  ...SAML_COLLECTIONS,
  ...ENTRA_SAML_COLLECTIONS,
  ...SIGN_IN_LOG_COLLECTIONS,
  ...SIGN_IN_STATE_COLLECTIONS,
  applications: {
    indexes: {
      ...DIRECTORY_COLLECTIONS.applications.indexes,
      /** Addresses the browser may be sent to when nobody says which application asks. */
      logout: (application) => logoutAddressesOf(application).map(comparableReply),
      /** Names of its API, without case. */
      identifierUri: (application) =>
        application.deletedDateTime === undefined
          ? application.identifierUris?.map((uri) => uri.toLowerCase())
          : undefined,
    },
  },
  provisioningLinks: {
    indexes: {
      ...ENGINE_COLLECTIONS.provisioningLinks.indexes,
      /** People whose account works in the target, by job. */
      working: (link) => (link.kind === 'User' && link.active ? link.jobId : undefined),
    },
  },
  provisioningLogs: {
    indexes: {
      ...ENGINE_COLLECTIONS.provisioningLogs.indexes,
      /** The second part of a job's id: the tenant without dashes. */
      tenant: tenantPartOf,
      cycle: (entry) => entry.cycleId,
      change: (entry) => entry.changeId,
      /** By app and by tenant, which are the two places a log is read at. */
      status: (entry) => [`${entry.servicePrincipalId}/${entry.status}`, `${tenantPartOf(entry)}/${entry.status}`],
      action: (entry) => [`${entry.servicePrincipalId}/${entry.action}`, `${tenantPartOf(entry)}/${entry.action}`],
    },
  },
  tenants: { indexes: { domain: (tenant) => tenant.domains } },
  directoryRoles: {
    indexes: {
      user: (assignment) => assignment.userId,
      role: (assignment) => `${assignment.tenantId}/${assignment.roleTemplateId}`,
    },
  },
  consentSettings: {},
  consentRequests: {
    indexes: { tenant: (request) => request.tenantId, app: (request) => `${request.tenantId}/${request.appId}` },
  },
  signInGuards: {},
  deletedServicePrincipals: {},
}
