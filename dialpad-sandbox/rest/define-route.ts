import type { z } from 'zod'
import type { KeyHolder } from '../commands/api-keys.ts'
import type { DialpadSystem } from '../commands/work.ts'
import type { Allowance } from './allowance.ts'
import { RestRefusal } from './answer.ts'

/** One operation of the API as a value: what it takes, what it answers, what it does. Router and OpenAPI document are made from it. */

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A call whose key was accepted; query and body not looked at yet. */
export interface RawCall extends KeyHolder {
  readonly system: DialpadSystem
  readonly allowance: Allowance
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>
  /** Without the key. */
  readonly query: unknown
  readonly body: unknown
}

export interface RestCall<Query, Body> extends RawCall {
  readonly query: Query
  readonly body: Body
}

/** What the OpenAPI document and the router need to know. */
interface RouteFacts {
  /** Name in fault rules and the id in the OpenAPI document: `rest.users.create`. */
  readonly name: string
  readonly method: RestMethod
  /** Below `/api/v2`: `/users/{id}`. */
  readonly path: string
  readonly summary: string
  /** Only a company admin's key may. Every key of the simulation is one (FID-DIALPAD-REST-03). */
  readonly companyAdmin?: true
  /** Calls in a minute of virtual time, where the switch `rest-rate-limit` says so. */
  readonly perMinute?: number
}

interface RouteSpec<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> extends RouteFacts {
  readonly query?: Query
  readonly body?: Body
  readonly answer: Answer
  readonly handle: (call: RestCall<z.output<Query>, z.output<Body>>) => z.output<Answer> | Promise<z.output<Answer>>
}

export interface RestRoute extends RouteFacts {
  readonly query: z.ZodType | undefined
  readonly body: z.ZodType | undefined
  readonly answer: z.ZodType
  /** @throws {RestRefusal} 400 when query or body are not what the operation takes; what the command throws. */
  run(call: RawCall): Promise<unknown>
}

/** An operation from its specification: the types of query, body and answer come from their schemas. */
export function defineRoute<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(spec: RouteSpec<Query, Body, Answer>): RestRoute {
  const { query, body, handle, ...facts } = spec
  return {
    ...facts,
    query,
    body,
    async run(call) {
      return handle({
        ...call,
        query: read(query, call.query),
        body: read(body, call.body),
      })
    },
  }
}

/** @throws {RestRefusal} with the first problem: `license: Invalid option: expected one of …`. */
function read<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> {
  const result = schema?.safeParse(value)
  if (result === undefined) return undefined as z.output<S>
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue?.path.join('.') ?? ''
  const words = issue?.message ?? 'The request could not be read'
  throw new RestRefusal(400, where === '' ? words : `${where}: ${words}`)
}

/** The named part `{id}` of the path. */
export function idOf(call: RawCall): string {
  return call.params['id'] ?? ''
}
