import type { Response } from 'express'
import { currentContext } from '#kit/context.ts'
import { reportToStderr } from '#kit/http/errors.ts'
import { DialpadRefusal } from '../domain/refusal.ts'

/** What goes out: JSON, 200 for everything done, and one envelope for everything refused (reference sheet 4.1, 4.8). */

/** A refusal of the API itself. */
export class RestRefusal extends Error {
  override readonly name = 'RestRefusal'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

export function sendJson(res: Response, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8')
  res.statusCode = status
  res.setHeader('Content-Type', 'application/json')
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}

/** Everything thrown becomes the envelope; what is a bug is reported and answered with the request's id, never with its stack. */
export function sendError(res: Response, error: unknown): void {
  if (res.headersSent) {
    res.destroy()
    return
  }
  const { status, message, headers } = refusalOf(error)
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="Dialpad"')
  sendJson(res, status, {
    error: { code: status, errors: [{ domain: 'global', message, reason: reasonOf(status) }], message },
  })
}

function reasonOf(status: number): string {
  switch (status) {
    case 401:
      return 'authError'
    case 403:
      return 'forbidden'
    case 404:
      return 'notFound'
    case 405:
      return 'httpMethodNotAllowed'
    case 409:
      return 'conflict'
    case 413:
      return 'requestTooLarge'
    case 429:
      return 'rateLimitExceeded'
    case 501:
      return 'notImplemented'
    default:
      return status >= 500 ? 'backendError' : 'badRequest'
  }
}

interface Refused {
  readonly status: number
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

function refusalOf(error: unknown): Refused {
  if (error instanceof RestRefusal) return error
  if (error instanceof DialpadRefusal) return { status: error.status, message: error.message, headers: {} }
  const status = clientFault(error)
  if (status !== undefined) return status
  const requestId = currentContext()?.traceId ?? 'unknown'
  reportToStderr(error, { status: 500, code: 'internal', message: '', requestId, headers: {} })
  return { status: 500, message: `Something went wrong on our side; request ${requestId}`, headers: {} }
}

/** The body reader's own errors below 500. */
function clientFault(error: unknown): Refused | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  if (error.status < 400 || error.status > 499) return undefined
  const message = error.status === 413 ? 'The request body is too large' : 'The request could not be read'
  return { status: error.status, message, headers: {} }
}
