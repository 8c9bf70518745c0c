/** Addresses of the portal, in one place because pages link to each other. */
export const COMPANY = '/admin/company'
export const KEYS = `${COMPANY}/authentication/api-keys`
export const SCIM = `${COMPANY}/authentication/scim`
export const SAML = `${COMPANY}/authentication/saml`
export const DETAILS = `${COMPANY}/details`
export const DEPARTMENTS = `${COMPANY}/departments`
export const BILLING = `${COMPANY}/billing`
export const ADMINISTRATORS = `${COMPANY}/administrators`

/** An office, or one of its pages: `users`, `licenses` … */
export function officePath(officeId: string, page?: string): string {
  const base = `/admin/offices/${officeId}`
  return page === undefined ? base : `${base}/${page}`
}

export function userPath(userId: string, action?: string): string {
  const base = `/admin/users/${userId}`
  return action === undefined ? base : `${base}/${action}`
}

export function groupPath(groupId: string): string {
  return `${COMPANY}/groups/${groupId}`
}

/** The same path with the parts of a query that have a value. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const kept = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`
}
