import type { RequestHandler } from 'express'
import type { OktaSystem } from '../collections.ts'
import { isTrustedOrigin } from './clients.ts'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const EXPOSED =
  'X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset, Link, WWW-Authenticate'

/**
 * Cross-origin requests (Security > API > Trusted Origins): scripts of an origin that is trusted for CORS may call, and read what they
 * are answered. A preflight of any other gets no permission, and an answer to it no header.
 */
export function trustedOriginsOnly({ store, origin: own }: Pick<OktaSystem, 'store' | 'origin'>): RequestHandler {
  return (req, res, next) => {
    const { origin } = req.headers
    res.vary('Origin')
    if (origin === undefined) return next()
    const isTrusted = isTrustedOrigin(store, own, origin)
    if (isTrusted) {
      res.setHeader('access-control-allow-origin', origin)
      res.setHeader('access-control-allow-credentials', 'true')
      res.setHeader('access-control-expose-headers', EXPOSED)
    }
    if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return next()
    if (isTrusted) {
      res.setHeader('access-control-allow-methods', METHODS)
      res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? '')
      res.setHeader('access-control-max-age', '600')
    }
    res.status(204).end()
  }
}
