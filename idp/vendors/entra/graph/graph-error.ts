import type { ErrorRequestHandler, Response } from 'express'
import { DIRECTORY_REFUSAL_STATUS, DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { problemOf, Refusal, reportToStderr } from '#kit/http/errors.ts'

/** A member of the `details` of an error. */
export interface ErrorDetail {
  readonly code: string
  readonly message: string
  readonly target?: string
}

/** What Graph answers when it refuses: a code of its own, an HTTP status, words for people. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly code: string
  readonly status: number
  readonly details: readonly ErrorDetail[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    status: number,
    message: string,
    more: { readonly details?: readonly ErrorDetail[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = more.details ?? []
    this.headers = more.headers ?? {}
  }
}

/** A request that breaks a rule of its resource. */
export function badRequest(message: string): GraphError {
  return new GraphError('Request_BadRequest', 400, message)
}

/** A query this twin does not answer, though the real service might. */
export function unsupportedQuery(message: string): GraphError {
  return new GraphError('Request_UnsupportedQuery', 400, message)
}

/** A person whose token or whose own standing does not reach so far. @param needed Delegated permissions that would do. */
export function insufficientPrivileges(needed?: readonly string[]): GraphError {
  const which = needed === undefined ? '' : ` The application needs the delegated permission ${needed.join(' or ')}.`
  return new GraphError(
    'Authorization_RequestDenied',
    403,
    `Insufficient privileges to complete the operation.${which}`,
  )
}

/** An id that names nothing. */
export function missing(id: string): GraphError {
  return new GraphError(
    'Request_ResourceNotFound',
    404,
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
}

/** Codes of refusals of commands that have a name of their own in Graph; the rest go by their status. */
const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  405: 'Request_BadRequest',
  409: 'Conflict',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
}

/** A form that cannot be processed is a bad request here: Graph knows no 422. */
const statusFor = (status: number): number => (status === 422 ? 400 : status)

/** Any error as Graph would put it; `undefined` for a bug. */
export function graphErrorOf(error: unknown): GraphError | undefined {
  if (error instanceof GraphError) return error
  if (error instanceof DirectoryRefusal) return ofDirectory(error)
  const problem = problemOf(error)
  if (problem.status >= 500) return undefined
  if (error instanceof Refusal) {
    const status = statusFor(problem.status)
    return new GraphError(CODE_BY_STATUS[status] ?? 'BadRequest', status, problem.message, { headers: problem.headers })
  }
  return ofParser(problem.status)
}

/** A value that is taken is a bad request whose details name the property; only a restore says 409. */
function ofDirectory({ code, message, field }: DirectoryRefusal): GraphError {
  if (code !== 'ObjectConflict') return new GraphError(code, DIRECTORY_REFUSAL_STATUS[code], message)
  const target = field === undefined ? {} : { target: field }
  return new GraphError('Request_BadRequest', 400, message, {
    details: [{ code: 'ObjectConflict', message, ...target }],
  })
}

/** What Express's body reader and router refuse. */
function ofParser(status: number): GraphError {
  switch (status) {
    case 413:
      return new GraphError('RequestEntityTooLarge', 413, 'The request body is larger than this service reads.')
    case 415:
      return new GraphError('UnsupportedMediaType', 415, 'The encoding or character set of the body is not supported.')
    default:
      return new GraphError(
        'BadRequest',
        400,
        'The address or the body of the request cannot be read. A body is valid JSON and says so in Content-Type.',
      )
  }
}

/** Send an error in Graph's envelope. Times are virtual, ids those of the answer's headers. */
export function sendGraphError(
  res: Response,
  { code, status, message, details, headers }: GraphError,
  now: string,
): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
  const header = (name: string): string => String(res.getHeader(name) ?? '')
  res.status(status).json({
    error: {
      code,
      message,
      ...(details.length === 0 ? {} : { details }),
      innerError: {
        date: now.slice(0, 19),
        'request-id': header('request-id'),
        'client-request-id': header('client-request-id'),
      },
    },
  })
}

/** The end of the Graph routes: every error leaves in Graph's envelope, a bug as a 500 that tells nothing but its request id. */
export function graphErrorMapper(now: () => string): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    const known = graphErrorOf(error)
    if (known === undefined) reportToStderr(error, problemOf(error))
    if (res.headersSent) {
      res.destroy()
      return
    }
    sendGraphError(
      res,
      known ?? new GraphError('InternalServerError', 500, 'The request could not be carried out.'),
      now(),
    )
  }
}
