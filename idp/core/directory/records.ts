/**
 * The directory as a public graph API models it, which serves every vendor: users, groups and their members, applications,
 * service principals (one per consenting tenant), permission grants, role assignments, and a change feed whose numbers are
 * the watermark of delta queries. Attribute names are the directory's own (`surname`, `physicalDeliveryOfficeName`).
 * Times are virtual, ISO 8601 UTC. Ids are the vendor's.
 */

export interface DirectoryUser {
  readonly id: string
  readonly tenantId: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly givenName?: string
  readonly surname?: string
  readonly mail?: string
  readonly mailNickname: string
  readonly jobTitle?: string
  readonly department?: string
  readonly physicalDeliveryOfficeName?: string
  readonly streetAddress?: string
  readonly city?: string
  readonly state?: string
  readonly postalCode?: string
  /** ISO 3166 alpha-2, upper case. */
  readonly country?: string
  readonly usageLocation?: string
  readonly preferredLanguage?: string
  readonly telephoneNumber?: string
  readonly mobile?: string
  readonly employeeId?: string
  readonly managerId?: string
  readonly userType: 'Member' | 'Guest'
  readonly accountEnabled: boolean
  readonly passwordHash?: string
  /** The password is right, and has to be changed before anything else at the next sign-in. */
  readonly forceChangePasswordNextSignIn?: boolean
  /** Set while in the recycle bin; 30 virtual days later the object is gone. */
  readonly deletedDateTime?: string
  readonly createdDateTime: string
  /** Number of its latest entry in `directoryChanges`. */
  readonly changeSeq: number
}

export interface DirectoryGroup {
  readonly id: string
  readonly tenantId: string
  readonly displayName: string
  readonly description?: string
  readonly mailNickname: string
  readonly securityEnabled: boolean
  readonly mailEnabled: boolean
  readonly deletedDateTime?: string
  readonly createdDateTime: string
  readonly changeSeq: number
}

/** Keyed `${groupId}/${memberId}`. */
export interface GroupMember {
  readonly groupId: string
  readonly memberId: string
  readonly memberType: 'user' | 'group'
}

export interface AppRole {
  readonly id: string
  readonly value: string
  readonly displayName: string
  readonly description: string
  readonly isEnabled: boolean
  readonly allowedMemberTypes: readonly ('User' | 'Application')[]
}

/** A permission an application's own API offers to other applications (RFC 6749 §3.3 calls it a scope). */
export interface PermissionScope {
  readonly id: string
  /** What follows the Application ID URI: `access_as_user`. */
  readonly value: string
  /** Who may consent: everybody for themselves, or administrators only. */
  readonly type: 'User' | 'Admin'
  readonly isEnabled: boolean
  readonly adminConsentDisplayName: string
  readonly adminConsentDescription: string
  readonly userConsentDisplayName?: string
  readonly userConsentDescription?: string
}

/** A secret of an application: shown once, kept as a hash. */
export interface ClientSecret {
  readonly keyId: string
  readonly hash: string
  /** Its first three characters. */
  readonly hint: string
  readonly displayName?: string
  readonly startDateTime?: string
  /** Virtual; absent for the secrets of the worlds, which do not end. */
  readonly endDateTime?: string
}

/** A certificate an application proves itself with (RFC 7523). */
export interface KeyCredential {
  readonly keyId: string
  readonly displayName: string
  /** SHA-1 of the DER form, upper-case hex: what the pages show and `x5t` says in base64url. */
  readonly thumbprint: string
  /** PEM. */
  readonly certificate: string
  readonly startDateTime: string
  readonly endDateTime: string
}

/** A claim put into a token only because the application asks for it. */
export interface OptionalClaim {
  readonly name: string
  readonly source?: 'user'
  readonly essential: boolean
  readonly additionalProperties: readonly string[]
}

export interface OptionalClaims {
  readonly idToken: readonly OptionalClaim[]
  readonly accessToken: readonly OptionalClaim[]
  readonly saml2Token: readonly OptionalClaim[]
}

