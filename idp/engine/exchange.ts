import type { ProvisioningPolicy } from '#idp/core/provisioning/types.ts'
import type { Clock } from '#kit/clock.ts'
import { createTraceId, currentContext, runInContext } from '#kit/context.ts'
import type { Outbound, OutboundRequest, OutboundResponse } from '#kit/http/outbound.ts'
import { silenceOf, type TargetFailure } from './target-response.ts'

/** Where the target is and how to speak to it. The vendor has taken its flags out of the address already. */
export interface TargetAddress {
  /** Up to and without `/Users`: `https://app.example/scim`. */
  readonly baseUrl: string
  /** Bare, without a scheme. */
  readonly token: string
  readonly policy: Pick<ProvisioningPolicy, 'timeoutMs' | 'activityHeader'>
}

export interface TargetDeps {
  readonly outbound: Outbound
  readonly clock: Clock
}

/** The media type of SCIM (RFC 7644 §8.1). */
export const MEDIA_TYPE = 'application/scim+json'

/** A trace id in the form of a GUID: the same 32 digits. */
function guidOfTrace(traceId: string): string {
  return `${traceId.slice(0, 8)}-${traceId.slice(8, 12)}-${traceId.slice(12, 16)}-${traceId.slice(16, 20)}-${traceId.slice(20)}`
}

/** One exchange, in the trace of what is going on or in one of its own, so that header and trace agree. */
function withinTrace<R>(action: (traceId: string) => Promise<R>): Promise<R> {
  const context = currentContext() ?? { traceId: createTraceId() }
  return runInContext(context, () => action(context.traceId))
}

/** An answer, whatever its status, or why there is none. */
export type Sent = { readonly call: string; readonly response: OutboundResponse } | TargetFailure

/** How requests reach one target: the headers of reference sheet 2.1, one trace for what belongs together. */
export function createExchange({ outbound, clock }: TargetDeps, { baseUrl, token, policy }: TargetAddress) {
  return (method: OutboundRequest['method'], path: string, subject: string, body?: object): Promise<Sent> =>
    withinTrace(async (traceId) => {
      const call = `${method} ${path}`
      const { activityHeader } = policy
      const activity = activityHeader?.value
        .replaceAll('{date}', clock.iso())
        .replaceAll('{activityId}', guidOfTrace(traceId))
      try {
        const response = await outbound.send({
          method,
          url: `${baseUrl}${path}`,
          headers: {
            Authorization: `Bearer ${token}`,
            Accept: MEDIA_TYPE,
            ...(body === undefined ? {} : { 'Content-Type': `${MEDIA_TYPE}; charset=utf-8` }),
            ...(activityHeader === undefined || activity === undefined ? {} : { [activityHeader.name]: activity }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          timeoutMs: policy.timeoutMs,
          subject,
        })
        // A target that repeats the credential must not bring it into a log or onto a page.
        return token !== '' && response.body.includes(token)
          ? { call, response: { ...response, body: response.body.replaceAll(token, '[redacted]') } }
          : { call, response }
      } catch (error) {
        return silenceOf(call, error)
      }
    })
}

/** Any 2xx. */
export function isSuccess({ status }: OutboundResponse): boolean {
  return status >= 200 && status < 300
}
