import type { Faults } from '#kit/system/system.ts'
import type { OidcDevicePolicy } from './device-policy.ts'

/**
 * What a vendor decides about its OpenID provider. The mount asks; it never looks into the directory itself. All answers are
 * read from the state at the moment of asking, so a change (a blocked person, a removed app) counts at the next request.
 */

/** An application as the provider needs it. */
export interface OidcClient {
  readonly clientId: string
  readonly name: string
  /** Registered addresses; never empty. Which of them match is {@link OidcPolicy.isRedirectAllowed}'s decision. */
  readonly redirectUris: readonly string[]
  /** `confidential` clients authenticate with a secret at the token endpoint; `public` ones prove possession by PKCE. */
  readonly kind: 'confidential' | 'public'
  /** Whether it may be given refresh tokens; absent: it may. */
  readonly mayRefresh?: boolean
}

/** Who is signed in to the vendor's own session, where that decides instead of the provider's. */
export interface OidcSignedIn {
  readonly accountId: string
  /** Wall seconds of the sign-in: `auth_time`. */
  readonly atSeconds: number
  /** Authentication methods (RFC 8176). */
  readonly methods: readonly string[]
}

/** What a vendor has found out about a token request before the provider sees it. */
export interface OidcExchange {
  /** How the client proved itself to the vendor, `none` where it needs not: the provider compares no secret. Absent: it does. */
  readonly clientProof?: 'none' | 'secret' | 'certificate'
  /** What the vendor wants to find again with the refresh tokens issued by it. */
  readonly mark?: string
  /** What the vendor wants to find again when claims and the answer are made. */
  readonly notes?: Readonly<Record<string, string>>
  /** Whom the tokens are for, where an assertion is exchanged that was found good. */
  readonly subject?: { readonly accountId: string; readonly authentication: OidcAuthentication }
  /** Scopes the access token is for, where they are other than those of the code or refresh token. */
  readonly scopes?: readonly string[]
  /** Virtual milliseconds at which refresh tokens issued by it end for good, renewed or not. */
  readonly refreshEndsMs?: number
  /** Wall seconds of the access token; absent: as {@link OidcLifetimes} say. */
  readonly accessTokenSeconds?: number
  /** `false`: a refresh token that is used stays good, and no other is given out. */
  readonly rotates?: boolean
}

/** How and when somebody signed in, as tokens tell it. */
export interface OidcAuthentication {
  /** Wall seconds. */
  readonly authTime?: number
  /** Authentication methods (RFC 8176). */
  readonly methods: readonly string[]
  /** Name of the session, which opens nothing. */
  readonly sessionId?: string
}

/** What claims are wanted for. */
export interface OidcClaimsUse {
  readonly use: 'id_token' | 'userinfo' | 'access_token'
  readonly place: OidcPlace
  /** Of the token the claims go back to or into. */
  readonly scopes: readonly string[]
  readonly authentication: OidcAuthentication
}

/** Why the sign-in of a session is not enough for a request, although the account is. */
export interface OidcSignInCheck {
  /** Among the reasons of the interaction. */
  readonly reason: string
  /** OAuth error and words where nobody may be asked (`prompt=none`). */
  readonly error: string
  readonly description: string
  fails(accountId: string, authentication: OidcAuthentication, request: OidcRequest, place: OidcPlace): boolean
}

/** What became of a request. */
export interface OidcEvent {
  /** The library's name of it: `authorization`, `resume`, `token`, `device_resume` … */
  readonly route: string
  readonly outcome: /** A code, tokens; or a device was let in. */
    | { readonly kind: 'answered' }
    /** With an error, in the vendor's words: `error`, `error_description`. */
    | { readonly kind: 'refused'; readonly error: string; readonly description: string }
    /** A page has to be shown first, or there is nothing to tell. */
    | { readonly kind: 'unfinished' }
  readonly accountId?: string
  readonly clientId?: string
  readonly request: OidcRequest
  /** Of the browser's session, or of what was exchanged. */
  readonly authentication: OidcAuthentication
  /** Whether somebody signed in for this request, rather than before it. */
  readonly isFresh: boolean
}

/** A request's place: which realm (tenant segment of the path) it came in by, what issuer its tokens carry. */
export interface OidcPlace {
  /** As it stands in the path. */
  readonly realm: string
  /** Path in front of the provider's routes: `/realm`. */
  readonly mount: string
  readonly issuer: string
  readonly exchange?: OidcExchange
  /**
   * Given: the vendor has a session of its own, and the provider's is its shadow. `null`: nobody is signed in to it. Absent: the
   * provider's session decides.
   */
  readonly signedIn?: OidcSignedIn | null
  /** Told what became of the request, before it is answered. */
  told?(event: OidcEvent): Promise<void>
}

/** What was asked for at the authorization endpoint. */
export interface OidcRequest {
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly loginHint?: string
  readonly params: Readonly<Record<string, string>>
}

/** An error of the protocol before the vendor words it. */
export interface OidcProblem {
  /** OAuth error code. */
  readonly error: string
  readonly description: string
  /** The library's reason, never sent as is. */
  readonly detail?: string
  readonly route: string
}

export interface OidcLifetimes {
  /** Virtual seconds of idleness a session survives: when the person asked to stay signed in, and when not. */
  readonly rememberedSession: number
  readonly session: number
  /** Virtual seconds. */
  readonly refreshToken: number
  /** Wall seconds. */
  readonly code: number
  readonly accessToken: number
  readonly idToken: number
  readonly interaction: number
}

