import type { Clock } from '#kit/clock.ts'
import { lettersOf } from '#kit/ids.ts'
import { randomToken } from '#kit/secrets.ts'
import { appUserOf } from '../assignments/settle.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import { ExpressionError } from '../expression/error.ts'
import { evaluateExpression } from '../expression/evaluate.ts'
import { groupIdsOf } from '../groups/membership.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { passesGroupFilter } from '../saml/group-filter.ts'
import { type OidcApp, userNameIn } from './clients.ts'
import type { OAuthClaim } from './records.ts'
import { claimsOfServer, type Issuer } from './servers.ts'

type Claims = Readonly<Record<string, unknown>>

/** Claims every ID token has, whatever it was asked for. */
export const IDENTITY_CLAIMS = ['sub', 'ver', 'jti', 'auth_time', 'amr', 'idp', 'at_hash'] as const

/** Claims of the protocol's scopes (reference sheet 6.1), as userinfo has them. */
export const STANDARD_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  openid: IDENTITY_CLAIMS,
  profile: [
    'name',
    'nickname',
    'preferred_username',
    'given_name',
    'middle_name',
    'family_name',
    'profile',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number'],
}

/** Those of them an ID token keeps that comes with an access token: the rest is for userinfo. */
const WITH_ACCESS_TOKEN: ReadonlySet<string> = new Set([...IDENTITY_CLAIMS, 'name', 'preferred_username', 'email'])

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Members without a value are left out. */
function present(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}

/** What the org knows of a person, under the protocol's names. */
function standardClaims({ profile, lastUpdated }: OktaUser): Claims {
  const { firstName, lastName, login, email } = profile
  const address = present({
    street_address: text(profile['streetAddress']),
    locality: text(profile['city']),
    region: text(profile['state']),
    postal_code: text(profile['zipCode']),
    country: text(profile.countryCode),
  })
  return present({
    name: `${firstName} ${lastName}`,
    nickname: text(profile['nickName']),
    preferred_username: login,
    given_name: firstName,
    middle_name: text(profile['middleName']),
    family_name: lastName,
    profile: text(profile['profileUrl']),
    zoneinfo: text(profile['timezone']) ?? 'America/Los_Angeles',
    locale: text(profile['locale'])?.replace('_', '-') ?? 'en_US',
    updated_at: Math.floor(Date.parse(lastUpdated) / 1000),
    email,
    email_verified: true,
    address: Object.keys(address).length === 0 ? undefined : address,
    phone_number: text(profile['primaryPhone']),
  })
}

export interface ClaimFacts {
  readonly reader: OktaReader
  readonly clock: Clock
  readonly issuer: Issuer
  readonly app: OidcApp
  /** Absent: the client itself. */
  readonly user?: OktaUser
}

/** Whether a token with these scopes has the claim. */
function isWanted({ scopes }: OAuthClaim, granted: readonly string[]): boolean {
  return scopes.length === 0 || scopes.some((scope) => granted.includes(scope))
}

