import type { OktaApp } from '../apps/records.ts'
import { appUserOf } from '../assignments/settle.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import type { OidcAppSettings, TrustedOrigin } from './records.ts'

/** An app that signs people in by OpenID Connect, or gets tokens for itself. */
export type OidcApp = OktaApp & { readonly oidc: OidcAppSettings }

export function isOidc(app: OktaApp | undefined): app is OidcApp {
  return app?.oidc !== undefined
}

/** The app a client id names, active or not. */
export function oidcAppOf(reader: OktaReader, clientId: string): OidcApp | undefined {
  const app = reader.get('apps', clientId)
  return isOidc(app) ? app : undefined
}

/** The same, if it is active: an inactive client is none. */
export function clientOf(reader: OktaReader, clientId: string): OidcApp | undefined {
  const app = oidcAppOf(reader, clientId)
  return app?.status === 'ACTIVE' ? app : undefined
}

/** Clients without a secret or key of their own have to prove themselves by PKCE. */
export function isPublic({ oidc }: OidcApp): boolean {
  return oidc.authMethod === 'none'
}

const LOOPBACK = /^(https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=[/?#]|$)/i

/** A loopback address without its port. */
function portless(address: string): string {
  return address.replace(LOOPBACK, '$1')
}

/** Whether `address` is one of the registered ones: exactly, character for character; the samples' with any loopback port. */
export function isRegistered(
  { anyLoopbackPort }: Pick<OidcAppSettings, 'anyLoopbackPort'>,
  registered: readonly string[],
  address: string,
): boolean {
  if (registered.includes(address)) return true
  if (anyLoopbackPort !== true || !URL.canParse(address)) return false
  const wanted = portless(address)
  return registered.some((each) => portless(each) === wanted)
}

/** Whether scripts of an origin may read answers of this org: it is this org's own, or a Trusted Origin for CORS. */
export function isTrustedOrigin(reader: OktaReader, ownOrigin: string, origin: string): boolean {
  if (origin === ownOrigin) return true
  const allows = ({ status, cors }: TrustedOrigin): boolean => status === 'ACTIVE' && cors
  if (reader.find('trustedOrigins', 'origin', origin.toLowerCase()).some(allows)) return true
  const wanted = portless(origin)
  if (wanted === origin) return false
  return Array.from(reader.entries('trustedOrigins'), ([, trusted]) => trusted).some(
    (trusted) => trusted.anyLoopbackPort === true && allows(trusted) && portless(trusted.origin) === wanted,
  )
}

/** Whether an origin is that of one of the client's sign-in redirect URIs. `null`, of a page that hides its own, is none. */
export function isOriginOf({ oidc }: OidcApp, origin: string): boolean {
  return origin !== 'null' && isRegistered(oidc, oidc.redirectUris.map(originOf), origin)
}

/** `null` of an address that has none, as those of native apps. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : 'null'
}

/** Whether any active client has a sign-in redirect URI at an origin. The cost is that of looking through the apps. */
export function isOriginOfSome(reader: OktaReader, origin: string): boolean {
  for (const [, app] of reader.entries('apps')) {
    if (isOidc(app) && app.status === 'ACTIVE' && isOriginOf(app, origin)) return true
  }
  return false
}

/** Whether somebody may use the app at all. */
export function isAssigned(reader: OktaReader, { id, oidc }: OidcApp, userId: string): boolean {
  return oidc.implicitAssignment || appUserOf(reader, id, userId) !== undefined
}

/** What the app calls a person: the user name of the assignment, else the login. */
export function userNameIn(reader: OktaReader, clientId: string, user: OktaUser): string {
  const userName = appUserOf(reader, clientId, user.id)?.userName ?? ''
  return userName === '' ? user.profile.login : userName
}
