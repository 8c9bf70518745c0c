import { OIDC_COLLECTIONS, type OidcShape } from '#idp/protocols/oidc/collections.ts'
import { SAML_COLLECTIONS, type SamlShape } from '#idp/protocols/saml/collections.ts'
import type { CollectionSpecs, Reader, Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { System } from '#kit/system/system.ts'
import { type AppShape, appPersonKey, type ImportSafeguard } from './apps/records.ts'
import type { GroupRuleShape } from './groups/rules/records.ts'
import { OAUTH_COLLECTIONS } from './oauth/collections.ts'
import type { OAuthShape } from './oauth/records.ts'
import type { ProfileShape, ProfileValue } from './profiles/records.ts'
import type { ProvisioningShape } from './provisioning/records.ts'
import type { SignInShape } from './sign-in/records.ts'
import type { SystemLogShape } from './system-log/records.ts'
import type { TokenShape } from './tokens/records.ts'

/** The organization. Under key `org`. */
export interface OktaOrg {
  /** `00o…` */
  readonly id: string
  readonly companyName: string
  readonly domain: string
  readonly created: string
  /** Import safeguard over all apps; absent: the default. */
  readonly importSafeguard?: ImportSafeguard
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

/**
 * The Okta user profile: base attributes (reference sheet 3.2) and custom ones. Languages are written `en_US`. An attribute that is
 * absent is null; one cleared in the console is `""`.
 */
export interface OktaUserProfile {
  readonly login: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly displayName?: string
  readonly title?: string
  readonly department?: string
  readonly organization?: string
  readonly countryCode?: string
  readonly preferredLanguage?: string
  readonly employeeNumber?: string
  readonly userType?: string
  readonly managerId?: string
  readonly manager?: string
  readonly [attribute: string]: ProfileValue | undefined
}

/** Standard administrator roles, as far as this org tells them apart. */
export type OktaAdminRole = 'SUPER_ADMIN' | 'APP_ADMIN' | 'USER_ADMIN' | 'READ_ONLY_ADMIN'

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
  /** Absent: the password is the first one. */
  readonly passwordChanged?: string
  readonly adminRoles?: readonly OktaAdminRole[]
  /** Last sign-in with a password. */
  readonly lastLogin?: string
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
  /** Rules that put the person in; absent: an administrator did. */
  readonly ruleIds?: readonly string[]
}

export type OktaDirectoryShape = {
  org: OktaOrg
  users: OktaUser
  groups: OktaGroup
  groupMembers: OktaGroupMember
} & GroupRuleShape &
  SignInShape

export type OktaShape = OktaDirectoryShape &
  AppShape &
  ProfileShape &
  ProvisioningShape &
  SystemLogShape &
  TokenShape &
  SamlShape &
  OidcShape &
  OAuthShape

/** What commands and pages of this vendor work on. */
export type OktaSystem = System<OktaShape>
export type OktaReader = Reader<OktaShape & KitShape>

export type OktaWriter = Writer<OktaShape & KitShape>

/** Longest beginning a text is filed under. */
export const LONGEST_BEGINNING = 3

function beginningsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const lower = text.toLowerCase()
    return Array.from({ length: LONGEST_BEGINNING }, (_, at) => lower.slice(0, at + 1))
  })
}

export const OKTA_COLLECTIONS: CollectionSpecs<OktaShape> = {
  org: {},
  users: {
    indexes: {
      login: (user) => user.profile.login.toLowerCase(),
      email: (user) => user.profile.email.toLowerCase(),
      status: (user) => user.status,
      /** The part before the `@` of the user name. */
      shortLogin: (user) => user.profile.login.toLowerCase().split('@')[0],
      /** The first one, two and three characters of first name, last name and e-mail: prefixes are looked up by them. */
      beginning: ({ profile }) => beginningsOf([profile.firstName, profile.lastName, profile.email]),
    },
  },
  groups: { indexes: { name: (group) => group.name.toLowerCase() } },
  groupMembers: {
    indexes: { group: (pair) => pair.groupId, user: (pair) => pair.userId, rule: (pair) => pair.ruleIds },
  },
  groupRules: {
    indexes: {
      name: (rule) => rule.name.toLowerCase(),
      status: (rule) => rule.status,
      group: (rule) => rule.groupIds,
      /** Those with work under way. */
      running: (rule) => (rule.run === undefined ? undefined : 'running'),
    },
  },
  apps: {
    indexes: {
      label: (app) => app.label.toLowerCase(),
      catalogKey: (app) => app.catalogKey,
      samlKey: (app) => app.samlKey,
      embedKey: (app) => app.embedKey,
    },
  },
  appUsers: {
    indexes: {
      app: (appUser) => appUser.appId,
      user: (appUser) => appUser.userId,
      /** `app/user`: at most one. */
      person: (appUser) => appPersonKey(appUser.appId, appUser.userId),
      /** `app/id in the app`. */
      external: (appUser) => (appUser.externalId === undefined ? undefined : `${appUser.appId}/${appUser.externalId}`),
      /** Those with an account in the app. */
      provisioned: (appUser) => (appUser.externalId === undefined ? undefined : appUser.appId),
      /** Those with the red exclamation mark, by app. */
      unprovisioned: (appUser) => (appUser.beforeProvisioning ? appUser.appId : undefined),
    },
  },
  appGroups: { indexes: { app: (appGroup) => appGroup.appId, group: (appGroup) => appGroup.groupId } },
  profileSchemas: {},
  profileMappings: { indexes: { app: (mapping) => mapping.appId } },
  provisioningJobs: {
    indexes: {
      app: (job) => job.appId,
      /** Pushes of a group. */
      mapping: ({ work }) => (work.kind === 'push-group' ? work.mappingId : undefined),
      /** Of one sync job. */
      sync: (job) => (job.sync === true ? job.transactionId : undefined),
    },
  },
  sweeps: {},
  formerAppUsers: { indexes: { user: (former) => former.userId } },
  tasks: {
    indexes: {
      status: (task) => task.status,
      app: (task) => task.appId,
      /** `app/user`, open ones only. */
      person: (task) =>
        task.status === 'OPEN' && task.userId !== undefined ? appPersonKey(task.appId, task.userId) : undefined,
      mapping: (task) => (task.status === 'OPEN' ? task.mappingId : undefined),
    },
  },
  groupPushMappings: {
    indexes: {
      app: (mapping) => mapping.appId,
      group: (mapping) => mapping.groupId,
      /** `app/group`: at most one. */
      appGroup: (mapping) => `${mapping.appId}/${mapping.groupId}`,
      rule: (mapping) => mapping.ruleId,
    },
  },
  pushedMembers: { indexes: { mapping: (member) => member.mappingId } },
  groupPushRules: { indexes: { app: (rule) => rule.appId } },
  appSideGroups: { indexes: { app: (group) => group.appId } },
  importRuns: {},
  importRows: { indexes: { app: (row) => row.appId } },
  oktaCounters: {},
  systemLog: {
    indexes: {
      eventType: (event) => event.eventType,
      target: (event) => event.target.map(({ id }) => id),
      actor: (event) => event.actor.id,
    },
  },
  signInGuards: {},
  signInTokens: {},
  signInLinks: { indexes: { hash: (link) => link.hash } },
  ...SAML_COLLECTIONS,
  ...OIDC_COLLECTIONS,
  ...OAUTH_COLLECTIONS,
  apiTokens: {
    indexes: {
      hash: (token) => token.hash,
      owner: (token) => token.ownerId,
      name: (token) => token.name.toLowerCase(),
    },
  },
}
