import { lettersOf } from '#kit/ids.ts'
import { resourceNotFound } from '../api-error.ts'
import { type ApiCall, defineRoute } from '../define-route.ts'
import { hinted, link } from '../links.ts'
import { ok } from '../send.ts'

/** The org itself, and the one type of its people (reference sheet 6.3). */

/** Id of the default user type: `oty…`. */
export function userTypeIdOf(orgId: string): string {
  return lettersOf(`${orgId}/user-type`, 'oty', 17)
}

function orgOf({ reader }: Pick<ApiCall, 'reader'>) {
  const org = reader.get('org', 'org')
  if (org === undefined) throw new Error('The store holds no org.')
  return org
}

function userTypeResource(call: ApiCall) {
  const org = orgOf(call)
  const id = userTypeIdOf(org.id)
  return {
    id,
    displayName: 'User',
    name: 'user',
    description: 'Okta user profile template with default permission settings',
    created: org.created,
    createdBy: 'system',
    lastUpdated: org.created,
    lastUpdatedBy: 'system',
    default: true,
    _links: {
      schema: hinted(`${call.base}/meta/schemas/user/default`, 'GET'),
      self: hinted(`${call.base}/meta/types/user/${id}`, 'GET'),
    },
  }
}

export const ORG_ROUTES = [
  defineRoute({
    name: 'okta.api.org.get',
    method: 'GET',
    path: '/org',
    handle: (call) => {
      const org = orgOf(call)
      return ok({
        id: org.id,
        subdomain: org.companyName.toLowerCase(),
        companyName: org.companyName,
        status: 'ACTIVE',
        website: `https://${org.domain}`,
        created: org.created,
        lastUpdated: org.created,
        expiresAt: null,
        _links: { organization: link(call.system.origin) },
      })
    },
  }),
  defineRoute({
    name: 'okta.api.user-types.list',
    method: 'GET',
    path: '/meta/types/user',
    handle: (call) => ok([userTypeResource(call)]),
  }),
  defineRoute({
    name: 'okta.api.user-types.get',
    method: 'GET',
    path: '/meta/types/user/{id}',
    handle: (call) => {
      const id = call.params['id'] ?? ''
      const type = userTypeResource(call)
      if (id !== 'default' && id !== type.id) throw resourceNotFound('UserType', id)
      return ok(type)
    },
  }),
]
