import { resourceNotFound } from '../api-error.ts'
import { type ApiCall, defineRoute, paramOf } from '../define-route.ts'
import { hinted, link } from '../links.ts'
import { ok } from '../send.ts'
import { orgOf, userTypeIdOf } from './user-type.ts'

/** The org itself, and the one type of its people (reference sheet 6.3). */

function userTypeResource({ reader, base }: Pick<ApiCall, 'reader' | 'base'>) {
  const { created } = orgOf(reader)
  const id = userTypeIdOf(reader)
  return {
    id,
    displayName: 'User',
    name: 'user',
    description: 'Okta user profile template with default permission settings',
    created,
    createdBy: 'system',
    lastUpdated: created,
    lastUpdatedBy: 'system',
    default: true,
    _links: {
      schema: hinted(`${base}/meta/schemas/user/default`, 'GET'),
      self: hinted(`${base}/meta/types/user/${id}`, 'GET'),
    },
  }
}

export const ORG_ROUTES = [
  defineRoute({
    name: 'okta.api.org.get',
    method: 'GET',
    path: '/org',
    handle: ({ reader, system }) => {
      const org = orgOf(reader)
      return ok({
        id: org.id,
        subdomain: org.companyName.toLowerCase(),
        companyName: org.companyName,
        status: 'ACTIVE',
        website: `https://${org.domain}`,
        created: org.created,
        lastUpdated: org.created,
        expiresAt: null,
        _links: { organization: link(system.origin) },
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
      const id = paramOf(call, 'id')
      const type = userTypeResource(call)
      if (id !== 'default' && id !== type.id) throw resourceNotFound('UserType', id)
      return ok(type)
    },
  }),
]
