import type { OktaReader } from '../collections.ts'
import type { AccessPolicy, AccessRule, AuthorizationServer, OAuthClaim, OAuthScope } from './records.ts'

/** Id under which the org authorization server goes in addresses of ours and in records; custom ones cannot have it. */
export const ORG_SERVER = 'org'

/** Id of the custom server every org begins with. */
export const DEFAULT_SERVER = 'default'

/** An authorization server at work: the org's own, or a custom one that is active. */
export interface Issuer {
  /** {@link ORG_SERVER}, or the id of the custom server. */
  readonly id: string
  /** `iss` of its tokens (reference sheet 6.1). */
  readonly issuer: string
  /** Path in front of `/v1/…`. */
  readonly mount: string
  /** Absent: the org's own. */
  readonly server?: AuthorizationServer
}

/** The server of that id, unless it is unknown or inactive. */
export function issuerOf(reader: OktaReader, origin: string, id: string): Issuer | undefined {
  if (id === ORG_SERVER) return { id, issuer: origin, mount: '/oauth2' }
  const server = reader.get('authorizationServers', id)
  if (server?.status !== 'ACTIVE') return undefined
  return { id, issuer: issuerAddress(origin, id), mount: `/oauth2/${id}`, server }
}

/** Issuer of a custom server, active or not. */
export function issuerAddress(origin: string, id: string): string {
  return `${origin}/oauth2/${id}`
}

/** Scopes of the org server (reference sheet 6.1); no others can be made. */
export const ORG_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'groups'] as const

/** Names of the scopes a server knows. */
export function scopeNamesOf(reader: OktaReader, id: string): readonly string[] {
  return id === ORG_SERVER ? ORG_SCOPES : scopesOf(reader, id).map(({ name }) => name)
}

/** By name. */
export function scopesOf(reader: OktaReader, serverId: string): readonly OAuthScope[] {
  return reader.find('oauthScopes', 'server', serverId).toSorted((one, other) => compare(one.name, other.name))
}

/** By name. */
export function claimsOfServer(reader: OktaReader, serverId: string): readonly OAuthClaim[] {
  return reader.find('oauthClaims', 'server', serverId).toSorted((one, other) => compare(one.name, other.name))
}

/** In the order they are looked at. */
export function policiesOf(reader: OktaReader, serverId: string): readonly AccessPolicy[] {
  return reader.find('accessPolicies', 'server', serverId).toSorted((one, other) => one.priority - other.priority)
}

/** In the order they are looked at. */
export function rulesOf(reader: OktaReader, policyId: string): readonly AccessRule[] {
  return reader.find('accessRules', 'policy', policyId).toSorted((one, other) => one.priority - other.priority)
}

/** Every custom server, the one of the beginning first, then by name. */
export function authorizationServersOf(reader: OktaReader): readonly AuthorizationServer[] {
  return Array.from(reader.entries('authorizationServers'), ([, server]) => server).toSorted((one, other) =>
    one.id === DEFAULT_SERVER ? -1 : other.id === DEFAULT_SERVER ? 1 : compare(one.name, other.name),
  )
}

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en')
}
