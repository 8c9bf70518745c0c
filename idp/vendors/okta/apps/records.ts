import type { OidcAppSettings } from '../oauth/records.ts'
import type { Profile, PushStatus } from '../profiles/records.ts'

/**
 * Apps of the org and who is assigned to them (reference sheet 1.2 to 1.8). Ids are the prefix and 17 letters or digits. Times
 * are virtual, ISO 8601 UTC.
 */

export const USERNAME_FORMATS = [
  'okta-username',
  'okta-username-prefix',
  'email',
  'email-prefix',
  'custom',
  'none',
] as const
/** Choices of "Application username format". */
export type UsernameFormat = (typeof USERNAME_FORMATS)[number]

export interface UsernameTemplate {
  readonly format: UsernameFormat
  /** With `custom`: an expression over `user`, or a template such as `${source.email}`. */
  readonly custom?: string
  /** "Update application username on": create and update, or create only. */
  readonly pushStatus: PushStatus
}

export interface AppVisibility {
  /** "Do not display application icon to users". */
  readonly hideWeb: boolean
  /** "Do not display application icon in the Okta Mobile App". */
  readonly hideMobile: boolean
  /** "Browser plugin auto-submit". */
  readonly autoSubmit: boolean
}

/** When the notice about a VPN is shown. */
export const VPN_NOTICES = ['disabled', 'anywhere'] as const
type VpnNotice = (typeof VPN_NOTICES)[number]

/** The rest of the General tab (reference sheet 1.4). */
export interface AppGeneral {
  /** VPN Notification: what people are told at the app's tile. */
  readonly vpn: { readonly notice: VpnNotice; readonly message: string; readonly url: string }
  /** App Embed Link: where somebody goes who opens the app without being assigned; empty: Okta's own page. */
  readonly errorRedirectUrl: string
  /** Self service: people may add the app themselves. */
  readonly selfService: boolean
}

/** Of an app whose General tab nobody has edited. */
export const DEFAULT_GENERAL: AppGeneral = {
  vpn: { notice: 'disabled', message: '', url: '' },
  errorRedirectUrl: '',
  selfService: false,
}

/** "Name format" of attribute statements. */
export const NAME_FORMATS = ['unspecified', 'uri', 'basic'] as const
export type NameFormat = (typeof NAME_FORMATS)[number]

/** A value about the person that answers carry; absent format: unspecified. */
export interface AttributeStatement {
  /** Case counts. */
  readonly name: string
  readonly nameFormat?: NameFormat
  readonly expression: string
}

export const GROUP_FILTERS = ['starts-with', 'equals', 'contains', 'regex'] as const
export type GroupFilter = (typeof GROUP_FILTERS)[number]

/** The names of the person's groups that pass a filter, as values of one attribute. */
export interface GroupStatement {
  readonly name: string
  readonly nameFormat: NameFormat
  readonly filter: GroupFilter
  readonly value: string
}

/** "Name ID format" (SAML core §8.3). */
export const NAME_ID_FORMATS = ['unspecified', 'emailAddress', 'persistent', 'transient'] as const
export type NameIdFormat = (typeof NAME_ID_FORMATS)[number]

/** "Enable Single Logout": the app may end the org's session. Switched off, it keeps what was typed. */
export interface SingleLogout {
  /** "Allow application to initiate Single Logout". */
  readonly enabled: boolean
  /** "Single Logout URL": where the answer goes. */
  readonly url: string
  /** "SP Issuer": the issuer of requests. */
  readonly issuer: string
  /** "Signature Certificate": verifies requests; base64 of DER. */
  readonly certificate: string
}

/** Settings of the Sign On tab; the certificates that sign are a collection of their own. */
export interface AppSignOn {
  readonly usernameTemplate: UsernameTemplate
  readonly defaultRelayState: string
  /** "SP SSO URL" (ACS) and "SP Entity ID"; empty until an administrator has pasted them. */
  readonly acsUrl: string
  readonly spEntityId: string
  readonly disableForceAuthn: boolean
  readonly attributeStatements: readonly AttributeStatement[]
  /** Absent: none. */
  readonly groupStatements?: readonly GroupStatement[]
  /** Absent: unspecified. */
  readonly nameIdFormat?: NameIdFormat
  /** Absent: never set up. */
  readonly singleLogout?: SingleLogout
}

export interface ToAppSettings {
  readonly createUsers: boolean
  readonly updateAttributes: boolean
  readonly deactivateUsers: boolean
  readonly syncPassword: boolean
  /** "Sync Okta Password" or "Sync a randomly generated password". */
  readonly passwordSource: 'OKTA' | 'RANDOM'
}

export const IMPORT_SCHEDULES = ['never', 'hourly', 'daily', 'weekly'] as const
export type ImportSchedule = (typeof IMPORT_SCHEDULES)[number]

/** An import stops where more than this share of assignments would go. */
export interface ImportSafeguard {
  readonly enabled: boolean
  /** From 1 to 100. */
  readonly percent: number
}

/** The threshold of the whole org until an administrator sets one. */
export const ORG_SAFEGUARD: ImportSafeguard = { enabled: true, percent: 20 }