export interface OidcPolicy {
  /** First part of every cookie's name: cookies are shared by all ports of a host. */
  readonly cookiePrefix: string
  /** Of several providers of one system: which. Their keys and records are apart, a code of one is nothing to another. */
  readonly namespace?: string
  /** Paths behind the mount. */
  readonly routes: {
    readonly authorization: string
    readonly token: string
    readonly jwks: string
    readonly userinfo: string
  }
  readonly scopes: readonly string[]
  /** Claims each scope releases into the ID token and userinfo. */
  readonly claims: Readonly<Record<string, readonly string[]>>
  readonly lifetimes: OidcLifetimes

  findClient(clientId: string): OidcClient | undefined
  verifySecret(clientId: string, secret: string): Promise<boolean>
  isRedirectAllowed(clientId: string, redirectUri: string): boolean
  /** Whether a script of `origin` may call the token and userinfo endpoints for this client. */
  isOriginAllowed(clientId: string, origin: string, endpoint: 'token' | 'other'): boolean

  /** Claims of an account for one client, all of them; scopes filter. `undefined` when there is no such account. */
  claimsOf(
    accountId: string,
    clientId: string,
    place: OidcPlace,
    about: OidcClaimsUse,
  ): Readonly<Record<string, unknown>> | undefined
  /** Absent: pairwise. With `public` the subject is the account's id. */
  readonly subjects?: 'public' | 'pairwise'
  /** Subject identifier: pairwise, the same for the same account and client for ever. */
  subjectOf(accountId: string, clientId: string): string
  /**
   * Claims of an access token, which is then signed and read by resources without asking; issued at, expiry and identifier are
   * added. Left out by vendors whose access tokens are opaque.
   */
  accessTokenClaims?(
    accountId: string,
    clientId: string,
    scopes: readonly string[],
    about: OidcClaimsUse,
  ): Readonly<Record<string, unknown>>
  /** The claim that names the stored record of an access token, and what stands before its value; absent: `uti`, nothing. */
  readonly tokenIdentifier?: { readonly claim: string; readonly prefix: string }
  /** Tokens go on when the session they began in ends; absent: without `offline_access` they end with it. */
  readonly outliveSession?: boolean
  /** Further response modes: a full HTML page that hands `fields` to the client at `redirectUri`. */
  readonly responseModes?: Readonly<
    Record<string, (redirectUri: string, fields: Readonly<Record<string, string>>) => string>
  >
  /**
   * A value that changes when everything issued to the account must end (blocked, deleted, password changed).
   * `undefined`: nothing may be issued to it now.
   */
  accountStamp(accountId: string): string | undefined
  /** Whether the signed-in account may answer this request without choosing or signing in again. */
  suits(accountId: string, request: OidcRequest, place: OidcPlace): boolean
  /** When a session's sign-in has to be done again, or more of it. Absent: never. */
  readonly signInChecks?: readonly OidcSignInCheck[]
  /** Whether the account is refused this client, whatever it consents to. */
  isRefused(accountId: string, request: OidcRequest, place: OidcPlace): boolean
  /** Scopes consented to; `undefined` when nothing was. */
  grantedScopes(accountId: string, request: OidcRequest): readonly string[] | undefined
  /** Whether a scope beyond {@link scopes} is one that has to be consented to. Absent: there are no others. */
  isGrantedScope?(scope: string): boolean
  /** Whether a code is given out with a proof key only (RFC 7636). Absent: for public clients. */
  isProofKeyRequired?(clientId: string, redirectUri: string): boolean
  /**
   * Claims the provider knows by itself (`auth_time`) that go into an ID token only when the request, or {@link claimsOf}, has them.
   * Absent: whatever a scope releases.
   */
  readonly withheldClaims?: readonly string[]
  /** Parameters of the authorization request that are the vendor's own, kept with the request. */
  readonly extraParams?: readonly string[]
  /** Parameters an authorization answer carries beyond those of the protocol. */
  authorizationExtras?(accountId: string, request: OidcRequest): Readonly<Record<string, string>>
  /** The answer of the token endpoint with what the vendor adds or words otherwise. */
  reviseTokenAnswer?(
    answer: Readonly<Record<string, unknown>>,
    request: { readonly accountId: string; readonly clientId: string; readonly place: OidcPlace },
  ): Readonly<Record<string, unknown>>
  /**
   * Tokens are given in exchange for assertions (RFC 7523 §2.1), of whom the exchange names as its `subject` and with its `scopes`.
   * Absent: that grant is not known.
   */
  readonly exchangesAssertions?: boolean
  /** Absent: there is no device flow. */
  readonly device?: OidcDevicePolicy
  /** Where flaws of codes and ID tokens are armed; their operations are those of `flaws.ts`. Absent: nothing goes wrong on purpose. */
  readonly faults?: Pick<Faults, 'take'>
  /** Address of the page that carries an interaction. */
  interactionPath(uid: string, place: OidcPlace): string

  /** Members of a JSON error answer. */
  describeProblem(problem: OidcProblem): Readonly<Record<string, unknown>>
  /** A full HTML page for an error that must not be sent to the client's address. */
  renderProblem(problem: OidcProblem): string
  /** A full HTML page that posts `fields` to the client's address. */
  renderFormPost(action: string, fields: Readonly<Record<string, string>>): string
}
