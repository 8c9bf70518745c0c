import type { RequestHandler } from 'express'
import { askedCorrelation, correlateBy, correlationHeaders } from './correlation.ts'
import type { SignInDeps } from './deps.ts'
import { correlationOfCode } from './states/witness.ts'

/**
 * Gives requests to the endpoints of the platform their correlation id: the one the client asks for; for a code that is redeemed, that of
 * the sign-in it came of; else their own. Told with the answer where the client asks for that.
 */
export function correlateRequests(deps: SignInDeps): RequestHandler {
  return async (req, res, next) => {
    const form: unknown = req.body
    const code = typeof form === 'object' && form !== null && 'code' in form ? form.code : undefined
    correlateBy(askedCorrelation(req) ?? (await correlationOfCode(deps, typeof code === 'string' ? code : null)))
    res.set(correlationHeaders(req))
    next()
  }
}
