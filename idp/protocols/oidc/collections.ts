import type { CollectionSpecs } from '#kit/store/store.ts'

/**
 * One record of the OpenID provider: a session, a code, a token, a grant, an interaction under way. The key is a digest of
 * model and identifier, because the identifier is a credential; the payload is sealed for the same reason. What is in the
 * clear serves to find, expire and count.
 */
export interface OidcModelRecord {
  /** Its own key in the collection. */
  readonly key: string
  readonly model: string
  /** The account it speaks for, when it does. */
  readonly accountId?: string
  readonly clientId?: string
  /** State of the account's credentials when the record was made: another state later ends the record. */
  readonly accountStamp?: string
  /** Digest of the grant it belongs to: revoked together. */
  readonly grant?: string
  /** Digest of a session's second identifier. */
  readonly uid?: string
  /** Digest of a device's user code. */
  readonly userCode?: string
  /** Virtual milliseconds; for models whose life is virtual. */
  readonly expiresVirtualMs?: number
  /** Wall milliseconds; for models whose life is wall-clock. */
  readonly expiresWallMs?: number
  /** Wall seconds at which it was used up. */
  readonly consumed?: number
  /** Sealed JSON as the provider gave it. */
  readonly payload: string
}

/** A signing key: public in the clear, private sealed. Key of the collection: the `kid`. */
export interface OidcKeyRecord {
  readonly kid: string
  readonly alg: 'RS256'
  readonly publicJwk: Readonly<Record<string, string>>
  readonly privateJwk: string
  /** Virtual, ISO. */
  readonly createdAt: string
}

export type OidcShape = {
  oidcModels: OidcModelRecord
  oidcKeys: OidcKeyRecord
}

export const OIDC_COLLECTIONS: CollectionSpecs<OidcShape> = {
  oidcModels: {
    indexes: {
      grant: (record) => record.grant,
      uid: (record) => record.uid,
      userCode: (record) => record.userCode,
      account: (record) => record.accountId,
    },
  },
  oidcKeys: {},
}
