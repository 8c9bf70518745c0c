import type { Application } from '#idp/core/directory/records.ts'

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
export function isReplyAddress(application: Application, address: string): boolean {
  const wanted = comparableReply(address)
  return replyAddressesOf(application).some((each) => comparableReply(each) === wanted)
}
