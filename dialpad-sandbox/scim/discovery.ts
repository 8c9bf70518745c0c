import type { Router } from 'express'
import {
  renderResourceType,
  renderSchema,
  renderServiceProviderConfig,
  type ServiceProvider,
} from '#kit/scim/discovery.ts'
import { ScimError } from '#kit/scim/errors.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { renderListResponse } from '#kit/scim/search.ts'
import type { Answer } from './answer.ts'
import { MAX_COUNT } from './list.ts'
import { type Call, idOf, type Operations } from './operation.ts'
import { RESOURCE_TYPES } from './resource-types.ts'

/** What this server says about itself (RFC 7644 §4): made from the tables it works by. */

const PROVIDER: ServiceProvider = {
  patch: true,
  filter: { maxResults: MAX_COUNT },
  changePassword: false,
  sort: true,
  etag: true,
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'API key',
      description: 'A company API key as a bearer token, made by a Company Admin under Authentication > API Keys.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
}

const SCHEMAS = [
  ...new Map(
    RESOURCE_TYPES.flatMap((type) => [type.schema, ...type.extensions.map((extension) => extension.schema)]).map(
      (schema) => [schema.id, schema] as const,
    ),
  ).values(),
]

export function mountDiscovery(router: Router, operation: Operations): void {
  const describe = (handle: (call: Call) => JsonObject) =>
    operation('scim.discovery', false, (call): Answer => {
      // RFC 7644 §4: these are read whole.
      if ('filter' in call.req.query) throw new ScimError(403, undefined, 'Discovery documents cannot be filtered')
      return { status: 200, body: handle(call) }
    })

  router.route('/ServiceProviderConfig').get(describe((call) => renderServiceProviderConfig(PROVIDER, call.base)))
  router
    .route('/ResourceTypes')
    .get(describe((call) => listAll(RESOURCE_TYPES.map((type) => renderResourceType(type, call.base)))))
  router.route('/ResourceTypes/:id').get(
    describe((call) => {
      const type = RESOURCE_TYPES.find((each) => each.name === idOf(call))
      if (type === undefined) throw new ScimError(404, undefined, `Resource type ${idOf(call)} not found`)
      return renderResourceType(type, call.base)
    }),
  )
  router.route('/Schemas').get(describe((call) => listAll(SCHEMAS.map((schema) => renderSchema(schema, call.base)))))
  router.route('/Schemas/:id').get(
    describe((call) => {
      const schema = SCHEMAS.find((each) => each.id.toLowerCase() === idOf(call).toLowerCase())
      if (schema === undefined) throw new ScimError(404, undefined, `Schema ${idOf(call)} not found`)
      return renderSchema(schema, call.base)
    }),
  )
}

function listAll(resources: readonly JsonObject[]): JsonObject {
  return renderListResponse({ totalResults: resources.length, startIndex: 1, resources })
}
