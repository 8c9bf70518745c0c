import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { OidcPlace, OidcPolicy, OidcProblem, OidcRequest } from '#idp/protocols/oidc/policy.ts'
import { hashSecret } from '#kit/secrets.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts, descriptionOf, jsonOf } from './aadsts.ts'
import { judgeAccess } from './access.ts'
import { accessTokenClaims } from './access-token-claims.ts'
import { accountByName, accountStampOf, liveAccount, subjectOf } from './accounts.ts'
import { grantedScopes } from './consent-rules.ts'
import { frameOf } from './frame.ts'
import { ErrorPage } from './pages/error-page.tsx'
import { FormPostPage } from './pages/form-post-page.tsx'
import { DELEGATED_PERMISSIONS } from './permissions.ts'
import { comparableReply, isReplyAddress, replyAddressesOf } from './reply-addresses.ts'
import { readRealm } from './tenancy.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** Paths behind the tenant segment; userinfo stands alone. */
export const ROUTES = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  jwks: '/discovery/v2.0/keys',
  userinfo: '/oidc/userinfo',
} as const

/** Claims of ID tokens and userinfo by scope (ID token claims reference). */
const CLAIMS = {
  openid: ['sub', 'tid', 'ver'],
  profile: ['name', 'preferred_username', 'oid', 'given_name', 'family_name', 'wids'],
  email: ['email'],
} as const

/**
 * How long things last. Sessions: a day of idleness, ninety days when the person stays signed in; refresh tokens ninety days
 * (token lifetimes as published). Codes and tokens live ten minutes and an hour of wall time.
 */
const LIFETIMES = {
  session: DAY,
  rememberedSession: 90 * DAY,
  refreshToken: 90 * DAY,
  code: 10 * 60,
  accessToken: HOUR,
  idToken: HOUR,
  interaction: HOUR,
} as const

/** The library's reasons at the token endpoint, as numbers. What it cannot know was checked before it was asked. */
const TOKEN_REASONS: readonly (readonly [RegExp, AadstsCode])[] = [
  [/already consumed|already used/, 54005],
  [/expired/, 70008],
  [/PKCE|code_verifier/, 501481],
  [/redirect_uri mismatch/, 50011],
  [/invalid secret/, 7000215],
  [/does not match the registered client authentication/, 7000218],
  [/client not found/, 700016],
  [/grant not found|grant is expired/, 65001],
]

const ERROR_CODES: Readonly<Record<string, AadstsCode>> = {
  login_required: 50058,
  account_selection_required: 50058,
  interaction_required: 50058,
  consent_required: 65001,
  access_denied: 65004,
  unsupported_response_type: 700054,
  invalid_scope: 70011,
  unauthorized_client: 700016,
  invalid_client: 7000215,
  invalid_grant: 70000,
  unsupported_grant_type: 70003,
  invalid_redirect_uri: 50011,
  server_error: 90033,
}

function codeOf(problem: OidcProblem): AadstsCode {
  const reason = `${problem.detail ?? ''} ${problem.description}`
  if (/code_challenge|PKCE/.test(reason) && problem.error === 'invalid_request') return 9002325
  // The pages were left standing until the session was over.
  if (problem.route === 'resume' && problem.error === 'invalid_request') return 81010
  if (problem.route === 'token') {
    const found = TOKEN_REASONS.find(([pattern]) => pattern.test(reason))
    if (found !== undefined) return found[1]
  }
  return ERROR_CODES[problem.error] ?? 9002313
}

