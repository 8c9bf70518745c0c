import type { DirectoryUser, OptionalClaim } from '#idp/core/directory/records.ts'
import type { OidcAuthentication, OidcClaimsUse } from '#idp/protocols/oidc/policy.ts'
import type { EntraSystem } from '../../collections.ts'
import { appInTenant, liveAccount } from '../accounts.ts'
import { NAMED_NOTE } from './access-token-claims.ts'
import { membershipClaims } from './group-claims.ts'
import { OPTIONAL_CLAIMS, optionalClaims } from './optional-claims.ts'

/**
 * Claims by the scope that releases them (ID token claims reference). What an application asks for in its manifest, roles and groups come
 * with any ID token.
 */
export const CLAIMS = {
  openid: [
    'sub',
    'tid',
    'ver',
    'amr',
    'unique_name',
    'roles',
    'groups',
    'wids',
    '_claim_names',
    '_claim_sources',
    ...OPTIONAL_CLAIMS.filter((name) => name !== 'preferred_username'),
  ],
  profile: ['name', 'preferred_username', 'oid'],
} as const

/**
 * What an ID token or the userinfo endpoint says of a person to one application; `undefined` when there is no such person. Userinfo is what
 * the profile says, whatever the application's manifest asks for.
 */
export function personClaims(
  system: Pick<EntraSystem, 'store' | 'origin'>,
  accountId: string,
  clientId: string,
  { use, scopes, authentication, place }: OidcClaimsUse,
): Readonly<Record<string, unknown>> | undefined {
  const { store } = system
  const user = liveAccount(store, accountId)
  if (user === undefined) return undefined
  const known = appInTenant(store, clientId, user.tenantId)
  const email = user.mail !== undefined && scopes.includes('email') ? { email: user.mail } : {}
  if (use === 'userinfo') {
    const names = scopes.includes('profile') ? optionalClaims(PROFILE_NAMES, { user, authentication }) : {}
    return { name: user.displayName, ...names, ...email }
  }
  const optional = known?.application.optionalClaims?.idToken
  const isFirst = place.exchange?.notes?.[NAMED_NOTE] !== undefined
  return {
    ...(isFirst ? versionOne(user, authentication) : versionTwo(user)),
    tid: user.tenantId,
    oid: user.id,
    name: user.displayName,
    ...(isFirst ? {} : email),
    ...optionalClaims(optional, { user, authentication }),
    ...(known === undefined ? {} : membershipClaims(system, { userId: user.id, ...known, optional })),
  }
}

function versionTwo({ userPrincipalName }: DirectoryUser): Readonly<Record<string, unknown>> {
  return { ver: '2.0', preferred_username: userPrincipalName }
}

/** What ID tokens of version 1 say without being asked (ID token claims reference; OpenID Connect code flow of version 1). */
function versionOne(user: DirectoryUser, authentication: OidcAuthentication): Readonly<Record<string, unknown>> {
  const { methods } = authentication
  return {
    ver: '1.0',
    ...(methods.length === 0 ? {} : { amr: methods }),
    ...optionalClaims(VERSION_ONE_NAMES, { user, authentication }),
    unique_name: user.userPrincipalName,
  }
}

const named = (names: readonly string[]): readonly OptionalClaim[] =>
  names.map((name) => ({ name, essential: false, additionalProperties: [] }))

const VERSION_ONE_NAMES = named(['family_name', 'given_name', 'ipaddr', 'upn'])

/** Userinfo tells these without being asked in a manifest. */
const PROFILE_NAMES = named(['given_name', 'family_name'])
