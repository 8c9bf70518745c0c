import type { JournalChange } from '#kit/journal.ts'
import type { EntraSystem } from '../collections.ts'

/** A change an administrator made. */
export interface ChangeNote {
  /** One line: `Ada Okafor was assigned to Dialpad`. */
  readonly title: string
  /** User principal name, group name or app name. */
  readonly subject: string
  readonly change: JournalChange
}

/** Write a change into the journal, credentials left out. Call it after the transaction that made the change. */
export function journalChange(system: Pick<EntraSystem, 'journal'>, { title, subject, change }: ChangeNote): void {
  const { before, after, ...rest } = change
  system.journal.record({
    kind: 'state',
    title,
    subject,
    change: {
      ...rest,
      ...(before === undefined ? {} : { before: withoutCredentials(before) }),
      ...(after === undefined ? {} : { after: withoutCredentials(after) }),
    },
  })
}

function withoutCredentials(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('passwordHash' in record)) return record
  const { passwordHash: _, ...rest } = record
  return rest
}
