import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'

/**
 * Ways to make a signature that must not count: none; by a key nobody published, named as a published one, as an unknown one, by an
 * address of its own (`jku`), or brought along in the header (`jwk`); by a published key under the name of another published key;
 * HMAC with what everybody or the client knows (RFC 8725 §2.1, §3.1).
 */
export type SignatureTrick =
  | 'none'
  | 'other-key'
  | 'other-key-unknown-kid'
  | 'other-key-in-header'
  | 'other-key-by-address'
  | 'kid-of-another-key'
  | 'no-kid'
  | 'hs256-client-secret'
  | 'hs256-public-key'

/** How a token departs from what it should be. */
export interface Tampering {
  readonly claims?: JWTPayload
  /** Claims to leave out. */
  readonly without?: readonly string[]
  readonly signature?: SignatureTrick
  /** Instead of a token: an error of the token endpoint. */
  readonly error?: { readonly error: string; readonly error_description: string }
}

/** An answer of Graph: status and body. */
export type GraphReply = readonly [number, object]

export interface FakeProvider {
  readonly origin: string
  /** The authority of many tenants. */
  readonly authority: string
  /** Consent to what `authorize` asks for, as this person: the query Microsoft would send the browser back with. */
  approve(authorize: URL, person: JWTPayload, tampering?: Tampering): string
  /** Access and refresh tokens given out, oldest first. */
  readonly issued: readonly { readonly accessToken: string; readonly refreshToken: string }[]
  /** Addresses asked of Graph, each with the token it was asked with. */
  readonly asked: readonly { readonly url: URL; readonly token: string }[]
  /** How Graph answers from now on, and the error that renewals get instead of tokens. */
  behave(graph: (url: URL, token: string) => GraphReply, renewalError?: object): void
  /** Whom renewed tokens are about from now on, where it is somebody else than signed in. */
  renewAs(claims: JWTPayload): void
  close(): Promise<void>
}

/** Where whoever believes a `jku` finds the key that signed the token. */
const ATTACKER_KEYS = '/attacker/keys'

interface Grant {
  readonly challenge: string
  readonly redirectUri: string
  readonly claims: JWTPayload
  readonly tampering: Tampering
}

