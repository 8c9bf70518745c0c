import type { Response } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { appInTenant, liveAccount } from '../../sign-in/accounts.ts'
import { GRAPH_APP_ID, GRAPH_RESOURCE, resourceIssuerOf } from '../../sign-in/tokens/resources.ts'
import type { GraphDeps, GraphPlace, GraphVersion } from '../graph-call.ts'

/** A call in the name of a person, by an application that holds these delegated permissions. */
export interface PersonCall extends GraphPlace {
  readonly person: DirectoryUser
  /** `scp` of the token: `User.Read`, `User.ReadBasic.All` … */
  readonly permissions: readonly string[]
}

const AUDIENCES: readonly unknown[] = [GRAPH_APP_ID, GRAPH_RESOURCE]

/**
 * Whom a token stands for that was signed here and has not expired: its grant not revoked, the person neither blocked nor deleted
 * nor with another password since, the application still in the tenant and enabled.
 *
 * @param claims Of the token. @returns why it is refused, in words, when it is.
 */
export async function readPersonToken(
  { system: { store, origin }, oidc }: GraphDeps,
  version: GraphVersion,
  token: string,
  claims: Readonly<Record<string, unknown>>,
): Promise<PersonCall | string> {
  const { aud, iss, tid, oid, appid, scp } = claims
  if (!AUDIENCES.includes(aud)) return 'Access token validation failure. Invalid audience.'
  const person = typeof oid === 'string' ? liveAccount(store, oid) : undefined
  const tenant = person === undefined ? undefined : store.get('tenants', person.tenantId)
  if (person === undefined || tenant === undefined || tid !== tenant.id || iss !== resourceIssuerOf(tenant.id)) {
    return 'The user of the token could not be found.'
  }
  if (!person.accountEnabled) return 'The user account of the token is disabled.'
  const app = typeof appid === 'string' ? appInTenant(store, appid, tenant.id) : undefined
  if (app === undefined || (app.principal === undefined && !app.application.firstParty)) {
    return 'Access token validation failure. The application is not known to the tenant of the token.'
  }
  if (app.principal?.accountEnabled === false) return 'The application of the token is disabled.'
  if (!(await oidc.isAccessTokenLive(token))) return 'The access token has been revoked.'
  const permissions = typeof scp === 'string' ? scp.split(' ').filter(Boolean) : []
  return { person, permissions, tenant, version, base: `${origin}/${version}` }
}

/** The call that is being answered, when it is in the name of a person. */
export function personCallOf(res: Response): PersonCall | undefined {
  return res.locals['graphPersonCall'] as PersonCall | undefined
}
