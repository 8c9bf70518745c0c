import type { RequestHandler } from 'express'

const METHODS = 'GET, POST, PATCH, PUT, DELETE, OPTIONS'
const EXPOSED =
  'ETag, Location, OData-Version, Preference-Applied, request-id, client-request-id, Retry-After, WWW-Authenticate'

/**
 * Scripts of any page may call, and read what they are answered: what a single-page application may do is a matter of its token, and
 * cookies mean nothing here. A preflight brings no token and asks for nothing, so it is answered before one is looked for.
 */
export function openToScripts(): RequestHandler {
  return (req, res, next) => {
    res.setHeader('access-control-allow-origin', '*')
    res.setHeader('access-control-expose-headers', EXPOSED)
    if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return next()
    res.setHeader('access-control-allow-methods', METHODS)
    res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? 'authorization')
    res.setHeader('access-control-max-age', '600')
    res.status(204).end()
  }
}