/** An OpenID provider of many tenants, small enough to misbehave on purpose. It checks the client as a real one does. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const second = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256', { extractable: true })
  const published = [
    { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' },
    { ...(await exportJWK(second.publicKey)), kid: 'two', use: 'sig', alg: 'RS256' },
  ]
  const otherJwk = { ...(await exportJWK(other.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }
  const publicPem = new TextEncoder().encode(await exportSPKI(publicKey))
  const grants = new Map<string, Grant>()
  const issued: { accessToken: string; refreshToken: string; grant: Grant; isUsed: boolean }[] = []
  const asked: { url: URL; token: string }[] = []
  let graph: (url: URL, token: string) => GraphReply = () => [200, { value: [] }]
  let renewalError: object | undefined
  let renewedAs: JWTPayload = {}

  async function idToken({ claims, tampering }: Grant): Promise<string> {
    const rs256 = (header: Partial<JWTHeaderParameters>, key: CryptoKey): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...header }).sign(key)
    const hs256 = (secret: Uint8Array): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'one' }).sign(secret)
    const { signature = 'right' } = tampering
    switch (signature) {
      case 'right':
        return rs256({ kid: 'one' }, privateKey)
      case 'none':
        return new UnsecuredJWT(claims).encode()
      case 'other-key':
        return rs256({ kid: 'one' }, other.privateKey)
      case 'other-key-unknown-kid':
        return rs256({ kid: 'three' }, other.privateKey)
      case 'other-key-in-header':
        return rs256({ kid: 'one', jwk: otherJwk }, other.privateKey)
      case 'other-key-by-address':
        return rs256({ kid: 'one', jku: new URL(ATTACKER_KEYS, claims.iss).href }, other.privateKey)
      case 'kid-of-another-key':
        return rs256({ kid: 'two' }, privateKey)
      case 'no-kid':
        return rs256({}, privateKey)
      case 'hs256-client-secret':
        return hs256(new TextEncoder().encode(PARTNER_APP.secret))
      case 'hs256-public-key':
        return hs256(publicPem)
    }
  }

  async function tokens(form: URLSearchParams): Promise<readonly [number, object]> {
    const grant = grants.get(form.get('code') ?? '')
    grants.delete(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (form.get('client_id') !== PARTNER_APP.appId || form.get('client_secret') !== PARTNER_APP.secret) {
      return [401, { error: 'invalid_client' }]
    }
    if (form.get('grant_type') === 'refresh_token') {
      const held = issued.find((each) => each.refreshToken === form.get('refresh_token') && !each.isUsed)
      if (renewalError !== undefined) return [400, renewalError]
      if (held === undefined) return [400, { error: 'invalid_grant' }]
      held.isUsed = true
      return give(held.grant)
    }
    if (grant === undefined || grant.challenge !== verifier || grant.redirectUri !== form.get('redirect_uri')) {
      return [400, { error: 'invalid_grant' }]
    }
    if (grant.tampering.error !== undefined) return [400, grant.tampering.error]
    return give(grant)
  }

  async function give(grant: Grant): Promise<readonly [number, object]> {
    const [accessToken, refreshToken] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`]
    issued.push({ accessToken, refreshToken, grant, isUsed: false })
    const { nonce: _, ...renewed } = grant.claims
    const isFirst = issued.filter((each) => each.grant.challenge === grant.challenge).length === 1
    const id = await idToken(isFirst ? grant : { ...grant, claims: { ...renewed, ...renewedAs } })
    return [
      200,
      {
        token_type: 'Bearer',
        access_token: accessToken,
        refresh_token: refreshToken,
        expires_in: 3600,
        id_token: id,
      },
    ]
  }

  async function answer(req: IncomingMessage): Promise<readonly [number, object]> {
    const origin = `http://${req.headers.host}`
    const url = new URL(req.url ?? '/', origin)
    if (url.pathname === '/v1.0/users') {
      const token = (req.headers.authorization ?? '').replace(/^Bearer /, '')
      asked.push({ url, token })
      return graph(url, token)
    }
    switch (req.url) {
      case '/organizations/v2.0/.well-known/openid-configuration':
        return [
          200,
          {
            issuer: `${origin}/{tenantid}/v2.0`,
            authorization_endpoint: `${origin}/organizations/oauth2/v2.0/authorize`,
            token_endpoint: `${origin}/organizations/oauth2/v2.0/token`,
            jwks_uri: `${origin}/organizations/discovery/v2.0/keys`,
            end_session_endpoint: `${origin}/organizations/oauth2/v2.0/logout`,
          },
        ]
      case '/organizations/discovery/v2.0/keys':
        return [200, { keys: published }]
      case ATTACKER_KEYS:
        return [200, { keys: [otherJwk] }]
      case '/organizations/oauth2/v2.0/token': {
        let body = ''
        for await (const chunk of req) body += String(chunk)
        return tokens(new URLSearchParams(body))
      }
      default:
        return [404, { error: 'not_found' }]
    }
  }

  const server = createServer(async (req: IncomingMessage, res: ServerResponse) => {
    const [status, body] = await answer(req)
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`

  return {
    origin,
    authority: `${origin}/organizations/v2.0`,
    issued,
    asked,
    behave(nextGraph, nextRenewalError) {
      graph = nextGraph
      renewalError = nextRenewalError
    },
    renewAs(claims) {
      renewedAs = claims
    },
    approve(authorize, person, tampering = {}) {
      const asked = authorize.searchParams
      const nowSeconds = Math.floor(Date.now() / 1000)
      const tid = person['tid'] ?? TENANT_ID
      const claims: JWTPayload = {
        iss: `${origin}/${tid}/v2.0`,
        aud: PARTNER_APP.appId,
        sub: randomUUID(),
        iat: nowSeconds,
        exp: nowSeconds + 3600,
        nonce: asked.get('nonce') ?? '',
        tid,
        ver: '2.0',
        ...person,
        ...tampering.claims,
      }
      for (const name of tampering.without ?? []) delete claims[name]
      const code = randomUUID()
      const [challenge, redirectUri] = [asked.get('code_challenge') ?? '', asked.get('redirect_uri') ?? '']
      grants.set(code, { challenge, redirectUri, claims, tampering })
      return `?${new URLSearchParams({ code, state: asked.get('state') ?? '' })}`
    },
    close: () =>
      new Promise((settle) => {
        server.close(() => settle())
        server.closeAllConnections()
      }),
  }
}
