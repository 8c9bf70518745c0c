import { Router } from 'express'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import type { EntraReader } from '../../collections.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, type GraphDeps } from '../graph-call.ts'
import { unsupportedQuery } from '../graph-error.ts'
import { collectPage, type ListQuery, readListQuery, selected, sendPage } from '../list-query.ts'
import { objectSummary } from './object-summary.ts'

const READ: readonly ApplicationPermission[] = ['AuditLog.Read.All', 'ProvisioningLog.Read.All', 'Directory.Read.All']

const TEXT = ['eq', 'contains'] as const
const ORDER = ['eq', 'gt', 'ge', 'lt', 'le'] as const

/** Properties the log can be filtered by (reference 11.1): texts with their case. */
const FILTERABLE = {
  id: ['eq'],
  activityDateTime: ORDER,
  tenantId: ['eq'],
  jobId: TEXT,
  cycleId: TEXT,
  changeId: TEXT,
  provisioningAction: TEXT,
  action: TEXT,
  durationInMilliseconds: ORDER,
  'initiatedBy/displayName': TEXT,
  'servicePrincipal/id': TEXT,
  'servicePrincipal/displayName': TEXT,
  'sourceSystem/displayName': TEXT,
  'targetSystem/displayName': TEXT,
  'sourceIdentity/id': TEXT,
  'sourceIdentity/displayName': TEXT,
  'sourceIdentity/identityType': TEXT,
  'targetIdentity/id': TEXT,
  'targetIdentity/displayName': TEXT,
  'targetIdentity/identityType': TEXT,
  'provisioningStatusInfo/status': TEXT,
  'statusInfo/status': TEXT,
} as const

/** Every entry that is kept may be looked at: the log is bounded, and a filter finds what it asks for on the first page. */
const EXAMINED_AT_MOST = 20_000

/** The two directions of time. @throws {GraphError} for another order. */
function isAscending(orderBy: string | undefined): boolean {
  const words = (orderBy ?? 'activityDateTime desc').trim().split(/\s+/)
  const [property, direction = 'asc'] = words
  if (property !== 'activityDateTime' || words.length > 2 || !/^(asc|desc)$/i.test(direction)) {
    throw unsupportedQuery(`Ordering by '${orderBy}' is not supported. The log is ordered by activityDateTime.`)
  }
  return direction.toLowerCase() === 'asc'
}

/**
 * A page of the log. Entries have consecutive numbers, of which only the oldest are dropped; a page ends at a number, so what
 * is added meanwhile moves no page.
 */
function pageOf(
  reader: EntraReader,
  query: ListQuery,
  ascending: boolean,
  render: (entry: ProvisioningLogEntry) => object | undefined,
) {
  const newest = reader.get('provisioningCounters', 'log')?.value ?? 0
  const oldest = newest - reader.count('provisioningLogs') + 1
  const last = query.position
  const offset = last === 0 ? 0 : Math.max(0, ascending ? last - oldest + 1 : newest - last + 1)
  const page = collectPage(
    { top: query.top, position: offset },
    (from, limit) =>
      ascending ? reader.page('provisioningLogs', from, limit) : reader.latest('provisioningLogs', from, limit),
    render,
    EXAMINED_AT_MOST,
  )
  if (page.next === undefined) return { items: page.items }
  return { items: page.items, next: ascending ? oldest + page.next - 1 : newest - page.next + 1 }
}

/** `auditLogs/provisioning`: what was done for each object (reference 11.1, 11.6). */
export function provisioningLogRoutes({ system }: GraphDeps): Router {
  const { store } = system
  const router = Router()

  router.get('/auditLogs/provisioning', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true, orderBy: true, pageSize: 1_000, largestPage: 1_000 })
    mustSupport(query.filter, FILTERABLE, 'ProvisioningObjectSummary')
    const ascending = isAscending(query.orderBy)
    const tenantPart = `.${call.tenant.id.replaceAll('-', '')}.`
    const page = pageOf(store, query, ascending, (entry) => {
      if (!entry.jobId.includes(tenantPart)) return undefined
      const summary = objectSummary(store, entry)
      const { provisioningAction, ...rest } = summary
      const whole = call.version === 'beta' ? { ...rest, action: entry.action } : summary
      const judged = { ...whole, provisioningAction, action: entry.action, statusInfo: summary.provisioningStatusInfo }
      if (!satisfies(judged, query.filter, true)) return undefined
      return selected(whole, query.select, 'provisioningObjectSummary')
    })
    sendPage(req, res, call, { context: 'auditLogs/provisioning', page, query })
  })

  return router
}
