import type { Provider } from 'oidc-provider'
import type { OidcPolicy } from './policy.ts'
import type { SignedTokens } from './signed-tokens.ts'

/** Claim that names the stored record of a token, so that a token that was revoked can be told from a live one. */
const IDENTIFIER = 'uti'

/** The part of a library's token that is read here. */
interface StoredToken {
  readonly jti: string
  readonly accountId: string
  readonly clientId?: string
  readonly scopes: Set<string>
}

/**
 * Let access tokens carry the policy's claims, signed (RFC 9068 in spirit: the claims are the vendor's), for resources that
 * read them. The record the library keeps of each stays what decides whether it is live: it ends with its grant, its session,
 * its account. Without claims of the policy tokens stay opaque.
 */
export function signAccessTokens(provider: Provider, policy: OidcPolicy, tokens: SignedTokens): void {
  const claimsOf = policy.accessTokenClaims?.bind(policy)
  if (claimsOf === undefined) return
  const { AccessToken } = provider
  const save = AccessToken.prototype.save
  const find = AccessToken.find

  AccessToken.prototype.save = async function (this: StoredToken) {
    const identifier = await save.call(this as never)
    const claims = claimsOf(this.accountId, this.clientId ?? '', [...this.scopes])
    return tokens.sign({ ...claims, [IDENTIFIER]: identifier }, policy.lifetimes.accessToken)
  }

  AccessToken.find = async function (this: typeof AccessToken, value: string, ...options: never[]) {
    const reading = await tokens.read(value)
    const identifier = reading.kind === 'valid' ? reading.claims[IDENTIFIER] : undefined
    return typeof identifier === 'string' ? find.call(this, identifier, ...options) : undefined
  } as typeof find
}
