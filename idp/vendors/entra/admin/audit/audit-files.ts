import { csvLine, jsonLines } from '#kit/http/send-download.ts'
import { directoryAuditOf } from '../../audit/directory-audit.ts'
import type { AuditEvent } from '../../audit/records.ts'

const HEADER = [
  'Date (UTC)',
  'CorrelationId',
  'Service',
  'Category',
  'Activity',
  'Result',
  'ResultReason',
  'ActorType',
  'ActorDisplayName',
  'ActorUserPrincipalName',
  'ActorObjectId',
  'Target1Type',
  'Target1DisplayName',
  'Target1ObjectId',
  'Target2Type',
  'Target2DisplayName',
  'Target2ObjectId',
  'ModifiedProperties',
  'AdditionalDetails',
] as const

function rowOf(event: AuditEvent): readonly string[] {
  const { initiatedBy: by, targets, details } = event
  const [first, second] = targets
  const modified = targets.flatMap((target) => target.modified)
  return [
    event.at,
    event.correlationId,
    event.service,
    event.category,
    event.activity,
    event.result,
    event.reason,
    by.kind === 'user' ? 'User' : 'Application',
    by.displayName,
    by.kind === 'user' ? by.userPrincipalName : '',
    by.kind === 'user' ? by.id : (by.servicePrincipalId ?? ''),
    ...[first, second].flatMap((target) => [target?.type ?? '', target?.displayName ?? '', target?.id ?? '']),
    modified.length === 0 ? '' : JSON.stringify(modified),
    Object.keys(details).length === 0 ? '' : JSON.stringify(details),
  ]
}

/** Lines of `AuditLogs.csv`: one event each. */
export function* auditCsv(events: Iterable<AuditEvent>): Generator<string> {
  yield csvLine(HEADER)
  for (const event of events) yield csvLine(rowOf(event))
}

/** `AuditLogs.json`: the events as Graph answers them. */
export function* auditJson(events: Iterable<AuditEvent>): Generator<string> {
  yield* jsonLines(mapped(events))
}

function* mapped(events: Iterable<AuditEvent>) {
  for (const event of events) yield directoryAuditOf(event)
}
