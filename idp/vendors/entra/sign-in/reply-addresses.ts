import type { Application } from '#idp/core/directory/records.ts'
import type { Urls } from '#kit/system/system.ts'

const LOOPBACK = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=[/?#]|$)/i

/** An address as it is compared: exactly, but for the port of a plain loopback address, which is anybody's (RFC 8252 §7.3). */
export function comparableReply(address: string): string {
  return address.replace(LOOPBACK, '$1')
}

/** Every address an application may be answered at, all platforms together. */
export function replyAddressesOf(application: Application): readonly string[] {
  return [...application.web.redirectUris, ...application.spa.redirectUris, ...application.publicClient.redirectUris]
}

/** Where the browser may be sent after signing out: reply addresses and the sign-out address. */
export function logoutAddressesOf(application: Application): readonly string[] {
  const { logoutUrl } = application.web
  return logoutUrl === undefined ? replyAddressesOf(application) : [...replyAddressesOf(application), logoutUrl]
}

/** Whether `address` is one of the application's reply addresses. */
export function isReplyAddress(application: Application, address: string, urls: Urls): boolean {
  return isOneOf(replyAddressesOf(application), application, address, urls)
}

/** Whether `address` is one the application may be left for after signing out. */
export function isLogoutAddress(application: Application, address: string, urls: Urls): boolean {
  return isOneOf(logoutAddressesOf(application), application, address, urls)
}

function isOneOf(registered: readonly string[], application: Application, address: string, urls: Urls): boolean {
  if (!URL.canParse(address) || (standsForPublic(application) && !isOurs(address, urls))) return false
  const wanted = comparableReply(address)
  return registered.some((each) => comparableReply(each) === wanted)
}

/**
 * Products that are part of the kit are registered at loopback addresses only because the kit is local: theirs stand for public ones, whose
 * port counts. Otherwise any program of this machine could be answered in their name.
 */
function standsForPublic(application: Application): boolean {
  return application.firstParty || application.templateId !== undefined
}

/** At one of our systems; not at the registered port, which is another one when the kit was started on other ports since. */
function isOurs(address: string, urls: Urls): boolean {
  const { origin } = new URL(address)
  return Object.values(urls).some((url) => new URL(url).origin === origin)
}
