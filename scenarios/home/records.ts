import type { CollectionSpecs } from '#kit/store/store.ts'

/** A mail somebody sent to the kit: it goes nowhere but here. */
export interface Mail {
  readonly id: string
  /** Virtual time of its arrival, ISO. */
  readonly receivedAt: string
  /** As the sender wrote them; the envelope's where the message has none. */
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  /** Plain text part; empty when there is none. */
  readonly text: string
  readonly html?: string
  /** The whole message, one character per byte (latin1), so that it can be given back as it came. */
  readonly raw: string
}

export type HomeShape = { mails: Mail }

export const HOME_COLLECTIONS: CollectionSpecs<HomeShape> = { mails: {} }
