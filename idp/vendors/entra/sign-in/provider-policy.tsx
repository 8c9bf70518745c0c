import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { OidcPlace, OidcPolicy, OidcProblem, OidcRequest } from '#idp/protocols/oidc/policy.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../collections.ts'
import { samlClient } from '../saml/client.ts'
import { type AadstsCode, type AadstsError, aadsts, descriptionOf, jsonOf } from './aadsts.ts'
import { judgeAccess } from './access.ts'
import { accountByName, accountStampOf, liveAccount, subjectOf } from './accounts.ts'
import { DEFAULT_SCOPE, grantedScopes, isDefaultHeld } from './consent-rules.ts'
import { CORRELATION } from './correlation.ts'
import { DEVICE_REALM, devicePages } from './device/device-policy.tsx'
import { frameOf } from './frame.ts'
import { ErrorPage } from './pages/error-page.tsx'
import { FormPostPage } from './pages/form-post-page.tsx'
import { DELEGATED_PERMISSIONS } from './permissions.ts'
import { comparableReply, isReplyAddress, replyAddressesOf } from './reply-addresses.ts'
import { LACK_WORDS, type SignInLack, signInChecks } from './states/judge-sign-in.ts'
import { type Realm, readRealm } from './tenancy.ts'
import { accessTokenClaims, NAMED_NOTE } from './tokens/access-token-claims.ts'
import { clientInfoOf } from './tokens/client-info.ts'
import { CLAIMS, personClaims } from './tokens/id-token-claims.ts'
import { nameInHint } from './tokens/optional-claims.ts'
import { platformOf } from './tokens/platforms.ts'
import { firstTokenAnswer } from './version-one/answers.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** Paths behind the tenant segment; userinfo stands alone. */
export const ROUTES = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  jwks: '/discovery/v2.0/keys',
  userinfo: '/oidc/userinfo',
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
  [/redirect_uri mismatch/, 500112],
  [/invalid secret/, 7000215],
  [/does not match the registered client authentication/, 7000218],
  [/client not found/, 700016],
  [/grant not found|grant is expired/, 65001],
]

