import { csvLine } from '#kit/http/send-download.ts'
import type { SystemLogEvent } from '../../system-log/records.ts'

const HEADER = [
  'timestamp',
  'event_type',
  'display_message',
  'severity',
  'actor.id',
  'actor.type',
  'actor.alternate_id',
  'actor.display_name',
  'outcome.result',
  'outcome.reason',
  'targets',
  'transaction.type',
  'transaction.id',
  'uuid',
] as const

/** Lines of Download CSV: a header, then one event each; targets are `Type: name (id)`, joined by a semicolon. */
export function* logCsv(events: Iterable<SystemLogEvent>): Generator<string> {
  yield csvLine(HEADER)
  for (const event of events) {
    const { actor, outcome, transaction } = event
    yield csvLine([
      event.published,
      event.eventType,
      event.displayMessage,
      event.severity,
      actor.id,
      actor.type,
      actor.alternateId,
      actor.displayName,
      outcome.result,
      outcome.reason ?? '',
      event.target.map(({ type, displayName, id }) => `${type}: ${displayName} (${id})`).join('; '),
      transaction.type,
      transaction.id,
      event.uuid,
    ])
  }
}
