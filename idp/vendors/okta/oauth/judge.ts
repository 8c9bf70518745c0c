import type { OktaReader, OktaUser } from '../collections.ts'
import { isMember } from '../groups/membership.ts'
import { isAssigned, type OidcApp } from './clients.ts'
import { type OAuthError, oauthError } from './oauth-error.ts'
import type { AccessPolicy, AccessRule, GrantType } from './records.ts'
import { type Issuer, policiesOf, rulesOf } from './servers.ts'

/** What is asked of an authorization server. */
export interface TokenAsk {
  readonly app: OidcApp
  readonly grantType: GrantType
  readonly scopes: readonly string[]
  /** Absent: the client asks for itself. */
  readonly user?: OktaUser
}

export type Judgement =
  /** `rule`: the one that decided; absent for the org server, which has none. */
  | { readonly kind: 'allowed'; readonly rule?: AccessRule }
  | { readonly kind: 'not-assigned' }
  | { readonly kind: 'no-policy' }

/** The refusals, as applications and the System Log get them. */
export const REFUSALS = {
  'not-assigned': {
    ...oauthError('access_denied', 'User is not assigned to the client application.'),
    reason: 'user_not_assigned',
  },
  'no-policy': {
    ...oauthError(
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    ),
    reason: 'no_matching_policy',
  },
} as const satisfies Readonly<Record<string, OAuthError>>

/**
 * Whether a client gets what it asks for: the person is assigned to the app, and on a custom server the first active rule that fits, of
 * the first active policy that is for the client, allows it. A rule fits when it names the grant, every asked-for scope and the
 * person; `offline_access` and refreshing go with the grant they began with.
 */
export function judge(reader: OktaReader, { id, server }: Issuer, ask: TokenAsk): Judgement {
  const { app, user } = ask
  if (user !== undefined && !isAssigned(reader, app, user.id)) return { kind: 'not-assigned' }
  if (server === undefined) return { kind: 'allowed' }
  for (const policy of policiesOf(reader, id)) {
    if (policy.status !== 'ACTIVE' || !isFor(policy, app.id)) continue
    const rule = rulesOf(reader, policy.id).find((each) => fits(reader, each, ask))
    if (rule !== undefined) return { kind: 'allowed', rule }
  }
  return { kind: 'no-policy' }
}

function isFor({ clients }: AccessPolicy, clientId: string): boolean {
  return clients === 'ALL_CLIENTS' || clients.includes(clientId)
}

function fits(reader: OktaReader, rule: AccessRule, { grantType, scopes, user }: TokenAsk): boolean {
  if (rule.status !== 'ACTIVE') return false
  const grant = grantType === 'refresh_token' ? 'authorization_code' : grantType
  if (!rule.grantTypes.includes(grant)) return false
  const { scopes: allowed, people } = rule
  if (allowed !== 'ANY' && !scopes.every((scope) => allowed.includes(scope))) return false
  if (user === undefined || people === 'EVERYONE') return true
  return people.users.includes(user.id) || people.groups.some((groupId) => isMember(reader, groupId, user.id))
}

const MINUTE = 60

/** What a decision means for the tokens: wall seconds of the access token, virtual seconds of a refresh token. */
export function lifetimesOf(judgement: Extract<Judgement, { kind: 'allowed' }>): {
  readonly accessSeconds: number
  readonly refreshSeconds: number
} {
  const { rule } = judgement
  // The org server: an hour, and a hundred days.
  if (rule === undefined) return { accessSeconds: 60 * MINUTE, refreshSeconds: 100 * 24 * 60 * MINUTE }
  const windowSeconds = rule.refreshTokenWindowMinutes * MINUTE
  const refreshSeconds =
    rule.refreshTokenMinutes === 0 ? windowSeconds : Math.min(windowSeconds, rule.refreshTokenMinutes * MINUTE)
  return { accessSeconds: rule.accessTokenMinutes * MINUTE, refreshSeconds }
}
