import type { DirectoryUser, OptionalClaim } from '#idp/core/directory/records.ts'
import type { OidcAuthentication } from '#idp/protocols/oidc/policy.ts'

/** What optional claims are made of. */
export interface ClaimSource {
  readonly user: DirectoryUser
  readonly authentication: OidcAuthentication
}

/** Language tokens name for people who have chosen none. */
const USUAL_LANGUAGE = 'en'

/** The region of every tenant here. */
const TENANT_REGION = 'EU'

type Claim = (source: ClaimSource, claim: OptionalClaim) => unknown

/** Claims an application may ask for in its manifest (optional claims reference), and where they come from. */
const OPTIONAL: Readonly<Record<string, Claim>> = {
  acct: ({ user }) => (user.userType === 'Guest' ? 1 : 0),
  auth_time: ({ authentication }) => authentication.authTime,
  ctry: ({ user }) => user.country,
  email: ({ user }) => user.mail,
  family_name: ({ user }) => user.surname,
  given_name: ({ user }) => user.givenName,
  idtyp: () => 'user',
  // FID-ENTRA-TOKENS-5: everybody is on this machine.
  ipaddr: () => '127.0.0.1',
  login_hint: ({ user }) => loginHintOf(user),
  preferred_username: ({ user }) => user.userPrincipalName,
  sid: ({ authentication }) => authentication.sessionId,
  tenant_region_scope: () => TENANT_REGION,
  upn: ({ user }) => user.userPrincipalName,
  verified_primary_email: ({ user }) => (user.mail === undefined ? undefined : [user.mail]),
  xms_pl: ({ user }) => user.preferredLanguage ?? USUAL_LANGUAGE,
  xms_tpl: () => USUAL_LANGUAGE,
}

/** Names of all of them. */
export const OPTIONAL_CLAIMS: readonly string[] = Object.keys(OPTIONAL)

/** The claims asked for that there is a value for. `groups` is not one of them: it shapes another claim. */
export function optionalClaims(
  asked: readonly OptionalClaim[] | undefined,
  source: ClaimSource,
): Readonly<Record<string, unknown>> {
  const claims: Record<string, unknown> = {}
  for (const claim of asked ?? []) {
    const value = OPTIONAL[claim.name]?.(source, claim)
    if (value !== undefined) claims[claim.name] = value
  }
  return claims
}

/**
 * An opaque hint that leads back to the account when an application sends it on: at sign-in the account need not be chosen, at sign-out
 * neither. It is no credential.
 */
export function loginHintOf({ id, tenantId, userPrincipalName }: DirectoryUser): string {
  return `O.${Buffer.from(JSON.stringify([id, tenantId, userPrincipalName])).toString('base64url')}`
}

/** The account's name in a hint of {@link loginHintOf}; what is none is a name itself. */
export function nameInHint(hint: string): string {
  if (!hint.startsWith('O.')) return hint
  try {
    const parts: unknown = JSON.parse(Buffer.from(hint.slice(2), 'base64url').toString())
    return Array.isArray(parts) && typeof parts[2] === 'string' ? parts[2] : hint
  } catch {
    return hint
  }
}
