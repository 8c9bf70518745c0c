import type { Router } from 'express'
import { groupSource } from './groups.ts'
import { list, queryInBody, queryOf, type Source } from './list.ts'
import type { Call, Operations } from './operation.ts'
import { userSource } from './users.ts'

/** Queries over everything (RFC 7644 §3.4.2.1), and queries in a body, out of the logs' sight (§3.4.3). */
export function mountSearch(router: Router, operation: Operations): void {
  router.route('/').get(
    operation('scim.search', false, (call) => {
      const request = queryOf(call)
      return list(call, request, everything(call, request))
    }),
  )
  router.route('/.search').post(
    operation('scim.search', true, (call) => {
      const request = queryInBody(call)
      return list(call, request, everything(call, request))
    }),
  )
  router
    .route('/Users/.search')
    .post(operation('scim.users.list', true, (call) => list(call, queryInBody(call), [userSource(call)])))
  router.route('/Groups/.search').post(
    operation('scim.groups.list', true, (call) => {
      const request = queryInBody(call)
      return list(call, request, [groupSource(call, request)])
    }),
  )
}

function everything(call: Call, request: ReturnType<typeof queryOf>): readonly Source[] {
  return [userSource(call), groupSource(call, request)]
}