/** Value of a claim somebody has made; `undefined`: left out, as where an expression fails or gives nothing. */
function claimValue({ reader, clock, app, user }: ClaimFacts, claim: OAuthClaim): unknown {
  if (claim.valueType === 'GROUPS') {
    if (user === undefined) return undefined
    return groupNames(reader, user.id, (name) =>
      passesGroupFilter(claim.groupFilter ?? 'starts-with', claim.value, name),
    )
  }
  const account = user === undefined ? undefined : appUserOf(reader, app.id, user.id)
  const scope = expressionScope(reader, clock, {
    app,
    ...(user === undefined ? {} : { user }),
    ...(account === undefined ? {} : { account: { ...account.profile, userName: account.userName } }),
  })
  try {
    const value = evaluateExpression(claim.value, scope)
    return value === null || value === '' ? undefined : value
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function groupNames(reader: OktaReader, userId: string, passes: (name: string) => boolean): readonly string[] {
  return groupIdsOf(reader, userId)
    .flatMap((id) => reader.get('groups', id)?.name ?? [])
    .filter(passes)
}

/** Claims of a custom server for one kind of token. */
function customClaims(
  facts: ClaimFacts,
  claimType: OAuthClaim['claimType'],
  passes: (claim: OAuthClaim) => boolean,
): Claims {
  const claims = claimsOfServer(facts.reader, facts.issuer.id).filter(
    (claim) =>
      claim.claimType === claimType && claim.status === 'ACTIVE' && claim.valueType !== 'SYSTEM' && passes(claim),
  )
  return present(Object.fromEntries(claims.map((claim) => [claim.name, claimValue(facts, claim)])))
}

/** The groups claim of an app at the org server, with the scope `groups`. */
function orgGroups({ reader, app, user, issuer }: ClaimFacts): Claims {
  const { groupsClaim } = app.oidc
  if (issuer.server !== undefined || groupsClaim === undefined || user === undefined) return {}
  const { name, filter, value } = groupsClaim
  return { [name]: groupNames(reader, user.id, (group) => passesGroupFilter(filter, value, group)) }
}

/**
 * Claims of a person for an ID token or userinfo, all of them; the scopes that release them filter afterwards. An ID token comes with
 * an access token here, so it has the short form: the rest is for userinfo.
 */
export function identityClaims(
  facts: ClaimFacts & { readonly user: OktaUser },
  use: 'id_token' | 'userinfo',
  signIn: { readonly authTime?: number; readonly methods: readonly string[] },
): Claims {
  const { user, reader } = facts
  const standard = standardClaims(user)
  const custom = customClaims(facts, 'IDENTITY', ({ alwaysInclude }) => use === 'userinfo' || alwaysInclude)
  if (use === 'userinfo') return { sub: user.id, ...standard, ...orgGroups(facts), ...custom }
  return {
    ...Object.fromEntries(Object.entries(standard).filter(([name]) => WITH_ACCESS_TOKEN.has(name))),
    ...orgGroups(facts),
    ...custom,
    sub: user.id,
    ver: 1,
    jti: `ID.${randomToken(24)}`,
    amr: signIn.methods.length === 0 ? ['pwd'] : signIn.methods,
    idp: reader.get('org', 'org')?.id ?? lettersOf('org', '00o', 17),
    ...(signIn.authTime === undefined ? {} : { auth_time: signIn.authTime }),
  }
}

/** Which claims which scope releases at a server: those of the protocol, and its own. */
export function claimsByScope(reader: OktaReader, serverId: string): Readonly<Record<string, readonly string[]>> {
  const released = new Map(Object.entries(STANDARD_CLAIMS).map(([scope, claims]) => [scope, [...claims]]))
  const release = (scope: string, claim: string): void => {
    released.set(scope, [...(released.get(scope) ?? []), claim])
  }
  for (const { claimType, name, scopes } of claimsOfServer(reader, serverId)) {
    if (claimType !== 'IDENTITY') continue
    for (const scope of scopes.length === 0 ? ['openid'] : scopes) release(scope, name)
  }
  for (const [, app] of reader.entries('apps')) {
    const name = app.oidc?.groupsClaim?.name
    if (name !== undefined) release('groups', name)
  }
  return Object.fromEntries(released)
}

/** Claims of an access token, but for its times and identifier: of a person, or of the client itself. */
export function accessClaims(facts: ClaimFacts, scopes: readonly string[], authTime?: number): Claims {
  const { app, issuer, reader, user } = facts
  const custom = customClaims(facts, 'RESOURCE', (claim) => isWanted(claim, scopes))
  return {
    ...custom,
    ver: 1,
    iss: issuer.issuer,
    aud: issuer.server?.audience ?? issuer.issuer,
    cid: app.id,
    ...(user === undefined ? {} : { uid: user.id }),
    scp: [...scopes],
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    // A claim of one's own may take its place; who the token speaks of cannot be left out.
    sub:
      typeof custom['sub'] === 'string'
        ? custom['sub']
        : user === undefined
          ? app.id
          : userNameIn(reader, app.id, user),
  }
}
