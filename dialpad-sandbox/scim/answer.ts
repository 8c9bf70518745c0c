import type { Response } from 'express'
import { currentContext } from '#kit/context.ts'
import { reportToStderr } from '#kit/http/errors.ts'
import { ScimError, toErrorBody } from '#kit/scim/errors.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { DialpadRefusal } from '../domain/refusal.ts'

/** What goes out: `application/scim+json` without parameters, and a SCIM Error for everything refused (RFC 7644 §3.12). */

export const SCIM_MEDIA_TYPE = 'application/scim+json'

export interface Answer {
  readonly status: 200 | 201 | 204 | 304
  readonly body?: JsonObject
  readonly headers?: Readonly<Record<string, string>>
}

/** Express's own `json` would add a charset, which some clients take for another media type. */
export function sendAnswer(res: Response, answer: Answer): void {
  res.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value)
  if (answer.body === undefined) {
    res.end()
    return
  }
  sendBody(res, answer.body)
}

/** A refusal of the server's own, with headers. */
export class ScimRefusal extends ScimError {
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(status, undefined, detail)
    this.headers = headers
  }
}

/** Everything thrown becomes a SCIM Error; what is a bug is reported and answered with the request's id, never with its stack. */
export function sendError(res: Response, error: unknown): void {
  if (res.headersSent) {
    res.destroy()
    return
  }
  const refusal = scimErrorOf(error)
  res.statusCode = refusal.status
  if (refusal instanceof ScimRefusal) {
    for (const [name, value] of Object.entries(refusal.headers)) res.setHeader(name, value)
  }
  if (refusal.status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="Dialpad"')
  sendBody(res, { ...toErrorBody(refusal) })
}

function sendBody(res: Response, body: JsonObject): void {
  const text = JSON.stringify(body)
  res.setHeader('Content-Type', SCIM_MEDIA_TYPE)
  res.setHeader('Content-Length', Buffer.byteLength(text))
  // As text: head and body then leave in one piece.
  res.end(text)
}

function scimErrorOf(error: unknown): ScimError {
  if (error instanceof ScimError) return error
  if (error instanceof DialpadRefusal) return new ScimError(error.status, error.scimType, error.message)
  const status = clientFault(error)
  if (status !== undefined) return status
  const requestId = currentContext()?.traceId ?? 'unknown'
  reportToStderr(error, { status: 500, code: 'internal', message: '', requestId, headers: {} })
  return new ScimError(500, undefined, `Something went wrong on our side; request ${requestId}`)
}

/** The body reader's own errors below 500. */
function clientFault(error: unknown): ScimError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  if (error.status < 400 || error.status > 499) return undefined
  if (error.status === 413) return new ScimError(413, undefined, 'The request body is too large')
  if (error.status === 415) return new ScimError(415, undefined, 'The encoding of the request body is not supported')
  return new ScimError(error.status, 'invalidSyntax', 'The request could not be read')
}
