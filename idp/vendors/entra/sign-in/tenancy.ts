import type { OidcPlace } from '#idp/protocols/oidc/policy.ts'
import type { EntraReader, Tenant } from '../collections.ts'

/** Which tenants the first segment of an address stands for. */
export type Realm =
  | { readonly kind: 'tenant'; readonly segment: string; readonly tenant: Tenant }
  /** `common` and `organizations`: any tenant; the account decides. */
  | { readonly kind: 'any'; readonly segment: string }
  /** Personal accounts: there are none here. */
  | { readonly kind: 'consumers'; readonly segment: string }
  | { readonly kind: 'unknown'; readonly segment: string }

/** The tenant id of personal accounts, which stands for `consumers`. */
const CONSUMERS_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** Read the tenant segment: an id, a verified domain, `common`, `organizations`, `consumers`. Compared without case. */
export function readRealm(reader: EntraReader, segment: string): Realm {
  const name = segment.toLowerCase()
  if (name === 'common' || name === 'organizations') return { kind: 'any', segment: name }
  if (name === 'consumers' || name === CONSUMERS_TENANT_ID) return { kind: 'consumers', segment: name }
  const tenant = reader.get('tenants', name) ?? reader.find('tenants', 'domain', name)[0]
  return tenant === undefined ? { kind: 'unknown', segment } : { kind: 'tenant', segment: name, tenant }
}

/** Issuer of tokens for accounts of a tenant. Local, because clients fetch what it names. */
export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`
}

/**
 * Where the provider is asked.
 * @param tenantId Whose issuer tokens carry; without one, the placeholder that stands in discovery documents of `common`.
 */
export function placeOf(origin: string, segment: string, tenantId = '{tenantid}'): OidcPlace {
  return { realm: segment, mount: `/${segment}`, issuer: issuerOf(origin, tenantId) }
}
