import type { EntraReader } from '../collections.ts'
import { appInTenant, liveAccount, subjectOf } from './accounts.ts'
import { GRAPH_APP_ID, resourceIssuerOf } from './client-credentials.ts'
import { grantedScopes } from './consent-rules.ts'

/** What `idtyp` says of a token that stands for a person; that of an application says `app`. */
export const PERSON_TOKEN = 'user'

/**
 * What an access token of a person says to Graph, the one resource there is (access token claims reference, version 1.0): the
 * person, the application, and as `scp` those of the asked-for permissions that are consented to at this moment. The token
 * keeps them until it expires.
 *
 * @throws for an account or application that is gone: a bug, nothing is issued to it.
 */
export function accessTokenClaims(
  reader: EntraReader,
  accountId: string,
  clientId: string,
  scopes: readonly string[],
): Readonly<Record<string, unknown>> {
  const user = liveAccount(reader, accountId)
  const app = user === undefined ? undefined : appInTenant(reader, clientId, user.tenantId)
  if (user === undefined || app === undefined) throw new Error('A token was asked for nobody.')
  const issuer = resourceIssuerOf(user.tenantId)
  const consented = grantedScopes(reader, user, clientId, scopes) ?? []
  return {
    aud: GRAPH_APP_ID,
    iss: issuer,
    acct: user.userType === 'Guest' ? 1 : 0,
    app_displayname: app.application.displayName,
    appid: clientId,
    appidacr: app.application.secrets.length > 0 ? '1' : '0',
    idp: issuer,
    idtyp: PERSON_TOKEN,
    name: user.displayName,
    ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
    ...(user.surname === undefined ? {} : { family_name: user.surname }),
    oid: user.id,
    // That a refresh token comes with it is no permission at the resource.
    scp: scopes.filter((scope) => scope !== 'offline_access' && consented.includes(scope)).join(' '),
    sub: subjectOf(user.id, GRAPH_APP_ID),
    tid: user.tenantId,
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    ver: '1.0',
    wids: reader.find('directoryRoles', 'user', user.id).map(({ roleTemplateId }) => roleTemplateId),
  }
}