export interface ToOktaSettings {
  readonly schedule: ImportSchedule
  /** "Okta username format" of people made by an import: the e-mail address, an expression over `appuser`, or the app's user name. */
  readonly usernameFormat: 'email' | 'app-username' | 'custom'
  readonly customUsername?: string
  /** "Imported user is an exact match to Okta user if". */
  readonly exactMatch: 'username' | 'email' | 'custom'
  /** With `custom`: the Okta attribute that must hold what the mapping to Okta gives for it. */
  readonly matchAttribute?: string
  /** First and last name are the same. */
  readonly allowPartial: boolean
  readonly confirmExact: boolean
  readonly confirmPartial: boolean
  readonly confirmNew: boolean
  readonly activateNew: boolean
  /** "Allow {App} to source Okta users". */
  readonly isSource: boolean
  /** "When a user is deactivated in the app", where the app is the source. */
  readonly whenDeactivated: 'nothing' | 'deactivate' | 'suspend'
  readonly reactivateSuspended: boolean
  readonly reactivateDeactivated: boolean
  readonly safeguard: ImportSafeguard
}

/**
 * How requests to the app look. `catalog`: PUT for profiles, PATCH for activation, passwords and groups, `Bearer`; `wizard`: an
 * app of the integration wizard, PUT for everything, the `Authorization` header as typed.
 */
export type ScimDialect = 'catalog' | 'wizard'

/** Waiting because the app said 429 (reference sheet 2.8). */
export interface QueuePause {
  readonly until: string
  /** Waits in a row, this one included. */
  readonly waits: number
  readonly waitSeconds: number
}

/** Absent on an app: the catalog entry cannot provision. */
export interface AppProvisioning {
  /** "Enable API integration" is ticked and saved. */
  readonly enabled: boolean
  /** Ever saved: the rail To App / To Okta / Integration is there. */
  readonly configured: boolean
  readonly baseUrl: string
  readonly dialect: ScimDialect
  /** Absent before the first save. */
  readonly sealedToken?: string
  readonly importGroups: boolean
  readonly toApp: ToAppSettings
  readonly toOkta: ToOktaSettings
  /** "Rename app groups to match group name in Okta". */
  readonly renameAppGroups: boolean
  readonly pause?: QueuePause
  /** Instant of the next scheduled import. */
  readonly nextImportAt?: string
}

/** Keyed by id. */
export interface OktaApp {
  /** `0oa…` */
  readonly id: string
  /** Name in addresses: `dialpad`, or that of a wizard's app. */
  readonly name: string
  /** Key of the catalog entry. */
  readonly catalogKey: string
  /** Unique in the org. */
  readonly label: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly signOnMode: 'SAML_2_0' | 'SECURE_WEB_AUTHENTICATION' | 'OPENID_CONNECT'
  /** `exk…`: names the app to SAML. */
  readonly samlKey: string
  /** `aln…`: last part of the embed link. */
  readonly embedKey: string
  readonly created: string
  readonly lastUpdated: string
  readonly visibility: AppVisibility
  readonly notesForUsers: string
  readonly notesForAdmins: string
  /** Absent: as {@link DEFAULT_GENERAL}. */
  readonly general?: AppGeneral
  readonly signOn: AppSignOn
  readonly provisioning?: AppProvisioning
  /** With `OPENID_CONNECT`, and only then. */
  readonly oidc?: OidcAppSettings
}

export type AppUserStatus = 'ACTIVE' | 'STAGED' | 'PROVISIONED'
export type SyncState = 'DISABLED' | 'OUT_OF_SYNC' | 'SYNCING' | 'SYNCHRONIZED' | 'ERROR'

/** Somebody's assignment to an app: their account there as the org sees it. Keyed by id. */
export interface AppUser {
  /** `0ua…` */
  readonly id: string
  readonly appId: string
  readonly userId: string
  /** `USER`: Individual, "Administrator (overrides group)"; `GROUP`: by a group. */
  readonly scope: 'USER' | 'GROUP'
  /** With `GROUP`: the group of the highest priority they are in. */
  readonly groupId?: string
  readonly userName: string
  /** The administrator typed the user name; the format does not change it any more. */
  readonly userNameTyped: boolean
  /** What is sent: values of the administrator, of groups and of the mapping put together. */
  readonly profile: Profile
  /** Values the administrator set for this person; with scope `USER` they win over everything. */
  readonly overrides: Profile
  /** Names of attributes whose value is a group's. */
  readonly fromGroup: readonly string[]
  readonly status: AppUserStatus
  readonly syncState: SyncState
  /** Id in the app; what links the two. */
  readonly externalId?: string
  readonly lastSync?: string
  /** Why the row is red: the text of its task. */
  readonly error?: string
  /** The last import found the account switched off. */
  readonly inactiveInApp?: true
  /** Assigned while nothing could be created: red exclamation mark, needs "Provision User". */
  readonly beforeProvisioning: boolean
  readonly created: string
  readonly statusChanged: string
  readonly lastUpdated: string
}

/** A group's assignment to an app. Keyed `${appId}/${groupId}`. */
export interface AppGroup {
  readonly appId: string
  readonly groupId: string
  /** 0 is the highest. */
  readonly priority: number
  readonly profile: Profile
  readonly created: string
  readonly lastUpdated: string
}

export type AppShape = {
  apps: OktaApp
  appUsers: AppUser
  appGroups: AppGroup
}

export function appGroupKey(appId: string, groupId: string): string {
  return `${appId}/${groupId}`
}

/** Index value of `appUsers`, `person`. */
export function appPersonKey(appId: string, userId: string): string {
  return `${appId}/${userId}`
}
