/** Tokens of scripts (reference sheet 6.2): `Authorization: SSWS {token}`. */

/** Keyed by id. Times are virtual, ISO. The value itself is nowhere: it is shown once, and known again by its hash. */
export interface ApiToken {
  /** `00T…` */
  readonly id: string
  readonly name: string
  /** Of `kit/secrets.ts`. */
  readonly hash: string
  /** Whose rights it has. */
  readonly ownerId: string
  readonly created: string
  /** Absent: never used. */
  readonly lastUsed?: string
}

export type TokenShape = { apiTokens: ApiToken }
