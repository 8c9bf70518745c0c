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
  /** The person has to have signed in since then, virtual, ISO: a request that forces authentication. */
  readonly signedInSince?: string
}

export type KeptRequestShape = {
  keptRequests: KeptRequest
}
