import type { OktaReader } from '../collections.ts'
import { STANDARD_CLAIMS } from './claims.ts'
import { CLIENT_AUTH_METHODS, GRANT_TYPES } from './records.ts'
import { claimsOfServer, type Issuer, ORG_SCOPES, scopesOf } from './servers.ts'

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

/** Claims of every token, which no scope has to release. */
const ALWAYS = ['iss', 'aud', 'iat', 'exp', 'nonce']

/**
 * The metadata of a server (OpenID Connect Discovery §3, RFC 8414; reference sheet 6.1), both documents alike. It names what works here
 * and nothing else (ledger FID-OKTA-OAUTH-02).
 */
export function discoveryDocument(reader: OktaReader, origin: string, { id, issuer, mount, server }: Issuer) {
  const at = (path: string): string => `${origin}${mount}/v1/${path}`
  const scopes =
    server === undefined
      ? ORG_SCOPES
      : scopesOf(reader, id)
          .filter(({ isPublished }) => isPublished)
          .map(({ name }) => name)
  const own = claimsOfServer(reader, id).map(({ name }) => name)
  const claims = [...new Set([...ALWAYS, ...Object.values(STANDARD_CLAIMS).flat(), ...own])]
  return {
    issuer,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    userinfo_endpoint: at('userinfo'),
    jwks_uri: at('keys'),
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post', 'okta_post_message'],
    grant_types_supported: server === undefined ? ['authorization_code', 'refresh_token'] : [...GRANT_TYPES],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: [...scopes],
    token_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
    token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
    claims_supported: claims,
    code_challenge_methods_supported: ['S256'],
    introspection_endpoint: at('introspect'),
    introspection_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
    revocation_endpoint: at('revoke'),
    revocation_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
    end_session_endpoint: at('logout'),
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  }
}
