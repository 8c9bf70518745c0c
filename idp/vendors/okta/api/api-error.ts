import type { Response } from 'express'
import { currentContext } from '#kit/context.ts'
import { problemOf, reportToStderr } from '#kit/http/errors.ts'
import { lettersOf } from '#kit/ids.ts'
import { OktaRefusal, type RefusalCause } from '../commands/refusal.ts'
import { sendJson } from './send.ts'

/** Codes the API itself refuses with, beside those of the commands: status and summary (reference sheet 6.2). */
const API_ERRORS = {
  E0000001: [400, 'Api validation failed'],
  E0000003: [400, 'The request body was not well-formed.'],
  E0000004: [401, 'Authentication failed'],
  E0000005: [403, 'Invalid session'],
  E0000006: [403, 'You do not have permission to perform the requested action'],
  E0000007: [404, 'Not found: Resource not found'],
  E0000008: [404, 'The requested path was not found'],
  E0000009: [500, 'Internal Server Error'],
  E0000010: [503, 'Service is in read only mode'],
  E0000011: [401, 'Invalid token provided'],
  E0000014: [403, 'Update of credentials failed'],
  E0000021: [415, 'Bad request. Accept and/or Content-Type headers likely do not match supported values.'],
  E0000022: [405, 'The endpoint does not support the provided HTTP method'],
  E0000031: [400, 'Invalid search criteria.'],
  E0000041: [400, 'Credentials should not be set on this resource based on the scheme.'],
  E0000047: [429, 'API call exceeded rate limit due to too many requests.'],
  E0000059: [400, 'Connector configuration could not be tested.'],
  E0000060: [501, 'Unsupported operation.'],
  E0000075: [403, 'Cannot modify the attribute because it is controlled by the mapping.'],
  E0000112: [409, 'Cannot update this user because they are still being activated. Please try again in a few minutes.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>
export type ApiErrorCode = keyof typeof API_ERRORS

interface ApiErrorOptions {
  /** Another summary than the code's own. */
  readonly summary?: string
  /** One line each: `login: The field cannot be left blank`. */
  readonly causes?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  /** Another status than the code's own, for fault rules. */
  readonly status?: number
}

/** What the API answers when it refuses. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly causes: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  constructor(code: ApiErrorCode, { summary, causes = [], headers = {}, status }: ApiErrorOptions = {}) {
    const [ownStatus, ownSummary] = API_ERRORS[code]
    super(summary ?? ownSummary)
    this.code = code
    this.status = status ?? ownStatus
    this.causes = causes
    this.headers = headers
  }
}

/** E0000001 for one member or parameter. */
export function invalidValue(field: string, problem: string): ApiError {
  return new ApiError('E0000001', { summary: `Api validation failed: ${field}`, causes: [`${field}: ${problem}`] })
}

/** E0000007: an id that names nothing of the type. */
export function resourceNotFound(type: string, id: string): ApiError {
  return new ApiError('E0000007', { summary: `Not found: Resource not found: ${id} (${type})` })
}

/** Codes by which a status without a better one leaves: what fault rules and readers of bodies say. */
const CODE_BY_STATUS: Readonly<Record<number, ApiErrorCode>> = {
  400: 'E0000003',
  401: 'E0000011',
  403: 'E0000006',
  404: 'E0000007',
  405: 'E0000022',
  415: 'E0000021',
  429: 'E0000047',
  501: 'E0000060',
  503: 'E0000010',
}

/** An error of any status, as Okta would word it. */
export function errorOfStatus(status: number, options: Omit<ApiErrorOptions, 'status'> = {}): ApiError {
  const code = CODE_BY_STATUS[status] ?? (status >= 500 ? 'E0000009' : 'E0000003')
  return new ApiError(code, { ...options, status })
}

/** The cause of a refused command as the API words it: the member's name in front, not the label of the form. */
function causeText({ field, summary }: RefusalCause): string {
  if (field === undefined || summary.startsWith(`${field}: `)) return summary
  const told = /^[^:]{1,60}: (.+)$/s.exec(summary)?.[1] ?? summary
  return `${field}: ${told}`
}

interface Refused {
  readonly code: string
  readonly status: number
  readonly message: string
  readonly causes: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

function refusedOf(error: unknown): Refused {
  if (error instanceof ApiError) return error
  if (error instanceof OktaRefusal) {
    const { code, status, message, causes, headers } = error
    return { code, status, message, causes: causes.map(causeText), headers }
  }
  const problem = problemOf(error)
  if (problem.status < 500) return errorOfStatus(problem.status)
  reportToStderr(error, problem)
  return new ApiError('E0000009')
}

/**
 * Every error in Okta's envelope (reference sheet 6.2); a bug as E0000009, told to the process's log alone. `errorId` is derived
 * from the trace the journal knows the request by.
 */
export function sendError(res: Response, error: unknown): void {
  if (res.headersSent) {
    res.destroy()
    return
  }
  const { code, status, message, causes, headers } = refusedOf(error)
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
  sendJson(res, status, envelopeOf(code, message, causes))
}

/** Okta's envelope of an error (reference sheet 6.2). */
export function envelopeOf(code: string, summary: string, causes: readonly string[] = []) {
  return {
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId: lettersOf(`${currentContext()?.traceId ?? 'unknown'}/error`, 'oae', 22),
    errorCauses: causes.map((errorSummary) => ({ errorSummary })),
  }
}
