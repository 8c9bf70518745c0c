/** Wrong passwords since the last right one. Keyed by the person's id. */
export interface SignInGuard {
  readonly failures: number
}

/** What a link sent by mail is for: the first password of somebody pending, or a new one of somebody who forgot theirs. */
export type LinkPurpose = 'activation' | 'recovery'

/** A link sent by mail, of which only the hash is kept. Keyed `${purpose}/${userId}`: a newer one replaces the one before. */
export interface SignInLink {
  readonly purpose: LinkPurpose
  readonly userId: string
  /** SHA-256 of the token. */
  readonly hash: string
  /** Virtual, ISO, as is the end. */
  readonly createdAt: string
  readonly expiresAt: string
}

/** `session`: to be exchanged for a session; `state`: a password has to be changed first. */
export type SignInTokenPurpose = 'session' | 'state'

/** What a script got on its way through a sign-in. Keyed by its hash. */
export interface SignInToken {
  readonly purpose: SignInTokenPurpose
  /** SHA-256 of the token. */
  readonly hash: string
  readonly userId: string
  /** `statusChanged` of the person then. */
  readonly stamp: string
  /** Virtual, ISO. */
  readonly expiresAt: string
}

export type SignInShape = { signInGuards: SignInGuard; signInLinks: SignInLink; signInTokens: SignInToken }
