import { z } from 'zod'
import { PER_MINUTE } from './allowance.ts'
import type { RestRoute } from './define-route.ts'
import { REST_ROUTES } from './route-table.ts'
import { DepartmentCollection, DepartmentShape, NoGroups } from './shapes/departments.ts'
import { FormattedNumber, NumberCollection, NumberShape } from './shapes/numbers.ts'
import {
  AvailableLicenses,
  CompanyShape,
  OfficeAndPlan,
  OfficeCollection,
  OfficeShape,
  Plan,
} from './shapes/offices.ts'
import { CallerId, DoNotDisturb, E911Address, Personas, Status } from './shapes/user-lines.ts'
import { Operators, User, UserCollection, UserOrRoom } from './shapes/users.ts'
import {
  ChangeLogSubscriptionCollection,
  ChangeLogSubscriptionShape,
  ContactSubscriptionCollection,
  ContactSubscriptionShape,
  WebhookCollection,
  WebhookShape,
} from './shapes/webhooks.ts'

/** The OpenAPI 3.1 document of what this API offers, made from the route table: ours, not Dialpad's. */

type Json = Readonly<Record<string, unknown>>

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  AvailableLicenses,
  CallerId,
  ChangeLogSubscription: ChangeLogSubscriptionShape,
  ChangeLogSubscriptionCollection,
  Company: CompanyShape,
  ContactSubscription: ContactSubscriptionShape,
  ContactSubscriptionCollection,
  Department: DepartmentShape,
  DepartmentCollection,
  DoNotDisturb,
  E911Address,
  EmptyCollection: NoGroups,
  FormattedNumber,
  Number: NumberShape,
  NumberCollection,
  Office: OfficeShape,
  OfficeAndPlan,
  OfficeCollection,
  Operators,
  Personas,
  Plan,
  Status,
  User,
  UserCollection,
  UserOrRoom,
  Webhook: WebhookShape,
  WebhookCollection,
}

/** What every refusal looks like (reference sheet 4.8). */
const ERROR: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'errors', 'message'],
      properties: {
        code: { type: 'integer' },
        message: { type: 'string' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['domain', 'message', 'reason'],
            properties: { domain: { const: 'global' }, message: { type: 'string' }, reason: { type: 'string' } },
          },
        },
      },
    },
  },
}

/** @param origin Where the API answers: `http://localhost:4300`. */
export function createOpenApi(origin: string): Json {
  const schemas = { ...componentSchemas(), Error: ERROR }
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of REST_ROUTES) {
    const path = `/api/v2${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dialpad REST API v2, as simulated',
      version: '2',
      description:
        "Generated from this simulation's own route table. It is no document of Dialpad's, and lists only what is answered here.",
    },
    servers: [{ url: origin }],
    security: [{ bearer: [] }, { apikey: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A company API key.' },
        apikey: { type: 'apiKey', in: 'query', name: 'apikey', description: 'The same in the address: discouraged.' },
      },
    },
  }
}

/** Shapes refer to one another by `#/components/schemas/…`. */
function componentSchemas(): Readonly<Record<string, Json>> {
  const registry = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(SHAPES)) registry.add(shape, { id })
  for (const { name, body } of REST_ROUTES) if (body !== undefined) registry.add(body, { id: bodyId(name, body) })
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)]))
}

/** One body may serve several operations; it is described once, under the first one's name. */
function bodyId(name: string, body: z.ZodType): string {
  const first = REST_ROUTES.find((route) => route.body === body)?.name ?? name
  return `${first
    .split('.')
    .slice(1)
    .map((word) => word.replaceAll(/(^|_)(\w)/g, (_all, _bar, letter: string) => letter.toUpperCase()))
    .join('')}Request`
}

function withoutIdentity(schema: Json): Json {
  const { $schema: _schema, $id: _id, ...rest } = schema
  return rest
}

function describe(route: RestRoute): Json {
  const { body } = route
  return {
    operationId: route.name.replace(/^rest\./, ''),
    summary: route.summary,
    tags: [route.path.split('/')[1] ?? ''],
    description: [
      `At most ${route.perMinute ?? PER_MINUTE} calls a minute, where the switch rest-rate-limit is on.`,
      ...(route.companyAdmin === true ? ['Requires a company admin API key.'] : []),
    ].join(' '),
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(reference(bodyId(route.name, body))) } }),
    responses: {
      ...(route.answer instanceof z.ZodNever
        ? {}
        : { '200': { description: 'Done', content: json(answerSchema(route.answer)) } }),
      default: { description: 'Refused', content: json(reference('Error')) },
    },
  }
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined): readonly Json[] {
  if (!(query instanceof z.ZodObject)) return []
  return Object.entries(query.shape).map(([name, schema]) => {
    const { $schema: _schema, ...described } = z.toJSONSchema(schema as z.ZodType, { io: 'input' })
    return { name, in: 'query', required: false, schema: described }
  })
}

function answerSchema(answer: z.ZodType): Json {
  const named = Object.entries(SHAPES).find(([, shape]) => shape === answer)
  return named === undefined ? withoutIdentity(z.toJSONSchema(answer, { io: 'input' })) : reference(named[0])
}

function reference(id: string): Json {
  return { $ref: `#/components/schemas/${id}` }
}

function json(schema: Json): Json {
  return { 'application/json': { schema } }
}
