import type { Response } from 'express'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { EntraSystem, Tenant } from '../collections.ts'
import { type Actor, permissionNeeded } from '../commands/actor.ts'
import { type ApplicationPermission, holdsPermission } from '../commands/application-permissions.ts'
import type { ProvisioningService } from '../provisioning/service.ts'
import { insufficientPrivileges } from './graph-error.ts'

/** What the Graph routes live on. */
export interface GraphDeps {
  readonly system: EntraSystem
  readonly provisioning: ProvisioningService
  readonly oidc: OidcService
}

export type GraphVersion = 'v1.0' | 'beta'

/** Where a call whose token was accepted is about. */
export interface GraphPlace {
  readonly tenant: Tenant
  readonly version: GraphVersion
  /** Address in front of every path: `http://localhost:4100/v1.0`. Contexts and links begin with it. */
  readonly base: string
}

/** A call of an application by itself. */
export interface GraphCall extends GraphPlace {
  readonly actor: Extract<Actor, { kind: 'application' }>
}

/**
 * The call that is being answered, if it holds one of these permissions. Its actor keeps those that count for this call and
 * no others: what was given for one purpose opens nothing else. Called first by every route.
 *
 * @throws {Refusal} `permission_needed` (403). @throws {Error} for a route that is not behind the authentication: a bug.
 */
export function admit(res: Response, needed: readonly ApplicationPermission[]): GraphCall {
  const call = callOf(res)
  if (!holdsPermission(call.actor.permissions, needed)) throw permissionNeeded(needed)
  const permissions = call.actor.permissions.filter((held) => needed.includes(held))
  return { ...call, actor: { ...call.actor, permissions } }
}

/**
 * The call that is being answered. One in the name of a person gets here only by routes that are not open to people.
 * @throws {GraphError} `Authorization_RequestDenied` (403).
 */
export function callOf(res: Response): GraphCall {
  if (res.locals['graphPersonCall'] !== undefined) throw insufficientPrivileges()
  const call: unknown = res.locals['graphCall']
  if (call === undefined) throw new Error('A Graph route was reached without authentication.')
  return call as GraphCall
}

/** `#users/$entity` and the like, as the member every answer begins with. */
export function contextOf({ base }: Pick<GraphPlace, 'base'>, path: string): { readonly '@odata.context': string } {
  return { '@odata.context': `${base}/$metadata#${path}` }
}
