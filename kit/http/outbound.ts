/**
 * The one way out. Every call a twin makes to another server goes through an {@link Outbound}: aliases are resolved, the
 * allow-list is enforced, `traceparent` is added on calls between the twins, the exchange is journalled with secrets
 * redacted. `docs/architecture.md`, "The way out".
 */

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As the administrator typed it: `https://app.example/scim/Users?…`; the alias is applied inside. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  /** Whom the call is about, for the journal. */
  readonly subject?: string
  /** Ends the call early, as a time-out would. */
  readonly signal?: AbortSignal
}

export interface OutboundResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why there was no answer. `refused`: the target is not on the allow-list; nothing was sent. */
export type OutboundFailureKind = 'refused' | 'timeout' | 'connection' | 'protocol' | 'invalid-url'

/** There was no answer; `message` says why, in words for the person who typed the address. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure'
  readonly kind: OutboundFailureKind
  constructor(kind: OutboundFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

export interface Outbound {
  /** @throws {OutboundFailure} when no answer came; any status is an answer. */
  send(request: OutboundRequest): Promise<OutboundResponse>
}
