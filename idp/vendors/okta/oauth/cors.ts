import type { Request, RequestHandler } from 'express'
import type { OktaSystem } from '../collections.ts'
import { clientOf, isOriginOf, isOriginOfSome, isTrustedOrigin } from './clients.ts'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const EXPOSED =
  'X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset, Link, WWW-Authenticate'

const TOKEN_ENDPOINT = /^\/oauth2(\/[^/]+)?\/v1\/token$/

/**
 * Cross-origin requests (Security > API > Trusted Origins): scripts of an origin that is trusted for CORS may call, and read what they
 * are answered. A preflight of any other gets no permission, and an answer to it no header. Tokens alone are also given to scripts of an
 * origin that a sign-in redirect URI of their client has; a preflight names no client, so any will do for it.
 */
export function trustedOriginsOnly({ store, origin: own }: Pick<OktaSystem, 'store' | 'origin'>): RequestHandler {
  function mayHaveTokens(req: Request, origin: string): boolean {
    if (!TOKEN_ENDPOINT.test(`${req.baseUrl}${req.path}`)) return false
    if (req.method === 'OPTIONS') return isOriginOfSome(store, origin)
    const clientId = (req.body as Readonly<Record<string, unknown>> | undefined)?.['client_id']
    const app = typeof clientId === 'string' ? clientOf(store, clientId) : undefined
    return app !== undefined && isOriginOf(app, origin)
  }

  return (req, res, next) => {
    const { origin } = req.headers
    res.vary('Origin')
    if (origin === undefined) return next()
    const isTrusted = isTrustedOrigin(store, own, origin) || mayHaveTokens(req, origin)
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
