import type { Request } from 'express'
import { AUDIT_ACTIVITIES } from '../../audit/activities.ts'
import type { AuditFilter } from '../../audit/find-events.ts'
import { spanOf } from '../date-spans.ts'
import { queryText } from '../read-query.ts'

/** The filter of the page as an address says it; empty texts ask for nothing. */
export interface AuditQuery {
  readonly date: string
  readonly service: string
  readonly category: string
  readonly activity: string
  readonly status: string
  readonly target: string
  readonly by: string
}

/** Read the filter of a request. A status, activity or date that is none counts as absent. */
export function auditQueryOf(
  req: Request,
  nowMs: number,
): { readonly query: AuditQuery; readonly filter: AuditFilter } {
  const text = (name: string): string => queryText(req, name)
  const span = spanOf(text('date'), nowMs)
  const result = (['success', 'failure'] as const).find((each) => each === text('status'))
  const activity = AUDIT_ACTIVITIES.find((each) => each === text('activity'))
  const service = text('service')
  const category = text('category')
  const target = text('target')
  const by = text('by')
  return {
    query: { date: span?.value ?? '', service, category, activity: activity ?? '', status: result ?? '', target, by },
    filter: {
      service: service || undefined,
      category: category || undefined,
      activity,
      result,
      target,
      initiatedBy: by,
      sinceMs: span?.sinceMs,
    },
  }
}
