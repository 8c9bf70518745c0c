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
}

/** A request's place: which realm (tenant segment of the path) it came in by, what issuer its tokens carry. */
export interface OidcPlace {
  /** As it stands in the path. */
  readonly realm: string
  /** Path in front of the provider's routes: `/realm`. */
  readonly mount: string
  readonly issuer: string
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
  isOriginAllowed(clientId: string, origin: string): boolean

  /** Claims of an account for one client, all of them; scopes filter. `undefined` when there is no such account. */
  claimsOf(accountId: string, clientId: string, place: OidcPlace): Readonly<Record<string, unknown>> | undefined
  /** Subject identifier: pairwise, the same for the same account and client for ever. */
  subjectOf(accountId: string, clientId: string): string
  /**
   * Claims of an access token, which is then signed and read by resources without asking; issued at, expiry and identifier are
   * added. Left out by vendors whose access tokens are opaque.
   */
  accessTokenClaims?(accountId: string, clientId: string, scopes: readonly string[]): Readonly<Record<string, unknown>>
  /**
   * A value that changes when everything issued to the account must end (blocked, deleted, password changed).
   * `undefined`: nothing may be issued to it now.
   */
  accountStamp(accountId: string): string | undefined
  /** Whether the signed-in account may answer this request without choosing or signing in again. */
  suits(accountId: string, request: OidcRequest, place: OidcPlace): boolean
  /** Whether the account is refused this client, whatever it consents to. */
  isRefused(accountId: string, request: OidcRequest, place: OidcPlace): boolean
  /** Scopes consented to; `undefined` when nothing was. */
  grantedScopes(accountId: string, request: OidcRequest): readonly string[] | undefined
  /** Address of the page that carries an interaction. */
  interactionPath(uid: string, place: OidcPlace): string

  /** Members of a JSON error answer. */
  describeProblem(problem: OidcProblem): Readonly<Record<string, unknown>>
  /** A full HTML page for an error that must not be sent to the client's address. */
  renderProblem(problem: OidcProblem): string
  /** A full HTML page that posts `fields` to the client's address. */
  renderFormPost(action: string, fields: Readonly<Record<string, string>>): string
}
