import type { ClockReading, DueItem, RanItem } from '#kit/clock.ts'
import type { SwitchSpec } from '#kit/ledger.ts'
import type { StateDocument } from '#kit/store/store.ts'
import type { FaultEffect, FaultRecord } from './collections.ts'
import type { ComparedCollection } from './compare-states.ts'
import type { Flaws } from './system.ts'

export interface Health {
  readonly status: 'ok'
  readonly system: string
  readonly version: string
  readonly world: string
  readonly now: string
  readonly urls: Readonly<Record<string, string>>
}

export interface SnapshotInfo {
  readonly name: string
  readonly world: string
  /** Wall time. */
  readonly takenAt: string
  /** The virtual time that a restore brings back. */
  readonly virtualAt: string
}

/** One side of a comparison; `name` is `null` for the present state. */
export interface ComparedSide {
  readonly name: string | null
  readonly world: string
  readonly virtualAt: string
}

export interface SnapshotComparison {
  readonly from: ComparedSide
  readonly to: ComparedSide
  /** Those that differ. */
  readonly collections: readonly ComparedCollection[]
}

/** A switch with the value in force; `source` is the ledger row's. */
export interface SwitchState extends Omit<SwitchSpec, 'id'> {
  readonly id: string
  readonly value: string
  readonly behaviour: string
  readonly source: string
}

export interface FaultRule {
  readonly on: string
  readonly effect: FaultEffect
  readonly times?: number
}

export type ClockCommand =
  | { readonly kind: 'advance'; readonly duration: string }
  | { readonly kind: 'set'; readonly instant: string }
  | { readonly kind: 'frozen'; readonly frozen: boolean }
  | { readonly kind: 'rate'; readonly rate: number }

export type ClockAnswer = ClockReading & { readonly ran: readonly RanItem[] }

/**
 * What can be done to a system from outside its product. Refusals are thrown as `Refusal` and leave everything as it was.
 */
export interface SystemControl {
  health(): Health
  /**
   * Back to the seed and to wall time; sessions, switches, faults and journal are gone.
   * @param options Names of the spec's `resetOptions` that are wanted.
   * @throws Refusal `unknown_world` (422).
   */
  reset(request?: { readonly world?: string; readonly options?: readonly string[] }): Promise<void>
  /** Names accepted in `options` of a reset. */
  readonly resetOptions: readonly string[]
  /** The whole state; its clock record continues from this moment. */
  state(): StateDocument
  /** @throws Refusal `invalid_state` (422) when the document is not a state of this system. */
  replaceState(document: unknown): Promise<void>
  readonly snapshots: {
    list(): Promise<readonly SnapshotInfo[]>
    /** @returns the snapshot, and whether one of that name was replaced. @throws Refusal `invalid_name` (422). */
    save(name: string): Promise<{ readonly snapshot: SnapshotInfo; readonly replaced: boolean }>
    /** @throws Refusal `unknown_snapshot` (404). */
    restore(name: string): Promise<SnapshotInfo>
    /**
     * What became different from snapshot `name` to snapshot `other`, or to the present state. `limit`: records told of each collection.
     * @throws Refusal `unknown_snapshot` (404), `invalid_state` (422) for one this program cannot read.
     */
    compare(name: string, other: string | undefined, limit: number): Promise<SnapshotComparison>
    /** @throws Refusal `unknown_snapshot` (404). */
    remove(name: string): Promise<void>
  }
  clock(): ClockReading
  /** Resolves when all that fell due has run. @throws Refusal `clock_backwards` (409), `invalid_duration`, `invalid_instant`, `invalid_rate` (422). */
  moveClock(command: ClockCommand): Promise<ClockAnswer>
  due(): readonly DueItem[]
  /** Every operation a rule may name. */
  readonly operations: readonly string[]
  /** Those that hand out something wrong instead of failing, and what can be wrong. */
  readonly flaws: Flaws
  faults(): readonly FaultRecord[]
  /** Replace all fault rules. @throws Refusal `unknown_operation`, `unknown_flaw` (422). */
  setFaults(rules: readonly FaultRule[]): Promise<void>
  switches(): readonly SwitchState[]
  /** Change several at once, all or none. @throws Refusal `unknown_switch`, `unknown_value` (422). */
  setSwitches(values: Readonly<Record<string, string>>): Promise<void>
  /** Whether the product calls other servers by names its users typed, so that aliases and an allow-list make sense. */
  readonly hasAliases: boolean
  /** Host as typed to the local origin that answers instead. */
  aliases(): Readonly<Record<string, string>>
  /** Replace all. @throws Refusal `invalid_alias` (422). */
  setAliases(aliases: Readonly<Record<string, string>>): Promise<void>
  /** Hosts the user added to the allow-list. */
  outboundHosts(): readonly string[]
  /** Replace all. @throws Refusal `invalid_host` (422). */
  setOutboundHosts(hosts: readonly string[]): Promise<void>
  /** Longest wait for an answer of another server, milliseconds of wall time; `undefined`: as long as the product waits. */
  outboundTimeoutMs(): number | undefined
  setOutboundTimeoutMs(timeoutMs: number): Promise<void>
}
