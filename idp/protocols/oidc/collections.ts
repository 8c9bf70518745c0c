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
  /** Virtual milliseconds at which it and whatever it is renewed into end, however much they are used. */
  readonly endsVirtualMs?: number
  /** What the vendor noted with a refresh token. */
  readonly mark?: string
  /** Address a code was sent to. */
  readonly redirectUri?: string
  /** Sealed JSON as the provider gave it. */
  readonly payload: string
}

/** A signing key: public in the clear, private sealed. Key of the collection: the `kid`. */
export interface OidcKeyRecord {
  readonly kid: string
  /** Of several providers of one system, whose it is. */
  readonly namespace?: string
  readonly alg: 'RS256'
  readonly publicJwk: Readonly<Record<string, string>>
  readonly privateJwk: string
  /** Base64 of the DER form of a certificate of its own; absent for keys of older stores. */
  readonly certificate?: string
  /** Counts up from the first, which has none: the highest signs. */
  readonly number?: number
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
