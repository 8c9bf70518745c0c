import { z } from 'zod'
import { deleteClaim, putClaim } from '../../oauth/commands/claims.ts'
import { deleteScope, putScope } from '../../oauth/commands/scopes.ts'
import { rollServerKey } from '../../oauth/commands/server-keys.ts'
import { createServer, deleteServer, editServer, knownServer, setServerStatus } from '../../oauth/commands/servers.ts'
import type { AuthorizationServer, OAuthClaim } from '../../oauth/records.ts'
import { SCOPE_CONSENTS } from '../../oauth/records.ts'
import { authorizationServersOf, claimsOfServer, scopesOf } from '../../oauth/servers.ts'
import { resourceNotFound } from '../api-error.ts'
import { mustManageApps } from '../apps/known-app.ts'
import { type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { listingOf, pageQuery, readPage } from '../paging.ts'
import { created, NOTHING, ok, pageOf } from '../send.ts'
import { claimResource, GROUP_FILTER_TYPES, keyResources, scopeResource, serverResource } from './resources.ts'

/** `/authorizationServers`: servers, scopes, claims, keys. Policies are beside. */

const Text = z.string().trim().default('')
const ServerBody = z.object({
  name: Text,
  description: Text,
  audiences: z.array(z.string().trim()).length(1, 'One audience, no more and no less'),
})
const ScopeBody = z.object({
  name: Text,
  displayName: Text.nullish(),
  description: Text.nullish(),
  consent: z.enum(SCOPE_CONSENTS).default('IMPLICIT'),
  metadataPublish: z.enum(['ALL_CLIENTS', 'NO_CLIENTS']).default('NO_CLIENTS'),
  default: z.boolean().default(false),
})
const ClaimBody = z.object({
  name: Text,
  status: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
  claimType: z.enum(['IDENTITY', 'RESOURCE']),
  valueType: z.enum(['EXPRESSION', 'GROUPS']).default('EXPRESSION'),
  value: Text,
  group_filter_type: z.enum(['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX']).nullish(),
  conditions: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
  alwaysIncludeInToken: z.boolean().default(true),
})

export const serverOf = (call: OpenCall): AuthorizationServer => knownServer(call.reader, paramOf(call, 'serverId'))

function serverSettings({ name, description, audiences }: z.output<typeof ServerBody>) {
  return { name, description, audience: audiences[0] ?? '' }
}

function scopeSettings(body: z.output<typeof ScopeBody>) {
  const { name, displayName, description, consent, metadataPublish, default: isDefault } = body
  return {
    name,
    displayName: displayName ?? '',
    description: description ?? '',
    consent,
    isPublished: metadataPublish === 'ALL_CLIENTS',
    isDefault,
  }
}

function claimSettings(body: z.output<typeof ClaimBody>): Parameters<typeof putClaim>[2]['settings'] {
  const {
    name,
    status,
    claimType,
    valueType,
    value,
    group_filter_type: filter,
    conditions,
    alwaysIncludeInToken,
  } = body
  return {
    name,
    status,
    claimType,
    valueType,
    value,
    scopes: conditions?.scopes ?? [],
    alwaysInclude: alwaysIncludeInToken,
    ...(valueType === 'GROUPS' ? { groupFilter: GROUP_FILTER_TYPES[filter ?? 'STARTS_WITH'] } : {}),
  }
}

const lifecycle = (verb: 'activate' | 'deactivate', status: AuthorizationServer['status']): ApiRoute =>
  defineRoute({
    name: `okta.api.authorization-servers.${verb}`,
    method: 'POST',
    path: `/authorizationServers/{serverId}/lifecycle/${verb}`,
    async handle(call) {
      await setServerStatus(call.deps, call.actor, { serverId: paramOf(call, 'serverId'), status })
      return NOTHING
    },
  })

function claimOf(call: OpenCall): OAuthClaim {
  const id = paramOf(call, 'claimId')
  const claim = claimsOfServer(call.reader, serverOf(call).id).find((each) => each.id === id)
  if (claim === undefined) throw resourceNotFound('OAuth2Claim', id)
  return claim
}

export const AUTHORIZATION_SERVER_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.authorization-servers.list',
    method: 'GET',
    path: '/authorizationServers',
    query: z.object({ ...pageQuery({ usual: 200, most: 200 }), q: z.string().trim().max(128).optional() }),
    handle(call) {
      const text = (call.query.q ?? '').toLowerCase()
      const found = authorizationServersOf(call.reader).filter(
        ({ name, audience }) => name.toLowerCase().includes(text) || audience.toLowerCase().includes(text),
      )
      return pageOf(
        readPage(
          call,
          call.query,
          listingOf(found, ({ id }) => id),
        ),
        (each) => serverResource(call, each),
      )
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.create',
    method: 'POST',
    path: '/authorizationServers',
    body: ServerBody,
    handle: async (call) =>
      created(serverResource(call, await createServer(call.deps, call.actor, serverSettings(call.body)))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.get',
    method: 'GET',
    path: '/authorizationServers/{serverId}',
    handle: (call) => ok(serverResource(call, serverOf(call))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.replace',
    method: 'PUT',
    path: '/authorizationServers/{serverId}',
    body: ServerBody,
    async handle(call) {
      const input = { serverId: paramOf(call, 'serverId'), ...serverSettings(call.body) }
      return ok(serverResource(call, await editServer(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.delete',
    method: 'DELETE',
    path: '/authorizationServers/{serverId}',
    async handle(call) {
      await deleteServer(call.deps, call.actor, { serverId: paramOf(call, 'serverId') })
      return NOTHING
    },
  }),
  lifecycle('activate', 'ACTIVE'),
  lifecycle('deactivate', 'INACTIVE'),
  defineRoute({
    name: 'okta.api.authorization-servers.keys.list',
    method: 'GET',
    path: '/authorizationServers/{serverId}/credentials/keys',
    handle: (call) => ok(keyResources(call, serverOf(call).id)),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.keys.rotate',
    method: 'POST',
    path: '/authorizationServers/{serverId}/credentials/lifecycle/keyRotate',
    body: z.object({ use: z.literal('sig').default('sig') }).optional(),
    async handle(call) {
      const { id } = serverOf(call)
      await rollServerKey(call.deps, call.actor, { serverId: id })
      return ok(keyResources(call, id))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.scopes.list',
    method: 'GET',
    path: '/authorizationServers/{serverId}/scopes',
    query: z.object({ ...pageQuery({ usual: 200, most: 200 }), q: z.string().trim().max(128).optional() }),
    handle(call) {
      const text = call.query.q ?? ''
      const scopes = scopesOf(call.reader, serverOf(call).id).filter(({ name }) => name.startsWith(text))
      return pageOf(
        readPage(
          call,
          call.query,
          listingOf(scopes, ({ id }) => id),
        ),
        (each) => scopeResource(call, each),
      )
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.scopes.create',
    method: 'POST',
    path: '/authorizationServers/{serverId}/scopes',
    body: ScopeBody,
    handle: async (call) =>
      created(
        scopeResource(
          call,
          await putScope(call.deps, call.actor, { serverId: serverOf(call).id, settings: scopeSettings(call.body) }),
        ),
      ),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.scopes.get',
    method: 'GET',
    path: '/authorizationServers/{serverId}/scopes/{scopeId}',
    handle(call) {
      const id = paramOf(call, 'scopeId')
      const scope = scopesOf(call.reader, serverOf(call).id).find((each) => each.id === id)
      if (scope === undefined) throw resourceNotFound('OAuth2Scope', id)
      return ok(scopeResource(call, scope))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.scopes.replace',
    method: 'PUT',
    path: '/authorizationServers/{serverId}/scopes/{scopeId}',
    body: ScopeBody,
    async handle(call) {
      const input = {
        serverId: serverOf(call).id,
        scopeId: paramOf(call, 'scopeId'),
        settings: scopeSettings(call.body),
      }
      return ok(scopeResource(call, await putScope(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.scopes.delete',
    method: 'DELETE',
    path: '/authorizationServers/{serverId}/scopes/{scopeId}',
    async handle(call) {
      await deleteScope(call.deps, call.actor, { serverId: serverOf(call).id, scopeId: paramOf(call, 'scopeId') })
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.claims.list',
    method: 'GET',
    path: '/authorizationServers/{serverId}/claims',
    handle: (call) => ok(claimsOfServer(call.reader, serverOf(call).id).map((each) => claimResource(call, each))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.claims.create',
    method: 'POST',
    path: '/authorizationServers/{serverId}/claims',
    body: ClaimBody,
    handle: async (call) =>
      created(
        claimResource(
          call,
          await putClaim(call.deps, call.actor, { serverId: serverOf(call).id, settings: claimSettings(call.body) }),
        ),
      ),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.claims.get',
    method: 'GET',
    path: '/authorizationServers/{serverId}/claims/{claimId}',
    handle: (call) => ok(claimResource(call, claimOf(call))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.claims.replace',
    method: 'PUT',
    path: '/authorizationServers/{serverId}/claims/{claimId}',
    body: ClaimBody,
    async handle(call) {
      const input = {
        serverId: serverOf(call).id,
        claimId: paramOf(call, 'claimId'),
        settings: claimSettings(call.body),
      }
      return ok(claimResource(call, await putClaim(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.claims.delete',
    method: 'DELETE',
    path: '/authorizationServers/{serverId}/claims/{claimId}',
    async handle(call) {
      mustManageApps(call)
      await deleteClaim(call.deps, call.actor, { serverId: serverOf(call).id, claimId: claimOf(call).id })
      return NOTHING
    },
  }),
]
