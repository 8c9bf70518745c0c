import type { Request, RequestHandler } from 'express'
import { authenticateApiKey } from '../commands/api-keys.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { ScimRefusal, sendError } from './answer.ts'
import { bearerOf } from './operation.ts'

/** Addresses and methods without an operation. Told to holders of a key only: the others learn that theirs is no good. */
export function refuse(system: DialpadSystem, refusal: (req: Request) => ScimRefusal): RequestHandler {
  return async (req, res) => {
    try {
      await authenticateApiKey(system, bearerOf(req))
      throw refusal(req)
    } catch (error) {
      sendError(res, error)
    }
  }
}

/** @param allow The methods the address does know: `GET, POST`. */
export function methodNotAllowed(allow: string): (req: Request) => ScimRefusal {
  return (req) => new ScimRefusal(405, `${req.method} is not supported by ${pathOf(req)}`, { Allow: allow })
}

/** What the RFC describes and this server says it does not do (RFC 7644 §3.7, §3.11). */
export function notImplemented(req: Request): ScimRefusal {
  return new ScimRefusal(501, `${pathOf(req)} is not implemented`)
}

export function noEndpoint(req: Request): ScimRefusal {
  return new ScimRefusal(404, `There is no SCIM endpoint ${pathOf(req)}`)
}

function pathOf(req: Request): string {
  return `${req.baseUrl}${req.path}`
}
