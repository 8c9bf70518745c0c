import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { changeAttributes } from '../../commands/change-attributes.ts'
import { knownApp } from '../../commands/known.ts'
import { schemaOf, USER_SCHEMA } from '../../profiles/read.ts'
import type { ProfileSchema } from '../../profiles/records.ts'
import { ApiError, resourceNotFound } from '../api-error.ts'
import { mustManageApps } from '../apps/known-app.ts'
import { type ApiCall, type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { type ApiAnswer, ok } from '../send.ts'
import { changesOf, SchemaInput } from './schema-body.ts'
import { userSchemaId } from './schema-id.ts'
import { basePropertiesOf, schemaResource } from './schema-resource.ts'

/** Profiles of people and of apps (reference sheet 6.3, schemas). */

type Call = Pick<OpenCall, 'reader' | 'system' | 'params'>

/** `user`, for the only schema people have: by the word `default` or by its id. @throws {ApiError} E0000007. */
function userOwner(call: OpenCall): string {
  const schemaId = paramOf(call, 'schemaId')
  if (schemaId !== 'default' && schemaId !== userSchemaId(call.reader)) throw resourceNotFound('Schema', schemaId)
  return USER_SCHEMA
}

/** @throws {ApiError} E0000007. */
function appOwner(call: OpenCall): string {
  return knownApp(call.reader, paramOf(call, 'appId')).id
}

function show({ reader, system }: Call, schema: ProfileSchema): ApiAnswer {
  return ok(schemaResource(reader, system.origin, schema, reader.get('apps', schema.ownerId)))
}

/** Base attributes may be sent back as they were read. @throws {ApiError} E0000001 for any other word on them. */
function checkBase(schema: ProfileSchema, { definitions }: z.output<typeof SchemaInput>): void {
  const known = basePropertiesOf(schema)
  const causes = Object.entries(definitions?.base?.properties ?? {}).flatMap(([name, said]) =>
    isDeepStrictEqual(said, known[name]) ? [] : [`${name}: Attributes of the base profile cannot be changed`],
  )
  if (causes.length > 0) throw new ApiError('E0000001', { summary: 'Api validation failed: definitions.base', causes })
}

async function change(call: ApiCall<undefined, z.output<typeof SchemaInput>>, ownerId: string): Promise<ApiAnswer> {
  mustManageApps(call)
  const before = schemaOf(call.reader, ownerId)
  checkBase(before, call.body)
  const changes = changesOf(call.body)
  if (Object.keys(changes).length === 0) return show(call, before)
  return show(call, await changeAttributes(call.deps, call.actor, { ownerId, changes }))
}

export const SCHEMA_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.schemas.user.get',
    method: 'GET',
    path: '/meta/schemas/user/{schemaId}',
    handle: (call) => show(call, schemaOf(call.reader, userOwner(call))),
  }),
  defineRoute({
    name: 'okta.api.schemas.user.update',
    method: 'POST',
    path: '/meta/schemas/user/{schemaId}',
    body: SchemaInput,
    handle: (call) => change(call, userOwner(call)),
  }),
  defineRoute({
    name: 'okta.api.schemas.app.get',
    method: 'GET',
    path: '/meta/schemas/apps/{appId}/default',
    handle: (call) => show(call, schemaOf(call.reader, appOwner(call))),
  }),
  defineRoute({
    name: 'okta.api.schemas.app.update',
    method: 'POST',
    path: '/meta/schemas/apps/{appId}/default',
    body: SchemaInput,
    handle: (call) => change(call, appOwner(call)),
  }),
]
