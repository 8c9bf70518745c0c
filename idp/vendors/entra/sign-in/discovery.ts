import { DEVICE_ROUTES } from './device/device-policy.tsx'
import { ROUTES } from './provider-policy.tsx'
import { issuerOf, type Realm } from './tenancy.ts'
import { resourceIssuerOf } from './tokens/resources.ts'

type KnownRealm = Extract<Realm, { kind: 'tenant' | 'any' }>

/** Members both versions of the document have. */
function sharedMembers(realm: KnownRealm): Readonly<Record<string, unknown>> {
  return {
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    tenant_region_scope: realm.kind === 'tenant' ? 'EU' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  }
}

/** The tenant segment of addresses and the tenant in issuers. `common` and `organizations` name no tenant: a placeholder stands for it. */
function namesOf(realm: KnownRealm): { readonly segment: string; readonly tenantId: string } {
  return realm.kind === 'tenant'
    ? { segment: realm.tenant.id, tenantId: realm.tenant.id }
    : { segment: realm.segment, tenantId: '{tenantid}' }
}

/**
 * The discovery document of version 2 of the endpoint, with the members Entra documents. What the twin cannot do is not
 * advertised. `common` and `organizations` name no tenant: their issuer has the placeholder `{tenantid}`.
 */
export function discoveryDocument(origin: string, realm: KnownRealm): Readonly<Record<string, unknown>> {
  const { segment, tenantId } = namesOf(realm)
  const base = `${origin}/${segment}`
  return {
    token_endpoint: `${base}${ROUTES.token}`,
    jwks_uri: `${base}${ROUTES.jwks}`,
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(origin, tenantId),
    userinfo_endpoint: `${origin}${ROUTES.userinfo}`,
    authorization_endpoint: `${base}${ROUTES.authorization}`,
    device_authorization_endpoint: `${base}${DEVICE_ROUTES.deviceAuthorization}`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'cloud_instance_name',
      'cloud_instance_host_name',
      'cloud_graph_host_name',
      'msgraph_host',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'at_hash',
      'c_hash',
      'email',
    ],
    ...sharedMembers(realm),
  }
}

/**
 * The discovery document of version 1: its issuer is the name tokens of version 1.0 carry, which is the real one and nobody's address.
 */
export function firstDiscoveryDocument(origin: string, realm: KnownRealm): Readonly<Record<string, unknown>> {
  const { segment, tenantId } = namesOf(realm)
  const base = `${origin}/${segment}`
  return {
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${origin}/common/discovery/keys`,
    scopes_supported: ['openid'],
    issuer: resourceIssuerOf(tenantId),
    microsoft_multi_refresh_token: true,
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    userinfo_endpoint: `${origin}${ROUTES.userinfo}`,
    claims_supported: [
      'sub',
      'iss',
      'cloud_instance_name',
      'cloud_instance_host_name',
      'cloud_graph_host_name',
      'msgraph_host',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'amr',
      'nonce',
      'email',
      'given_name',
      'family_name',
      'nickname',
    ],
    ...sharedMembers(realm),
  }
}

/** An instance discovery answer, or the reason there is none. */
export type InstanceReading =
  | { readonly kind: 'found'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unknown' }

/**
 * Where a tenant's discovery document is, and which host names stand for this service: what client libraries ask before they trust an
 * authority. Version 1.0 of the answer names the document alone.
 *
 * @param endpoint The `authorization_endpoint` of the authority asked about; its second segment is the tenant.
 */
export function instanceDocument(origin: string, endpoint: string, version: string): InstanceReading {
  if (!URL.canParse(endpoint)) return { kind: 'unknown' }
  const { host } = new URL(origin)
  const { host: asked, pathname } = new URL(endpoint)
  if (asked !== host) return { kind: 'unknown' }
  const [, segment = 'common'] = pathname.split('/')
  const metadata = [{ preferred_network: host, preferred_cache: host, aliases: [host] }]
  const path = endpoint.includes('/v2.0') ? '/v2.0' : ''
  return {
    kind: 'found',
    document: {
      tenant_discovery_endpoint: `${origin}/${segment}${path}/.well-known/openid-configuration`,
      'api-version': version,
      ...(version === '1.0' ? {} : { metadata }),
    },
  }
}
