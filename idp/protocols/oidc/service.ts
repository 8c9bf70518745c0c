import type { IncomingMessage, ServerResponse } from 'node:http'
import type { System } from '#kit/system/system.ts'
import { sessionAuthentication, sessionNameOf } from './authentication.ts'
import type { OidcShape } from './collections.ts'
import { createOidcFlaws } from './flaws.ts'
import { createInteractions, type OidcInteractions } from './interactions.ts'
import type { OidcTrace, TracedModel } from './models.ts'
import { createOidcProvider, type OidcProvider, oidcCookieName } from './mount.ts'
import type { OidcAuthentication, OidcPlace, OidcPolicy } from './policy.ts'
import { createSignedTokens, type SignedTokenReading, type SignedTokens } from './signed-tokens.ts'
import { addSigningKey, loadSigningKeys, type PublishedKey, publishedKeys, retireSigningKey } from './signing-keys.ts'

export interface SignedInClients {
  readonly sessionId: string | undefined
  readonly clientIds: readonly string[]
}

/** The OpenID provider of one system: protocol answers, interactions, sessions. */
export interface OidcService extends OidcInteractions {
  /** Resolves when the signing key is there; later calls wait for a rebuild after a reset. */
  ready(): Promise<void>
  handle(req: IncomingMessage, res: ServerResponse, place: OidcPlace, route: string): Promise<void>
  /** Who is signed in with this browser, since when (wall seconds), and how; `undefined` when nobody is. */
  signedIn(
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<
    { readonly accountId: string; readonly authTime: number; readonly authentication: OidcAuthentication } | undefined
  >
  /** End the browser's session. @returns the account that was signed in. */
  signOut(req: IncomingMessage, res: ServerResponse): Promise<string | undefined>
  /** Whether the browser has a session, signed in or not: forms of the device flow belong to one. */
  hasSession(req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** The clients signed in to with the browser's session, with the name the session has in their tokens. */
  signedInClients(req: IncomingMessage, res: ServerResponse): Promise<SignedInClients>
  trace(model: TracedModel, value: string): Promise<OidcTrace | undefined>
  /** The keys to publish, newest first; the newest signs. */
  publishedKeys(): readonly PublishedKey[]
  /** Sign with a new key from now on; the ones before stay published. @returns its id. */
  rollSigningKey(): Promise<string>
  /** Publish a key no longer. @returns `false` for the one that signs, and for one that is not there. */
  retireSigningKey(kid: string): Promise<boolean>
  /**
   * A token that carries its claims itself (RFC 7519), signed with the key of ID tokens, for a resource that reads it without asking.
   * @param lifeSeconds Wall seconds it is good for.
   */
  signToken(claims: Readonly<Record<string, unknown>>, lifeSeconds: number): Promise<string>
  /** What a token of {@link signToken} says, or why it is no good. Audience and issuer are the resource's to judge. */
  readToken(token: string): Promise<SignedTokenReading>
  /**
   * Whether a signed access token of a person is still good: neither it nor its grant was revoked, and the account is as it was when
   * it was issued.
   */
  isAccessTokenLive(token: string): Promise<boolean>
  /**
   * End a token before its time (RFC 7009). With a refresh token everything goes that came of the same sign-in; an access token goes alone.
   * @returns `false` for one that is not there.
   */
  revoke(model: 'AccessToken' | 'RefreshToken', value: string): Promise<boolean>
}

export interface OidcServiceDeps {
  readonly system: Pick<System<OidcShape>, 'name' | 'origin' | 'store' | 'clock' | 'vault' | 'onReplaced'>
  readonly policy: OidcPolicy
  /** Wall clock of codes and tokens; tests may pass their own. */
  readonly wallNowMs?: () => number
}

/** Start the provider: the key is loaded or made at once, requests wait for it. */
export function createOidcService({ system, policy, wallNowMs = Date.now }: OidcServiceDeps): OidcService {
  const flaws = createOidcFlaws({ faults: policy.faults, wallNowMs, codeSeconds: policy.lifetimes.code })
  const build = async (): Promise<OidcProvider & { readonly tokens: SignedTokens }> => {
    const signingKeys = await loadSigningKeys(system, wallNowMs, policy.namespace)
    const tokens = await createSignedTokens(signingKeys, wallNowMs)
    return { ...createOidcProvider({ system, policy, wallNowMs, signingKeys, tokens, flaws }), tokens }
  }
  let current = build()
  // A failure is reported to whoever asks next; this keeps it from ending the process before.
  current.catch(() => undefined)
  const rebuild = (): void => {
    current = build()
    current.catch(() => undefined)
  }
  system.onReplaced(() => {
    flaws.forget()
    rebuild()
  })

  const sessionOf = async (req: IncomingMessage, res: ServerResponse) => {
    const { provider } = await current
    return provider.Session.get(provider.createContext(req, res))
  }

  return {
    ...createInteractions(async () => (await current).provider, oidcCookieName(system, policy, 'interaction')),

    async ready() {
      await current
    },

    async handle(req, res, place, route) {
      await (await current).handle(req, res, place, route)
    },

    async signedIn(req, res) {
      const session = await sessionOf(req, res)
      const { accountId, loginTs } = session
      if (accountId === undefined || loginTs === undefined) return undefined
      return { accountId, authTime: loginTs, authentication: sessionAuthentication(session) }
    },

    async signOut(req, res) {
      const { provider } = await current
      const session = await sessionOf(req, res)
      const { accountId } = session
      if (accountId === undefined) return undefined
      await session.destroy()
      const { cookies } = provider.createContext(req, res)
      cookies.set(oidcCookieName(system, policy, 'sso'), null, { path: '/', httpOnly: true })
      return accountId
    },

    async hasSession(req, res) {
      return (await sessionOf(req, res)).exp !== undefined
    },

    async signedInClients(req, res) {
      const { accountId, uid, authorizations = {} } = await sessionOf(req, res)
      if (accountId === undefined) return { sessionId: undefined, clientIds: [] }
      return { sessionId: sessionNameOf(uid), clientIds: Object.keys(authorizations) }
    },

    publishedKeys: () => publishedKeys(system.store, policy.namespace),

    async rollSigningKey() {
      const kid = await addSigningKey(system, wallNowMs, policy.namespace)
      rebuild()
      await current
      return kid
    },

    async retireSigningKey(kid) {
      const isGone = await retireSigningKey(system, kid, policy.namespace)
      if (isGone) rebuild()
      await current
      return isGone
    },

    async trace(model, value) {
      return (await current).models.trace(model, value)
    },

    async signToken(claims, lifeSeconds) {
      return (await current).tokens.sign(claims, lifeSeconds)
    },

    async readToken(token) {
      return (await current).tokens.read(token)
    },

    async isAccessTokenLive(token) {
      return (await (await current).provider.AccessToken.find(token)) !== undefined
    },

    async revoke(model, value) {
      const { provider } = await current
      const { AccessToken, AuthorizationCode, Grant, RefreshToken } = provider
      const token = await (model === 'AccessToken' ? AccessToken.find(value) : RefreshToken.find(value))
      if (token === undefined) return false
      await token.destroy()
      const { grantId } = token
      if (model === 'RefreshToken' && grantId !== undefined) {
        for (const each of [AccessToken, AuthorizationCode, RefreshToken]) await each.revokeByGrantId(grantId)
        await (await Grant.find(grantId))?.destroy()
      }
      return true
    },
  }
}
