import type { Request, RequestHandler } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { isOwnHost, isOwnOrigin } from '#kit/http/origins.ts'
import type { Urls } from '#kit/system/system.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD'])

/**
 * Who may call `/_kit`: programs and pages of this machine, by names that are ours. A page of another site is kept out by `Origin`, by
 * `Host` (a name that an attacker points at this machine) and by the content type, which a form of HTML cannot send.
 *
 * @throws Refusal `foreign_host`, `foreign_origin` (403), `unsupported_media_type` (415).
 */
export function controlGuard(urls: Urls): RequestHandler {
  return (req, _res, next) => {
    const port = req.socket.localPort
    refuseForeignHost(req, urls)
    const { origin } = req.headers
    if (origin !== undefined && !isOwnOrigin(origin, urls, port)) {
      throw new Refusal('foreign_origin', 403, 'Pages of other sites may not call this.', {
        hint: 'Call it from a program, or from a page of the kit.',
      })
    }
    if (!SAFE_METHODS.has(req.method) && req.method !== 'OPTIONS' && !isJson(req.headers['content-type'])) {
      throw new Refusal('unsupported_media_type', 415, 'Calls that change something are JSON.', {
        hint: 'Send Content-Type: application/json.',
      })
    }
    next()
  }
}

/**
 * Lets on who asks by a name that is ours. For pages that anybody on this machine may read without signing in: a page of another site
 * could read them too, once the name of its server points here.
 *
 * @throws Refusal `foreign_host` (403).
 */
export function hostGuard(urls: Urls): RequestHandler {
  return (req, _res, next) => {
    refuseForeignHost(req, urls)
    next()
  }
}

function refuseForeignHost(req: Request, urls: Urls): void {
  if (isOwnHost(req.headers.host, urls, req.socket.localPort)) return
  throw new Refusal('foreign_host', 403, 'This host name is not one of this system.', {
    hint: `Use ${Object.values(urls)
      .filter((url) => url.startsWith('http'))
      .join(', ')}, or localhost.`,
  })
}

const isJson = (contentType: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(contentType ?? '')
