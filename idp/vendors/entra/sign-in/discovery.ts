import { ROUTES } from './provider-policy.tsx'
import { issuerOf, type Realm } from './tenancy.ts'

/**
 * The discovery document of version 2 of the endpoint, with the members Entra documents. What the twin cannot do yet is not
 * advertised. `common` and `organizations` name no tenant: their issuer has the placeholder `{tenantid}`.
 */
export function discoveryDocument(
  origin: string,
  realm: Extract<Realm, { kind: 'tenant' | 'any' }>,
): Readonly<Record<string, unknown>> {
  const segment = realm.kind === 'tenant' ? realm.tenant.id : realm.segment
  const base = `${origin}/${segment}`
  return {
    token_endpoint: `${base}${ROUTES.token}`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${base}${ROUTES.jwks}`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(origin, realm.kind === 'tenant' ? realm.tenant.id : '{tenantid}'),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${origin}${ROUTES.userinfo}`,
    authorization_endpoint: `${base}${ROUTES.authorization}`,
    http_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'nonce',
      'name',
      'tid',
      'ver',
      'oid',
      'preferred_username',
      'email',
      'given_name',
      'family_name',
      'wids',
      'at_hash',
    ],
    tenant_region_scope: realm.kind === 'tenant' ? 'EU' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  }
}
