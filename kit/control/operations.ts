import { randomUUID } from 'node:crypto'
import { problemOf, Refusal } from '#kit/http/errors.ts'

/** Operations remembered after their end. */
const KEPT = 50

export type OperationState =
  | { readonly id: string; readonly status: 'running'; readonly startedAt: string }
  | { readonly id: string; readonly status: 'done'; readonly startedAt: string; readonly result: object }
  | {
      readonly id: string
      readonly status: 'failed'
      readonly startedAt: string
      readonly error: { readonly code: string; readonly message: string; readonly hint?: string }
    }

export interface Operations {
  /**
   * Wait for `work` as long as patience lasts. @returns its result, or the id to ask for it by.
   * @throws what `work` throws meanwhile.
   */
  run(work: Promise<object>): Promise<{ readonly result: object } | { readonly operation: string }>
  /** @throws Refusal `unknown_operation` (404). */
  get(id: string): OperationState
}

/** Work that may outlast a request. `nowIso` stamps the start. */
export function createOperations(patienceMs: number, nowIso: () => string): Operations {
  const known = new Map<string, OperationState>()

  function follow(work: Promise<object>): string {
    const id = randomUUID()
    const startedAt = nowIso()
    known.set(id, { id, status: 'running', startedAt })
    work.then(
      (result) => known.set(id, { id, status: 'done', startedAt, result }),
      (error: unknown) => {
        const { code, message, hint } = problemOf(error)
        known.set(id, {
          id,
          status: 'failed',
          startedAt,
          error: { code, message, ...(hint === undefined ? {} : { hint }) },
        })
      },
    )
    for (const [oldest, state] of known) {
      if (known.size <= KEPT) break
      if (state.status !== 'running') known.delete(oldest)
    }
    return id
  }

  return {
    async run(work) {
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<'late'>((settle) => {
        timer = setTimeout(() => settle('late'), patienceMs)
      })
      try {
        const outcome = await Promise.race([work, patience])
        return outcome === 'late' ? { operation: follow(work) } : { result: outcome }
      } finally {
        clearTimeout(timer)
      }
    },
    get(id) {
      const state = known.get(id)
      if (state !== undefined) return state
      throw new Refusal('unknown_operation', 404, 'There is no such operation.', {
        hint: 'Operations are forgotten when the system restarts, and some time after their end.',
      })
    },
  }
}
