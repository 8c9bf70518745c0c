import type { GroupFilter } from '../apps/records.ts'

/**
 * Authorization servers of the org, and what belongs to them (reference sheet 6.1). Ids are the prefix and 17 letters or digits. Times are
 * virtual, ISO 8601 UTC, where nothing else is said.
 */

export const APPLICATION_TYPES = ['web', 'browser', 'native', 'service'] as const
/** `browser`: a single-page application; `service`: API Services. */
export type ApplicationType = (typeof APPLICATION_TYPES)[number]

export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const
/** Grants this org offers; the others of the product are refused by name. */
export type GrantType = (typeof GRANT_TYPES)[number]

export const CLIENT_AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
export type ClientAuthMethod = (typeof CLIENT_AUTH_METHODS)[number]

/** A secret of a client. The console and the API show it again, so it is sealed, not only hashed. */
export interface ClientSecret {
  /** `ocs…` */
  readonly id: string
  readonly sealedSecret: string
  /** SHA-256. */
  readonly secretHash: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: string
  readonly lastUpdated: string
}

/** The groups claim of an app's ID tokens from the org authorization server (Sign On tab). */
export interface GroupsClaimFilter {
  readonly name: string
  readonly filter: GroupFilter
  readonly value: string
}

/** A public key of a client (RFC 7517), for `private_key_jwt`. */
export type ClientJwk = Readonly<Record<string, string>>

/** Settings of an OpenID Connect app. Its client id is the app's id. */
export interface OidcAppSettings {
  readonly applicationType: ApplicationType
  readonly grantTypes: readonly GrantType[]
  readonly authMethod: ClientAuthMethod
  readonly secrets: readonly ClientSecret[]
  readonly jwks: readonly ClientJwk[]
  /** "Sign-in redirect URIs". */
  readonly redirectUris: readonly string[]
  /** "Sign-out redirect URIs". */
  readonly postLogoutRedirectUris: readonly string[]
  /** "Login initiated by": `DISABLED` App Only, `SPEC` either Okta or App, which calls the address below. */
  readonly loginMode: 'DISABLED' | 'SPEC'
  readonly initiateLoginUri: string
  /** `REQUIRED`: people are asked for scopes whose consent is required. */
  readonly consentMethod: 'TRUSTED' | 'REQUIRED'
  readonly pkceRequired: boolean
  /** "Refresh token behavior": rotate after every use, or use a persistent token. */
  readonly refreshRotation: 'ROTATE' | 'STATIC'
  /** Federation Broker Mode: nobody needs an assignment. */
  readonly implicitAssignment: boolean
  readonly groupsClaim?: GroupsClaimFilter
  /** The kit's own rule, for its samples alone: any port of a registered loopback address. */
  readonly anyLoopbackPort?: true
}

/** A custom authorization server. Keyed by id; the one every org begins with is called `default`. */
export interface AuthorizationServer {
  /** `aus…`, or `default`. */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly audience: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: string
  readonly lastUpdated: string
}

export const SCOPE_CONSENTS = ['IMPLICIT', 'REQUIRED'] as const
export type ScopeConsent = (typeof SCOPE_CONSENTS)[number]

/** Keyed by id. */
export interface OAuthScope {
  /** `scp…` */
  readonly id: string
  readonly serverId: string
  /** Case counts. */
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly consent: ScopeConsent
  /** In `scopes_supported` of the discovery document. */
  readonly isPublished: boolean
  /** Given to a request that names no scope. */
  readonly isDefault: boolean
  /** One of the protocol's: it cannot be changed or deleted. */
  readonly system: boolean
}

/** Keyed by id. */
export interface OAuthClaim {
  /** `ocl…` */
  readonly id: string
  readonly serverId: string
  readonly name: string
  /** `IDENTITY`: ID token; `RESOURCE`: access token. */
  readonly claimType: 'IDENTITY' | 'RESOURCE'
  /** `GROUPS`: names of groups that pass the filter. */
  readonly valueType: 'EXPRESSION' | 'GROUPS' | 'SYSTEM'
  /** The expression, or the filter's value. */
  readonly value: string
  readonly groupFilter?: GroupFilter
  readonly status: 'ACTIVE' | 'INACTIVE'
  /** In the ID token even where an access token is given out as well; otherwise at userinfo only. */
  readonly alwaysInclude: boolean
  /** With any of these scopes; none: with every token. */
  readonly scopes: readonly string[]
  readonly system: boolean
}

/** An access policy: for which clients its rules count. Keyed by id. */
export interface AccessPolicy {
  /** `00p…` */
  readonly id: string
  readonly serverId: string
  readonly name: string
  readonly description: string
  /** 1 is looked at first. */
  readonly priority: number
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly clients: 'ALL_CLIENTS' | readonly string[]
  readonly created: string
  readonly lastUpdated: string
}

/** A rule of a policy: who gets what by which grant, and for how long. Keyed by id. */
export interface AccessRule {
  /** `0pr…` */
  readonly id: string
  readonly policyId: string
  readonly serverId: string
  readonly name: string
  readonly priority: number
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly grantTypes: readonly GrantType[]
  readonly scopes: 'ANY' | readonly string[]
  /** Groups and people it is for; `EVERYONE`: everybody assigned to the app. */
  readonly people: 'EVERYONE' | { readonly users: readonly string[]; readonly groups: readonly string[] }
  /** From 5 to 1440. */
  readonly accessTokenMinutes: number
  /** 0: unlimited. */
  readonly refreshTokenMinutes: number
  /** A refresh token that is not used for so long ends. */
  readonly refreshTokenWindowMinutes: number
  readonly created: string
  readonly lastUpdated: string
}

/** An origin whose scripts may call this org (Security > API > Trusted Origins). Keyed by id. */
export interface TrustedOrigin {
  /** `tos…` */
  readonly id: string
  readonly name: string
  readonly origin: string
  readonly cors: boolean
  readonly redirect: boolean
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: string
  readonly lastUpdated: string
  /** The kit's own rule, for its samples alone: any port. */
  readonly anyLoopbackPort?: true
}

/** A scope somebody has allowed a client. Keyed {@link consentKey}. */
export interface ScopeGrant {
  /** `oag…` */
  readonly id: string
  /** `org`, or the id of a custom server. */
  readonly serverId: string
  readonly clientId: string
  readonly userId: string
  readonly scope: string
  readonly created: string
}

/** A token of a client itself that was revoked before its time. Keyed by its `jti`. */
export interface RevokedToken {
  /** Wall milliseconds: it may be forgotten then. */
  readonly expiresWallMs: number
}

export type OAuthShape = {
  authorizationServers: AuthorizationServer
  oauthScopes: OAuthScope
  oauthClaims: OAuthClaim
  accessPolicies: AccessPolicy
  accessRules: AccessRule
  trustedOrigins: TrustedOrigin
  scopeGrants: ScopeGrant
  revokedTokens: RevokedToken
}

export function consentKey(grant: Pick<ScopeGrant, 'serverId' | 'clientId' | 'userId' | 'scope'>): string {
  return [grant.serverId, grant.clientId, grant.userId, grant.scope].join('/')
}

/** Index value of `scopeGrants`, `given`. */
export function givenKey(grant: Pick<ScopeGrant, 'serverId' | 'clientId' | 'userId'>): string {
  return [grant.serverId, grant.clientId, grant.userId].join('/')
}
