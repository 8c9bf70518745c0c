import type { JournalChange } from '#kit/journal.ts'
import type { Change } from '../provisioning/queue.ts'
import { newTransactionId } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, type Concern, logActorOf, mustAdminister } from './actor.ts'

/** A change for the journal of the kit. */
export interface ChangeNote {
  /** One line: `Ada Okafor was assigned to Dialpad`. */
  readonly title: string
  readonly subject: string
  readonly change: JournalChange
}

/**
 * Do one command: everything in one transaction by somebody who may, then a line in the journal, then a look at what has fallen
 * due: jobs run at once. `note` returns nothing for a command that changed nothing.
 * @throws {OktaRefusal} E0000006, and whatever `run` refuses with; nothing is written then.
 */
export async function inChange<R>(
  { system }: CommandDeps,
  actor: Actor,
  concern: Concern,
  run: (change: Change) => R,
  note: (result: R) => ChangeNote | undefined,
): Promise<R> {
  const result = await system.store.transact((tx) =>
    run({ tx, clock: system.clock, actor: mustAdminister(tx, actor, concern), transactionId: newTransactionId(tx) }),
  )
  tell(system, note(result))
  return result
}

/**
 * The same for what people do about themselves: no role is needed, and the System Log names them as the actor.
 * @throws whatever `run` refuses with; nothing is written then.
 */
export async function inOwnChange<R>(
  { system }: CommandDeps,
  userId: string,
  run: (change: Change) => R,
  note: (result: R) => ChangeNote | undefined,
): Promise<R> {
  const result = await system.store.transact((tx) =>
    run({ tx, clock: system.clock, actor: logActorOf(tx, userId), transactionId: newTransactionId(tx) }),
  )
  tell(system, note(result))
  return result
}

function tell(system: CommandDeps['system'], noted: ChangeNote | undefined): void {
  if (noted !== undefined) {
    const { before, after, ...rest } = noted.change
    system.journal.record({
      kind: 'state',
      title: noted.title,
      subject: noted.subject,
      change: {
        ...rest,
        ...(before === undefined ? {} : { before: withoutSecrets(before) }),
        ...(after === undefined ? {} : { after: withoutSecrets(after) }),
      },
    })
  }
  system.schedule.touch()
}

const SECRETS: ReadonlySet<string> = new Set([
  'passwordHash',
  'sealedToken',
  'sealedPassword',
  'sealedSecret',
  'secretHash',
])

function withoutSecrets(record: unknown): unknown {
  if (Array.isArray(record)) return record.map(withoutSecrets)
  if (typeof record !== 'object' || record === null) return record
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (SECRETS.has(name) ? [] : [[name, withoutSecrets(value)]])),
  )
}
