import type { Provider } from 'oidc-provider'
import type { OidcPolicy } from './policy.ts'

/** The part of a request's context that is read here. */
interface AskingContext {
  readonly params?: { readonly scope?: string }
}

/**
 * Let scopes that come and go with the directory count as those of the provider's own list: without, the library drops what it was not built
 * with.
 */
export function knowScopes(provider: Provider, policy: Pick<OidcPolicy, 'scopes' | 'isGrantedScope'>): void {
  if (policy.isGrantedScope === undefined) return
  const listed = new Set(policy.scopes)
  const { prototype } = (provider as unknown as { readonly OIDCContext: { readonly prototype: object } }).OIDCContext
  Object.defineProperty(prototype, 'requestParamOIDCScopes', {
    get(this: AskingContext) {
      const asked = this.params?.scope?.split(' ') ?? []
      return new Set(asked.filter((scope) => listed.has(scope) || policy.isGrantedScope?.(scope)))
    },
  })
}