/** An app registration: global, in the publisher's home tenant. */
export interface Application {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  /** The tenant it is registered in. */
  readonly tenantId: string
  readonly signInAudience: 'AzureADMyOrg' | 'AzureADMultipleOrgs'
  readonly publisherName: string
  /** Who may manage the registration without a role: people, and applications by the ids of their service principals. */
  readonly ownerIds?: readonly string[]
  readonly homepage?: string
  readonly web: { readonly redirectUris: readonly string[]; readonly logoutUrl?: string }
  readonly spa: { readonly redirectUris: readonly string[] }
  /** Redirects of public clients; any loopback port matches. */
  readonly publicClient: { readonly redirectUris: readonly string[] }
  /** Post-logout addresses beyond the redirect URIs. */
  readonly secrets: readonly ClientSecret[]
  readonly keyCredentials?: readonly KeyCredential[]
  /** "Allow public client flows": device code and the like without a secret. */
  readonly isFallbackPublicClient?: boolean
  /**
   * Delegated permissions asked for at consent, in the order shown: values of the directory's own API as they are (`User.Read`), of
   * another application's API with its Application ID URI in front (`api://…/access_as_user`).
   */
  readonly requiredScopes: readonly string[]
  /** Application permissions asked for, written as the delegated ones are. */
  readonly requiredRoles?: readonly string[]
  /** Application ID URIs: names of its own API as a resource, the first one shown. */
  readonly identifierUris?: readonly string[]
  /** Its own API, when it exposes one. */
  readonly api?: {
    /** Version of the access tokens it accepts; 1 when not said. */
    readonly requestedAccessTokenVersion?: 1 | 2
    readonly oauth2PermissionScopes: readonly PermissionScope[]
    /** Applications nobody has to consent to, by scope ids. */
    readonly preAuthorizedApplications: readonly {
      readonly appId: string
      readonly delegatedPermissionIds: readonly string[]
    }[]
  }
  readonly optionalClaims?: OptionalClaims
  readonly appRoles: readonly AppRole[]
  /**
   * Manifest property: which of a person's groups (`groups`) and directory roles (`wids`) go into their tokens; `All` is security
   * groups, distribution lists and roles, `ApplicationGroup` the groups assigned to the app. Absent: no such claim.
   */
  readonly groupMembershipClaims?: 'SecurityGroup' | 'DirectoryRole' | 'ApplicationGroup' | 'All'
  /** In the recycle bin of registrations since; 30 virtual days later it is gone. */
  readonly deletedDateTime?: string
  /** First-party clients need no consent. */
  readonly firstParty: boolean
  /** The gallery listing it stands for, when it does. */
  readonly templateId?: string
  readonly createdDateTime: string
}

/** An application in one tenant: what "Enterprise apps" lists. */
export interface ServicePrincipal {
  readonly id: string
  readonly tenantId: string
  readonly appId: string
  readonly applicationId: string
  readonly displayName: string
  readonly publisherName: string
  readonly homepage?: string
  readonly notes?: string
  readonly accountEnabled: boolean
  /** "Assignment required?" */
  readonly appRoleAssignmentRequired: boolean
  /** "Visible to users?" */
  readonly visibleToUsers: boolean
  readonly appRoles: readonly AppRole[]
  readonly ownerIds: readonly string[]
  readonly templateId?: string
  /** Permissions the app holds by itself, without a person, as an administrator consented; values of the directory's own API. */
  readonly applicationPermissions?: readonly string[]
  readonly firstParty: boolean
  readonly createdDateTime: string
}

/** Consent. `principalId` is absent when given on behalf of the organization. Keyed by id. */
export interface OAuth2PermissionGrant {
  readonly id: string
  readonly tenantId: string
  /** Service principal that was granted. */
  readonly clientId: string
  readonly consentType: 'AllPrincipals' | 'Principal'
  readonly principalId?: string
  /** Service principal of the API the scopes belong to; absent for the directory's own API. */
  readonly resourceId?: string
  /** Space-separated, as that API names them. */
  readonly scope: string
  readonly createdDateTime: string
}

/** Assignment of a person or group to an app. Role id of Default Access: 32 zeros as a GUID. */
export interface AppRoleAssignment {
  readonly id: string
  readonly tenantId: string
  readonly principalId: string
  readonly principalType: 'User' | 'Group'
  /** The app's service principal. */
  readonly resourceId: string
  readonly appRoleId: string
  readonly createdDateTime: string
}

export const DEFAULT_ACCESS_ROLE_ID = '00000000-0000-0000-0000-000000000000'

/**
 * The change feed. Keyed by its number, zero-padded to 15 digits: ascending. One entry per object at most (a newer
 * change replaces the older entry), so reading on from a watermark costs what has changed.
 */
export interface DirectoryChange {
  readonly seq: number
  readonly tenantId: string
  readonly objectType: 'user' | 'group' | 'assignment'
  readonly objectId: string
  /** `hard-deleted`: the object is gone; what is left of it is here. */
  readonly change: 'changed' | 'hard-deleted'
  /** For a hard delete: what logs still need to name it. For an assignment: which app, which principal. */
  readonly last?: { readonly displayName: string; readonly userPrincipalName?: string }
  readonly assignment?: {
    readonly resourceId: string
    readonly principalId: string
    readonly principalType: 'User' | 'Group'
  }
}

export type DirectoryShape = {
  users: DirectoryUser
  groups: DirectoryGroup
  groupMembers: GroupMember
  applications: Application
  servicePrincipals: ServicePrincipal
  permissionGrants: OAuth2PermissionGrant
  appRoleAssignments: AppRoleAssignment
  directoryChanges: DirectoryChange
  /** Under key `seq`: the number of the newest change. */
  directoryCounter: { readonly seq: number }
}
