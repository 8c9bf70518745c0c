import type { RequestListener } from 'node:http'
import type { Clock, DueSource } from '#kit/clock.ts'
import type { Outbound } from '#kit/http/outbound.ts'
import type { Journal } from '#kit/journal.ts'
import type { LedgerRow, Switches } from '#kit/ledger.ts'
import type { CollectionSpecs, Reader, Shape, Store, Writer } from '#kit/store/store.ts'
import type { FaultEffect, KitShape } from './collections.ts'
import type { SystemControl } from './system-control.ts'

/** Public origins by system name, without a trailing slash, and the mail address: `{ kit: 'http://localhost:4000', …, smtp: 'smtp://localhost:4025' }`. */
export type Urls = Readonly<Record<string, string>>

/** Flaws by operation: `{ 'saml.answer': ['unsigned', …] }`. */
export type Flaws = Readonly<Record<string, readonly string[]>>

/** Consumes the fault rules. One call per operation, before the operation is done. */
export interface Faults {
  /**
   * What to do to this occurrence of `operation`; `undefined` when no rule applies. Counts the rule down and journals it.
   * Operation names are those the system declared in its {@link SystemSpec}.
   * @param isPossible Whether an effect can be had at this moment; a rule whose effect cannot waits, uncounted. Absent: all can.
   */
  take(operation: string, isPossible?: (effect: FaultEffect) => boolean): FaultEffect | undefined
}

/** Work scheduled in virtual time: sources are registered once, at composition. */
export interface Schedule {
  register(source: DueSource): void
  /** Tell the schedule that what a source lists has changed. */
  touch(): void
}

/** Seals what must be sent again (tokens, private keys) with the key of the data folder; AES-256-GCM. */
export interface Vault {
  seal(plain: string): string
  /** @throws when the sealed text was made with another key or altered. */
  open(sealed: string): string
}

/**
 * What one product declares about itself, as a value: collections, seed, ledger, fault operations.
 * Everything else about a system is the same for all and lives in `kit/system`.
 */
export interface SystemSpec<S extends Shape> {
  readonly name: string
  readonly collections: CollectionSpecs<S>
  /** Names accepted in fault rules: `scim.users.create` … */
  readonly operations: readonly string[]
  /** Further operations, which do not fail but hand out something wrong: what can be wrong with it, by operation. */
  readonly flaws?: Flaws
  readonly ledger: readonly LedgerRow[]
  /** Hosts of the real product's partners and the system that stands in for them: `{ 'app.example': 'app' }`. */
  readonly aliases?: Readonly<Record<string, string>>
  /**
   * Write the product's share of `world` into an empty store. Pure in the name of the world: no clock but `seed.nowMs`,
   * no randomness. @throws {UnknownWorld} never: the name was checked before.
   */
  readonly seed: (tx: Writer<S & KitShape>, seed: Seed) => void
  /**
   * Switches of `POST /_kit/reset` by name (`keepApiKeys`): each carries something over from the state before into the
   * freshly seeded one.
   */
  readonly resetOptions?: Readonly<Record<string, (before: Reader<S & KitShape>, tx: Writer<S & KitShape>) => void>>
}

export interface Seed {
  readonly world: string
  /** Virtual now at the time of the seed, milliseconds. */
  readonly nowMs: number
  readonly urls: Urls
  readonly vault: Vault
}

/** The effects one system lives on: what the composition functions hand to their rooms. */
export interface System<S extends Shape> {
  readonly name: string
  readonly urls: Urls
  /** This system's own public origin, `urls[name]`. */
  readonly origin: string
  /** Certificate of the local authority, PEM, where our own origins are https by it; `undefined` where they are http. */
  readonly ca: string | undefined
  readonly store: Store<S & KitShape>
  readonly clock: Clock
  readonly schedule: Schedule
  readonly journal: Journal
  readonly outbound: Outbound
  readonly switches: Switches
  readonly faults: Faults
  readonly vault: Vault
  /** Name of the world in force. */
  world(): string
  /** Called after a reset, a restore or a replaced state: drop what was remembered outside the store. */
  onReplaced(listener: () => void): void
  /** What the control API does with a system; no part of the product. */
  readonly control: SystemControl
}

/** What an origin serves, and the life of what runs behind it. */
export interface Service {
  readonly name: string
  readonly handler: RequestListener
  start(): Promise<void>
  stop(): Promise<void>
}
