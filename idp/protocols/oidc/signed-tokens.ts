import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose'
import type { SigningKeys } from './signing-keys.ts'

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
type Importable = Parameters<typeof importJWK>[0]

const signData = promisify(sign)

/**
 * Sign with the newest key, read with any that is published. Times are wall-clock, as those of every access token; a token of a
 * key that was retired, or replaced by a reset, is forged.
 */
export async function createSignedTokens(keys: SigningKeys, wallNowMs: () => number): Promise<SignedTokens> {
  const [newest] = keys
  const { kid = '' } = newest
  const privateKey = createPrivateKey({ key: newest as JsonWebKey, format: 'jwk' })
  const header = encode({ typ: 'JWT', alg: ALGORITHM, kid })
  const publicKeys = new Map<string, Awaited<ReturnType<typeof importJWK>>>()
  for (const { kid: id = '', kty, n, e } of keys) {
    publicKeys.set(id, await importJWK({ kty, n, e } as Importable, ALGORITHM))
  }
  return {
    async sign(claims, lifeSeconds) {
      const now = Math.floor(wallNowMs() / 1000)
      // RFC 7515 §5.1, without the copies and conversions a library makes of claims and key each time.
      const signed = `${header}.${encode({ ...claims, iat: now, nbf: now, exp: now + lifeSeconds })}`
      const signature = await signData('sha256', Buffer.from(signed), privateKey)
      return `${signed}.${signature.toString('base64url')}`
    },
    async read(token) {
      try {
        const key = publicKeys.get(decodeProtectedHeader(token).kid ?? '')
        if (key === undefined) return { kind: 'forged' }
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          currentDate: new Date(wallNowMs()),
        })
        return { kind: 'valid', claims: payload }
      } catch (problem) {
        if (problem instanceof errors.JWTExpired) return { kind: 'expired' }
        if (problem instanceof errors.JWSSignatureVerificationFailed) return { kind: 'forged' }
        // A header that is no JSON is a TypeError of the decoder.
        if (problem instanceof errors.JOSEError || problem instanceof TypeError) return { kind: 'unreadable' }
        throw problem
      }
    },
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
