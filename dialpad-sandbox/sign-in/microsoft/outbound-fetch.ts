import type { CustomFetchOptions } from 'oauth4webapi'
import type { Outbound } from '#kit/http/outbound.ts'

/** Wall milliseconds an answer of the provider may take. */
const TIMEOUT_MS = 10_000

/** Statuses whose `Response` must have no body. */
const BODILESS = new Set([204, 205, 304])

/** The fetch of the OpenID library, by way of the one way out: allow-list, journal and trace come with it. @throws {OutboundFailure} */
export function outboundFetch(outbound: Outbound) {
  return async (
    url: string,
    options: CustomFetchOptions<'GET' | 'POST', URLSearchParams | undefined>,
  ): Promise<Response> => {
    const answer = await outbound.send({
      method: options.method,
      url,
      headers: options.headers,
      ...(options.body === undefined || options.body === null ? {} : { body: options.body.toString() }),
      timeoutMs: TIMEOUT_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    return new Response(BODILESS.has(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: answer.headers,
    })
  }
}
