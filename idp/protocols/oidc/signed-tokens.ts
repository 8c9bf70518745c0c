import { errors, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { JWK } from 'oidc-provider'

/** What a signed token says; else why it says nothing: no such token at all, signed by somebody else, or past its time. */
export type SignedTokenReading =
  | { readonly kind: 'valid'; readonly claims: JWTPayload }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'forged' }
  | { readonly kind: 'expired' }

/** Tokens a resource can read by itself: signed, not stored. */
export interface SignedTokens {
  sign(claims: Readonly<Record<string, unknown>>, lifeSeconds: number): Promise<string>
  read(token: string): Promise<SignedTokenReading>
}

const ALGORITHM = 'RS256'

/**
 * Sign and read with one key. Times are wall-clock, as those of every access token; a token of a key that has been replaced
 * (a reset) is forged.
 */
export async function createSignedTokens(key: JWK, wallNowMs: () => number): Promise<SignedTokens> {
  const { kid = '', n, e, kty } = key
  const jwk = { ...key, alg: ALGORITHM, kid }
  const privateKey = await importJWK(jwk as Parameters<typeof importJWK>[0], ALGORITHM)
  const publicKey = await importJWK({ kty, n, e } as Parameters<typeof importJWK>[0], ALGORITHM)
  return {
    async sign(claims, lifeSeconds) {
      const now = Math.floor(wallNowMs() / 1000)
      return new SignJWT({ ...claims })
        .setProtectedHeader({ typ: 'JWT', alg: ALGORITHM, kid })
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + lifeSeconds)
        .sign(privateKey)
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          currentDate: new Date(wallNowMs()),
        })
        return { kind: 'valid', claims: payload }
      } catch (problem) {
        if (problem instanceof errors.JWTExpired) return { kind: 'expired' }
        if (problem instanceof errors.JWSSignatureVerificationFailed) return { kind: 'forged' }
        if (problem instanceof errors.JOSEError) return { kind: 'unreadable' }
        throw problem
      }
    },
  }
}
