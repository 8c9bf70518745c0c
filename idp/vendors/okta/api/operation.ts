import { hash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import type { OktaSystem } from '../collections.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { sendError } from './api-error.ts'
import { applyFault } from './apply-fault.ts'
import { authenticate, callerOf } from './authenticate.ts'
import type { ApiRoute } from './define-route.ts'
import type { RateLimit } from './rate-limit.ts'
import { readJson } from './read-json.ts'
import { sendAnswer } from './send.ts'

/** What every operation goes through: the token, the rate limit, the fault rules, the owner's rights, the body, the answer. */
export function createOperation(
  { system, session }: { readonly system: OktaSystem; readonly session: OktaSession },
  route: ApiRoute,
  rateLimit: RateLimit,
): RequestHandler {
  return async (req, res) => {
    try {
      const holder = route.isOpen ? undefined : await authenticate(system, req)
      rateLimit.take(res, bucketOf(req, holder?.token.id))
      if (await applyFault(res, system.faults.take(route.name), rateLimit)) return
      const caller = holder === undefined ? undefined : callerOf(system, holder)
      if (holder !== undefined) nameSubject(holder.owner.profile.login)
      const body = route.hasBody ? await readJson(req, res) : undefined
      const base = `${system.origin}/api/v1`
      const answer = await route.run({
        deps: { system },
        system,
        reader: system.store,
        session,
        base,
        params: paramsOf(req),
        req,
        res,
        query: req.query,
        body,
        caller,
      })
      sendAnswer(res, `${system.origin}${req.originalUrl}`, answer)
    } catch (error) {
      sendError(res, error)
    }
  }
}

/** Addresses share a bucket by their first part: `users`, `groups`, `logs`. */
function bucketOf(req: Request, tokenId: string | undefined): string {
  const family = req.path.split('/')[1] ?? ''
  return hash('sha256', `${tokenId ?? req.socket.remoteAddress ?? ''}/${family}`, 'hex')
}

function paramsOf(req: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]))
}
