import type { IncomingMessage } from 'node:http'
import { parseCookie } from 'cookie'
import type { Response } from 'express'

/** One cookie of one system. Ports do not separate cookies, so the name carries the system: `app_session`, `__Host-app_session`. */
export interface Cookie {
  readonly name: string
  /** `undefined` when absent or empty. */
  read(req: IncomingMessage): string | undefined
  /** A cookie of the browser session, or one kept for `maxAgeMs` of wall time. */
  write(res: Response, value: string, maxAgeMs?: number): void
  clear(res: Response): void
}

/**
 * What the name of a cookie begins with. Over https `Secure` is part of the promise (RFC 6265bis §4.1.3), and the name is another than
 * over http: a browser that holds the one would neither send it to, nor let it be replaced by, a kit that is http again.
 */
export function cookiePrefix(origin: string, prefix: '__Host-' | '__Secure-'): string {
  return origin.startsWith('https:') ? prefix : ''
}

/**
 * Whether other sites' pages bring a cookie along, in a hidden frame or with a form they post. An identity provider's is brought along:
 * applications of other sites ask in a frame who is signed in. Browsers take that only with `Secure`; over http it stays `Lax`, and
 * frames find a session from pages of the same scheme and host alone.
 */
export function sameSiteFor(origin: string, acrossSites: boolean): 'lax' | 'none' {
  return acrossSites && origin.startsWith('https:') ? 'none' : 'lax'
}

/**
 * Not readable by scripts, sent on our own requests and on top-level navigation (`SameSite=Lax`, unless {@link sameSiteFor} says more),
 * `Secure` where the public origin is https.
 */
export function createCookie(
  { name: systemName, origin }: { readonly name: string; readonly origin: string },
  name: string,
  { acrossSites = false }: { readonly acrossSites?: boolean } = {},
): Cookie {
  const fullName = `${cookiePrefix(origin, '__Host-')}${systemName}_${name}`
  const attributes = {
    httpOnly: true,
    sameSite: sameSiteFor(origin, acrossSites),
    secure: origin.startsWith('https:'),
    path: '/',
  } as const
  return {
    name: fullName,
    read(req) {
      const value = parseCookie(req.headers.cookie ?? '')[fullName]
      return value === undefined || value === '' ? undefined : value
    },
    write(res, value, maxAgeMs) {
      res.cookie(fullName, value, { ...attributes, ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }) })
    },
    clear(res) {
      res.clearCookie(fullName, attributes)
    },
  }
}
