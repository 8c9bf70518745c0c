import { createOidcService, type OidcService } from '#idp/protocols/oidc/service.ts'
import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import type { OktaSystem } from '../collections.ts'
import { configurationOf, createProviderPolicy } from './provider-policy.tsx'

/** Providers of the org: one for each authorization server, made when it is first asked. */
export interface OAuthServices {
  /** The provider of a server that is at work; the caller has looked (`issuerOf`). */
  of(serverId: string): OidcService
}

interface Kept {
  readonly service: OidcService
  /** What its configuration was made from. */
  readonly configuration: string
}

/**
 * Providers by server. One is made anew when the server's scopes, claims or keys change, which its configuration depends on; what it has
 * issued is in the store and goes on.
 *
 * @param wallNowMs Wall clock of codes and tokens; only tests pass one.
 */
export function createOAuthServices(system: OktaSystem, wallNowMs?: () => number): OAuthServices {
  const kept = new Map<string, Kept>()
  return {
    of(serverId) {
      const keys = publishedKeys(system.store, serverId).map(({ kid }) => kid)
      const configuration = JSON.stringify([configurationOf(system, serverId), keys])
      const known = kept.get(serverId)
      if (known?.configuration === configuration) return known.service
      const policy = createProviderPolicy(system, serverId)
      const service = createOidcService({ system, policy, ...(wallNowMs === undefined ? {} : { wallNowMs }) })
      kept.set(serverId, { service, configuration })
      return service
    },
  }
}
