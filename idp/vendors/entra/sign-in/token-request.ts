import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import type { OidcTrace } from '#idp/protocols/oidc/models.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts } from './aadsts.ts'
import { judgeAccess, judgeAudience } from './access.ts'
import { liveAccount } from './accounts.ts'
import { grantedScopes } from './consent-rules.ts'
import { readScopes } from './permissions.ts'
import type { Realm } from './tenancy.ts'

/** What becomes of a token request before the provider sees it. */
export type TokenReading =
  | {
      readonly kind: 'proceed'
      /** Tenant of the account: its issuer goes into the ID token. `undefined` where the provider is to refuse by itself. */
      readonly tenantId: string | undefined
      readonly params: URLSearchParams
    }
  | { readonly kind: 'refused'; readonly error: AadstsError }

/** Credentials of a client from the `Authorization` header or the form (RFC 6749 §2.3.1). */
export function clientOf(
  params: URLSearchParams,
  authorization: string | undefined,
): { readonly clientId: string; readonly secret: string | undefined } {
  const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1]
  if (basic === undefined) {
    return { clientId: params.get('client_id') ?? '', secret: params.get('client_secret') ?? undefined }
  }
  const [name = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { clientId: decoded(name), secret: decoded(rest.join(':')) }
}

/** A name that is not percent-encoded after all is compared as it stands, and belongs to nobody. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/**
 * Check what the provider cannot know: the tenant of the address against that of the account, whether the account and the app
 * may still be used, why a code or refresh token is no good any more. What remains (the code itself, PKCE, the secret) is the
 * provider's.
 */
export async function readTokenRequest(
  system: EntraSystem,
  oidc: OidcService,
  realm: Realm,
  given: URLSearchParams,
  authorization: string | undefined,
): Promise<TokenReading> {
  const refuse = (code: AadstsCode, values: Readonly<Record<string, string>> = {}, as?: string): TokenReading => ({
    kind: 'refused',
    error: aadsts(system.clock, code, { tenant: realm.segment, ...values }, as),
  })
  const grantType = given.get('grant_type')
  if (grantType === null) return refuse(900144, { name: 'grant_type' })
  const field =
    grantType === 'refresh_token' ? 'refresh_token' : grantType === 'authorization_code' ? 'code' : undefined
  if (field === undefined) return refuse(70003, { grantType })

  const { clientId, secret } = clientOf(given, authorization)
  if (clientId === '') return refuse(900144, { name: 'client_id' })
  const application = applicationByAppId(system.store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') {
    return refuse(audience.kind === 'refused' ? audience.code : 700016, {
      clientId,
      app: application?.displayName ?? '',
    })
  }
  const secretRule = judgeSecret(application, secret !== undefined, system.clock.iso())
  if (secretRule !== undefined) return refuse(secretRule, { clientId })

  const value = given.get(field)
  if (value === null) return refuse(900144, { name: field })
  const trace = await oidc.trace(field === 'code' ? 'AuthorizationCode' : 'RefreshToken', value)
  if (trace?.accountId === undefined || trace.clientId !== clientId) return refuse(70000)
  const user = liveAccount(system.store, trace.accountId)
  if (user === undefined) return refuse(50034, { user: 'of this grant', tenant: realm.segment })
  if (!user.accountEnabled) return refuse(50057)
  if (realm.kind === 'tenant' && realm.tenant.id !== user.tenantId) return refuse(700005)
  const lost = reasonOf(trace, field)
  if (lost !== undefined) return refuse(lost)

  const access = judgeAccess(system.store, user, clientId, realm)
  if (access.kind === 'refused') {
    return refuse(
      access.code,
      { clientId, app: application.displayName, user: user.userPrincipalName },
      'invalid_grant',
    )
  }
  if (grantedScopes(system.store, user, clientId, []) === undefined) return refuse(65001, { clientId }, 'invalid_grant')

  const params = new URLSearchParams(given)
  const scope = given.get('scope')
  if (scope !== null) {
    const reading = readScopes(scope, application.requiredScopes)
    if (reading.kind === 'unknown') return refuse(70011, { scope: reading.scope })
    params.set('scope', reading.scopes.join(' '))
  }
  return { kind: 'proceed', tenantId: user.tenantId, params }
}

/** Whether the application's secret is missing, or none of its secrets counts any more. Which one was sent is compared elsewhere. */
export function judgeSecret(application: Application, hasSecret: boolean, now: string): AadstsCode | undefined {
  if (application.secrets.length === 0) return undefined
  if (!hasSecret) return 7000218
  const live = application.secrets.some((each) => each.endDateTime === undefined || each.endDateTime > now)
  return live ? undefined : 7000222
}

function reasonOf(trace: OidcTrace, field: 'code' | 'refresh_token'): AadstsCode | undefined {
  if (trace.state === 'expired') return field === 'code' ? 70008 : 700082
  return trace.state === 'revoked' ? 50173 : undefined
}
