import { Router } from 'express'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { type SignInFilter, signInById, signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { graphSignInOf } from '../../sign-in-logs/graph-sign-in.ts'
import type { SignInEntry } from '../../sign-in-logs/records.ts'
import { type FilterClause, mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphDeps } from '../graph-call.ts'
import { missing, unsupportedQuery } from '../graph-error.ts'
import { readListQuery, readSelect, selected, sendPage } from '../list-query.ts'

const READ: readonly ApplicationPermission[] = ['AuditLog.Read.All', 'Directory.Read.All']

const FILTERABLE = {
  id: ['eq'],
  createdDateTime: ['eq', 'gt', 'ge', 'lt', 'le'],
  userId: ['eq'],
  userDisplayName: ['eq', 'startswith'],
  userPrincipalName: ['eq', 'startswith'],
  appId: ['eq'],
  appDisplayName: ['eq', 'startswith'],
  ipAddress: ['eq', 'startswith'],
  clientAppUsed: ['eq'],
  correlationId: ['eq'],
  'status/errorCode': ['eq'],
  isInteractive: ['eq'],
} as const

/** Conditions an index can answer; the rest is judged on what it finds. Sign-ins of people at a keyboard unless another list is asked for. */
function indexed(clauses: readonly FilterClause[]): SignInFilter {
  const exact = (path: string): string | undefined => {
    const value = clauses.find((clause) => clause.path === path && clause.operator === 'eq')?.value
    return typeof value === 'string' ? value : undefined
  }
  const code = clauses.find(({ path, operator }) => path === 'status/errorCode' && operator === 'eq')?.value
  return {
    id: exact('id'),
    userId: exact('userId'),
    appId: exact('appId'),
    correlationId: exact('correlationId'),
    errorCode: typeof code === 'number' ? code : undefined,
  }
}

/** What version 1.0 of the resource leaves out. */
const BETA_ONLY = [
  'signInEventTypes',
  'authenticationProtocol',
  'authenticationRequirement',
  'authenticationDetails',
  'sessionId',
  'userAgent',
  'servicePrincipalId',
  'servicePrincipalName',
] as const

/**
 * `auditLogs/signIns`, newest first. Version 1.0 lists interactive sign-ins; beta all of them, with what they were authenticated by
 * (Graph, signIn resource type).
 */
export function signInRoutes({ system }: GraphDeps): Router {
  const { store, clock } = system
  const router = Router()

  const isBeta = (call: { readonly base: string }): boolean => call.base.endsWith('/beta')

  const resourceOf = (call: { readonly base: string }, entry: SignInEntry): object => {
    const whole = graphSignInOf(entry)
    if (isBeta(call)) return whole
    return Object.fromEntries(
      Object.entries(whole).filter(([name]) => !(BETA_ONLY as readonly string[]).includes(name)),
    )
  }

  router.get('/auditLogs/signIns', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true, orderBy: true, pageSize: 1_000, largestPage: 1_000 })
    mustSupport(query.filter, FILTERABLE, 'SignIn')
    if (query.orderBy !== undefined && !/^\s*createdDateTime\s+desc\s*$/i.test(query.orderBy)) {
      throw unsupportedQuery('Sign-ins are ordered by createdDateTime desc.')
    }
    const filter = { ...indexed(query.filter), ...(isBeta(call) ? {} : { kind: 'interactiveUser' as const }) }
    const items: object[] = []
    let last = 0
    let next: number | undefined
    // A page ends at the number of an entry, so what is added meanwhile moves no page.
    for (const entry of signIns(store, call.tenant.id, clock.now(), filter)) {
      const number = Number(entry.key)
      if (query.position > 0 && number >= query.position) continue
      if (!satisfies(graphSignInOf(entry), query.filter, false)) continue
      if (items.length === query.top) {
        next = last
        break
      }
      items.push(selected(resourceOf(call, entry), query.select, 'signIn'))
      last = number
    }
    const page = next === undefined ? { items } : { items, next }
    sendPage(req, res, call, { context: 'auditLogs/signIns', page, query })
  })

  router.get('/auditLogs/signIns/:signInId', (req, res) => {
    const call = admit(res, READ)
    const key = String(req.params['signInId'])
    const entry = signInById(store, call.tenant.id, clock.now(), key.toLowerCase())
    if (entry === undefined) throw missing(key)
    res.json({
      ...contextOf(call, 'auditLogs/signIns/$entity'),
      ...selected(resourceOf(call, entry), readSelect(req), 'signIn'),
    })
  })

  return router
}
