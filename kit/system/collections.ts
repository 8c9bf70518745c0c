import type { CollectionSpecs } from '#kit/store/store.ts'

/** What every system keeps beside its product's records. All names start with `kit`, so no product name can collide. */

/** Under key `world`. */
export interface WorldMeta {
  readonly world: string
  /** Wall time of the seed, ISO. */
  readonly seededAt: string
  /** Counter behind ids made later. */
  readonly idsMade: number
  /** The addresses it was seeded for: records hold some of them, such as where people are sent back to. */
  readonly madeFor?: Readonly<Record<string, string>>
}

/** Under key `clock`: virtual = anchorVirtual + (wall - anchorWall) × rate, or anchorVirtual while frozen. Milliseconds. */
export interface ClockRecord {
  readonly anchorWallMs: number
  readonly anchorVirtualMs: number
  readonly rate: number
  readonly frozen: boolean
}

export interface SwitchRecord {
  readonly value: string
}

export interface FaultEffect {
  /** HTTP status to answer with, in the product's own error shape. */
  readonly status?: number
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter?: number
  readonly detail?: string
  /** Close the connection without an answer. */
  readonly drop?: true
  /** Answer 200 with an HTML page, as a wrong address or a proxy would. */
  readonly html?: true
  /** Answer late by so many milliseconds of wall time. */
  readonly delayMs?: number
  /** Do it, but hand out something wrong: one of the flaws the system declares for the operation. Alone in its effect. */
  readonly flaw?: string
}

/** A fault rule: what to do to an operation, and how often (absent: until removed). */
export interface FaultRecord {
  readonly id: string
  readonly on: string
  readonly effect: FaultEffect
  readonly times?: number
  readonly used: number
}

/** A server-side session of a page. The key is the SHA-256 of the cookie's value. Times are virtual, ISO. */
export interface SessionRecord {
  readonly subjectId: string
  readonly csrfToken: string
  readonly createdAt: string
  readonly expiresAt: string
  /** Small values a flow carries from one request to the next (state, nonce, code verifier, return address). */
  readonly data: Readonly<Record<string, string>>
}

export interface OutboundSettings {
  readonly hosts?: readonly string[]
  readonly aliases?: Readonly<Record<string, string>>
  /** Longest wait for an answer, milliseconds of wall time. */
  readonly timeoutMs?: number
}

export type KitShape = {
  kitMeta: WorldMeta
  kitClock: ClockRecord
  kitSwitches: SwitchRecord
  kitFaults: FaultRecord
  kitSessions: SessionRecord
  /** Under key `settings`. */
  kitOutbound: OutboundSettings
}

export const KIT_COLLECTIONS: CollectionSpecs<KitShape> = {
  kitMeta: {},
  kitClock: {},
  kitSwitches: {},
  kitFaults: { indexes: { on: (rule) => rule.on } },
  kitSessions: { indexes: { subject: (session) => session.subjectId } },
  kitOutbound: {},
}
