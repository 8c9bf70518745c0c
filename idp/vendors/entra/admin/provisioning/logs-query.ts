import type { Request } from 'express'
import type { LogAction, LogStatus } from '#idp/engine/records.ts'
import { spanOf } from '../date-spans.ts'
import { queryList, queryText } from '../read-query.ts'
import type { LogFilter } from './find-entries.ts'

export const LOG_ACTIONS: readonly LogAction[] = ['Create', 'Update', 'Delete', 'Disable', 'StagedDelete', 'Other']
export const LOG_STATUSES: readonly LogStatus[] = ['Success', 'Failure', 'Skipped', 'Warning']

/** Columns that can be added to the list, by what the address says. */
export const LOG_COLUMNS = {
  job: 'Job ID',
  cycle: 'Cycle ID',
  change: 'Change ID',
  type: 'Identity type',
  targetId: 'Target ID',
  code: 'Error code',
  duration: 'Duration',
} as const
export type LogColumn = keyof typeof LOG_COLUMNS

/** Filters that can be added, by their field, with their words. */
export const MORE_FILTERS = {
  jobId: 'Job ID',
  cycleId: 'Cycle ID',
  changeId: 'Change ID',
  sourceSystem: 'Source System',
  targetSystem: 'Target System',
} as const
type MoreFilter = keyof typeof MORE_FILTERS

/** The list as an address asks for it; empty texts ask for nothing. */
export interface LogQuery extends Readonly<Record<MoreFilter, string>> {
  readonly identity: string
  readonly date: string
  readonly status: string
  readonly action: string
}

export interface LogRequest {
  readonly query: LogQuery
  readonly filter: LogFilter
  readonly columns: readonly LogColumn[]
}

/** Read the filter and the columns of a request. An action, status or date that is none counts as absent. */
export function logRequestOf(req: Request, nowMs: number): LogRequest {
  const text = (name: string): string => queryText(req, name)
  const action = LOG_ACTIONS.find((each) => each === text('action'))
  const status = LOG_STATUSES.find((each) => each === text('status'))
  const span = spanOf(text('date'), nowMs)
  const asked = queryList(req, 'columns').flatMap((value) => value.split(','))
  const more = {
    jobId: text('jobId'),
    cycleId: text('cycleId'),
    changeId: text('changeId'),
    sourceSystem: text('sourceSystem'),
    targetSystem: text('targetSystem'),
  }
  const identity = text('identity')
  return {
    query: { identity, date: span?.value ?? '', status: status ?? '', action: action ?? '', ...more },
    filter: { identity, action, status, sinceMs: span?.sinceMs, ...more },
    columns: (Object.keys(LOG_COLUMNS) as LogColumn[]).filter((each) => asked.includes(each)),
  }
}

/** The query of an address that asks for the same again. */
export function logQueryWords({
  query,
  columns,
}: Pick<LogRequest, 'query' | 'columns'>): Readonly<Record<string, string>> {
  return { ...query, columns: columns.join(',') }
}
