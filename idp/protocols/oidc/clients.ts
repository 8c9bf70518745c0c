import { ASSERTION_GRANT } from './assertion-grant.ts'
import type { OidcClient, OidcPolicy } from './policy.ts'

/** The library wants a secret in the metadata; ours are hashed, and compared by the policy. */
const UNUSED_SECRET = 'compared-by-the-policy'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** A client's metadata as the library wants it. */
export function clientMetadata(client: OidcClient, subjects: 'public' | 'pairwise') {
  return {
    client_id: client.clientId,
    client_name: client.name,
    // One is enough: which addresses match is asked of the policy, and several hosts would need a sector document.
    redirect_uris: client.redirectUris.slice(0, 1),
    response_types: ['code' as const],
    grant_types: client.mayRefresh === false ? ['authorization_code'] : ['authorization_code', 'refresh_token'],
    subject_type: subjects,
    ...(client.kind === 'public'
      ? { token_endpoint_auth_method: 'none' as const }
      : { token_endpoint_auth_method: 'client_secret_post' as const, client_secret: UNUSED_SECRET }),
  }
}

/** The questions the library asks of a client, answered by the policy. */
export function clientRules(policy: OidcPolicy, isProven: () => boolean) {
  return {
    grantTypeAllowed(this: { readonly grantTypes: readonly string[] }, type: string): boolean {
      // Not in the metadata: there it asks for an address of the client's keys, to tell pairwise subjects apart.
      if (type === ASSERTION_GRANT) return policy.exchangesAssertions === true
      return type === DEVICE_GRANT ? policy.device !== undefined : this.grantTypes.includes(type)
    },
    redirectUriAllowed(this: { readonly clientId: string }, redirectUri: string): boolean {
      return policy.isRedirectAllowed(this.clientId, redirectUri)
    },
    compareClientSecret(this: { readonly clientId: string }, secret: string): Promise<boolean> {
      return isProven() ? Promise.resolve(true) : policy.verifySecret(this.clientId, secret)
    },
  }
}
