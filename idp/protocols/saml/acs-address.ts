import { isLoopback } from '#kit/http/origins.ts'
import type { System } from '#kit/system/system.ts'
import type { SamlShape } from './collections.ts'

/** Where the browser posts an answer. */
export type AcsAddress =
  | { readonly kind: 'here'; readonly action: string }
  /** The service is not on this machine, and nobody has allowed its host. */
  | { readonly kind: 'elsewhere'; readonly host: string }
  /** Nothing was typed, or nothing that is an address. */
  | { readonly kind: 'none' }

/**
 * The address on this machine for an assertion consumer address as typed: its alias where it has one. Answers carry names of training people and
 * are posted by a browser, which can reach the whole internet: like every other call they stay here unless a host was allowed.
 */
export function acsAddress(system: Pick<System<SamlShape>, 'control' | 'urls'>, typed: string): AcsAddress {
  if (!URL.canParse(typed)) return { kind: 'none' }
  const url = new URL(typed)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'none' }
  const aliases = system.control.aliases()
  const alias = Object.hasOwn(aliases, url.host) ? aliases[url.host] : undefined
  const target = new URL(alias ?? url)
  // One by one: a path that begins with `//` would name a host if it were resolved.
  target.pathname = url.pathname
  target.search = url.search
  const isOurs = Object.values(system.urls).some((own) => URL.canParse(own) && new URL(own).origin === target.origin)
  const hosts = system.control.outboundHosts()
  if (isOurs || isLoopback(target.hostname) || hosts.includes(target.hostname) || hosts.includes(target.host)) {
    return { kind: 'here', action: target.href }
  }
  return { kind: 'elsewhere', host: target.host }
}

/** The content policy of a page whose form goes to `action`; the common one names the ports of this machine only. */
export function policyAllowing(policy: string, action: string): string {
  const { origin } = new URL(action)
  return policy
    .split(';')
    .map((directive) => (/^\s*form-action\s/.test(directive) ? `${directive} ${origin}` : directive))
    .join(';')
}
