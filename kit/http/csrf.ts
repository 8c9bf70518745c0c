import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { Refusal } from './errors.ts'
import { isOwnOrigin } from './origins.ts'
import type { Sessions } from './sessions.ts'

/** Name of the hidden field that carries the session's token. */
export const CSRF_FIELD = '_csrf'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Let a request that changes something pass only when it comes from a page of this system: its `Origin` (or `Referer`) is ours,
 * and the field `_csrf` holds the token of its session. Refuses with 403. Mount it before the routes of pages, and not before
 * those that other sites post to by protocol; the form must have been parsed.
 */
export function csrf(sessions: Sessions): RequestHandler {
  return (req, _res, next) => {
    if (SAFE_METHODS.has(req.method)) {
      next()
      return
    }
    if (!comesFromUs(req, sessions.origin)) throw refused('The form was sent from another site.')
    const session = sessions.of(req)
    const field: unknown = req.body?.[CSRF_FIELD]
    if (session === undefined || typeof field !== 'string' || !equal(field, session.csrfToken)) {
      throw refused('The form belongs to a session that is over.')
    }
    next()
  }
}

function comesFromUs(req: Request, origin: string): boolean {
  const given = req.headers.origin ?? originOf(req.headers.referer)
  return given !== undefined && isOwnOrigin(given, { own: origin }, req.socket.localPort)
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
}

function equal(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function refused(message: string): Refusal {
  return new Refusal('csrf', 403, message, { hint: 'Go back, reload the page and send the form again.' })
}
