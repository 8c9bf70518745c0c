import type { ServicePrincipal } from '#idp/core/directory/records.ts'

/** Entity id of a tenant: a name nobody fetches, so it is the real one. */
export function samlIssuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

/** Where requests go, by redirect and by form: "Login URL"; those to sign out go there by redirect: "Logout URL". */
export function ssoPath(tenant: string): string {
  return `/${tenant}/saml2`
}

/** Where the browser comes back to from signing in. */
export function resumePath(tenant: string): string {
  return `${ssoPath(tenant)}/resume`
}

/** "App Federation Metadata Url". */
export function metadataPath({ tenantId, appId }: Pick<ServicePrincipal, 'tenantId' | 'appId'>): string {
  return `/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?${new URLSearchParams({ appid: appId })}`
}

/** "User access URL": this side begins. */
export function userAccessPath({ tenantId, appId }: Pick<ServicePrincipal, 'tenantId' | 'appId'>): string {
  return `/api/signin/${appId}?${new URLSearchParams({ tenantId })}`
}
