import type { ErrorRequestHandler, Request, Response } from 'express'
import { currentContext } from '#kit/context.ts'

export interface RefusalOptions extends ErrorOptions {
  /** What the user can do about it. */
  readonly hint?: string
  /** Further headers of the answer: `{ allow: 'GET, PUT' }`. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Thrown for what is refused: a rule said no and the caller can do something about it. The error mapper of the surface
 * turns it into the product's own error; `message` is read by people and holds no secret.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** Closed word for programs: `not_found`, `unknown_world` … */
  readonly code: string
  readonly status: number
  readonly hint: string | undefined
  readonly headers: Readonly<Record<string, string>>
  constructor(code: string, status: number, message: string, options: RefusalOptions = {}) {
    super(message, options)
    this.code = code
    this.status = status
    this.hint = options.hint
    this.headers = options.headers ?? {}
  }
}

/** An error as a surface may show it: never a stack, never an inner message of a bug. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly hint?: string
  /** The trace id: what the journal and the log know this request by. */
  readonly requestId: string
  readonly headers: Readonly<Record<string, string>>
}

/** Errors of Express's body parsers and router carry a status and a type; those below 500 are the client's doing. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  if (error.status < 400 || error.status > 499) return undefined
  const type = 'type' in error && typeof error.type === 'string' ? error.type : ''
  switch (type) {
    case 'entity.too.large':
      return new Refusal('too_large', 413, 'The request is too large.', {
        hint: 'Send less in one request.',
        cause: error,
      })
    case 'entity.parse.failed':
      return new Refusal('invalid_body', 400, 'The request body could not be read.', {
        hint: 'Check the syntax of the body against its Content-Type.',
        cause: error,
      })
    default:
      return new Refusal(
        type === '' ? 'bad_request' : type.replaceAll('.', '_'),
        error.status,
        'The request could not be read.',
        {
          cause: error,
        },
      )
  }
}

/** What to tell about `error`: a refusal as it is, anything else as a 500 that names nothing but the request. */
export function problemOf(error: unknown): Problem {
  const requestId = currentContext()?.traceId ?? 'unknown'
  const refusal = refusalOf(error)
  if (refusal === undefined) {
    return {
      status: 500,
      code: 'internal',
      message: 'Something went wrong on our side.',
      hint: `Look for request ${requestId} in the log.`,
      requestId,
      headers: {},
    }
  }
  return {
    status: refusal.status,
    code: refusal.code,
    message: refusal.message,
    ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    requestId,
    headers: refusal.headers,
  }
}

/** Told of every error that is a bug, with its stack, for the process's own log. */
export type BugReporter = (error: unknown, problem: Problem) => void

/** Writes the stack to standard error, with the id the page shows. */
export const reportToStderr: BugReporter = (error, problem) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`request ${problem.requestId} failed: ${text}\n`)
}

/**
 * The last middleware of a surface: every error becomes a {@link Problem} and is written by `write` in the surface's own form.
 * An answer already under way is cut, since its status can no longer be told.
 */
export function createErrorMapper(
  write: (problem: Problem, req: Request, res: Response) => void,
  report: BugReporter = reportToStderr,
): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = problemOf(error)
    if (problem.status >= 500) report(error, problem)
    if (res.headersSent) {
      res.destroy()
      return
    }
    for (const [name, value] of Object.entries(problem.headers)) res.setHeader(name, value)
    res.status(problem.status)
    write(problem, req, res)
  }
}
