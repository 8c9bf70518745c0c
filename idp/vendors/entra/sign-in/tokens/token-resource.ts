import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import { grantedScopes } from '../consent-rules.ts'
import { OIDC_SCOPES } from '../permissions.ts'
import type { EndpointVersion } from '../version-one/resource-request.ts'
import { NAMED_NOTE, RESOURCE_NOTE } from './access-token-claims.ts'
import { type AskedResource, readScopes, scopesFor, unlistedResource } from './resource-scopes.ts'
import { addressOf, apiInTenant, GRAPH, GRAPH_APP_ID, isSameResource, type Resource } from './resources.ts'
import { refused, type TokenRefusal } from './token-refusal.ts'

/** What a token is to be for. */
export interface TokenResource {
  readonly kind: 'asked'
  readonly resource: Resource
  /** What the token is to hold, of those consented to. */
  readonly scopes: readonly string[]
  /** What the answer says was granted. */
  readonly answered: readonly string[]
}

/** Scopes of what is exchanged: a code, and so the sign-in itself (`isFirst`), or what came of it; none of an assertion. */
export interface HeldScopes {
  readonly scopes: readonly string[]
  readonly isFirst: boolean
}

/**
 * The one resource the token is for: the one the request names, else the first one the sign-in named, else Graph. A sign-in may consent to
 * several, a token is for one.
 */
export function readTokenResource(
  system: EntraSystem,
  user: DirectoryUser,
  application: Application,
  { given, version }: { readonly given: URLSearchParams; readonly version: EndpointVersion },
  held: HeldScopes,
): TokenResource | TokenRefusal {
  const parameter = given.get('scope')
  const text = parameter?.trim() ? parameter : held.scopes.join(' ')
  const reading = readScopes(system, text, application)
  if (reading.kind === 'refused') return refused(reading.code, reading.values)
  const [first, ...others] = reading.resources
  if (parameter?.trim() && others.length > 0) return refused(28000, { scope: parameter })
  const unfit = version === 1 ? judgeNamed(system, application, first, held) : undefined
  if (unfit !== undefined) return unfit
  const resource = first?.resource ?? GRAPH
  const absent = judgeResource(system, resource, user)
  if (absent !== undefined) return absent

  const basic = reading.scopes.filter((scope) => !reading.resources.some((each) => each.scopes.includes(scope)))
  const granted = grantedScopes(system.store, user, application.appId, [...basic, ...(first?.scopes ?? [])])
  const wanted = first?.isDefault ? scopesFor(resource, granted ?? []) : (first?.scopes ?? [])
  const isNamed = parameter !== null && parameter.trim() !== ''
  const isMissing =
    granted === undefined || (isNamed && [...basic, ...wanted].some((scope) => !granted.includes(scope)))
  if (isMissing || (first?.isDefault && wanted.length === 0)) {
    return refused(65001, { clientId: application.appId }, 'invalid_grant')
  }
  // What the sign-in was for and somebody has taken back since is left out.
  const scopes = [...basic, ...wanted].filter((scope) => granted.includes(scope))
  return {
    kind: 'asked',
    resource,
    scopes,
    answered: answeredScopes(resource, scopes, first ?? { front: undefined, isDefault: false }),
  }
}

/**
 * In version 1 every token is for a resource that is named and listed in the registration; a code for the one the sign-in named, where it
 * named one.
 */
function judgeNamed(
  system: EntraSystem,
  application: Application,
  named: AskedResource | undefined,
  held: HeldScopes,
): TokenRefusal | undefined {
  if (named === undefined) return refused(900144, { name: 'resource' })
  const signedInFor = readScopes(system, held.isFirst ? held.scopes.join(' ') : '', application)
  const [before] = signedInFor.kind === 'scopes' ? signedInFor.resources : []
  if (before !== undefined && !isSameResource(before.resource, named.resource)) return refused(70000)
  const unlisted = unlistedResource(application, [named])
  return unlisted === undefined ? undefined : refused(650057, unlisted)
}

/** An API has to be in the tenant, and not switched off there. */
function judgeResource({ store }: EntraSystem, resource: Resource, user: DirectoryUser): TokenRefusal | undefined {
  if (resource.kind === 'graph') return undefined
  const values = { resource: resource.named, tenant: user.tenantId }
  const principal = apiInTenant(store, resource.application, user.tenantId)
  if (principal === undefined) return refused(500011, values)
  return principal.accountEnabled ? undefined : refused(500014, values)
}

/**
 * What the answer lists: scopes of the resource, with what stood in front of them in the request, and `.default` where that was asked for;
 * client libraries look their tokens up by them. Those of OpenID Connect belong to Graph.
 */
function answeredScopes(
  resource: Resource,
  scopes: readonly string[],
  { front, isDefault }: Pick<AskedResource, 'front' | 'isDefault'>,
): readonly string[] {
  const own = scopesFor(resource, scopes).map((scope) => {
    const value = scope.slice(scope.lastIndexOf('/') + 1)
    return front === undefined ? scope : `${front}/${value}`
  })
  const basic = resource.kind === 'graph' ? scopes.filter((scope) => ANSWERED_WITH_GRAPH.includes(scope)) : []
  return [...basic, ...own, ...(isDefault ? [front === undefined ? '.default' : `${front}/.default`] : [])]
}

const ANSWERED_WITH_GRAPH = OIDC_SCOPES.filter((scope) => scope !== 'offline_access')

/** What an exchange notes for the claims and the answer that are made of it. */
export function notesOf(
  { resource, answered }: TokenResource,
  { given, version }: { readonly given: URLSearchParams; readonly version: EndpointVersion },
): Readonly<Record<string, string>> {
  return {
    [RESOURCE_NOTE]: resource.kind === 'graph' ? GRAPH_APP_ID : addressOf(resource),
    scope: answered.join(' '),
    ...(given.get('client_info') === '1' ? { client_info: '1' } : {}),
    ...(version === 1 ? { [NAMED_NOTE]: given.get('resource') ?? addressOf(resource) } : {}),
  }
}
