import { apiNameOf } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import { graphScope, OIDC_SCOPES } from '../permissions.ts'
import { addressOf, GRAPH, isSameResource, type Resource, resourceNamed } from './resources.ts'

/** Where scopes are looked up. */
export type ScopeSystem = Pick<EntraSystem, 'store' | 'origin'>

/** A `scope` parameter, read. Scopes are written as the directory keeps them: Graph's bare, an API's with its name in front. */
export interface AskedScopes {
  readonly kind: 'scopes'
  /** Each once: OpenID Connect's and those of all resources, `.default` unfolded to what the client has registered. */
  readonly scopes: readonly string[]
  /** Resources named, in that order. Scopes of OpenID Connect name none. */
  readonly resources: readonly AskedResource[]
}

export interface AskedResource {
  readonly resource: Resource
  /** Those of this resource alone. */
  readonly scopes: readonly string[]
  /** Asked for as `.default`: everything consented to. */
  readonly isDefault: boolean
  /** What stands in front of its scopes in the request; absent where Graph's stand bare. */
  readonly front: string | undefined
}

export type ScopeReading =
  | AskedScopes
  | {
      readonly kind: 'refused'
      readonly code: 70011 | 500011 | 650053
      readonly values: Readonly<Record<string, string>>
    }

/**
 * Read a `scope` parameter. Names compare without case. `.default` goes with no other scope of the same resource.
 *
 * @param client Who asks: its registered permissions are what `.default` stands for.
 */
export function readScopes(system: ScopeSystem, parameter: string, client: Application): ScopeReading {
  const basic = new Set<string>()
  const resources: { resource: Resource; scopes: Set<string>; isDefault: boolean; front: string | undefined }[] = []
  for (const given of parameter.split(' ').filter(Boolean)) {
    const reading = readScope(system, given)
    if (reading.kind === 'refused') return { ...reading, values: { app: client.displayName, ...reading.values } }
    if (reading.kind === 'basic') {
      basic.add(reading.scope)
      continue
    }
    const held = resources.find(({ resource }) => isSameResource(resource, reading.resource))
    const { resource, front } = reading
    const entry = held ?? { resource, front, scopes: new Set<string>(), isDefault: false }
    if (held === undefined) resources.push(entry)
    if (reading.scope === undefined) entry.isDefault = true
    else entry.scopes.add(reading.scope)
    if (entry.isDefault && entry.scopes.size > 0) return refused(70011, { scope: parameter })
  }
  const unfolded = resources.map(({ resource, front, scopes, isDefault }) => ({
    resource,
    front,
    scopes: isDefault ? registeredFor(client, resource) : [...scopes],
    isDefault,
  }))
  return {
    kind: 'scopes',
    scopes: [...new Set([...basic, ...unfolded.flatMap(({ scopes }) => scopes)])],
    resources: unfolded,
  }
}

/** Those among `scopes` that belong to a resource. */
export function scopesFor(resource: Resource, scopes: readonly string[]): readonly string[] {
  const front = resource.kind === 'graph' ? undefined : `${apiNameOf(resource.application)}/`
  return scopes.filter((scope) =>
    front === undefined ? !scope.includes('/') && !OIDC_SCOPES.includes(scope) : scope.startsWith(front),
  )
}

/**
 * The words of a refusal when a resource is named that the client's registration lists no permission of: the endpoints of version 1 know
 * no other permissions.
 */
export function unlistedResource(
  client: Application,
  resources: readonly AskedResource[],
): Readonly<Record<string, string>> | undefined {
  const unlisted = resources.find(({ resource }) => registeredFor(client, resource).length === 0)
  if (unlisted === undefined) return undefined
  return { clientId: client.appId, app: client.displayName, resource: addressOf(unlisted.resource) }
}

function registeredFor(client: Application, resource: Resource): readonly string[] {
  return scopesFor(resource, client.requiredScopes)
}

type OneScope =
  | { readonly kind: 'basic'; readonly scope: string }
  /** `undefined`: `.default`. */
  | {
      readonly kind: 'resource'
      readonly resource: Resource
      readonly front: string | undefined
      readonly scope: string | undefined
    }
  | Extract<ScopeReading, { kind: 'refused' }>

function readScope(system: ScopeSystem, given: string): OneScope {
  const cut = given.lastIndexOf('/')
  if (cut === -1) return readGraphScope(given, given, undefined)
  const front = given.slice(0, cut)
  const resource = resourceNamed(system, front)
  const value = given.slice(cut + 1)
  if (resource === undefined) return refused(500011, { resource: front })
  if (resource.kind === 'graph') return readGraphScope(value, given, front)
  if (value.toLowerCase() === '.default') return { kind: 'resource', resource, front, scope: undefined }
  const { application } = resource
  const scope = application.api?.oauth2PermissionScopes.find(
    (each) => each.isEnabled && each.value.toLowerCase() === value.toLowerCase(),
  )
  if (scope === undefined) return refused(650053, { scope: value, resource: application.appId })
  return { kind: 'resource', resource, front, scope: `${apiNameOf(application)}/${scope.value}` }
}

function readGraphScope(value: string, given: string, front: string | undefined): OneScope {
  if (value.toLowerCase() === '.default') return { kind: 'resource', resource: GRAPH, front, scope: undefined }
  const scope = graphScope(value)
  if (scope === undefined) return refused(70011, { scope: given })
  return OIDC_SCOPES.includes(scope) ? { kind: 'basic', scope } : { kind: 'resource', resource: GRAPH, front, scope }
}

function refused(
  code: 70011 | 500011 | 650053,
  values: Readonly<Record<string, string>>,
): Extract<ScopeReading, { kind: 'refused' }> {
  return { kind: 'refused', code, values }
}
