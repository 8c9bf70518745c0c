import type { ProvisioningSchema, ScopeFacts } from '#idp/core/provisioning/types.ts'

/**
 * What the engine keeps. Neutral words: a vendor composes these collections into its own store and phrases what a page
 * shows. Instants are virtual, ISO 8601 UTC, unless a name says milliseconds.
 */

export type ObjectKind = 'User' | 'Group'
export type JobScope = 'assigned' | 'all'

/** A configured connection of one app to one target. Changes rarely; what moves during a cycle is its {@link JobRun}. */
export interface ProvisioningJob {
  readonly id: string
  readonly tenantId: string
  readonly servicePrincipalId: string
  /** Which listing of the gallery it came from. */
  readonly templateId: string
  /** As the administrator typed it, flags included. */
  readonly tenantUrl: string
  /** Sealed with the vault: the token is sent, so it cannot be hashed. */
  readonly sealedSecret: string
  /** Further credentials an administrator keeps with the job, sealed JSON by name. Nothing is sent of them. */
  readonly sealedExtras?: string
  readonly schema: ProvisioningSchema
  readonly scope: JobScope
  readonly notification: { readonly enabled: boolean; readonly email: string }
  readonly deletionGuard: { readonly enabled: boolean; readonly threshold: number }
  /** Whoever leaves scope keeps a working account (reference sheet 1.8). */
  readonly skipOutOfScopeDeletions: boolean
  /** `Active`: cycles run. `Paused`: stopped, or never started. `Disabled`: given up after 28 days of quarantine. */
  readonly state: 'Active' | 'Paused' | 'Disabled'
  readonly createdDateTime: string
}

/** Why a whole cycle, or one object, could not be done. */
export interface EngineError {
  readonly code: string
  readonly message: string
}

/**
 * Why a job is in quarantine (reference sheet 6.1): the credential or the protocol; three thresholds of failures; the deletion
 * guard. The last three are the provider's own doing: known, never set by the engine.
 */
export type QuarantineReason =
  | 'EncounteredQuarantineException'
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'
  | 'TooManyDeletes'
  | 'QuarantinedOnDemand'
  | 'IngestionInterrupted'
  | 'Unknown'

export interface Quarantine {
  readonly reason: QuarantineReason
  /** First failure of the series: the retry ladder is measured from here. */
  readonly since: string
  /** When this reason began: later than `since` when the reason has changed meanwhile. */
  readonly currentBegan: string
  /** Somebody is still to be told of this reason. */
  readonly noticePending: boolean
  readonly nextAttempt: string
  /** Attempts made since, all failed. */
  readonly failedAttempts: number
  readonly error: EngineError
}

/** What one cycle has done so far. */
export interface CycleCounts {
  /** Source objects read. */
  readonly imported: number
  /** Of these: in scope. */
  readonly entitled: number
  readonly created: number
  readonly updated: number
  readonly disabled: number
  readonly deleted: number
  readonly skipped: number
  /** Departures held back by the deletion guard. */
  readonly staged: number
  readonly failed: number
  /** Managers and members that could not be written; not part of `failed`. */
  readonly failedReferences: number
  /** Membership changes sent. */
  readonly references: number
}

/** The passes of a cycle, in order: people, then groups, then memberships, and last whoever leaves. */
export type CyclePhase =
  | 'users'
  | 'known-users'
  | 'retried-users'
  | 'groups'
  | 'known-groups'
  | 'retried-groups'
  | 'managers'
  | 'members'
  | 'departures'

/** A cycle under way or interrupted: enough to go on after a kill. */
export interface CycleState {
  readonly id: string
  readonly kind: 'initial' | 'incremental'
  readonly startedAt: string
  /** The watermark it reads from, and the newest change when it began, which becomes the next watermark. */
  readonly from: number
  readonly upTo: number
  readonly phase: CyclePhase
  /** Where the pass is, in words of the source; `null` at its beginning. */
  readonly cursor: string | null
  readonly counts: CycleCounts
  /** Objects expected, estimated at the beginning; pages are made of these. */
  readonly expected: number
  /** Set while the target asked for patience (`Retry-After`): goes on at this instant. */
  readonly resumeAt?: string
  readonly pauses: number
  /** Decided at the beginning of the last pass: the deletion guard holds back whoever nobody has allowed to go. */
  readonly holdsDepartures?: boolean
}

/** A finished cycle. */
export interface Execution {
  readonly id: string
  readonly kind: 'initial' | 'incremental'
  readonly state: 'Succeeded' | 'Failed' | 'EntryLevelErrors'
  readonly timeBegan: string
  readonly timeEnded: string
  readonly counts: CycleCounts
  readonly error?: EngineError
}

