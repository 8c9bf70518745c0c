import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { REST_OPERATIONS, REST_ROUTES } from '../rest/route-table.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

type Json = Readonly<Record<string, unknown>>

let served: ServedRest
let document: Json
beforeAll(async () => {
  served = await serveRest()
  const answer = await call(`${served.origin.replace('localhost', '127.0.0.1')}/api/v2/openapi.json`)
  expect(answer.status).toBe(200)
  document = answer.json()
})
afterAll(() => served.close())

const at = (path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document)

test('the document needs no key and says that it is ours', () => {
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: {
      title: 'Dialpad REST API v2, as simulated',
      description: expect.stringContaining('no document of Dialpad'),
    },
    servers: [{ url: served.origin }],
    security: [{ bearer: [] }, { apikey: [] }],
  })
})

test('it describes what is offered, each operation once, and nothing else', () => {
  const described = Object.values(document['paths'] as Readonly<Record<string, Json>>).flatMap((methods) =>
    Object.values(methods).map((operation) => `rest.${String((operation as Json)['operationId'])}`),
  )
  expect(described.sort()).toEqual([...REST_OPERATIONS].sort())
  expect(new Set(REST_OPERATIONS).size).toBe(REST_OPERATIONS.length)
  expect(new Set(REST_ROUTES.map((route) => `${route.method} ${route.path}`)).size).toBe(REST_ROUTES.length)
})

test('every reference leads to a schema', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, path = '']) => path)
  expect(references.length).toBeGreaterThan(50)
  for (const path of new Set(references)) expect(at(path), path).toBeTypeOf('object')
  expect(JSON.stringify(document)).not.toMatch(/"\$(id|schema|defs)"/)
})

test('bodies say what they take: ids as text or number, the licences of the enumeration', () => {
  expect(at('/components/schemas/UsersCreateRequest')).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['email', 'office_id'],
    properties: {
      auto_assign: { type: 'boolean', default: false },
      license: { default: 'talk', enum: expect.arrayContaining(['talk', 'lite_support_agents']) },
      office_id: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    },
  })
  expect(at('/components/schemas/UserCollection')).toMatchObject({
    properties: { items: { items: { $ref: '#/components/schemas/User' } }, cursor: { type: 'string' } },
  })
})
