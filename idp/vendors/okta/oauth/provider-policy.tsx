import type { OidcPlace, OidcPolicy } from '#idp/protocols/oidc/policy.ts'
import { problemOf, reportToStderr } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { frameOf } from '../frame.ts'
import { accessClaims, claimsByScope, identityClaims } from './claims.ts'
import { clientOf, isOriginOf, isPublic, isRegistered, isTrustedOrigin, type OidcApp } from './clients.ts'
import { consentedScopes } from './consent.ts'
import { judge } from './judge.ts'
import { logAuthorization } from './log.ts'
import { worded } from './oauth-error.ts'
import { FormPostPage, OAuthProblemPage, PostMessagePage } from './pages.tsx'
import { type Issuer, issuerOf, scopeNamesOf } from './servers.ts'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

/** Paths behind the mount: Okta's libraries put them together by themselves (reference sheet 6.1). */
export const ROUTES = {
  authorization: '/v1/authorize',
  token: '/v1/token',
  jwks: '/v1/keys',
  userinfo: '/v1/userinfo',
} as const

/** Codes live a minute; an ID token an hour, whatever the policies say. What else differs comes with the exchange. */
const LIFETIMES = {
  session: DAY,
  rememberedSession: DAY,
  refreshToken: 100 * DAY,
  code: 5 * MINUTE,
  accessToken: 60 * MINUTE,
  idToken: 60 * MINUTE,
  interaction: 60 * MINUTE,
} as const

/**
 * The fields by which a client goes on to the provider that has proved itself to us: our own check tells the reasons apart, and knows
 * keys of clients as well. The provider looks for a secret, and compares none (`clientProof`).
 */
export function provenClient(app: OidcApp): Readonly<Record<string, string>> {
  return { client_id: app.id, ...(isPublic(app) ? {} : { client_secret: 'proven' }) }
}

/** Somebody tokens may be issued to: not suspended, deactivated, locked out or not yet activated. */
export function livingUser(system: Pick<OktaSystem, 'store'>, userId: string): OktaUser | undefined {
  const user = system.store.get('users', userId)
  return user?.status === 'ACTIVE' || user?.status === 'PASSWORD_EXPIRED' || user?.status === 'RECOVERY'
    ? user
    : undefined
}

/** What the provider's configuration depends on: when it changes, another provider is needed. */
export function configurationOf({ store }: Pick<OktaSystem, 'store'>, serverId: string) {
  return { scopes: scopeNamesOf(store, serverId), claims: claimsByScope(store, serverId) }
}

/** The provider's questions about one authorization server, answered from the org. */
export function createProviderPolicy(system: OktaSystem, serverId: string): OidcPolicy {
  const { store, clock } = system

  /** The server at this moment. @throws when it is gone: its provider is not asked then. */
  function issuer(): Issuer {
    const found = issuerOf(store, system.origin, serverId)
    if (found === undefined) throw new Error(`The authorization server ${serverId} is not at work.`)
    return found
  }

  const factsOf = (userId: string, clientId: string) => {
    const user = livingUser(system, userId)
    const app = clientOf(store, clientId)
    return user === undefined || app === undefined ? undefined : { reader: store, clock, issuer: issuer(), app, user }
  }

  return {
    cookiePrefix: `${system.name}_${serverId}`,
    namespace: serverId,
    routes: ROUTES,
    ...configurationOf(system, serverId),
    lifetimes: LIFETIMES,
    faults: system.faults,
    subjects: 'public',
    outliveSession: true,
    tokenIdentifier: { claim: 'jti', prefix: 'AT.' },

    findClient(clientId) {
      const app = clientOf(store, clientId)
      if (app === undefined) return undefined
      const { redirectUris, grantTypes } = app.oidc
      if (redirectUris.length === 0) return undefined
      return {
        clientId,
        name: app.label,
        redirectUris,
        kind: isPublic(app) ? 'public' : 'confidential',
        mayRefresh: grantTypes.includes('refresh_token'),
      }
    },

    // Whoever comes as far has proved themselves.
    verifySecret: async () => false,

    isRedirectAllowed(clientId, redirectUri) {
      const app = clientOf(store, clientId)
      return app !== undefined && isRegistered(app.oidc, app.oidc.redirectUris, redirectUri)
    },

    isOriginAllowed(clientId, origin, endpoint) {
      if (isTrustedOrigin(store, system.origin, origin)) return true
      const app = endpoint === 'token' ? clientOf(store, clientId) : undefined
      return app !== undefined && isOriginOf(app, origin)
    },

    claimsOf(accountId, clientId, _place, { use, authentication }) {
      const facts = factsOf(accountId, clientId)
      if (facts === undefined) return undefined
      return identityClaims(facts, use === 'userinfo' ? 'userinfo' : 'id_token', authentication)
    },

    subjectOf: (accountId) => accountId,

    accessTokenClaims(accountId, clientId, scopes, { authentication }) {
      const facts = factsOf(accountId, clientId)
      if (facts === undefined) throw new Error('A token was asked for nobody.')
      return accessClaims(facts, scopes, authentication.authTime)
    },

    accountStamp(accountId) {
      const user = livingUser(system, accountId)
      return user === undefined ? undefined : `${user.created}/${user.activated ?? ''}`
    },

    suits: () => true,

    isRefused(accountId, request) {
      const facts = factsOf(accountId, request.clientId)
      if (facts === undefined) return false
      const ask = { app: facts.app, user: facts.user, grantType: 'authorization_code', scopes: request.scopes } as const
      return judge(store, facts.issuer, ask).kind !== 'allowed'
    },

    grantedScopes(accountId, request) {
      const app = clientOf(store, request.clientId)
      return app === undefined
        ? undefined
        : consentedScopes(store, { serverId, app, userId: accountId, scopes: request.scopes })
    },

    /** Nothing is added; the System Log hears that a code was given out. */
    authorizationExtras(accountId, request) {
      const facts = factsOf(accountId, request.clientId)
      if (facts !== undefined) {
        logAuthorization(system, facts).catch((error: unknown) => reportToStderr(error, problemOf(error)))
      }
      return {}
    },

    interactionPath: (uid: string, _place: OidcPlace) => `/signin/oauth/${serverId}/${uid}`,

    responseModes: {
      okta_post_message: (redirectUri, fields) =>
        renderPage(
          <PostMessagePage frame={frameOf(system, '/')} origin={new URL(redirectUri).origin} fields={fields} />,
        ),
    },

    describeProblem(problem) {
      const { error, description } = worded(problem)
      return { error, error_description: description }
    },

    renderProblem: (problem) => renderPage(<OAuthProblemPage frame={frameOf(system, '/')} error={worded(problem)} />),

    renderFormPost: (action, fields) =>
      renderPage(<FormPostPage frame={frameOf(system, '/')} action={action} fields={fields} />),
  }
}
