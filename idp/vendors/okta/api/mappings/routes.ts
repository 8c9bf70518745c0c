import { z } from 'zod'
import type { OktaReader } from '../../collections.ts'
import { saveMapping } from '../../commands/profile-editor.ts'
import type { ProfileMapping } from '../../profiles/records.ts'
import { resourceNotFound } from '../api-error.ts'
import { type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { userTypeIdOf } from '../org/user-type.ts'
import { type Listing, listingOf, pageQuery, readPage } from '../paging.ts'
import { ok, pageOf } from '../send.ts'
import { MappingInput } from './mapping-body.ts'
import { mappingEnds, mappingResource } from './mapping-resource.ts'

/** Profile mappings (reference sheet 6.3). */

const keyOf = ({ id }: ProfileMapping): string => id

/** Of one app when either end names it, else of all. An id that names nothing gives an empty list. */
function listing(
  reader: OktaReader,
  ends: { readonly sourceId?: string | undefined; readonly targetId?: string | undefined },
) {
  const keep = (mapping: ProfileMapping): boolean => {
    const { sourceId, targetId } = mappingEnds(reader, mapping)
    return (ends.sourceId ?? sourceId) === sourceId && (ends.targetId ?? targetId) === targetId
  }
  const people = userTypeIdOf(reader)
  const appId = [ends.sourceId, ends.targetId].find((id) => id !== undefined && id !== people)
  if (appId !== undefined) return listingOf(reader.find('profileMappings', 'app', appId).filter(keep), keyOf)
  const all: Listing<ProfileMapping> = {
    count: () => reader.count('profileMappings'),
    page: (offset, limit) => reader.page('profileMappings', offset, limit),
    keyOf,
    keep,
  }
  return all
}

function mappingOfCall(call: OpenCall): ProfileMapping {
  const id = paramOf(call, 'mappingId')
  const mapping = call.reader.get('profileMappings', id)
  if (mapping === undefined) throw resourceNotFound('ProfileMapping', id)
  return mapping
}

export const MAPPING_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.mappings.list',
    method: 'GET',
    path: '/mappings',
    query: z.object({
      ...pageQuery({ usual: 20, most: 200 }),
      sourceId: z.string().optional(),
      targetId: z.string().optional(),
    }),
    handle: (call) =>
      pageOf(readPage(call, call.query, listing(call.reader, call.query)), (mapping) =>
        mappingResource(call.reader, call.system.origin, mapping, false),
      ),
  }),
  defineRoute({
    name: 'okta.api.mappings.get',
    method: 'GET',
    path: '/mappings/{mappingId}',
    handle: (call) => ok(mappingResource(call.reader, call.system.origin, mappingOfCall(call), true)),
  }),
  defineRoute({
    name: 'okta.api.mappings.update',
    method: 'POST',
    path: '/mappings/{mappingId}',
    body: MappingInput,
    async handle(call) {
      const { id } = mappingOfCall(call)
      // Accounts are computed again when their person changes: a call does not walk everybody assigned.
      const input = { mappingId: id, properties: call.body.properties, applyNow: false }
      return ok(mappingResource(call.reader, call.system.origin, await saveMapping(call.deps, call.actor, input), true))
    },
  }),
]
