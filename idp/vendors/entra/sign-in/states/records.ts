/** What is kept about how people sign in. Instants are virtual unless told. */

/** An authenticator app somebody has registered, or is registering. Keyed by user id. */
export interface Authenticator {
  readonly userId: string
  readonly tenantId: string
  /** The shared key in base32, sealed: codes are computed from it. */
  readonly sealedKey: string
  /** `pending` until a first code of it was right. */
  readonly state: 'pending' | 'registered'
  readonly addedAt: string
  /** Wall-clock step of the newest code that was taken: it, and codes before it, are not taken again. */
  readonly lastStep?: number
  /** Wrong codes in a row. */
  readonly failures: number
  /** Milliseconds; codes are refused until then. */
  readonly lockedUntilMs?: number
}

/** Per-user multifactor authentication: `enabled` until the person has registered, `enforced` from then on. Keyed by user id. */
export interface PerUserMfa {
  readonly tenantId: string
  readonly state: 'enabled' | 'enforced'
}

/** How old a sign-in may be. Keyed by tenant id; absent: as old as the session. */
export interface SignInFrequency {
  readonly hours: number
}

/** A browser somebody has signed in with. Keyed by the hash of its cookie. */
export interface KnownBrowser {
  readonly key: string
  /** Ids of accounts to offer, the newest first. */
  readonly accountIds: readonly string[]
  /** "Don't show this again": what was answered when it was ticked. */
  readonly stay?: 'yes' | 'no'
  readonly seenMs: number
}

/** When somebody signed in to a session, which the provider keeps in wall time only. Keyed by session and wall second. */
export interface SignInTime {
  readonly key: string
  readonly accountId: string
  readonly atMs: number
}

export type SignInStateShape = {
  authenticators: Authenticator
  perUserMfa: PerUserMfa
  signInFrequency: SignInFrequency
  knownBrowsers: KnownBrowser
  signInTimes: SignInTime
}