/** The provider's questions, answered from the directory. */
export function createProviderPolicy(system: EntraSystem): OidcPolicy {
  const { store, clock } = system

  const worded = (problem: OidcProblem): AadstsError =>
    aadsts(clock, codeOf(problem), { reason: sentence(problem.description), clientId: '', app: '' }, problem.error)

  /** FID-ENTRA-SIGNIN-14: `wids`, template ids of directory roles, for applications whose manifest asks for them. */
  function rolesClaim(user: DirectoryUser, clientId: string): { readonly wids?: readonly string[] } {
    if (applicationByAppId(store, clientId)?.groupMembershipClaims !== 'DirectoryRole') return {}
    const wids = store.find('directoryRoles', 'user', user.id).map(({ roleTemplateId }) => roleTemplateId)
    return wids.length === 0 ? {} : { wids }
  }

  const accountOf = (accountId: string): DirectoryUser | undefined => liveAccount(store, accountId)

  return {
    cookiePrefix: system.name,
    routes: ROUTES,
    scopes: DELEGATED_PERMISSIONS.map((each) => each.value),
    claims: CLAIMS,
    lifetimes: LIFETIMES,

    findClient(clientId) {
      const application = applicationByAppId(store, clientId)
      if (application === undefined) return undefined
      const redirectUris = replyAddressesOf(application)
      if (redirectUris.length === 0) return undefined
      const kind = application.secrets.length > 0 ? 'confidential' : 'public'
      return { clientId, name: application.displayName, redirectUris, kind }
    },

    async verifySecret(clientId, secret) {
      const now = clock.iso()
      const digest = hashSecret(secret)
      const secrets = applicationByAppId(store, clientId)?.secrets ?? []
      return secrets.some((each) => each.hash === digest && (each.endDateTime === undefined || each.endDateTime > now))
    },

    isRedirectAllowed(clientId, redirectUri) {
      const application = applicationByAppId(store, clientId)
      return application !== undefined && isReplyAddress(application, redirectUri, system.urls)
    },

    isOriginAllowed(clientId, given) {
      const pages = applicationByAppId(store, clientId)?.spa.redirectUris ?? []
      return pages.some((each) => comparableReply(given) === new URL(comparableReply(each)).origin)
    },

    claimsOf(accountId, clientId) {
      const user = accountOf(accountId)
      if (user === undefined) return undefined
      return {
        ver: '2.0',
        tid: user.tenantId,
        oid: user.id,
        name: user.displayName,
        preferred_username: user.userPrincipalName,
        ...(user.mail === undefined ? {} : { email: user.mail }),
        ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
        ...(user.surname === undefined ? {} : { family_name: user.surname }),
        ...rolesClaim(user, clientId),
      }
    },

    subjectOf,
    accessTokenClaims: (accountId, clientId, scopes) => accessTokenClaims(store, accountId, clientId, scopes),
    accountStamp: (accountId) => accountStampOf(store, accountId),

    suits(accountId, request, place) {
      const user = accountOf(accountId)
      if (user === undefined) return false
      const realm = readRealm(store, place.realm)
      if (realm.kind === 'tenant' && realm.tenant.id !== user.tenantId) return false
      if (request.loginHint === undefined) return true
      const hinted = accountByName(store, request.loginHint)
      return hinted === undefined || hinted.id === accountId
    },

    isRefused(accountId, request, place) {
      const user = accountOf(accountId)
      if (user === undefined) return false
      return judgeAccess(store, user, request.clientId, readRealm(store, place.realm)).kind === 'refused'
    },

    grantedScopes(accountId, request: OidcRequest) {
      const user = accountOf(accountId)
      return user === undefined ? undefined : grantedScopes(store, user, request.clientId, request.scopes)
    },

    interactionPath: (uid: string, place: OidcPlace) => `/${place.realm}/login/${uid}`,

    describeProblem(problem) {
      if (problem.description.startsWith('AADSTS'))
        return { error: problem.error, error_description: problem.description }
      const error = worded(problem)
      return problem.route === 'token' || problem.route === 'userinfo'
        ? jsonOf(error)
        : { error: error.error, error_description: descriptionOf(error) }
    },

    renderProblem: (problem) => renderPage(<ErrorPage frame={frameOf(system, '/')} error={worded(problem)} />),

    renderFormPost: (action, fields) =>
      renderPage(<FormPostPage frame={frameOf(system, '/')} action={action} fields={fields} />),
  }
}

function sentence(text: string): string {
  if (text === '') return ''
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}
