/**
 * The journal: exchanges and changes seen by the kit, per system, numbered, bounded, secrets redacted before they are kept.
 * (Words: the store *log* is durability, *provisioning log* and *change log* belong to the products.)
 */

export const JOURNAL_KINDS = ['http-in', 'http-out', 'scim', 'oidc', 'saml', 'mail', 'state', 'clock', 'fault'] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]

/** A message as it went over the wire. `body` is cut at 64 kB; `bodyLength` is the true length in bytes. */
export interface JournalMessage {
  readonly method?: string
  readonly url?: string
  readonly status?: number
  /** Lower-case names; credentials redacted; cookies never recorded. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly bodyLength?: number
  readonly truncated?: true
  /** Why there is no answer: `timeout`, `connection refused`. */
  readonly error?: string
}

/** One thing that was asked of a signed message, and what was found. */
export interface JournalCheck {
  /** `signature of Assertion`, `audience`, `nonce`. */
  readonly name: string
  readonly passed: boolean
  /** What the message says, and what it was held against. Never a secret. */
  readonly found?: string
  readonly expected?: string
}

/** With what a signature was verified, or made. */
export interface JournalKey {
  readonly kind: 'certificate' | 'jwk'
  /** SHA-256 of the certificate in pairs; `kid` of a key of a JWKS. */
  readonly id: string
  /** Where whoever judged has it from: `SAML settings`, the address of the JWKS. */
  readonly from: string
  readonly algorithm?: string
}

/**
 * What the writer of an entry found out about a signed message while it had the message whole. The journal withholds what would let a
 * copy be used (values of signatures, tokens), so nobody can verify it from the journal later: this is the record of who did, and with what.
 */
export interface JournalVerdict {
  readonly of: 'saml' | 'id-token'
  readonly accepted: boolean
  readonly key?: JournalKey
  readonly checks: readonly JournalCheck[]
  /** Of a token: its header and its claims, decoded. */
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
}

/** A change of state as a difference, already in words of the product. */
export interface JournalChange {
  /** `user`, `group`, `api-key`, `assignment` … */
  readonly type: string
  readonly id: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface JournalEntry {
  readonly seq: number
  readonly system: string
  /** Wall time and virtual time, ISO 8601. */
  readonly at: string
  readonly virtualAt: string
  readonly kind: JournalKind
  /** The W3C trace id of the exchange that caused the entry: what belongs together shares it. */
  readonly correlationId: string
  readonly causeSeq?: number
  /** Whom it is about: a userName, an e-mail address, a group's name. */
  readonly subject?: string
  /** One line: `POST /scim/Users → 201`. */
  readonly title: string
  readonly request?: JournalMessage
  readonly response?: JournalMessage
  readonly change?: JournalChange
  /** Wall milliseconds of an exchange, from the request's first byte (or its sending) until its answer was ready (or there, whole). */
  readonly durationMs?: number
  readonly verdict?: JournalVerdict
}

/** What a recorder gives; number, system, times and (when absent) the correlation come from the journal. */
export type JournalNote = Omit<JournalEntry, 'seq' | 'system' | 'at' | 'virtualAt' | 'correlationId'> & {
  readonly correlationId?: string
}

export interface JournalQuery {
  /** Entries with a greater number only. */
  readonly after?: number
  /** Entries with a smaller number only, and of those the newest `limit`; still in ascending order. */
  readonly before?: number
  readonly kind?: JournalKind
  readonly subject?: string
  /** Entries of this trace only: what one exchange caused. Looks at every line in the range, without parsing it. */
  readonly correlationId?: string
  readonly limit?: number
}

export interface JournalPage {
  readonly items: readonly JournalEntry[]
  /** Pass as `after` to read on. */
  readonly next: number
  /** The smallest number still kept: entries before it were dropped. */
  readonly oldest: number
}

export interface Journal {
  record(note: JournalNote): JournalEntry
  read(query: JournalQuery): JournalPage
  /** @returns a function that ends the subscription. */
  subscribe(listener: (entry: JournalEntry) => void): () => void
}