/** The moving part of a job. Keyed by the job's id. */
export interface JobRun {
  readonly jobId: string
  /** Number of the last directory change seen; `null`: the next cycle is an initial one. */
  readonly watermark: number | null
  readonly nextRunAt: string | null
  readonly cycle: CycleState | null
  readonly quarantine: Quarantine | null
  /** Counts cycles begun: names the next one. */
  readonly begun: number
  /** People and groups ever linked; never falls. */
  readonly statistics: { readonly users: number; readonly groups: number }
  readonly lastExecution?: Execution
  readonly lastSuccessfulExecution?: Execution
  readonly lastSuccessfulExecutionWithExports?: Execution
  readonly successiveFailures: number
  /** The initial cycle had so many failures that none of them was kept for another try (reference sheet 1.6). */
  readonly escrowsPruned?: true
  /** The mapping changed while a cycle ran: it finishes, and the next one is initial (reference sheet 1.4). */
  readonly initialNext?: true
  readonly steadyStateFirstAchieved?: string
  readonly steadyStateLastAchieved?: string
}

/** The account or group in the target that stands for a source object. Keyed `${jobId}/${sourceId}`. */
export interface ProvisioningLink {
  readonly jobId: string
  readonly sourceId: string
  readonly kind: ObjectKind
  readonly targetId: string
  /** `false`: left scope; nothing more is sent until it comes back. */
  readonly managed: boolean
  /** As last written or seen: the account works. */
  readonly active: boolean
  /** Its references (a group's members, a person's manager) are to be looked at in the last passes of the cycle. */
  readonly referencesPending: boolean
  readonly linkedAt: string
}

/** One membership this job has written. Keyed `${jobId}/${groupSourceId}/${targetUserId}`. */
export interface ProvisionedMember {
  readonly jobId: string
  readonly groupSourceId: string
  readonly targetUserId: string
}

/** A failing object, to be tried again. Keyed `${jobId}/${sourceId}`. */
export interface Escrow {
  readonly jobId: string
  readonly sourceId: string
  readonly kind: ObjectKind
  readonly attempts: number
  readonly firstFailedAt: string
  /** The first cycle at or after this instant tries again. */
  readonly nextAttempt: string
  readonly error: EngineError
}

/**
 * A disable or a delete the current cycle has found and not sent yet: departures come last, so that they can be counted before
 * the first is sent. Those the deletion guard holds back stay here. Keyed `${jobId}/${sourceId}`.
 */
export interface Departure {
  readonly jobId: string
  readonly sourceId: string
  readonly kind: ObjectKind
  readonly verb: 'disable' | 'delete'
  /** Held back since; absent until a cycle has decided. */
  readonly stagedAt?: string
  /** An administrator has said yes to it. */
  readonly allowed: boolean
}

export type LogAction = 'Create' | 'Update' | 'Disable' | 'Delete' | 'StagedDelete' | 'Other'
export type LogStatus = 'Success' | 'Failure' | 'Skipped' | 'Warning'
export type StepType = 'import' | 'scoping' | 'matching' | 'export' | 'referenceResolution'

/** One step of what was done for an object, already in the vendor's words. */
export interface ProvisioningStep {
  readonly name: string
  readonly type: StepType
  readonly status: LogStatus
  readonly description: string
  readonly details: Readonly<Record<string, string>>
}

export interface ModifiedProperty {
  readonly name: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

export interface LogIdentity {
  readonly id: string
  readonly displayName: string
  /** How the object is known to people: user principal name, user name. */
  readonly name?: string
}

/** One object in one cycle. Keyed by an ascending number of fifteen digits. */
export interface ProvisioningLogEntry {
  readonly key: string
  readonly id: string
  readonly jobId: string
  readonly servicePrincipalId: string
  readonly cycleId: string
  readonly changeId: string
  /** `onDemand`: asked for by an administrator, outside of any cycle. */
  readonly trigger: 'cycle' | 'onDemand'
  readonly at: string
  readonly durationMs: number
  readonly kind: ObjectKind
  readonly action: LogAction
  readonly status: LogStatus
  readonly source: LogIdentity
  readonly target: LogIdentity | null
  readonly steps: readonly ProvisioningStep[]
  readonly modified: readonly ModifiedProperty[]
  readonly facts?: ScopeFacts
  /** Why it was skipped or failed: code, reason in words, and what to do about it. */
  readonly outcome?: { readonly code: string; readonly reason: string; readonly advice: string }
}

/** Composed into the vendor's store beside the directory. */
export type EngineShape = {
  provisioningJobs: ProvisioningJob
  provisioningRuns: JobRun
  provisioningLinks: ProvisioningLink
  provisioningMembers: ProvisionedMember
  provisioningEscrows: Escrow
  provisioningDepartures: Departure
  provisioningLogs: ProvisioningLogEntry
  /** Under key `log`: the number of the newest entry. */
  provisioningCounters: { readonly value: number }
}
