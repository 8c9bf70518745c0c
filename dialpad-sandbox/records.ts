import type { CollectionSpecs } from '#kit/store/store.ts'

/**
 * What the sandbox keeps. Dialpad's words throughout: office, licence type, number, suspended, change log.
 * Ids are 16 digits as text, the same in SCIM, REST and portal. Times are virtual, ISO 8601 UTC.
 */

/** REST's words; the spellings SCIM accepts for each are in `domain/licences.ts`. */
export type LicenceType = 'talk' | 'lite_support_agents' | 'agents' | 'lite_lines' | 'magenta_lines'
export type UserState = 'active' | 'pending' | 'suspended' | 'deleted'
export type OfficeField = 'physicalDeliveryOfficeName' | 'officeName' | 'department'

/** What to do with a new user whose office matches nothing (reference sheet 1.5, 5). */
export type OfficeMismatch =
  | { readonly kind: 'best' }
  | { readonly kind: 'office'; readonly officeId: string }
  | { readonly kind: 'reject' }

export interface Company {
  readonly id: string
  readonly name: string
  /** Lower case; the first is the primary one. */
  readonly domains: readonly string[]
  /** Test-suite worlds: any e-mail domain is accepted. */
  readonly anyDomain: boolean
  /** The Entra tenant whose people may sign in "with Microsoft"; nobody from another tenant may. */
  readonly microsoftTenantId?: string
  readonly scim: {
    readonly officeField: OfficeField
    readonly mismatch: OfficeMismatch
    readonly exhaustion: 'reject' | 'purchase'
  }
  /** What the SAML page holds; absent: never saved. */
  readonly saml?: SamlSettings
  /** A payment that failed and has not been made since; absent: everything is paid (`domain/company-states.ts`). */
  readonly paymentFailedAt?: string
  readonly createdAt: string
}

export const SAML_PROVIDERS = ['google', 'okta', 'onelogin', 'custom'] as const
/** The choices of the SAML page; each has addresses of its own (reference sheet 2.2). */
export type SamlProvider = (typeof SAML_PROVIDERS)[number]

export interface SamlSettings {
  readonly provider: SamlProvider
  readonly idpSsoUrl: string
  /** The issuer. */
  readonly idpEntityId: string
  /** X.509, base64 of its DER form without the lines that begin and end it. */
  readonly certificate: string
  /** Nobody may log in another way. */
  readonly preventOtherProviders: boolean
}

/** An assertion that has signed somebody in, kept for as long as it could do so again. Key: its end, padded, then {@link id}. */
export interface UsedAssertion {
  /** Of the company and the assertion's own: unique among what one provider says. */
  readonly id: string
  /** Wall milliseconds. */
  readonly usableUntilMs: number
}

