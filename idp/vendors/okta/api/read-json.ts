import express, { type Request, type RequestHandler, type Response } from 'express'
import { hasBody } from '#kit/http/record.ts'
import { ApiError } from './api-error.ts'

const BODY_LIMIT = '1mb'
const DEEPEST = 50
const readBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

/**
 * The JSON of a request; `undefined` where there is none.
 * @throws {ApiError} E0000021 for another media type, E0000003 for what is not well-formed.
 */
export async function readJson(req: Request, res: Response): Promise<unknown> {
  if (!hasBody(req)) return undefined
  const type = req.headers['content-type']
  if (type === undefined || !/^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) throw new ApiError('E0000021')
  await new Promise<void>((resolve, reject) => {
    readBytes(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
  })
  const bytes: unknown = req.body
  const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : ''
  if (isNestedTooDeeply(text)) throw new ApiError('E0000003')
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ApiError('E0000003')
    throw cause
  }
}

/** What is kept as it was sent must be writable again, which deep nesting can exhaust the stack with. */
function isNestedTooDeeply(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