const ERROR_CODES: Readonly<Record<string, AadstsCode>> = {
  authorization_pending: 70016,
  expired_token: 70020,
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

/** Endpoints that answer programs. */
const JSON_ROUTES: readonly string[] = ['token', 'userinfo', 'device_authorization']

/** Stands for a reply address where an application has none. */
const NO_ADDRESS = 'http://localhost'

/** An application that can keep no secret, whatever its addresses are. */
function isPublic({ secrets, keyCredentials = [] }: Application): boolean {
  return secrets.length === 0 && keyCredentials.length === 0
}

/** OAuth errors that are called otherwise here. */
function errorOf({ error, route }: OidcProblem): string {
  return route === 'token' && error === 'access_denied' ? 'authorization_declined' : error
}

function codeOf(problem: OidcProblem): AadstsCode {
  const reason = `${problem.detail ?? ''} ${problem.description}`
  if (problem.error === 'authorization_pending') return 70016
  if (problem.error === 'expired_token') return 70020
  for (const [lack, words] of Object.entries(LACK_WORDS)) {
    if (problem.description.includes(words)) return Number(lack) as SignInLack
  }
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
    aadsts(clock, codeOf(problem), { reason: sentence(problem.description), clientId: '', app: '' }, errorOf(problem))

  /** A device's code is typed in at an address without a tenant; it was asked for at one that may have one. */
  const realmOf = (request: OidcRequest, place: OidcPlace): Realm =>
    readRealm(store, request.params[DEVICE_REALM] ?? place.realm)

  const accountOf = (accountId: string): DirectoryUser | undefined => liveAccount(store, accountId)

  return {
    cookiePrefix: system.name,
    routes: ROUTES,
    scopes: DELEGATED_PERMISSIONS.map((each) => each.value),
    claims: CLAIMS,
    lifetimes: LIFETIMES,
    faults: system.faults,

    findClient(clientId) {
      const application = applicationByAppId(store, clientId)
      if (application === undefined) return undefined
      const saml = samlClient(store, clientId, system.origin)
      if (saml !== undefined) return saml
      // Who only asks for itself, or for a device, has none; the provider wants one, and is never sent there.
      const [first = NO_ADDRESS, ...others] = replyAddressesOf(application)
      return { clientId, name: application.displayName, redirectUris: [first, ...others], kind: 'confidential' }
    },

    // Judged before the provider is asked: with the exchange it learns that the client is proven.
    verifySecret: () => Promise.resolve(false),

    isRedirectAllowed(clientId, redirectUri) {
      const saml = samlClient(store, clientId, system.origin)
      if (saml !== undefined) return saml.redirectUris.includes(redirectUri)
      const application = applicationByAppId(store, clientId)
      return application !== undefined && isReplyAddress(application, redirectUri, system.urls)
    },

    isOriginAllowed(clientId, given) {
      const pages = applicationByAppId(store, clientId)?.spa.redirectUris ?? []
      return pages.some((each) => comparableReply(given) === new URL(comparableReply(each)).origin)
    },

    claimsOf: (accountId, clientId, _place, about) => personClaims(system, accountId, clientId, about),
    subjectOf,
    accessTokenClaims: (accountId, clientId, scopes, about) =>
      accessTokenClaims(system, accountId, clientId, scopes, about),
    // The others stand in the provider's own list.
    isGrantedScope: (scope) => scope.includes('/'),
    isProofKeyRequired(clientId, redirectUri) {
      const application = applicationByAppId(store, clientId)
      return application === undefined || platformOf(application, redirectUri) === 'spa' || isPublic(application)
    },
    extraParams: ['client_info', DEVICE_REALM, CORRELATION, DEFAULT_SCOPE],
    authorizationExtras(accountId, { clientId, params }): Readonly<Record<string, string>> {
      const correlation = params[CORRELATION]
      // A single sign-on by SAML goes on under the name its steps had.
      if (correlation !== undefined && samlClient(store, clientId, system.origin) !== undefined) {
        return { [CORRELATION]: correlation }
      }
      const user = params['client_info'] === '1' ? accountOf(accountId) : undefined
      return user === undefined ? {} : { client_info: clientInfoOf(user) }
    },
    reviseTokenAnswer(answer, { accountId, place }) {
      const notes = place.exchange?.notes ?? {}
      const user = notes['client_info'] === '1' ? accountOf(accountId) : undefined
      const { expires_in: lifetime } = answer
      const revised = {
        ...answer,
        ...(notes['scope'] === undefined ? {} : { scope: notes['scope'] }),
        ext_expires_in: lifetime,
        ...(user === undefined ? {} : { client_info: clientInfoOf(user) }),
      }
      const named = notes[NAMED_NOTE]
      return named === undefined ? revised : firstTokenAnswer(revised, named)
    },
    withheldClaims: ['auth_time', 'amr'],
    exchangesAssertions: true,
    device: devicePages(system, worded),
    accountStamp: (accountId) => accountStampOf(store, accountId),

    signInChecks: signInChecks(store, clock),
    suits(accountId, request, place) {
      const user = accountOf(accountId)
      if (user === undefined) return false
      const realm = realmOf(request, place)
      if (realm.kind === 'tenant' && realm.tenant.id !== user.tenantId) return false
      if (request.loginHint === undefined) return true
      const hinted = accountByName(store, nameInHint(request.loginHint))
      return hinted === undefined || hinted.id === accountId
    },

    isRefused(accountId, request, place) {
      const user = accountOf(accountId)
      if (user === undefined) return false
      return judgeAccess(store, user, request.clientId, realmOf(request, place)).kind === 'refused'
    },

    grantedScopes(accountId, request: OidcRequest) {
      const { clientId, scopes, params } = request
      const user = accountOf(accountId)
      const granted = user === undefined ? undefined : grantedScopes(store, user, clientId, scopes)
      const application = applicationByAppId(store, clientId)
      if (granted === undefined || application === undefined) return granted
      // Nobody is asked for more; what was not consented to stays out of the tokens (token-request.ts).
      return isDefaultHeld(system, application, granted, params[DEFAULT_SCOPE])
        ? [...new Set([...granted, ...scopes])]
        : granted
    },

    interactionPath: (uid: string, place: OidcPlace) => `/${place.realm}/login/${uid}`,

    describeProblem(problem) {
      if (problem.description.startsWith('AADSTS'))
        return { error: problem.error, error_description: problem.description }
      const error = worded(problem)
      return JSON_ROUTES.includes(problem.route)
        ? jsonOf(error, system.origin)
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
