import type { Sweep } from '../assignments/sweep.ts'
import type { Profile } from '../profiles/records.ts'

/**
 * What provisioning keeps: the queue, tasks, pushed groups and imports. A job is in the store from the command that caused it to
 * the transaction that writes down its outcome, so it survives a kill; one that was sent and not written down is sent again.
 */

/** What is left of somebody whose assignment is gone. */
export interface FormerAppUser {
  readonly appId: string
  readonly appUserId: string
  readonly userId: string
  readonly displayName: string
  readonly userName: string
  readonly externalId: string
  /** The wizard's dialect sends the whole profile with `active: false`. */
  readonly profile: Profile
  /** An import of an app that is the source of people found the account switched off: it may bring the person back. */
  readonly inactiveInApp?: true
}

/** One thing to do at the app. What is sent is read from the state when the job runs, not kept here. */
export type JobWork =
  | { readonly kind: 'provision'; readonly appUserId: string }
  | { readonly kind: 'push-profile'; readonly appUserId: string }
  | { readonly kind: 'deactivate'; readonly former: FormerAppUser }
  | { readonly kind: 'push-password'; readonly appUserId: string; readonly sealedPassword: string }
  | { readonly kind: 'push-group'; readonly mappingId: string; readonly overwrite: boolean }
  | { readonly kind: 'delete-group'; readonly targetGroupId: string; readonly name: string }
  | { readonly kind: 'remove-user'; readonly former: FormerAppUser }

/** Keyed by its number, zero-padded: the order of the queue. */
export interface ProvisioningJob {
  readonly key: string
  readonly appId: string
  readonly work: JobWork
  /** Whom or what it is about, in words: a user name, a group's name. */
  readonly subject: string
  readonly createdAt: string
  /** Id of the person whose command caused it; absent for the system. */
  readonly actorId?: string
  readonly transactionId: string
  /** Of "Provision User" or "Force Sync": the System Log tells when the last one is done. */
  readonly sync?: true
}

export type TaskKind = 'assignment' | 'update' | 'deprovision-failed' | 'deprovision' | 'group'

/** Dashboard > Tasks. Keyed by id. `deprovision` is the manual to-do when Deactivate Users is off. */
export interface OktaTask {
  readonly id: string
  readonly kind: TaskKind
  readonly appId: string
  readonly userId?: string
  readonly mappingId?: string
  /** The text of reference sheet 2.9. */
  readonly message: string
  readonly status: 'OPEN' | 'COMPLETED'
  readonly created: string
  readonly completed?: string
  /** Tried again by "Retry Selected"; absent where there is nothing to retry. */
  readonly work?: JobWork
}

export type PushStatusOfGroup = 'ACTIVE' | 'INACTIVE' | 'PUSHING' | 'ERROR'

/** One pushed group. Keyed by id. */
export interface GroupPushMapping {
  readonly id: string
  readonly appId: string
  readonly groupId: string
  /** Name in the app, as it was created or linked. */
  readonly targetName: string
  readonly targetGroupId?: string
  /** By name, or by the rule of this id. */
  readonly ruleId?: string
  readonly pushMemberships: boolean
  readonly status: PushStatusOfGroup
  readonly error?: string
  readonly lastPush?: string
  readonly created: string
  readonly lastUpdated: string
}

/** A member as it was pushed. Keyed `${mappingId}/${externalId}`. */
export interface PushedMember {
  readonly mappingId: string
  readonly userId: string
  readonly externalId: string
}

export interface PushCondition {
  readonly operator: 'starts-with' | 'ends-with' | 'contains'
  readonly value: string
}

/** Keyed by id. */
export interface GroupPushRule {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly groupName?: PushCondition
  readonly groupDescription?: PushCondition
  readonly pushMemberships: boolean
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: string
}

/** A group of the app, as last read: what a push can be linked to. Keyed `${appId}/${externalId}`. */
export interface AppSideGroup {
  readonly appId: string
  readonly externalId: string
  readonly name: string
}

export interface ImportCounts {
  readonly scanned: number
  readonly imported: number
  readonly updated: number
  readonly unchanged: number
  readonly removed: number
}

/** Newest run of an app's import. Keyed by app id. */
export interface ImportRun {
  readonly appId: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly scheduled: boolean
  readonly state: 'RUNNING' | 'DONE' | 'ROADBLOCK' | 'FAILED'
  readonly users?: ImportCounts
  readonly groups?: ImportCounts
  readonly error?: string
  /** With `ROADBLOCK`: ids of the app users that would be removed. */
  readonly heldBack?: readonly string[]
}

/** A row of Import Results. Keyed `${appId}/${externalId}`. */
export interface ImportRow {
  readonly appId: string
  readonly externalId: string
  readonly userName: string
  readonly profile: Profile
  readonly match: 'exact' | 'partial' | 'new' | 'ignore'
  /** The Okta user it would be joined with. */
  readonly userId?: string
}

export type ProvisioningShape = {
  provisioningJobs: ProvisioningJob
  /** Keyed `${appId}/${userId}`: the account of somebody who is not assigned any more, until they are again, or deleted. */
  formerAppUsers: FormerAppUser
  sweeps: Sweep
  tasks: OktaTask
  groupPushMappings: GroupPushMapping
  pushedMembers: PushedMember
  groupPushRules: GroupPushRule
  appSideGroups: AppSideGroup
  importRuns: ImportRun
  importRows: ImportRow
  /** Under the counter's name: `jobs`, `system-log`. */
  oktaCounters: { readonly value: number }
}
