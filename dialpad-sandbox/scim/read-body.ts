import express, { type Request, type RequestHandler } from 'express'
import { ScimError } from '#kit/scim/errors.ts'
import { ScimRefusal } from './answer.ts'

/** Largest request body: a PUT of a group of some tens of thousands of members. */
const BODY_LIMIT = '8mb'

const ACCEPTED = /^application\/(scim\+json|json)\s*(;|$)/i

/** Reads the bytes of a body, whatever they are called; {@link readJson} judges them. */
export const readBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

/** @throws {ScimError} 415 unless the body is announced as SCIM or plain JSON; a charset is tolerated (RFC 7644 §3.1). */
export function requireJsonType(req: Request): void {
  const type = req.headers['content-type']
  if (type !== undefined && ACCEPTED.test(type)) return
  throw new ScimRefusal(415, 'The Content-Type must be application/scim+json', { Accept: 'application/scim+json' })
}

/** @throws {ScimError} `invalidSyntax` when the bytes are no JSON. */
export function readJson(req: Request): unknown {
  const bytes: unknown = req.body
  try {
    return JSON.parse(Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '')
  } catch (cause) {
    throw new ScimError(400, 'invalidSyntax', 'The request body is not valid JSON', { cause })
  }
}
