/**
 * The sign-in logs of a tenant: who, or which application by itself, tried to get in, to what, and how it ended. Instants are
 * virtual. Names as Graph's `signIn` resource has them where it has them.
 */

/** The lists of the page: with a person at the keyboard, on a person's behalf, an application by itself. */
export type SignInKind = 'interactiveUser' | 'nonInteractiveUser' | 'servicePrincipal'

/** `interrupted`: something had to be done first; what came of it is an entry of its own. */
export type SignInStatus = 'success' | 'failure' | 'interrupted'

/** One step of proving who one is. */
export interface AuthenticationDetail {
  /** `Password`, `OATH verification code`, `Previously satisfied`. */
  readonly method: string
  /** `Password in the cloud`; empty when there is nothing to tell. */
  readonly detail: string
  readonly succeeded: boolean
  /** `Correct password`, `MFA requirement satisfied by claim in the token`. */
  readonly result: string
  /** What it was asked for. */
  readonly requirement: 'Primary authentication' | 'Multifactor authentication'
}

/** How somebody got here. */
export interface Requester {
  readonly ipAddress: string
  readonly userAgent: string
}

/** One entry. Keyed by an ascending number of fifteen digits. */
export interface SignInEntry extends Requester {
  readonly key: string
  /** "Request ID": the trace id that an error of this sign-in shows. A GUID. */
  readonly id: string
  readonly tenantId: string
  readonly at: string
  readonly kind: SignInKind
  readonly status: SignInStatus
  /** Number of the error, 0 for none. */
  readonly errorCode: number
  /** What happened, as the error said it; empty for a success. No secret. */
  readonly failureReason: string
  /** Absent for an application by itself; without an id where nobody has the name. */
  readonly user?: { readonly id?: string; readonly displayName: string; readonly userPrincipalName: string }
  readonly app: { readonly appId: string; readonly displayName: string; readonly principalId?: string }
  readonly resource: { readonly displayName: string; readonly id: string }
  readonly clientApp: 'Browser' | 'Mobile Apps and Desktop clients'
  readonly requirement: 'singleFactorAuthentication' | 'multiFactorAuthentication'
  readonly protocol: 'oAuth2' | 'deviceCode' | 'saml20'
  readonly details: readonly AuthenticationDetail[]
  /** "Session ID": the browser's session at the sign-in service, by a name that opens nothing. Absent where there is none. */
  readonly sessionId?: string
  /** One for all requests of a sign-in. */
  readonly correlationId: string
}

export type SignInLogShape = {
  signInLogs: SignInEntry
  /** Under key `log`: the number of the newest entry. */
  signInLogCounter: { readonly value: number }
}
