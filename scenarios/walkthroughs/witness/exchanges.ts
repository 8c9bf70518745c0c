import type { JournalEntry, JournalKind } from '#kit/journal.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'

/** What a check looks for in a journal. Unsaid parts match anything. */
export interface Sought {
  readonly kind?: JournalKind
  readonly method?: string
  /** Part of the address. */
  readonly url?: string
  readonly status?: number
  /** Entries with a greater number only. */
  readonly after?: number
}

/** The entries of a system's journal that match, oldest first. */
export async function exchanges(client: ControlClient, sought: Sought): Promise<readonly JournalEntry[]> {
  const found: JournalEntry[] = []
  let after = sought.after ?? 0
  for (;;) {
    const { items, next } = await client.journal({ after, ...(sought.kind === undefined ? {} : { kind: sought.kind }) })
    found.push(...items.filter((entry) => matches(entry, sought)))
    if (items.length === 0 || next <= after) return found
    after = next
  }
}

/** Number of the newest entry: what comes later is greater. Asks by the rarest kind, so that the answer is short. */
export async function lastNumber(client: ControlClient): Promise<number> {
  let after = 0
  for (;;) {
    const { items, next } = await client.journal({ after, kind: 'fault' })
    if (items.length === 0 || next <= after) return next
    after = next
  }
}

function matches({ request, response }: JournalEntry, { method, url, status }: Sought): boolean {
  return (
    (method === undefined || request?.method === method) &&
    (url === undefined || request?.url?.includes(url) === true) &&
    (status === undefined || response?.status === status)
  )
}
