import { Refusal } from '#kit/http/errors.ts'
import type { Store } from '#kit/store/store.ts'
import type { KitShape, OutboundSettings } from './collections.ts'
import type { Urls } from './system.ts'

export interface OutboundBook {
  aliases(): Readonly<Record<string, string>>
  setAliases(aliases: Readonly<Record<string, string>>): Promise<void>
  hosts(): readonly string[]
  setHosts(hosts: readonly string[]): Promise<void>
  timeoutMs(): number | undefined
  setTimeoutMs(timeoutMs: number): Promise<void>
}

/** `host` or `host:port`, lower case, as `URL.host` spells it. */
function hostOf(text: string): string | undefined {
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined
  return url !== undefined && url.host === text.toLowerCase() && url.host !== '' && /^[^*\s]+$/.test(text)
    ? url.host
    : undefined
}

/**
 * Aliases and allow-list of a system: the declared aliases (host to the system that stands in) hold until the user replaces them.
 */
export function createOutboundBook(
  store: Store<KitShape>,
  urls: Urls,
  declared: Readonly<Record<string, string>>,
): OutboundBook {
  const defaults = Object.fromEntries(
    Object.entries(declared).flatMap(([host, system]) => {
      const origin = urls[system]
      return origin === undefined ? [] : [[host, origin]]
    }),
  )
  const settings = (): OutboundSettings => store.get('kitOutbound', 'settings') ?? {}
  const keep = (change: OutboundSettings): Promise<void> =>
    store.transact((tx) => tx.put('kitOutbound', 'settings', { ...tx.get('kitOutbound', 'settings'), ...change }))

  return {
    aliases: () => settings().aliases ?? defaults,
    hosts: () => settings().hosts ?? [],
    timeoutMs: () => settings().timeoutMs,
    setTimeoutMs: (timeoutMs) => keep({ timeoutMs }),

    async setAliases(aliases) {
      const checked = Object.entries(aliases).map(([host, origin]): [string, string] => {
        const name = hostOf(host)
        if (name === undefined) {
          throw new Refusal('invalid_alias', 422, `"${host}" is not a host name.`, {
            hint: 'Write app.example or app.example:8443.',
          })
        }
        if (!URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin)) {
          throw new Refusal('invalid_alias', 422, `"${origin}" is not an origin.`, {
            hint: 'Write http://localhost:PORT, without a path.',
          })
        }
        return [name, origin]
      })
      await keep({ aliases: Object.fromEntries(checked) })
    },

    async setHosts(hosts) {
      const checked = hosts.map((host) => {
        const name = hostOf(host)
        if (name === undefined) {
          throw new Refusal('invalid_host', 422, `"${host}" is not a host name.`, {
            hint: 'Write app.example or app.example:8443; no scheme, no path, no wildcard.',
          })
        }
        return name
      })
      await keep({ hosts: [...new Set(checked)] })
    },
  }
}
