import type { Application } from '#idp/core/directory/records.ts'

/** Where an application runs, which decides what its redirect URIs may be. */
export const PLATFORMS = ['web', 'spa', 'publicClient'] as const
export type Platform = (typeof PLATFORMS)[number]

/** Redirect URIs of one registration, all platforms together (redirect URI restrictions, work and school accounts). */
export const MOST_REDIRECT_URIS = 256
export const LONGEST_REDIRECT_URI = 256

/** Characters the service does not take in a redirect URI. */
const REFUSED_CHARACTERS = /[!$'(),;]/

/** Schemes that run or read something instead of opening an application. */
const DANGEROUS_SCHEMES = /^(javascript|data|vbscript|file|blob|about|view-source|ftp|ws|wss):$/i

/** Loopback names a plain `http` address may have; pages take the first alone, the manifest all of them. */
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1']

/**
 * Why a redirect URI cannot be registered for a platform; `undefined` when it can (redirect URI restrictions and limitations).
 *
 * @param through `page`: the text boxes of the Authentication page, which refuse `http://127.0.0.1`; the manifest and Graph take it.
 */
export function redirectUriProblem(
  uri: string,
  platform: Platform,
  through: 'page' | 'manifest' = 'manifest',
): string | undefined {
  if (uri.length > LONGEST_REDIRECT_URI) return `A redirect URI has at most ${LONGEST_REDIRECT_URI} characters.`
  if (/[^!-~]/.test(uri) || !URL.canParse(uri)) return 'The redirect URI must be a valid URL.'
  if (uri.includes('#')) return 'The redirect URI must not contain a fragment (#).'
  if (uri.includes('*')) return 'The redirect URI must not contain a wildcard (*).'
  const refused = REFUSED_CHARACTERS.exec(uri)?.[0]
  if (refused !== undefined) return `The redirect URI must not contain the character ${refused}`
  const { protocol, hostname, username, password } = new URL(uri)
  if (username !== '' || password !== '') return 'The redirect URI must not contain a user name or password.'
  if (protocol === 'https:') return undefined
  if (protocol === 'http:') {
    const hosts = through === 'page' ? LOOPBACK_HOSTS.slice(0, 1) : LOOPBACK_HOSTS
    return hosts.includes(hostname) ? undefined : 'The redirect URI must start with "https" or "http://localhost".'
  }
  if (platform === 'publicClient' && !DANGEROUS_SCHEMES.test(protocol)) return undefined
  return 'The redirect URI must start with "https" or "http://localhost".'
}

/** Redirect URIs of a platform. */
export function redirectUrisOf(application: Application, platform: Platform): readonly string[] {
  return application[platform].redirectUris
}

/** All of them, by platform. */
export function allRedirectUris(application: Application): readonly { platform: Platform; uri: string }[] {
  return PLATFORMS.flatMap((platform) => redirectUrisOf(application, platform).map((uri) => ({ platform, uri })))
}

/** The application with other redirect URIs on some platforms. Pure; what they may be is judged by {@link redirectUriProblem}. */
export function withRedirectUris(
  application: Application,
  uris: Readonly<Partial<Record<Platform, readonly string[]>>>,
): Application {
  return {
    ...application,
    web: { ...application.web, redirectUris: uris.web ?? application.web.redirectUris },
    spa: { redirectUris: uris.spa ?? application.spa.redirectUris },
    publicClient: { redirectUris: uris.publicClient ?? application.publicClient.redirectUris },
  }
}
