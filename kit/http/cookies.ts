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
 * Not readable by scripts, sent on our own requests and on top-level navigation (`SameSite=Lax`), `Secure` where the public origin is https.
 */
export function createCookie(system: { readonly name: string; readonly origin: string }, name: string): Cookie {
  const fullName = `${cookiePrefix(system.origin, '__Host-')}${system.name}_${name}`
  const attributes = { httpOnly: true, sameSite: 'lax', secure: system.origin.startsWith('https:'), path: '/' } as const
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