/** An address emergency services are sent to. */
export interface EmergencyAddress {
  readonly address: string
  readonly address2?: string
  readonly city: string
  /** State or province. */
  readonly state: string
  readonly zip: string
  readonly country: string
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** How a main line answers, of an office or a department. What is absent is as the product has it by default. */
export interface LineSettings {
  readonly description?: string
  /** `true`: calls are taken during the hours; absent or `false`: always. */
  readonly hoursOn?: boolean
  /** Opening and closing times in turn, `08:00`, in the office's timezone. */
  readonly hours?: Readonly<Partial<Record<Weekday, readonly string[]>>>
  readonly ringSeconds?: number
  readonly firstAction?: string
  readonly noOperatorsAction?: string
  /** As it was sent: calls are not part of the simulation. */
  readonly routing?: Readonly<Record<string, unknown>>
  readonly autoCallRecording?: boolean
}

/** What was agreed when an office was ordered. */
export interface OfficeBilling {
  readonly currency: string
  readonly period: 'monthly' | 'yearly'
  readonly annualCommitMonthly: boolean
  readonly invoiced: boolean
  readonly unified: boolean
  /** Place of primary use, in the words of the API. */
  readonly address: Readonly<Record<string, string>>
}

export interface Office {
  readonly id: string
  readonly companyId: string
  readonly name: string
  /** ISO 3166 alpha-2, upper case. */
  readonly country: string
  readonly areaCode: string
  readonly timezone: string
  readonly isPrimary: boolean
  /** Licences owned; a type that is absent has none. `null`: without end. */
  readonly seats: Readonly<Partial<Record<LicenceType, number | null>>>
  readonly line?: LineSettings
  readonly emergencyAddress?: EmergencyAddress
  readonly billing?: OfficeBilling
}

/** How somebody's own line behaves. What is absent is off, or never set. */
export interface UserLine {
  readonly doNotDisturb?: boolean
  /** `expiresAt`: virtual time; the message is not shown any more from then on. */
  readonly status?: { readonly message: string; readonly expiresAt?: string }
  /** Called too when somebody calls; E.164. */
  readonly forwardingNumbers?: readonly string[]
  readonly internationalDialing?: boolean
  /** E.164, or `blocked`. */
  readonly callerId?: string
  readonly emergencyAddress?: EmergencyAddress
  /** As it was sent; shown nowhere. */
  readonly presence?: Readonly<Record<string, string>>
}

export interface DialpadUser {
  readonly id: string
  readonly companyId: string
  readonly officeId: string
  /** As typed; the first is the primary one and SCIM's `userName`. Compared without case. */
  readonly emails: readonly string[]
  readonly givenName: string
  readonly familyName: string
  readonly title?: string
  readonly language?: string
  /** ISO 3166 alpha-2, upper case. */
  readonly country?: string
  readonly licence: LicenceType
  readonly state: UserState
  readonly deletedAt?: string
  /** Deleted before the invitation was accepted: restoring makes them pending again. */
  readonly wasPending?: true
  readonly isCompanyAdmin: boolean
  /** Absent: no password yet. A scrypt record of `kit/secrets.ts`. */
  readonly passwordHash?: string
  /** The provider's immutable ids, pinned at first sign-in. */
  readonly microsoft?: { readonly tenantId: string; readonly objectId: string }
  readonly origin: 'portal' | 'scim' | 'sign-up' | 'api'
  /** Offices this person administers; absent: none. */
  readonly officeAdminOf?: readonly string[]
  readonly line?: UserLine
  /** What a SCIM client sent and Dialpad has no field for: stored and echoed, nothing else. */
  readonly scimExtras: Readonly<Record<string, unknown>>
  /** Grows with every change: behind `meta.version`. */
  readonly version: number
  readonly createdAt: string
  readonly modifiedAt: string
  readonly firstLoginAt?: string
  readonly lastLoginAt?: string
}

/** An invitation that was sent and not accepted yet. Keyed by the id of the person; sent again, it takes the place of the one before. */
export interface Invitation {
  readonly userId: string
  readonly companyId: string
  /** SHA-256 of the token in the link, hex. */
  readonly hash: string
  readonly sentAt: string
}

/** Licences that are given back at the next billing date. */
export interface LicenceRemoval {
  readonly id: string
  readonly companyId: string
  readonly officeId: string
  readonly licence: LicenceType
  readonly quantity: number
  /** The billing date, virtual. */
  readonly at: string
}

/** Keyed by the E.164 number. */
export interface PhoneNumber {
  readonly number: string
  readonly companyId: string
  readonly officeId: string
  readonly areaCode: string
  readonly status: 'reserved' | 'assigned' | 'hold'
  /** Whose it is, or whose it was while on hold. */
  readonly userId?: string
  /** What it belongs to when that is no person. */
  readonly target?: GroupRef
  /** Among the numbers of one owner: the smallest is the primary one. Absent: 0; of equal ones the older comes first. */
  readonly position?: number
  readonly lastOwner?: string
  /** When it entered this status. */
  readonly since: string
}

/** What has a main line and operators. */
export interface GroupRef {
  readonly type: 'office' | 'department'
  readonly id: string
}

/** A Dialpad department: a line of an office with operators. No attribute of a directory leads to it (reference sheet 7.1). */
export interface Department {
  readonly id: string
  readonly companyId: string
  readonly officeId: string
  readonly name: string
  readonly line: LineSettings
  readonly createdAt: string
}

/** Keyed `${groupId}/${userId}`. */
export interface Operator {
  readonly groupType: GroupRef['type']
  readonly groupId: string
  readonly userId: string
  readonly role: 'operator' | 'admin'
  readonly doNotDisturb?: boolean
}

/** Where events are sent to. */
export interface Webhook {
  readonly id: string
  readonly companyId: string
  readonly hookUrl: string
  /** What the events are signed with, sealed: it is shown again and used again. */
  readonly sealedSecret?: string
}

/** Sends the lines of the change log to a webhook. */
export interface ChangeLogSubscription {
  readonly id: string
  readonly companyId: string
  readonly webhookId: string
  readonly enabled: boolean
  /** How many lines of the company's change log are done with: sent, or written while there was nobody to send them to. */
  readonly position: number
}

/** Would send what happens to contacts, of which there are none. */
export interface ContactSubscription {
  readonly id: string
  readonly companyId: string
  readonly webhookId: string
  readonly enabled: boolean
  readonly contactType: 'shared' | 'local'
}

export const ADDITIONAL_SCOPES = [
  'calls:list',
  'change_log',
  'conference:read',
  'fax_message',
  'message_content_export',
  'message_content_export:all',
  'recordings_export',
  'screen_pop',
] as const
/** What a key may be given beyond basic access (reference sheet 3.2); users and SCIM are basic. */
export type AdditionalScope = (typeof ADDITIONAL_SCOPES)[number]

export interface ApiKey {
  readonly id: string
  readonly companyId: string
  readonly name: string
  /** SHA-256 of the secret, hex. */
  readonly hash: string
  readonly last4: string
  readonly createdBy: string
  readonly createdAt: string
  /** Chosen beyond basic access; absent: none. */
  readonly scopes?: readonly AdditionalScope[]
  readonly expiresAt?: string
  readonly revokedAt?: string
  readonly lastUsedAt?: string
  /** Only while the switch `api-key-display` says `click-to-show` (2019 portal): the secret, sealed. */
  readonly sealed?: string
}

/** A group pushed by SCIM. The name is frozen at creation (connector limitation). */
export interface DirectoryGroup {
  readonly id: string
  readonly companyId: string
  readonly displayName: string
  readonly externalId?: string
  readonly version: number
  readonly createdAt: string
  readonly modifiedAt: string
}

/** Keyed `${groupId}/${userId}`. */
export interface DirectoryGroupMember {
  readonly groupId: string
  readonly userId: string
}

/** Keyed by its number, zero-padded to 12: ascending. */
export interface ChangeLogEntry {
  readonly id: string
  readonly companyId: string
  readonly date: string
  /** Our own codes: `scim_user_created`, `group_rename_ignored` … */
  readonly action: string
  readonly note: string
  readonly additionalData: Readonly<Record<string, string>>
  readonly target: { readonly type: string; readonly id: string; readonly name: string }
  readonly changedBy: {
    readonly type: 'user' | 'api_key' | 'system'
    readonly id: string
    readonly name: string
    /** A key that was used with the REST API; absent: with SCIM. */
    readonly via?: 'rest'
  }
}

export type DialpadShape = {
  companies: Company
  offices: Office
  users: DialpadUser
  numbers: PhoneNumber
  apiKeys: ApiKey
  groups: DirectoryGroup
  groupMembers: DirectoryGroupMember
  changeLog: ChangeLogEntry
  departments: Department
  operators: Operator
  invitations: Invitation
  licenceRemovals: LicenceRemoval
  webhooks: Webhook
  changeLogSubscriptions: ChangeLogSubscription
  contactSubscriptions: ContactSubscription
  usedAssertions: UsedAssertion
}

const lower = (text: string): string => text.toLowerCase()
const numberUse = (number: PhoneNumber): string =>
  number.status === 'assigned' ? (number.target?.type ?? 'user') : number.status
/** States that hold a licence. */
const seated = (user: DialpadUser): boolean => user.state === 'active' || user.state === 'pending'

export const DIALPAD_COLLECTIONS: CollectionSpecs<DialpadShape> = {
  companies: { indexes: { domain: (company) => company.domains, tenant: (company) => company.microsoftTenantId } },
  offices: {
    indexes: { company: (office) => office.companyId, name: (office) => `${office.companyId}/${office.name}` },
  },
  users: {
    indexes: {
      /** Primary address of everybody not deleted: SCIM's unique `userName`. */
      userName: (user) => (user.state === 'deleted' ? undefined : lower(user.emails[0] ?? '')),
      email: (user) => (user.state === 'deleted' ? undefined : user.emails.map(lower)),
      externalId: (user) =>
        typeof user.scimExtras['externalId'] === 'string' ? user.scimExtras['externalId'] : undefined,
      /** What SCIM shows: `company/visible`; deleted people are gone from it. */
      visible: (user) => (user.state === 'deleted' ? undefined : user.companyId),
      state: (user) => `${user.companyId}/${user.state}`,
      /** Seats taken: `office/licence`. */
      seat: (user) => (seated(user) ? `${user.officeId}/${user.licence}` : undefined),
      /** Who works in an office: active and pending. */
      office: (user) => (seated(user) ? user.officeId : undefined),
      /** Office Admins, by office. */
      officeAdmin: (user) => (user.state === 'deleted' ? undefined : user.officeAdminOf),
      admin: (user) => (user.isCompanyAdmin && seated(user) ? user.companyId : undefined),
      /** Company Admins in any state: `company/state`. */
      adminState: (user) => (user.isCompanyAdmin ? `${user.companyId}/${user.state}` : undefined),
      microsoft: (user) =>
        user.microsoft && user.state !== 'deleted'
          ? `${user.microsoft.tenantId}/${user.microsoft.objectId}`
          : undefined,
    },
  },
  numbers: {
    indexes: {
      user: (number) => number.userId,
      pool: (number) => (number.status === 'reserved' ? number.officeId : undefined),
      /** Numbers on hold, by office; a hold that has run out counts as reserved when read. */
      hold: (number) => (number.status === 'hold' ? number.officeId : undefined),
      /** How many numbers of an area are in use: the place to look for the next free one. */
      area: (number) => number.areaCode,
      company: (number) => number.companyId,
      /** `company/reserved`, `company/hold`, `company/user`, `company/office`, `company/department`. */
      use: (number) => `${number.companyId}/${numberUse(number)}`,
      /** `office/id`, `department/id`. */
      target: (number) => (number.target === undefined ? undefined : `${number.target.type}/${number.target.id}`),
    },
  },
  apiKeys: { indexes: { hash: (key) => key.hash, company: (key) => key.companyId } },
  groups: {
    indexes: {
      name: (group) => `${group.companyId}/${lower(group.displayName)}`,
      externalId: (group) => group.externalId,
      company: (group) => group.companyId,
    },
  },
  groupMembers: { indexes: { group: (pair) => pair.groupId, user: (pair) => pair.userId } },
  changeLog: { indexes: { company: (entry) => entry.companyId, target: (entry) => entry.target.id } },
  departments: {
    indexes: { company: (department) => department.companyId, office: (department) => department.officeId },
  },
  operators: { indexes: { group: (operator) => operator.groupId, user: (operator) => operator.userId } },
  invitations: { indexes: { hash: (invitation) => invitation.hash } },
  licenceRemovals: {
    indexes: {
      company: (removal) => removal.companyId,
      office: (removal) => removal.officeId,
      /** What of one office's type is on its way out: `office/licence`. */
      seat: (removal) => `${removal.officeId}/${removal.licence}`,
    },
  },
  usedAssertions: { indexes: { id: (used) => used.id } },
  webhooks: { indexes: { company: (webhook) => webhook.companyId } },
  contactSubscriptions: {
    indexes: {
      company: (subscription) => subscription.companyId,
      webhook: (subscription) => subscription.webhookId,
    },
  },
  changeLogSubscriptions: {
    indexes: {
      company: (subscription) => subscription.companyId,
      webhook: (subscription) => subscription.webhookId,
      enabled: (subscription) => (subscription.enabled ? 'enabled' : undefined),
    },
  },
}
