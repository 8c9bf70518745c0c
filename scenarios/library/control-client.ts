import type { ClockReading, RanItem } from '#kit/clock.ts'
import { createLocalFetch, type LocalFetch } from '#kit/http/local-fetch.ts'
import type { JournalKind, JournalPage } from '#kit/journal.ts'
import type { StateDocument } from '#kit/store/store.ts'
import type { FaultRecord } from '#kit/system/collections.ts'
import type { FaultRule, Health, SnapshotComparison, SnapshotInfo, SwitchState } from '#kit/system/system-control.ts'

/** The control API of one system, typed. The calls and their refusals are those of the contract, `/_kit`. */

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

export interface ScheduledWork {
  readonly id: string
  readonly what: string
  readonly at: string
}

export interface JournalFilter {
  /** A number; of the kit home, whose journal is that of all systems, a text such as `entra:12,dialpad:40`. */
  readonly after?: number | string
  readonly kind?: JournalKind
  readonly subject?: string
}

/** A command that sets a scene, as `GET /_kit/commands` lists it. */
export interface ListedCommand {
  readonly name: string
  readonly does: string
  /** JSON schema of its input. */
  readonly input: Readonly<Record<string, unknown>>
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

/** {@link Transport} over a `fetch`, for scripts and tests. */
export function fetchTransport(fetch: LocalFetch): Transport {
  return async ({ method, url, body }) => {
    const response = await fetch(url, {
      method,
      // A change is JSON, also where it has nothing to say.
      ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' } }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}

export interface ControlClient {
  readonly origin: string
  health(): Promise<Health>
  /** `keepApiKeys` is known to Dialpad alone. */
  reset(options?: { readonly world?: string; readonly keepApiKeys?: boolean }): Promise<Health>
  state(): Promise<StateDocument>
  putState(state: StateDocument): Promise<void>
  snapshots(): Promise<readonly SnapshotInfo[]>
  snapshot(name: string): Promise<SnapshotInfo>
  restore(name: string): Promise<SnapshotInfo>
  /** What became different from a snapshot to `other`, or to the present; `limit` records of each collection, 20 unless told. */
  compareSnapshot(name: string, other?: string, limit?: number): Promise<SnapshotComparison>
  deleteSnapshot(name: string): Promise<void>
  clock(): Promise<ClockReading>
  moveClock(command: ClockCommand): Promise<ClockAdvance>
  due(): Promise<readonly ScheduledWork[]>
  journal(filter?: JournalFilter): Promise<JournalPage>
  faults(): Promise<readonly FaultRecord[]>
  putFaults(rules: readonly FaultRule[]): Promise<void>
  clearFaults(): Promise<void>
  switches(): Promise<readonly SwitchState[]>
  setSwitch(id: string, value: string): Promise<void>
  /** The commands that set a scene; the kit home has none. */
  commands(): Promise<readonly ListedCommand[]>
  /** Run one of them. @throws {ControlRefusal} what the product refuses; nothing is changed then. */
  run(command: string, input?: object): Promise<object>
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
export function createControlClient(
  origin: string,
  transport: Transport = fetchTransport(createLocalFetch(undefined)),
): ControlClient {
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
  const query = (filter: object): string =>
    new URLSearchParams(
      Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString()

  const member = async <N extends string, T>(path: string, name: N): Promise<T> =>
    ((await call('GET', path)) as Record<N, T>)[name]

  return {
    origin,
    call,
    health: () => call('GET', '/health') as Promise<Health>,
    reset: (options = {}) => call('POST', '/reset', options) as Promise<Health>,
    state: () => call('GET', '/state') as Promise<StateDocument>,
    putState: async (state) => void (await call('PUT', '/state', state)),
    snapshots: () => member<'snapshots', readonly SnapshotInfo[]>('/snapshots', 'snapshots'),
    snapshot: (name) => call('POST', '/snapshots', { name }) as Promise<SnapshotInfo>,
    restore: (name) => call('POST', `/snapshots/${encodeURIComponent(name)}/restore`, {}) as Promise<SnapshotInfo>,
    compareSnapshot: (name, other, limit) =>
      call(
        'GET',
        `/snapshots/${encodeURIComponent(name)}/compare?${query({ with: other, limit })}`,
      ) as Promise<SnapshotComparison>,
    deleteSnapshot: async (name) => void (await call('DELETE', `/snapshots/${encodeURIComponent(name)}`)),
    clock: () => call('GET', '/clock') as Promise<ClockReading>,
    moveClock: (command) => call('POST', '/clock', command) as Promise<ClockAdvance>,
    due: () => member<'due', readonly ScheduledWork[]>('/due', 'due'),
    journal: (filter = {}) => call('GET', `/journal?${query(filter)}`) as Promise<JournalPage>,
    faults: () => member<'rules', readonly FaultRecord[]>('/faults', 'rules'),
    putFaults: async (rules) => void (await call('PUT', '/faults', { rules })),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    switches: () => member<'switches', readonly SwitchState[]>('/switches', 'switches'),
    commands: () => member<'commands', readonly ListedCommand[]>('/commands', 'commands'),
    run: async (command, input = {}) =>
      (await call('POST', `/commands/${encodeURIComponent(command)}`, input)) as object,
    setSwitch: async (id, value) => void (await call('PATCH', '/switches', { id, value })),
  }
}
