import type { JournalChange } from '#kit/journal.ts'
import type { Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { System } from '#kit/system/system.ts'
import type { Actor, ChangeLine } from '../domain/change-log.ts'
import type { DialpadShape } from '../records.ts'

/** How every command of the sandbox runs: one transaction, its change-log lines inside, its journal notes afterwards. */

export type DialpadSystem = System<DialpadShape>
export type DialpadWriter = Writer<DialpadShape & KitShape>

/** What a command has in hand while its transaction is open. Times are virtual. */
export interface Work {
  readonly tx: DialpadWriter
  readonly actor: Actor
  readonly nowMs: number
  readonly now: string
  /** Add a line to the change log, in the same transaction. */
  log(companyId: string, line: ChangeLine): void
  /** Tell the journal once the transaction is kept; never called for one that failed. No secrets. */
  note(subject: string, title: string, change: JournalChange): void
}

interface Note {
  readonly subject: string
  readonly title: string
  readonly change: JournalChange
}

/** Run `command` in one transaction, journal what it did, and see that new lines of the change log reach their subscribers. @throws what the command throws; then nothing was written. */
export function act<R>(system: DialpadSystem, actor: Actor, command: (work: Work) => R): Promise<R> {
  const notes: Note[] = []
  const before = system.store.count('changeLog')
  return system.store
    .transact((tx) => command(openWork(tx, actor, system.clock.now(), notes)))
    .then((result) => {
      if (system.store.count('changeLog') !== before) system.schedule.touch()
      for (const { subject, title, change } of notes) system.journal.record({ kind: 'state', subject, title, change })
      return result
    })
}

/** The same surroundings for a seed, whose writes are the world's beginning: the journal is not told. */
export function seedWork(tx: DialpadWriter, actor: Actor, nowMs: number): Work {
  return openWork(tx, actor, nowMs, [])
}

function openWork(tx: DialpadWriter, actor: Actor, nowMs: number, notes: Note[]): Work {
  const now = new Date(nowMs).toISOString()
  return {
    tx,
    actor,
    nowMs,
    now,
    log(companyId, line) {
      const id = String(tx.count('changeLog') + 1).padStart(12, '0')
      tx.put('changeLog', id, {
        id,
        companyId,
        date: now,
        action: line.action,
        note: line.note,
        additionalData: line.additionalData ?? {},
        target: line.target,
        changedBy: actor,
      })
    },
    note(subject, title, change) {
      notes.push({ subject, title, change })
    },
  }
}
