import { z } from 'zod'
import {
  addTrustedOrigin,
  deleteTrustedOrigin,
  editTrustedOrigin,
  knownTrustedOrigin,
  setTrustedOriginStatus,
} from '../../oauth/commands/trusted-origins.ts'
import type { TrustedOrigin } from '../../oauth/records.ts'
import { type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { hinted } from '../links.ts'
import { listingOf, pageQuery, readPage } from '../paging.ts'
import { NOTHING, ok, pageOf } from '../send.ts'

/** `/trustedOrigins`. */

const Body = z.object({
  name: z.string().trim(),
  origin: z.string().trim(),
  scopes: z.array(z.object({ type: z.enum(['CORS', 'REDIRECT']) })),
})

function settingsOf({ name, origin, scopes }: z.output<typeof Body>) {
  const types = scopes.map(({ type }) => type)
  return { name, origin, cors: types.includes('CORS'), redirect: types.includes('REDIRECT') }
}

function resource(
  { base }: OpenCall,
  { id, name, origin, cors, redirect, status, created, lastUpdated }: TrustedOrigin,
) {
  const self = `${base}/trustedOrigins/${id}`
  const act = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    id,
    name,
    origin,
    scopes: [...(cors ? [{ type: 'CORS' }] : []), ...(redirect ? [{ type: 'REDIRECT' }] : [])],
    status,
    created,
    lastUpdated,
    _links: { self: hinted(self, 'GET', 'PUT', 'DELETE'), [act]: hinted(`${self}/lifecycle/${act}`, 'POST') },
  }
}

const lifecycle = (verb: 'activate' | 'deactivate', status: TrustedOrigin['status']): ApiRoute =>
  defineRoute({
    name: `okta.api.trusted-origins.${verb}`,
    method: 'POST',
    path: `/trustedOrigins/{id}/lifecycle/${verb}`,
    handle: async (call) =>
      ok(resource(call, await setTrustedOriginStatus(call.deps, call.actor, { id: paramOf(call, 'id'), status }))),
  })

export const TRUSTED_ORIGIN_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.trusted-origins.list',
    method: 'GET',
    path: '/trustedOrigins',
    query: z.object(pageQuery({ usual: 20, most: 200 })),
    handle(call) {
      const all = Array.from(call.reader.entries('trustedOrigins'), ([, trusted]) => trusted)
      return pageOf(
        readPage(
          call,
          call.query,
          listingOf(all, ({ id }) => id),
        ),
        (each) => resource(call, each),
      )
    },
  }),
  defineRoute({
    name: 'okta.api.trusted-origins.create',
    method: 'POST',
    path: '/trustedOrigins',
    body: Body,
    handle: async (call) => ok(resource(call, await addTrustedOrigin(call.deps, call.actor, settingsOf(call.body)))),
  }),
  defineRoute({
    name: 'okta.api.trusted-origins.get',
    method: 'GET',
    path: '/trustedOrigins/{id}',
    handle: (call) => ok(resource(call, knownTrustedOrigin(call.reader, paramOf(call, 'id')))),
  }),
  defineRoute({
    name: 'okta.api.trusted-origins.replace',
    method: 'PUT',
    path: '/trustedOrigins/{id}',
    body: Body,
    handle: async (call) =>
      ok(
        resource(
          call,
          await editTrustedOrigin(call.deps, call.actor, { id: paramOf(call, 'id'), ...settingsOf(call.body) }),
        ),
      ),
  }),
  defineRoute({
    name: 'okta.api.trusted-origins.delete',
    method: 'DELETE',
    path: '/trustedOrigins/{id}',
    async handle(call) {
      await deleteTrustedOrigin(call.deps, call.actor, { id: paramOf(call, 'id') })
      return NOTHING
    },
  }),
  lifecycle('activate', 'ACTIVE'),
  lifecycle('deactivate', 'INACTIVE'),
]
