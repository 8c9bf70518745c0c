import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { Faults, Flaws } from '#kit/system/system.ts'
import type { SigningKeys } from './signing-keys.ts'

/**
 * Tokens and codes that are wrong on purpose, for trying out who receives them: what can be wrong, by fault operation. Each touches one
 * answer to a code, never a renewal; everything before and after it is as ever.
 */

/** A code that was redeemed before, instead of a new one (OpenID Connect Core §3.1.2.5, RFC 6749 §4.1.2). */
const CODE_OPERATION = 'oidc.code'
/** The ID token of the next code (OpenID Connect Core §3.1.3.7). */
const ID_TOKEN_OPERATION = 'oidc.id-token'

const ID_TOKEN_FLAWS = [
  'wrong-audience',
  'wrong-issuer',
  'wrong-nonce',
  'missing-nonce',
  'expired',
  'not-yet-valid',
  'clock-skew',
  'unknown-key',
  'bad-signature',
  'alg-none',
] as const
type IdTokenFlaw = (typeof ID_TOKEN_FLAWS)[number] | 'wrong-tenant'

/** What every provider can do wrong. */
export const OIDC_FLAWS: Flaws = { [CODE_OPERATION]: ['replayed-code'], [ID_TOKEN_OPERATION]: ID_TOKEN_FLAWS }

/** What a provider of several tenants can do wrong besides: its tokens name theirs, in `tid` and in the issuer. */
export const TENANT_OIDC_FLAWS: Flaws = {
  ...OIDC_FLAWS,
  [ID_TOKEN_OPERATION]: [...ID_TOKEN_FLAWS, 'wrong-tenant'],
}

const ALGORITHM = 'RS256'
const MINUTE = 60
const HOUR = 60 * MINUTE
/** Wall seconds: beyond the few minutes of leeway that are usual (RFC 7519 §4.1.4). */
const SKEW = 10 * MINUTE

/** Stand for another application, provider, tenant and sign-in. Fixed, so that a test can name them. */
const OTHER_AUDIENCE = 'another-application'
const OTHER_ISSUER = 'https://another-issuer.example'
const OTHER_NONCE = 'nonce-of-another-sign-in'
const OTHER_TENANT = '00000000-1111-4222-8333-444444444444'

type Claims = Readonly<Record<string, unknown>>
type Importable = Parameters<typeof importJWK>[0]

export interface OidcFlawDeps {
  /** Absent: the provider does nothing wrong. */
  readonly faults: Pick<Faults, 'take'> | undefined
  readonly wallNowMs: () => number
  /** Wall seconds a code is good for. */
  readonly codeSeconds: number
}

interface Redeemed {
  readonly code: string
  /** Wall milliseconds. */
  readonly atMs: number
}

/** The armed flaws of one provider, and what it must remember to replay. */
export interface OidcFlaws {
  /** A code was redeemed: it could be replayed to the same client at the same address. */
  noteRedeemed(clientId: string, redirectUri: string, code: string): void
  /** Instead of a new code: one redeemed before, if that is armed and there is one still within its time. */
  replayedCode(clientId: string, redirectUri: string): string | undefined
  /** The ID token as it goes out: as it is, or wrong in the way that is armed. */
  idToken(token: string, keys: SigningKeys): Promise<string>
  /** After a reset: what was redeemed before is nothing to anybody. */
  forget(): void
}

export function createOidcFlaws({ faults, wallNowMs, codeSeconds }: OidcFlawDeps): OidcFlaws {
  /** In memory alone: codes are credentials. */
  const redeemed = new Map<string, Redeemed>()
  let strangers: ReturnType<typeof makeStranger> | undefined
  const nameOf = (clientId: string, redirectUri: string): string => `${clientId} ${redirectUri}`

  return {
    noteRedeemed(clientId, redirectUri, code) {
      if (faults !== undefined) redeemed.set(nameOf(clientId, redirectUri), { code, atMs: wallNowMs() })
    },

    replayedCode(clientId, redirectUri) {
      const former = redeemed.get(nameOf(clientId, redirectUri))
      if (former === undefined || wallNowMs() - former.atMs >= codeSeconds * 1000) return undefined
      return faults?.take(CODE_OPERATION)?.flaw === undefined ? undefined : former.code
    },

    async idToken(token, [newest]) {
      const [head = '', payload = '', signature = ''] = token.split('.')
      const claims = parse(payload)
      const flaw = faults?.take(ID_TOKEN_OPERATION, ({ flaw: wanted }) => isPossible(wanted, claims))?.flaw
      if (flaw === undefined) return token
      const { kid } = parse(head) as { readonly kid?: string }
      switch (flaw as IdTokenFlaw) {
        case 'alg-none':
          return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`
        case 'bad-signature':
          return `${head}.${payload}.${spoilt(signature)}`
        case 'unknown-key': {
          strangers ??= makeStranger()
          const { key, kid: strange } = await strangers
          return sign(claims, key, strange)
        }
        default: {
          const key = await importJWK({ ...newest, alg: ALGORITHM } as Importable, ALGORITHM)
          return sign(wrongClaims(flaw as IdTokenFlaw, claims), key, kid ?? '')
        }
      }
    },

    forget: () => redeemed.clear(),
  }
}

/** Whether a token has what is to be wrong. A nonce is there when the client asked with one. */
function isPossible(flaw: string | undefined, claims: Claims): boolean {
  return flaw !== 'missing-nonce' || claims['nonce'] !== undefined
}

function wrongClaims(flaw: IdTokenFlaw, claims: Claims): Claims {
  switch (flaw) {
    case 'wrong-audience':
      return { ...claims, aud: OTHER_AUDIENCE }
    case 'wrong-issuer':
      return { ...claims, iss: OTHER_ISSUER }
    case 'wrong-nonce':
      return { ...claims, nonce: OTHER_NONCE }
    case 'missing-nonce': {
      const { nonce: _, ...others } = claims
      return others
    }
    case 'wrong-tenant': {
      const { tid, iss } = claims
      return { ...claims, tid: OTHER_TENANT, iss: String(iss).replace(String(tid), OTHER_TENANT) }
    }
    case 'expired':
      return shifted(claims, -2 * HOUR)
    case 'not-yet-valid':
      return shifted(claims, 2 * HOUR)
    case 'clock-skew':
      return shifted(claims, SKEW)
    case 'unknown-key':
    case 'bad-signature':
    case 'alg-none':
      return claims
  }
}

/** As a provider would date it whose clock is off by so many wall seconds. */
function shifted(claims: Claims, seconds: number): Claims {
  const issuedAt = Number(claims['iat']) + seconds
  return { ...claims, iat: issuedAt, nbf: issuedAt, exp: Number(claims['exp']) + seconds }
}

function sign(claims: Claims, key: Awaited<ReturnType<typeof importJWK>>, kid: string): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid }).sign(key)
}

/** A key nobody has heard of: named like the others, published nowhere. */
async function makeStranger() {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)
  const { n = '' } = await exportJWK(publicKey)
  return { key: privateKey, kid: createHash('sha1').update(n).digest('base64url') }
}

/** The first byte changed: the last character of base64url may carry bits that say nothing. */
function spoilt(signature: string): string {
  return `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
}

function parse(part: string): Claims {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
