import type { Presence } from '#idp/core/provisioning/policy.ts'
import type { ScopingResult } from '#idp/core/provisioning/scoping/judge.ts'
import type { ScopeFacts, SourceAttributes } from '#idp/core/provisioning/types.ts'
import type { JobScope, ObjectKind } from './records.ts'

/**
 * The source side as the engine needs it: a port, so that a directory of any shape can be provisioned from. Reads are
 * synchronous and cost what they return; nothing here holds or scans everybody.
 */

/** Which part of the source a job looks at. */
export interface SourceScope {
  readonly tenantId: string
  readonly servicePrincipalId: string
  readonly scope: JobScope
  readonly defaultRoleCounts: boolean
  /** What the scoping filters of the job's mapping come to for an object with these attributes. Absent: there are none. */
  judge?(kind: ObjectKind, attributes: SourceAttributes): ScopingResult
}

/** One source object as it is now. */
export interface SourceObject {
  readonly kind: ObjectKind
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName?: string
  readonly presence: Presence
  readonly facts: ScopeFacts
  /** Empty when the object is gone. */
  readonly attributes: SourceAttributes
}

/** Some ids, and where to read on; `next: null` at the end. The same id may come more than once. */
export interface SourceSlice {
  readonly ids: readonly string[]
  readonly next: string | null
  /** These are only worth a look when being in scope no longer agrees with being managed. */
  readonly onlyIfMoved?: true
}

export interface ProvisioningSource {
  /** @returns the object, gone or not; `undefined` when the source has never heard of it. */
  read(scope: SourceScope, kind: ObjectKind, id: string): SourceObject | undefined
  /** Which kind of object an id names; `undefined` when it names none. */
  kindOf(tenantId: string, id: string): ObjectKind | undefined
  /** How many candidates there are, for the progress bar: somebody assigned twice may count twice. */
  countCandidates(scope: SourceScope, kind: ObjectKind): number
  /**
   * Candidates of an initial cycle: everybody assigned and the immediate members of assigned groups (for groups: the
   * assigned ones), or the whole directory. `cursor` is a `next` handed out before; one whose place is gone starts over.
   */
  candidates(scope: SourceScope, kind: ObjectKind, cursor: string | null, limit: number): SourceSlice
  /** Number of the newest change. */
  newestChange(): number
  /**
   * Objects a change after `from`, up to `upTo`, may concern: those changed, those whose assignment changed, and the
   * immediate members of a group whose assignment or existence changed. Reads at most `limit` changes (and finishes the
   * members of a group it has begun with the next call).
   */
  changed(scope: SourceScope, kind: ObjectKind, range: ChangeRange, cursor: string | null, limit: number): SourceSlice
  /** Ids of the users who are immediate members of a group. Cost: their number. */
  members(groupId: string): Iterable<string>
}

/** Changes with a number greater than `from` and at most `upTo`. */
export interface ChangeRange {
  readonly from: number
  readonly upTo: number
}
