import type { OktaApp } from '../apps/records.ts'

/** Addresses and names by which an app and its service provider know this org (reference sheet 5.1). */

/** Entity id: `http`, at a host that is not the org's, by the `exk…` id. Nobody fetches it. */
export function issuerOf(app: Pick<OktaApp, 'samlKey'>): string {
  return `http://www.okta.com/${app.samlKey}`
}

/** Where requests go, by redirect and by form, below the org's origin. */
export function ssoPath(app: Pick<OktaApp, 'name' | 'samlKey'>): string {
  return `/app/${app.name}/${app.samlKey}/sso/saml`
}

/** Where requests to sign out go, by redirect and by form ("Identity Provider Single Logout URL"). */
export function logoutPath(app: Pick<OktaApp, 'name' | 'samlKey'>): string {
  return `/app/${app.name}/${app.samlKey}/slo/saml`
}

/** Where the browser goes with its cookies after a form of another site, with the request that was kept meanwhile. */
export function logoutResumePath(app: Pick<OktaApp, 'name' | 'samlKey'>, token: string): string {
  return `${logoutPath(app)}/resume/${token}`
}

/** Metadata, to be read by anybody; with `kid` that of one certificate, active or not. */
export function metadataPath(app: Pick<OktaApp, 'samlKey'>, kid?: string): string {
  return `/app/${app.samlKey}/sso/saml/metadata${kid === undefined ? '' : `?${new URLSearchParams({ kid })}`}`
}

/** Where a person comes back to from signing in, with the request that was kept meanwhile. */
export function resumePath(app: Pick<OktaApp, 'name' | 'samlKey'>, token: string): string {
  return `${ssoPath(app)}/resume/${token}`
}
