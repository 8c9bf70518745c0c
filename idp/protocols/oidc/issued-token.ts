import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { JWK } from 'oidc-provider'
import type { JournalVerdict } from '#kit/journal.ts'

/** An ID token in an answer: a member of JSON, a parameter of the address the browser is sent to, a field of the form it posts. */
const ID_TOKEN = /[?&#"](?:id_token)(?:=|"[^<>]*?value=")([\w-]+\.[\w-]+\.[\w-]+)/

/** The ID token of an answer that is about to go out; `undefined` when it has none. Pure. */
export function idTokenIn(body: unknown, location: string): string | undefined {
  if (typeof body === 'object' && body !== null && 'id_token' in body && typeof body.id_token === 'string') {
    return body.id_token
  }
  const text = location === '' ? body : location
  return typeof text === 'string' ? ID_TOKEN.exec(text)?.[1] : undefined
}

/**
 * Reads ID tokens as a relying party would, for the journal, which keeps none: header, claims, and whether the signature holds with the key
 * of that `kid` in the published JWKS (RFC 7515 §5.2).
 *
 * @param jwksUri Where relying parties find the key.
 */
export function createTokenReader({ kid = '', n, e, kty }: JWK) {
  const key = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: 'jwk' })
  return (token: string, jwksUri: string): JournalVerdict | undefined => {
    const [head = '', payload = '', signature = ''] = token.split('.')
    const header = partOf(head)
    const claims = partOf(payload)
    if (header === undefined || claims === undefined) return undefined
    const isKnown = header['kid'] === kid
    const holds =
      isKnown && verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))
    return {
      of: 'id-token',
      accepted: holds,
      key: { kind: 'jwk', id: String(header['kid'] ?? ''), from: jwksUri, algorithm: String(header['alg'] ?? '') },
      checks: [
        { name: 'key: in the JWKS', passed: isKnown, found: String(header['kid'] ?? 'none'), expected: kid },
        ...(isKnown ? [{ name: 'signature', passed: holds }] : []),
      ],
      header,
      claims,
    }
  }
}

function partOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    // Encrypted, or none: nothing of it can be read.
    return undefined
  }
}
