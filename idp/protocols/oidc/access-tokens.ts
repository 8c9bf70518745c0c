import { Provider } from 'oidc-provider'
import { authenticationIn } from './authentication.ts'
import type { OidcPlace, OidcPolicy } from './policy.ts'
import type { SignedTokens } from './signed-tokens.ts'

/** Claim that names the stored record of a token, so that a token that was revoked can be told from a live one. */
const IDENTIFIER = { claim: 'uti', prefix: '' } as const

/** The signed access token of an answer under way, by the request's context. */
const NEWEST = new WeakMap<object, string>()

/** The access token that goes out with this answer; `undefined` when none does. What `at_hash` is made of. */
export function accessTokenOf(ctx: object): string | undefined {
  return NEWEST.get(ctx)
}

/** The part of a library's token that is read here. */
interface StoredToken {
  readonly jti: string
  readonly accountId: string
  readonly clientId?: string
  readonly scopes: Set<string>
}

export interface AccessTokenDeps {
  readonly policy: OidcPolicy
  readonly tokens: SignedTokens
  readonly place: () => OidcPlace
}

/**
 * Let access tokens carry the policy's claims, signed (RFC 9068 in spirit: the claims are the vendor's), for resources that
 * read them. The record the library keeps of each stays what decides whether it is live: it ends with its grant, its session,
 * its account. Without claims of the policy tokens stay opaque.
 */
export function signAccessTokens(provider: Provider, { policy, tokens, place }: AccessTokenDeps): void {
  const claimsOf = policy.accessTokenClaims?.bind(policy)
  if (claimsOf === undefined) return
  const { AccessToken } = provider
  const { claim, prefix } = policy.tokenIdentifier ?? IDENTIFIER
  const save = AccessToken.prototype.save
  const find = AccessToken.find

  AccessToken.prototype.save = async function (this: StoredToken) {
    const identifier = await save.call(this as never)
    const here = place()
    const scopes = here.exchange?.scopes ?? [...this.scopes]
    const claims = claimsOf(this.accountId, this.clientId ?? '', scopes, {
      use: 'access_token',
      place: here,
      scopes,
      authentication: authenticationIn(Provider.ctx),
    })
    const seconds = here.exchange?.accessTokenSeconds ?? policy.lifetimes.accessToken
    const value = await tokens.sign({ ...claims, [claim]: `${prefix}${identifier}` }, seconds)
    if (Provider.ctx !== undefined) NEWEST.set(Provider.ctx, value)
    return value
  }

  AccessToken.find = async function (this: typeof AccessToken, value: string, ...options: never[]) {
    const reading = await tokens.read(value)
    const identifier = reading.kind === 'valid' ? reading.claims[claim] : undefined
    if (typeof identifier !== 'string' || !identifier.startsWith(prefix)) return undefined
    return find.call(this, identifier.slice(prefix.length), ...options)
  } as typeof find
}
