import type { Application, OptionalClaim, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import { groupsToldTo, isToldRoles, MOST_GROUPS, roleValuesOf } from './memberships.ts'

/** Whose groups and roles a token tells, and to whom. */
export interface MembershipQuestion {
  readonly userId: string
  /** The client of an ID token, the resource of an access token. */
  readonly application: Application
  /** What stands for it in the person's tenant. */
  readonly principal: ServicePrincipal | undefined
  /** The token's optional claims: an entry `groups` says in which form. */
  readonly optional: readonly OptionalClaim[] | undefined
}

/**
 * `roles`, `groups` and `wids`, each left out when empty. In place of too many groups the token names where they are asked for
 * (OpenID Connect Core §5.6.2, distributed claims).
 */
export function membershipClaims(
  { store, origin }: Pick<EntraSystem, 'store' | 'origin'>,
  { userId, application, principal, optional }: MembershipQuestion,
): Readonly<Record<string, unknown>> {
  const form = optional?.find(({ name }) => name === 'groups')?.additionalProperties ?? []
  const groups = groupsToldTo(store, userId, application, principal)
  const names = groups.map(({ id, displayName }) => (form.includes('cloud_displayname') ? displayName : id))
  const asRoles = form.includes('emit_as_roles')
  const held = principal === undefined ? [] : roleValuesOf(store, userId, principal)
  const isTooMany = groups.length > MOST_GROUPS
  const roles = asRoles && !isTooMany ? [...held, ...names] : held
  const wids = isToldRoles(application)
    ? store.find('directoryRoles', 'user', userId).map(({ roleTemplateId }) => roleTemplateId)
    : []
  return {
    ...(roles.length === 0 ? {} : { roles }),
    ...(isTooMany ? overage(asRoles ? 'roles' : 'groups', `${origin}/v1.0/users/${userId}/getMemberObjects`) : {}),
    ...(isTooMany || asRoles || names.length === 0 ? {} : { groups: names }),
    ...(wids.length === 0 ? {} : { wids }),
  }
}

function overage(claim: string, endpoint: string): Readonly<Record<string, unknown>> {
  return { _claim_names: { [claim]: 'src1' }, _claim_sources: { src1: { endpoint } } }
}
