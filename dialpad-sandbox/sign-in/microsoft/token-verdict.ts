import type { JournalCheck, JournalVerdict } from '#kit/journal.ts'

/** What an ID token was held against (OpenID Connect Core 1.0 §3.1.3.7). */
export interface TokenExpectations {
  /** Of the tenant that is said to have issued it. */
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  readonly jwksUri: string
  /** Wall time. */
  readonly nowMs: number
}

/**
 * What was found out about an ID token, check by check, for the journal, which does not keep the token.
 *
 * @param refusal Why it was refused, in the library's words; absent: it was accepted, its signature included.
 * @returns `undefined` when nothing in it can be read.
 */
export function verdictOfToken(
  idToken: unknown,
  { issuer, clientId, nonce, jwksUri, nowMs }: TokenExpectations,
  refusal: string | undefined,
): JournalVerdict | undefined {
  const [head, payload] = typeof idToken === 'string' ? idToken.split('.').map(partOf) : []
  if (head === undefined || payload === undefined) return undefined
  const audiences = [payload['aud']].flat().map(String)
  const expiresMs = Number(payload['exp']) * 1000
  const said: readonly JournalCheck[] = [
    { name: 'issuer', passed: payload['iss'] === issuer, found: textOf(payload['iss']), expected: issuer },
    { name: 'audience', passed: audiences.includes(clientId), found: audiences.join(', '), expected: clientId },
    {
      name: 'nonce',
      passed: payload['nonce'] === nonce,
      found: payload['nonce'] === nonce ? 'the one of this sign-in' : 'another one than that of this sign-in',
    },
    {
      name: 'time',
      passed: expiresMs > nowMs,
      found: Number.isFinite(expiresMs) ? `expires ${new Date(expiresMs).toISOString()}` : 'no expiry',
      expected: `after ${new Date(nowMs).toISOString()}`,
    },
  ]
  const outcome: readonly JournalCheck[] =
    refusal === undefined
      ? [{ name: 'signature', passed: true, found: 'holds with the key of that kid' }]
      : said.every(({ passed }) => passed)
        ? [{ name: /signature/i.test(refusal) ? 'signature' : 'everything else', passed: false, found: refusal }]
        : []
  return {
    of: 'id-token',
    accepted: refusal === undefined,
    key: { kind: 'jwk', id: textOf(head['kid']), from: jwksUri, algorithm: textOf(head['alg']) },
    checks: [...said, ...outcome],
    header: head,
    claims: payload,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : 'none')

function partOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    // No token of three readable parts: whoever asked tells that there is none.
    return undefined
  }
}
