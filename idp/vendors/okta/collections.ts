import type { CollectionSpecs, Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'

/** The organization. Under key `org`. */
export interface OktaOrg {
  /** `00o…` */
  readonly id: string
  readonly companyName: string
  readonly domain: string
  readonly created: string
}

/** States of a person (reference sheet 4.1). */
export type OktaUserStatus =
  | 'STAGED'
  | 'PROVISIONED'
  | 'ACTIVE'
  | 'RECOVERY'
  | 'PASSWORD_EXPIRED'
  | 'LOCKED_OUT'
  | 'SUSPENDED'
  | 'DEPROVISIONED'

/** Base attributes of the profile that this org fills (reference sheet 3.2). Languages are written `en_US`. */
export interface OktaUserProfile {
  readonly login: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly displayName: string
  readonly title?: string
  readonly department?: string
  readonly organization?: string
  readonly countryCode?: string
  readonly preferredLanguage?: string
  readonly employeeNumber?: string
  readonly userType?: string
  readonly managerId?: string
  readonly manager?: string
}

/** Keyed by id. Times are virtual, ISO. */
export interface OktaUser {
  /** `00u…` */
  readonly id: string
  readonly status: OktaUserStatus
  readonly created: string
  readonly activated?: string
  readonly statusChanged: string
  readonly lastUpdated: string
  readonly profile: OktaUserProfile
  /** Absent: no password yet. A record of `kit/secrets.ts`. */
  readonly passwordHash?: string
}

/** Keyed by id. `Everyone` is built in: its members are all people, so none are listed for it. */
export interface OktaGroup {
  /** `00g…` */
  readonly id: string
  readonly type: 'OKTA_GROUP' | 'BUILT_IN'
  readonly name: string
  readonly description: string
  readonly created: string
  readonly lastUpdated: string
}

/** Keyed `${groupId}/${userId}`. */
export interface OktaGroupMember {
  readonly groupId: string
  readonly userId: string
}

export type OktaShape = {
  org: OktaOrg
  users: OktaUser
  groups: OktaGroup
  groupMembers: OktaGroupMember
}

export type OktaWriter = Writer<OktaShape & KitShape>

export const OKTA_COLLECTIONS: CollectionSpecs<OktaShape> = {
  org: {},
  users: {
    indexes: {
      login: (user) => user.profile.login.toLowerCase(),
      status: (user) => user.status,
    },
  },
  groups: { indexes: { name: (group) => group.name.toLowerCase() } },
  groupMembers: { indexes: { group: (pair) => pair.groupId, user: (pair) => pair.userId } },
}
