import type { Urls } from '#kit/system/system.ts'

/** Names of this machine that need no resolving. */
const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'] as const

/** Whether `hostname` (as `URL.hostname` spells it) is `localhost` or a literal loopback address. No name is resolved. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}

function webUrls(urls: Urls): readonly URL[] {
  return Object.values(urls).flatMap((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') ? [url] : []
  })
}

/** What is worked out of addresses once: they are asked about with every request, and stay what they are. */
function onceForAll<T>(work: (urls: Urls) => T): (urls: Urls) => T {
  const done = new WeakMap<Urls, T>()
  return (urls) => {
    const known = done.get(urls)
    if (known !== undefined) return known
    const made = work(urls)
    done.set(urls, made)
    return made
  }
}

const portOf = (url: URL): string => (url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port)

/** The origins of our systems: the configured public ones, and the same ports by the names of this machine. */
export const ownOrigins = onceForAll((urls): ReadonlySet<string> => {
  const origins = new Set<string>()
  for (const url of webUrls(urls)) {
    origins.add(url.origin)
    for (const name of LOCAL_NAMES) origins.add(new URL(`${url.protocol}//${name}:${portOf(url)}`).origin)
  }
  return origins
})

const ownHosts = onceForAll(
  (urls): ReadonlySet<string> =>
    new Set(
      webUrls(urls).flatMap((url) => {
        const local = LOCAL_NAMES.map((name) => `${name}:${portOf(url)}`)
        const bare = url.port === '' ? [...LOCAL_NAMES] : []
        return [url.host, `${url.hostname}:${portOf(url)}`, ...local, ...bare]
      }),
    ),
)

/**
 * The values a `Host` header may have: those of the configured public URLs, and the names of this machine at our ports.
 * @param listeningPort The port the request came in by, which may differ from the public one.
 */
export function isOwnHost(host: string | undefined, urls: Urls, listeningPort: number | undefined): boolean {
  if (host === undefined) return false
  const given = host.toLowerCase()
  return ownHosts(urls).has(given) || LOCAL_NAMES.some((name) => given === `${name}:${listeningPort}`)
}

/** Whether the value of an `Origin` header is the origin of one of our systems. `null` is nobody's. */
export function isOwnOrigin(origin: string, urls: Urls, listeningPort: number | undefined): boolean {
  const given = origin.toLowerCase()
  if (ownOrigins(urls).has(given)) return true
  return LOCAL_NAMES.some(
    (name) => given === `http://${name}:${listeningPort}` || given === `https://${name}:${listeningPort}`,
  )
}
