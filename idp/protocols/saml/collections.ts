import type { CollectionSpecs } from '#kit/store/store.ts'

/** What a certificate and the signatures made with its key are hashed with. SHA-1 is there for what still asks for it; careful receivers refuse it. */
export type SigningHash = 'sha256' | 'sha1'

/** A signing certificate: public in the clear, its private key sealed. Key of the collection: the id. */
export interface SamlCertificateRecord {
  readonly id: string
  /** Whose responses it signs: an application's id, or whatever the vendor signs by. */
  readonly owner: string
  /** X.509, base64 of its DER form, without line ends. */
  readonly certificate: string
  /** Sealed PKCS #8 PEM. */
  readonly privateKey: string
  readonly hash: SigningHash
  /** One of an owner's certificates at most is active; the others wait, or have been. */
  readonly isActive: boolean
  /** Virtual, ISO. */
  readonly createdAt: string
  /** Wall time, ISO, as X.509 has it. */
  readonly expiresAt: string
}

/**
 * A request for single sign-on that waits for its person to sign in. Keyed by the hash of the identifier in the address the
 * browser comes back to.
 */
export interface KeptRequest {
  readonly appId: string
  /** Sealed JSON of what came: the request and its RelayState, to be answered byte for byte. */
  readonly sealed: string
  /** Wall milliseconds. */
  readonly keptAtMs: number
  /** The person has to have signed in since then, ISO: a request that forces authentication. */
  readonly signedInSince?: string
}

export type SamlShape = {
  samlCertificates: SamlCertificateRecord
  keptRequests: KeptRequest
}

export const SAML_COLLECTIONS: CollectionSpecs<SamlShape> = {
  samlCertificates: { indexes: { owner: (record) => record.owner } },
  keptRequests: {},
}
