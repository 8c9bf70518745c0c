import { Refusal } from '#kit/http/errors.ts'
import { type Outbound, OutboundFailure } from '#kit/http/outbound.ts'
import type { Urls } from '#kit/system/system.ts'
import { type ControlClient, createControlClient, type Transport } from '../library/control-client.ts'

/** Another system of the kit, seen from the home. */
export interface Neighbour {
  readonly name: string
  /** As people know it: `Entra`. */
  readonly label: string
  readonly url: string
  /** Its control API. Refusals come as `Refusal`; no answer is a `Refusal` `system_unreachable`. */
  readonly client: ControlClient
}

/** Wall milliseconds to wait for an answer. A change may have a long way to go: systems answer within a minute. */
const READ_TIMEOUT_MS = 4_000
const CHANGE_TIMEOUT_MS = 120_000

const LABELS: Readonly<Record<string, string>> = { kit: 'Kit home', entra: 'Entra', okta: 'Okta', dialpad: 'Dialpad' }

/** A system as people know it. */
export function labelOf(system: string): string {
  return LABELS[system] ?? system
}

/** The systems whose address is known, the home itself left out, in the order of the addresses. */
export function createNeighbours(urls: Urls, outbound: Outbound): readonly Neighbour[] {
  return Object.entries(urls)
    .filter(([name]) => name !== 'kit' && name !== 'smtp')
    .map(([name, url]) => {
      const label = labelOf(name)
      return { name, label, url, client: createControlClient(url, transportOver(outbound, label, url)) }
    })
}

/** A refusal of ours for a system that does not answer. */
export function unreachable(label: string, url: string, cause?: unknown): Refusal {
  return new Refusal('system_unreachable', 409, `${label} is not reachable at ${url}.`, {
    hint: 'Start it, wait until it is healthy, and try again.',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Whether `error` says that a system did not answer. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'system_unreachable'
}

/**
 * Find out whether all systems answer, before something is done to all of them.
 * @throws Refusal `system_unreachable` (409) that names the first which does not.
 */
export async function expectAll(neighbours: readonly Neighbour[]): Promise<void> {
  await Promise.all(neighbours.map(({ client }) => client.health()))
}

interface ErrorBody {
  readonly error?: { readonly code?: string; readonly message?: string; readonly hint?: string }
}

function transportOver(outbound: Outbound, label: string, origin: string): Transport {
  return async ({ method, url, body }) => {
    const answer = await outbound
      .send({
        method,
        url,
        timeoutMs: method === 'GET' ? READ_TIMEOUT_MS : CHANGE_TIMEOUT_MS,
        // A change is JSON, also where it has nothing to say.
        ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' } }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      .catch((error: unknown) => {
        // An answer too large to read is an answer: whoever asked may ask for less.
        if (error instanceof OutboundFailure && error.kind !== 'protocol') throw unreachable(label, origin, error)
        throw error
      })
    if (answer.status === 503) throw unreachable(label, origin)
    const json = parseJson(answer.body)
    if (json === undefined) throw unreachable(label, origin)
    const { error } = json as ErrorBody
    if (answer.status >= 400 && error?.code !== undefined) {
      throw new Refusal(error.code, answer.status, error.message ?? `${label} refused.`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      })
    }
    return { status: answer.status, body: json }
  }
}

/** `undefined` for what is no JSON object: something else listens at that address. */
function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
