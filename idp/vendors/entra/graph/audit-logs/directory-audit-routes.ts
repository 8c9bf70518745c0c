import { Router } from 'express'
import { directoryAuditOf } from '../../audit/directory-audit.ts'
import { type AuditFilter, auditEventById, auditEvents } from '../../audit/find-events.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { type FilterClause, mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphDeps } from '../graph-call.ts'
import { missing, unsupportedQuery } from '../graph-error.ts'
import { readListQuery, readSelect, selected, sendPage } from '../list-query.ts'

const READ: readonly ApplicationPermission[] = ['AuditLog.Read.All', 'Directory.Read.All']

const FILTERABLE = {
  id: ['eq'],
  activityDateTime: ['eq', 'gt', 'ge', 'lt', 'le'],
  activityDisplayName: ['eq', 'startswith'],
  category: ['eq'],
  correlationId: ['eq'],
  loggedByService: ['eq'],
  operationType: ['eq'],
  result: ['eq'],
  'initiatedBy/user/id': ['eq'],
  'initiatedBy/user/displayName': ['eq'],
  'initiatedBy/user/userPrincipalName': ['eq', 'startswith'],
  'initiatedBy/app/appId': ['eq'],
  'initiatedBy/app/displayName': ['eq'],
} as const

/** Conditions an index can answer; the rest is judged on what it finds. */
function indexed(clauses: readonly FilterClause[]): AuditFilter {
  const exact = (path: string): string | undefined => {
    const value = clauses.find((clause) => clause.path === path && clause.operator === 'eq')?.value
    return typeof value === 'string' ? value : undefined
  }
  return {
    id: exact('id'),
    service: exact('loggedByService'),
    category: exact('category'),
    activity: exact('activityDisplayName'),
    correlationId: exact('correlationId'),
  }
}

/** `auditLogs/directoryAudits`: changes of configuration and directory, newest first (reference 8.3, 11.1). */
export function directoryAuditRoutes({ system }: GraphDeps): Router {
  const { store, clock } = system
  const router = Router()

  router.get('/auditLogs/directoryAudits', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true, orderBy: true, pageSize: 1_000, largestPage: 1_000 })
    mustSupport(query.filter, FILTERABLE, 'DirectoryAudit')
    if (query.orderBy !== undefined && !/^\s*activityDateTime\s+desc\s*$/i.test(query.orderBy)) {
      throw unsupportedQuery('The audit log is ordered by activityDateTime desc.')
    }
    const items: object[] = []
    let last = 0
    let next: number | undefined
    // A page ends at the number of an event, so what is added meanwhile moves no page.
    for (const event of auditEvents(store, call.tenant.id, clock.now(), indexed(query.filter))) {
      const number = Number(event.key)
      if (query.position > 0 && number >= query.position) continue
      const whole = directoryAuditOf(event)
      if (!satisfies(whole, query.filter, false)) continue
      if (items.length === query.top) {
        next = last
        break
      }
      items.push(selected(whole, query.select, 'directoryAudit'))
      last = number
    }
    const page = next === undefined ? { items } : { items, next }
    sendPage(req, res, call, { context: 'auditLogs/directoryAudits', page, query })
  })

  router.get('/auditLogs/directoryAudits/:auditId', (req, res) => {
    const call = admit(res, READ)
    const key = String(req.params['auditId'])
    const event = auditEventById(store, call.tenant.id, clock.now(), key.toLowerCase())
    if (event === undefined) throw missing(key)
    res.json({
      ...contextOf(call, 'auditLogs/directoryAudits/$entity'),
      ...selected(directoryAuditOf(event), readSelect(req), 'directoryAudit'),
    })
  })

  return router
}
