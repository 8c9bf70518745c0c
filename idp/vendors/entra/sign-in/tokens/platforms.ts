import type { Application } from '#idp/core/directory/records.ts'
import { comparableReply } from '../reply-addresses.ts'

/**
 * What kind of client an exchange is of: it follows from the platform of the reply address, not from the application, which may have
 * several. `device` stands for the device flow, which has no address.
 */
export type Platform = 'web' | 'spa' | 'public' | 'device'

const PLATFORMS: readonly Platform[] = ['web', 'spa', 'public', 'device']

/** The platform a reply address is registered under; the first of several. An address that is registered no more is of the web. */
export function platformOf(application: Application, address: string): Platform {
  const wanted = comparableReply(address)
  const isAmong = ({ redirectUris }: { readonly redirectUris: readonly string[] }): boolean =>
    redirectUris.some((each) => comparableReply(each) === wanted)
  if (isAmong(application.spa)) return 'spa'
  if (isAmong(application.publicClient) && !isAmong(application.web)) return 'public'
  return 'web'
}

/** The platform noted with a refresh token. */
export function platformMarked(mark: string | undefined): Platform | undefined {
  return PLATFORMS.find((each) => each === mark)
}

/**
 * Whether a client of that platform has to prove itself. Installed apps cannot; a device flow has to unless the application allows public
 * client flows. The platform's own pages are public clients at web addresses.
 */
export function needsProof(application: Application, platform: Platform): boolean {
  if (application.firstParty) return false
  if (platform === 'device') return application.isFallbackPublicClient !== true
  return platform === 'web'
}
