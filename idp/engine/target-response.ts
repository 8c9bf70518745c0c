import type { OutboundResponse } from '#kit/http/outbound.ts'
import { OutboundFailure } from '#kit/http/outbound.ts'
import { type CallPurpose, codeOfRefusal, type TargetRefusal } from './refusal-code.ts'

/**
 * What an answer of the target means: the table of reference sheet 2.12 as a pure function. Codes are those of the
 * provisioning log.
 */

export type TargetErrorCode =
  | 'Unauthorized'
  | 'InsufficientRights'
  | 'NotPermitted'
  | 'Conflict'
  | 'EntryConflict'
  | 'DuplicateTargetEntries'
  | 'DuplicateSourceEntries'
  | 'InvalidAnchor'
  | 'MethodNotAllowed'
  | 'NotImplemented'
  | 'TooManyRequests'
  | 'UnprocessableEntity'
  | 'LicenseLimitExceeded'
  | 'InvalidDomain'
  | 'MandatoryFieldsMissing'
  | 'MissingValues'
  | 'SchemaAttributeNotFound'
  | 'SchemaPropertyCanOnlyAcceptValue'
  | 'InternalServerError'
  | 'InternalError'
  | 'Timeout'
  | 'WebExceptionProtocolError'
  | 'SystemForCrossDomainIdentityManagementServiceIncompatible'
  | 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse'
  | 'SystemForCrossDomainIdentityManagementCredentialValidationFailure'
  | 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable'

/**
 * A call that did not do what it was for. `reach` says whom it stops: the one object, or the whole job (a credential the
 * target refuses, a filter it does not understand).
 */
export interface TargetFailure {
  readonly kind: 'failure'
  readonly code: TargetErrorCode
  readonly reach: 'object' | 'job'
  /** Absent when there was no answer. */
  readonly status?: number
  /** What was asked and what came back, without credentials. */
  readonly message: string
  /** The target asked to wait so long, in milliseconds. */
  readonly retryAfterMs?: number
}

/** However long a target asks to wait, its job asks again after a day. */
const LONGEST_WAIT_MS = 24 * 3_600_000

/**
 * `Retry-After` as seconds or as a date (RFC 9110 §10.2.3), in milliseconds from `nowMs`, a day at most; absent when unreadable.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Math.min(Number(header) * 1000, LONGEST_WAIT_MS)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - nowMs), LONGEST_WAIT_MS)
}

/** What a SCIM Error says (RFC 7644 §3.12); of any other body the beginning. */
function readRefusal({ status, body }: OutboundResponse): TargetRefusal {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'detail' in parsed && typeof parsed.detail === 'string') {
      const scimType = 'scimType' in parsed && typeof parsed.scimType === 'string' ? parsed.scimType : undefined
      return { status, detail: parsed.detail.slice(0, 500), ...(scimType === undefined ? {} : { scimType }) }
    }
  } catch {
    // Not JSON: a proxy's page, most likely. Its beginning says more than nothing.
  }
  return { status, detail: body.slice(0, 200).trim() }
}

/**
 * Classify an answer that is not a success. 401 stops the job, whatever was asked; so does 404 to a filter, which must be
 * an empty list (reference sheet 2.2).
 */
export function failureOf(
  call: string,
  purpose: CallPurpose,
  response: OutboundResponse,
  nowMs: number,
): TargetFailure {
  const { status } = response
  const refusal = readRefusal(response)
  const { detail } = refusal
  const missingList = status === 404 && purpose === 'filter'
  const wait = status === 429 ? retryAfterMs(response.headers['retry-after'], nowMs) : undefined
  return {
    kind: 'failure',
    code: missingList ? 'SystemForCrossDomainIdentityManagementServiceIncompatible' : codeOfRefusal(refusal, purpose),
    reach: status === 401 || missingList ? 'job' : 'object',
    status,
    message: `${call} was answered ${status}${detail === '' ? '' : `: ${detail}`}${
      missingList ? ' A filter that finds nobody must be answered 200 with an empty list.' : ''
    }`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  }
}

/**
 * Classify a call that got no answer. An address that may not be called, or is none, stops the job: no object would fare
 * better. @throws what is not an {@link OutboundFailure}: a bug. */
export function silenceOf(call: string, error: unknown): TargetFailure {
  if (!(error instanceof OutboundFailure)) throw error
  return {
    kind: 'failure',
    code: error.kind === 'timeout' ? 'Timeout' : 'WebExceptionProtocolError',
    reach: error.kind === 'refused' || error.kind === 'invalid-url' ? 'job' : 'object',
    message: `${call} got no answer: ${error.message}`,
  }
}

/** An answer that claims success but cannot be used. */
export function incompatible(call: string, status: number, why: string): TargetFailure {
  return {
    kind: 'failure',
    code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
    reach: 'object',
    status,
    message: `${call} was answered ${status}, but ${why}.`,
  }
}

/** Whether a failure is the target's patience running out with a time named: the sender waits, the object has not failed. */
export function asksToWait(failure: TargetFailure): failure is TargetFailure & { readonly retryAfterMs: number } {
  return failure.retryAfterMs !== undefined
}
