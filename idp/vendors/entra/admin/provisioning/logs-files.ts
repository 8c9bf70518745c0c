import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { csvLine, jsonLines } from '#kit/http/send-download.ts'
import type { EntraReader } from '../../collections.ts'
import { objectSummary } from '../../graph/audit-logs/object-summary.ts'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'
import { targetNameOf } from './find-entries.ts'

/** The files a log is downloaded as (reference 8.1): three of CSV, joined by their Change ID, or one of JSON. */
export const LOG_FILES = {
  logs: 'ProvisioningLogs.csv',
  steps: 'ProvisioningLogs_ProvisioningSteps.csv',
  modified: 'ProvisioningLogs_ModifiedProperties.csv',
  json: 'ProvisioningLogs.json',
} as const
export type LogFile = keyof typeof LOG_FILES

type Entries = Iterable<ProvisioningLogEntry>

function* logLines(reader: EntraReader, entries: Entries): Generator<string> {
  yield csvLine([
    'Date (UTC)',
    'Change ID',
    'Cycle ID',
    'Job ID',
    'Action',
    'Status',
    'Error Code',
    'Status Reason',
    'Recommended Action',
    'Source System',
    'Source ID',
    'Source Display Name',
    'Source Name',
    'Target System',
    'Target ID',
    'Target Display Name',
    'Identity Type',
    'Duration (ms)',
    'Service Principal ID',
  ])
  for (const entry of entries) {
    const { source, target, outcome } = entry
    yield csvLine([
      entry.at,
      entry.changeId,
      entry.cycleId,
      entry.jobId,
      entry.action,
      entry.status,
      outcome?.code ?? '',
      outcome?.reason ?? '',
      outcome?.advice ?? '',
      SOURCE_SYSTEM,
      source.id,
      source.displayName,
      source.name ?? '',
      targetNameOf(reader, entry),
      target?.id ?? '',
      target?.displayName ?? '',
      entry.kind,
      String(entry.durationMs),
      entry.servicePrincipalId,
    ])
  }
}

function* stepLines(entries: Entries): Generator<string> {
  yield csvLine(['Change ID', 'Step', 'Name', 'Type', 'Status', 'Description', 'Details'])
  for (const { changeId, steps } of entries) {
    for (const [index, { name, type, status, description, details }] of steps.entries()) {
      yield csvLine([changeId, String(index + 1), name, type, status, description, JSON.stringify(details)])
    }
  }
}

function* modifiedLines(entries: Entries): Generator<string> {
  yield csvLine(['Change ID', 'Display Name', 'Old Value', 'New Value'])
  for (const { changeId, modified } of entries) {
    for (const { name, oldValue, newValue } of modified) {
      yield csvLine([changeId, name, oldValue ?? '', newValue ?? ''])
    }
  }
}

function* summaries(reader: EntraReader, entries: Entries) {
  for (const entry of entries) yield objectSummary(reader, entry)
}

/** Lines of a file, made as they are read. JSON holds the entries as Graph answers them. */
export function logFileLines(reader: EntraReader, file: LogFile, entries: Entries): Iterable<string> {
  switch (file) {
    case 'logs':
      return logLines(reader, entries)
    case 'steps':
      return stepLines(entries)
    case 'modified':
      return modifiedLines(entries)
    case 'json':
      return jsonLines(summaries(reader, entries))
  }
}
