import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import type { OktaReader } from '../../collections.ts'
import type { AccessPolicy, AccessRule, AuthorizationServer, OAuthClaim, OAuthScope } from '../../oauth/records.ts'
import { issuerAddress } from '../../oauth/servers.ts'
import type { OpenCall } from '../define-route.ts'
import { hinted } from '../links.ts'

/** Authorization servers and what belongs to them, as the API shows them. */

const baseOf = ({ base }: OpenCall, serverId: string): string => `${base}/authorizationServers/${serverId}`

const lifecycleLink = (self: string, status: 'ACTIVE' | 'INACTIVE') => {
  const act = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return { [act]: hinted(`${self}/lifecycle/${act}`, 'POST') }
}

export function serverResource(call: OpenCall, server: AuthorizationServer) {
  const { id, name, description, audience, status, created, lastUpdated } = server
  const self = baseOf(call, id)
  const [signing] = publishedKeys(call.reader, id)
  return {
    id,
    name,
    description,
    audiences: [audience],
    issuer: issuerAddress(call.system.origin, id),
    issuerMode: 'ORG_URL',
    status,
    created,
    lastUpdated,
    credentials: {
      signing: {
        rotationMode: 'MANUAL',
        use: 'sig',
        ...(signing === undefined ? {} : { kid: signing.kid, lastRotated: signing.createdAt }),
      },
    },
    default: id === 'default',
    _links: {
      self: hinted(self, 'GET', 'DELETE', 'PUT'),
      scopes: hinted(`${self}/scopes`, 'GET'),
      claims: hinted(`${self}/claims`, 'GET'),
      policies: hinted(`${self}/policies`, 'GET'),
      rotateKey: hinted(`${self}/credentials/lifecycle/keyRotate`, 'POST'),
      metadata: [
        {
          name: 'oauth-authorization-server',
          ...hinted(`${issuerAddress(call.system.origin, id)}/.well-known/oauth-authorization-server`, 'GET'),
        },
        {
          name: 'openid-configuration',
          ...hinted(`${issuerAddress(call.system.origin, id)}/.well-known/openid-configuration`, 'GET'),
        },
      ],
      ...lifecycleLink(self, status),
    },
  }
}

export function scopeResource(call: OpenCall, scope: OAuthScope) {
  const { id, serverId, name, displayName, description, consent, isPublished, isDefault, system } = scope
  return {
    id,
    name,
    displayName,
    description,
    consent,
    metadataPublish: isPublished ? 'ALL_CLIENTS' : 'NO_CLIENTS',
    default: isDefault,
    optional: false,
    system,
    _links: { self: hinted(`${baseOf(call, serverId)}/scopes/${id}`, 'GET', 'PUT', 'DELETE') },
  }
}

/** Names of group filters in the API. */
export const GROUP_FILTER_TYPES = {
  STARTS_WITH: 'starts-with',
  EQUALS: 'equals',
  CONTAINS: 'contains',
  REGEX: 'regex',
} as const

export function claimResource(call: OpenCall, claim: OAuthClaim) {
  const { id, serverId, name, claimType, valueType, value, groupFilter, status, alwaysInclude, scopes, system } = claim
  const filter = Object.entries(GROUP_FILTER_TYPES).find(([, each]) => each === groupFilter)?.[0]
  return {
    id,
    name,
    status,
    claimType,
    valueType,
    value,
    ...(filter === undefined ? {} : { group_filter_type: filter }),
    conditions: { scopes },
    alwaysIncludeInToken: alwaysInclude,
    system,
    _links: { self: hinted(`${baseOf(call, serverId)}/claims/${id}`, 'GET', 'PUT', 'DELETE') },
  }
}

export function policyResource(call: OpenCall, policy: AccessPolicy) {
  const { id, serverId, name, description, priority, status, clients, created, lastUpdated } = policy
  const self = `${baseOf(call, serverId)}/policies/${id}`
  return {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    id,
    name,
    description,
    priority,
    status,
    system: false,
    conditions: { clients: { include: clients === 'ALL_CLIENTS' ? ['ALL_CLIENTS'] : clients } },
    created,
    lastUpdated,
    _links: { self: hinted(self, 'GET', 'PUT', 'DELETE'), rules: hinted(`${self}/rules`, 'GET') },
  }
}

function everyoneId(reader: OktaReader): string {
  return reader.find('groups', 'name', 'everyone').find(({ type }) => type === 'BUILT_IN')?.id ?? 'EVERYONE'
}

export function ruleResource(call: OpenCall, rule: AccessRule) {
  const { id, policyId, serverId, name, priority, status, grantTypes, scopes, people, created, lastUpdated } = rule
  const ofPeople = people === 'EVERYONE' ? { users: [], groups: [everyoneId(call.reader)] } : people
  return {
    type: 'RESOURCE_ACCESS',
    id,
    name,
    priority,
    status,
    system: false,
    conditions: {
      people: {
        users: { include: ofPeople.users, exclude: [] },
        groups: { include: ofPeople.groups, exclude: [] },
      },
      grantTypes: { include: grantTypes },
      scopes: { include: scopes === 'ANY' ? ['*'] : scopes },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: rule.accessTokenMinutes,
        refreshTokenLifetimeMinutes: rule.refreshTokenMinutes,
        refreshTokenWindowMinutes: rule.refreshTokenWindowMinutes,
      },
    },
    created,
    lastUpdated,
    _links: { self: hinted(`${baseOf(call, serverId)}/policies/${policyId}/rules/${id}`, 'GET', 'PUT', 'DELETE') },
  }
}

/** Whether a rule's groups are everybody: the built-in group among them. */
export function isEveryone(reader: OktaReader, groups: readonly string[]): boolean {
  return groups.includes('EVERYONE') || groups.includes(everyoneId(reader))
}

export function keyResources(call: OpenCall, serverId: string) {
  const self = `${baseOf(call, serverId)}/credentials/keys`
  return publishedKeys(call.reader, serverId).map(({ kid, n, e }, index) => ({
    status: index === 0 ? 'ACTIVE' : 'EXPIRED',
    alg: 'RS256',
    e,
    n,
    kid,
    kty: 'RSA',
    use: 'sig',
    _links: { self: hinted(`${self}/${kid}`, 'GET') },
  }))
}
