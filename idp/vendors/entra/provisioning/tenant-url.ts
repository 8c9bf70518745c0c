import type { PatchDialect } from '#idp/core/provisioning/types.ts'

/** A Tenant URL as typed, read: where the target is, and what its flags ask for. */
export interface TenantUrl {
  /** Without flags, fragment and trailing slash: `https://dialpad.com/scim`. */
  readonly baseUrl: string
  /** Chosen by a flag; absent without one. */
  readonly dialect?: PatchDialect
}

/** Flags in the query of a Tenant URL and the PATCH dialect each stands for (reference 2.7). */
const FLAGS: ReadonlyMap<string, PatchDialect> = new Map([
  ['aadoptscim062020', 'compliant'],
  ['azureadscimpatch2017', 'legacy'],
])

/**
 * Read a Tenant URL. Flags are for the service alone and never reach the target; nor does anything else in the query
 * (FID-ENTRA-PROV-4).
 *
 * @returns `undefined` for what is no http or https address, or carries credentials of its own.
 */
export function readTenantUrl(typed: string): TenantUrl | undefined {
  const text = typed.trim()
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  const baseUrl = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  const flags = [...url.searchParams.keys()].flatMap((name) => FLAGS.get(name.toLowerCase()) ?? [])
  const [dialect] = flags
  return dialect === undefined ? { baseUrl } : { baseUrl, dialect }
}
