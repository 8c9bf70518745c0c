import express, { type Request, type RequestHandler, type Response } from 'express'
import { ScimError } from '#kit/scim/errors.ts'
import { ScimRefusal } from './answer.ts'

/** Largest request body, bytes: a PUT of a group of some tens of thousands of members. */
const BODY_LIMIT = 8 << 20

const ACCEPTED = /^application\/(scim\+json|json)\s*(;|$)/i

/** Reads and unpacks the bytes of a body, whatever they are called. */
const unpackBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

/**
 * The body of a request, read as JSON.
 *
 * @throws {ScimError} 415 unless the body is announced as SCIM or plain JSON, a charset is tolerated (RFC 7644 §3.1); 413 when it is
 * too large; `invalidSyntax` when it is no JSON. A client that goes away in the middle is never answered.
 */
export function readJsonBody(req: Request, res: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    requireJsonType(req)
    const settle = (error: unknown, bytes: unknown): void => {
      if (error !== undefined) reject(error)
      else {
        try {
          resolve(parseJson(bytes))
        } catch (invalid) {
          reject(invalid)
        }
      }
    }
    if (req.headers['content-encoding'] === undefined) readPlain(req, settle)
    else unpackBytes(req, res, (error?: unknown) => settle(error, req.body))
  })
}

function requireJsonType(req: Request): void {
  const type = req.headers['content-type']
  if (type !== undefined && ACCEPTED.test(type)) return
  throw new ScimRefusal(415, 'The Content-Type must be application/scim+json', { Accept: 'application/scim+json' })
}

/** Bytes that come as they are, which nearly all do. */
function readPlain(req: Request, settle: (error: unknown, bytes: Buffer | undefined) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  const stop = (error: unknown, bytes?: Buffer): void => {
    req.off('data', onData).off('end', onEnd).off('error', onError).off('aborted', onAborted)
    settle(error, bytes)
  }
  const onData = (chunk: Buffer): void => {
    length += chunk.length
    if (length <= BODY_LIMIT) chunks.push(chunk)
    else {
      stop(tooLarge())
      // Read to its end and thrown away, so that the client, who is still sending, gets to see the answer.
      req.resume()
    }
  }
  const onEnd = (): void => stop(undefined, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  const onError = (error: Error): void => stop(error)
  const onAborted = (): void => stop(new ScimError(400, 'invalidSyntax', 'The request ended before its body did'))
  if (Number(req.headers['content-length'] ?? 0) > BODY_LIMIT) {
    req.resume()
    settle(tooLarge(), undefined)
    return
  }
  req.on('data', onData).on('end', onEnd).on('error', onError).on('aborted', onAborted)
}

function tooLarge(): ScimError {
  return new ScimError(413, undefined, 'The request body is too large')
}

function parseJson(bytes: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '')
  } catch (cause) {
    throw new ScimError(400, 'invalidSyntax', 'The request body is not valid JSON', { cause })
  }
}
