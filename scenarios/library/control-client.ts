import type { ClockReading, DueItem, RanItem } from '#kit/clock.ts'
import type { JournalKind, JournalPage } from '#kit/journal.ts'
import type { StateDocument } from '#kit/store/store.ts'
import type { FaultEffect, FaultRecord } from '#kit/system/collections.ts'

/** The control API of one system, typed. The calls and their refusals are those of the contract, `/_kit`. */

export interface Health {
  readonly status: 'ok'
  readonly system: string
  readonly version: string
  readonly world: string
  readonly now: string
  readonly urls: Readonly<Record<string, string>>
}

export type ClockCommand =
  | { readonly advance: string }
  | { readonly set: string }
  | { readonly frozen: boolean }
  | { readonly rate: number }

/** What moving the clock answers: when it is, and what fell due and was run on the way. */
export interface ClockAdvance {
  readonly now: string
  readonly ran: readonly RanItem[]
  /** Set when the work takes longer than a minute and goes on by itself. */
  readonly operation?: string
}

export interface SwitchReading {
  readonly id: string
  readonly value: string
  readonly values: readonly string[]
  readonly default: string
  readonly source: string
}

export interface FaultRule {
  readonly on: string
  readonly effect: FaultEffect
  readonly times?: number
}

export interface JournalFilter {
  readonly after?: number
  readonly kind?: JournalKind
  readonly subject?: string
}

/** One call. @returns the status and the parsed JSON body. */
export type Transport = (call: {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: unknown
}) => Promise<{ readonly status: number; readonly body: unknown }>

/** A refusal of the control API, with its code, message and hint. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal'
  readonly status: number
  readonly code: string
  readonly hint: string | undefined
  constructor(status: number, code: string, message: string, hint: string | undefined) {
    super(hint === undefined ? message : `${message} ${hint}`)
    this.status = status
    this.code = code
    this.hint = hint
  }
}

/** {@link Transport} over the platform's `fetch`, for scripts and tests. */
export const fetchTransport: Transport = async ({ method, url, body }) => {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

export interface ControlClient {
  readonly origin: string
  health(): Promise<Health>
  reset(options?: { readonly world?: string; readonly keepApiKeys?: boolean }): Promise<{ readonly world: string }>
  state(): Promise<StateDocument>
  putState(state: StateDocument): Promise<void>
  snapshots(): Promise<{ readonly items: readonly { readonly name: string }[] }>
  snapshot(name: string): Promise<void>
  restore(name: string): Promise<void>
  clock(): Promise<ClockReading>
  moveClock(command: ClockCommand): Promise<ClockAdvance>
  due(): Promise<{ readonly items: readonly (Omit<DueItem, 'at'> & { readonly at: string })[] }>
  journal(filter?: JournalFilter): Promise<JournalPage>
  faults(): Promise<{ readonly items: readonly FaultRecord[] }>
  putFaults(rules: readonly FaultRule[]): Promise<void>
  clearFaults(): Promise<void>
  switches(): Promise<{ readonly items: readonly SwitchReading[] }>
  setSwitch(id: string, value: string): Promise<void>
  /** Any other call below `/_kit`, for what one system alone offers. @throws {ControlRefusal} */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>
}

interface RefusalBody {
  readonly error?: { readonly code?: string; readonly message?: string; readonly hint?: string }
}

/**
 * The control client of the system at `origin`.
 *
 * @throws {ControlRefusal} from every call, when the system refuses it.
 */
export function createControlClient(origin: string, transport: Transport = fetchTransport): ControlClient {
  const call: ControlClient['call'] = async (method, path, body) => {
    const answer = await transport({ method, url: `${origin}/_kit${path}`, ...(body === undefined ? {} : { body }) })
    if (answer.status >= 200 && answer.status < 300) return answer.body
    const { error } = (answer.body ?? {}) as RefusalBody
    throw new ControlRefusal(
      answer.status,
      error?.code ?? 'unknown',
      error?.message ?? `${method} ${origin}/_kit${path} answered ${answer.status}.`,
      error?.hint,
    )
  }
  const query = (filter: JournalFilter): string =>
    new URLSearchParams(
      Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString()

  return {
    origin,
    call,
    health: () => call('GET', '/health') as Promise<Health>,
    reset: (options = {}) => call('POST', '/reset', options) as Promise<{ world: string }>,
    state: () => call('GET', '/state') as Promise<StateDocument>,
    putState: async (state) => void (await call('PUT', '/state', state)),
    snapshots: () => call('GET', '/snapshots') as Promise<{ items: { name: string }[] }>,
    snapshot: async (name) => void (await call('POST', '/snapshots', { name })),
    restore: async (name) => void (await call('POST', `/snapshots/${encodeURIComponent(name)}/restore`, {})),
    clock: () => call('GET', '/clock') as Promise<ClockReading>,
    moveClock: (command) => call('POST', '/clock', command) as Promise<ClockAdvance>,
    due: () => call('GET', '/due') as ReturnType<ControlClient['due']>,
    journal: (filter = {}) => call('GET', `/journal?${query(filter)}`) as Promise<JournalPage>,
    faults: () => call('GET', '/faults') as Promise<{ items: FaultRecord[] }>,
    putFaults: async (rules) => void (await call('PUT', '/faults', { rules })),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    switches: () => call('GET', '/switches') as Promise<{ items: SwitchReading[] }>,
    setSwitch: async (id, value) => void (await call('PATCH', '/switches', { [id]: value })),
  }
}
