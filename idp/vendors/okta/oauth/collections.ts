import type { CollectionSpecs } from '#kit/store/store.ts'
import { givenKey, type OAuthShape } from './records.ts'

export const OAUTH_COLLECTIONS: CollectionSpecs<OAuthShape> = {
  authorizationServers: { indexes: { name: (server) => server.name.toLowerCase() } },
  oauthScopes: { indexes: { server: (scope) => scope.serverId, name: (scope) => `${scope.serverId}/${scope.name}` } },
  oauthClaims: { indexes: { server: (claim) => claim.serverId } },
  accessPolicies: { indexes: { server: (policy) => policy.serverId } },
  accessRules: { indexes: { policy: (rule) => rule.policyId, server: (rule) => rule.serverId } },
  trustedOrigins: { indexes: { origin: (trusted) => trusted.origin.toLowerCase() } },
  scopeGrants: { indexes: { given: givenKey, user: (grant) => grant.userId, client: (grant) => grant.clientId } },
  revokedTokens: {},
}
