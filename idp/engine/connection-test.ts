import { randomUUID } from 'node:crypto'
import { createExchange, type TargetAddress, type TargetDeps } from './exchange.ts'
import { matchQuery, readMatch } from './read-answer.ts'
import type { ObjectKind } from './records.ts'
import { failureOf, type TargetFailure } from './target-response.ts'

/** What the connection test found; a failure carries what the page's details show, the credential taken out. */
export type ConnectionTest =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: TargetFailure['code']
      readonly message: string
      readonly request: string
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      /** Nothing was sent: calls to this host have not been allowed. */
      readonly hostNotAllowed?: string
    }

export interface ConnectionProbe {
  /** The attribute users are matched by. */
  readonly userPath: string
  /** The attribute groups are matched by, when groups are provisioned too. */
  readonly groupPath?: string
}

const BODY_SHOWN = 2_000

/**
 * Ask the target for somebody who cannot exist: a random GUID on the matching attribute. Anything but 200 with a
 * ListResponse fails, 404 included (reference sheet 2.2). Nothing is changed in the target.
 */
export async function testConnection(
  deps: TargetDeps,
  address: TargetAddress,
  probe: ConnectionProbe,
): Promise<ConnectionTest> {
  const exchange = createExchange(deps, address)
  const hide = (text: string) => (address.token === '' ? text : text.replaceAll(address.token, '[redacted]'))
  const probes: (readonly [ObjectKind, string])[] = [['User', probe.userPath]]
  if (probe.groupPath !== undefined) probes.push(['Group', probe.groupPath])
  for (const [kind, path] of probes) {
    const value = randomUUID()
    const route = `/${kind}s?${matchQuery(kind, path, value)}`
    const request = `GET ${address.baseUrl}${route}`
    const sent = await exchange('GET', route, 'connection test')
    const code = 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable'
    if ('kind' in sent) {
      // Without an answer, only an address that may not be called concerns the job as a whole.
      const host = sent.reach === 'job' && URL.canParse(address.baseUrl) ? new URL(address.baseUrl).host : undefined
      return {
        ok: false,
        code,
        message: hide(sent.message),
        request: hide(request),
        ...(host === undefined ? {} : { hostNotAllowed: host }),
      }
    }
    const { status, headers, body } = sent.response
    const answer =
      status === 200
        ? readMatch(sent.call, sent.response)
        : failureOf(sent.call, 'filter', sent.response, deps.clock.now())
    if (answer.kind === 'ok') continue
    const shown = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, hide(text)]))
    return {
      ok: false,
      code,
      message: hide(answer.message),
      request: hide(request),
      status,
      headers: shown,
      body: hide(body).slice(0, BODY_SHOWN),
    }
  }
  return { ok: true }
}
