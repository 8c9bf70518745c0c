import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { OidcClaimsUse, OidcExchange } from '#idp/protocols/oidc/policy.ts'
import type { EntraSystem } from '../../collections.ts'
import { appInTenant, liveAccount, subjectOf } from '../accounts.ts'
import { grantedScopes } from '../consent-rules.ts'
import { issuerOf } from '../tenancy.ts'
import { membershipClaims } from './group-claims.ts'
import { optionalClaims } from './optional-claims.ts'
import { scopesFor } from './resource-scopes.ts'
import {
  apiInTenant,
  GRAPH,
  GRAPH_APP_ID,
  GRAPH_RESOURCE,
  type Resource,
  resourceIssuerOf,
  resourceNamed,
} from './resources.ts'

/** What `idtyp` says of a token that stands for a person; that of an application says `app`. */
export const PERSON_TOKEN = 'user'

/** How a client proved itself, as `appidacr` and `azpacr` tell it. */
export const PROOF_CODES = { none: '0', secret: '1', certificate: '2' } as const

/** The name under which an exchange notes the resource of its access token. */
export const RESOURCE_NOTE = 'resource'

/** The name under which an exchange at an endpoint of version 1 notes the resource as the request named it; others have no such note. */
export const NAMED_NOTE = 'named'

type ClaimSystem = Pick<EntraSystem, 'store' | 'origin'>

/**
 * What an access token of a person says to one resource (access token claims reference): the person, the application, and as `scp` those of
 * the asked-for permissions that are consented to at this moment. The token keeps them until it expires. Graph, and APIs that ask for no
 * version, get version 1.0.
 *
 * @throws for an account or application that is gone: a bug, nothing is issued to it.
 */
export function accessTokenClaims(
  system: ClaimSystem,
  accountId: string,
  clientId: string,
  scopes: readonly string[],
  about: OidcClaimsUse,
): Readonly<Record<string, unknown>> {
  const { store } = system
  const user = liveAccount(store, accountId)
  const client = user === undefined ? undefined : appInTenant(store, clientId, user.tenantId)
  if (user === undefined || client === undefined) throw new Error('A token was asked for nobody.')
  const named = about.place.exchange?.notes?.[RESOURCE_NOTE]
  const resource = (named === undefined ? undefined : resourceNamed(system, named)) ?? GRAPH
  const consented = new Set(grantedScopes(store, user, clientId, scopes))
  const allowed = scopes.filter((scope) => consented.has(scope))
  const token: PersonToken = { user, client: client.application, scopes: allowed, about }
  return resource.kind === 'graph' ? graphClaims(system, token) : apiClaims(system, token, resource)
}

interface PersonToken {
  readonly user: DirectoryUser
  readonly client: Application
  readonly scopes: readonly string[]
  readonly about: OidcClaimsUse
}

function graphClaims({ store }: ClaimSystem, token: PersonToken): Readonly<Record<string, unknown>> {
  const { user, scopes } = token
  return {
    aud: token.about.place.exchange?.notes?.[NAMED_NOTE] === undefined ? GRAPH_APP_ID : GRAPH_RESOURCE,
    ...versionOne(token),
    idtyp: PERSON_TOKEN,
    // That a refresh token comes with it is no permission at the resource, and what belongs to other resources neither.
    scp: scopes.filter((scope) => scope !== 'offline_access' && !scope.includes('/')).join(' '),
    sub: subjectOf(user.id, GRAPH_APP_ID),
    wids: store.find('directoryRoles', 'user', user.id).map(({ roleTemplateId }) => roleTemplateId),
  }
}

function apiClaims(
  system: ClaimSystem,
  token: PersonToken,
  resource: Extract<Resource, { kind: 'api' }>,
): Readonly<Record<string, unknown>> {
  const { user, scopes, about } = token
  const { application } = resource
  const optional = application.optionalClaims?.accessToken
  const isVersionTwo = application.api?.requestedAccessTokenVersion === 2
  return {
    aud: isVersionTwo ? application.appId : resource.named,
    ...(isVersionTwo ? versionTwo(system, token) : versionOne(token)),
    scp: scopesFor(resource, scopes)
      .map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
      .join(' '),
    sub: subjectOf(user.id, application.appId),
    ...optionalClaims(optional, { user, authentication: about.authentication }),
    ...membershipClaims(system, {
      userId: user.id,
      application,
      principal: apiInTenant(system.store, application, user.tenantId),
      optional,
    }),
  }
}

function versionOne({ user, client, about }: PersonToken): Readonly<Record<string, unknown>> {
  const issuer = resourceIssuerOf(user.tenantId)
  const { methods } = about.authentication
  return {
    iss: issuer,
    acct: user.userType === 'Guest' ? 1 : 0,
    acr: '1',
    ...(methods.length === 0 ? {} : { amr: methods }),
    app_displayname: client.displayName,
    appid: client.appId,
    appidacr: proofCodeOf(about.place.exchange),
    idp: issuer,
    name: user.displayName,
    ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
    ...(user.surname === undefined ? {} : { family_name: user.surname }),
    oid: user.id,
    tid: user.tenantId,
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    ver: '1.0',
  }
}

function versionTwo({ origin }: ClaimSystem, { user, client, about }: PersonToken): Readonly<Record<string, unknown>> {
  return {
    iss: issuerOf(origin, user.tenantId),
    azp: client.appId,
    azpacr: proofCodeOf(about.place.exchange),
    name: user.displayName,
    oid: user.id,
    preferred_username: user.userPrincipalName,
    tid: user.tenantId,
    ver: '2.0',
  }
}

function proofCodeOf(exchange: OidcExchange | undefined): string {
  return PROOF_CODES[exchange?.clientProof ?? 'none']
}
