import type { Request, Response } from 'express'
import { z } from 'zod'
import type { OktaReader, OktaSystem, OktaUser } from '../collections.ts'
import type { Actor, CommandDeps } from '../commands/actor.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { ApiError } from './api-error.ts'
import type { ApiAnswer } from './send.ts'

/** One operation of the Management API as a value: the router and the names of fault rules are made from it. */

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A call before anybody has looked at who makes it. */
export interface OpenCall {
  readonly deps: CommandDeps
  readonly system: OktaSystem
  /** The store, for reading: routes write by commands alone. */
  readonly reader: OktaReader
  /** Sessions of people, which a sign-in by the API opens too. */
  readonly session: OktaSession
  /** `{origin}/api/v1`: links begin with it. */
  readonly base: string
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly req: Request
  readonly res: Response
}

/** A call whose token was accepted: its owner holds some administrator role. */
export interface Caller {
  readonly actor: Actor
  readonly owner: OktaUser
}

interface RawParts {
  readonly query: unknown
  readonly body: unknown
  readonly caller: Caller | undefined
}

interface RouteFacts {
  /** Name in fault rules: `okta.api.users.list`. */
  readonly name: string
  readonly method: ApiMethod
  /** Below `/api/v1`: `/users/{id}`. */
  readonly path: string
}

interface Schemas<Query extends z.ZodType, Body extends z.ZodType> {
  /** Parameters not named in it are passed over. */
  readonly query?: Query
  /** Absent: a body is not read. */
  readonly body?: Body
}

/** What the handler of a route gets. */
export type ApiCall<Query = undefined, Body = undefined> = OpenCall &
  Caller & { readonly query: Query; readonly body: Body }

interface RouteSpec<Query extends z.ZodType, Body extends z.ZodType> extends RouteFacts, Schemas<Query, Body> {
  readonly handle: (call: ApiCall<z.output<Query>, z.output<Body>>) => ApiAnswer | Promise<ApiAnswer>
}

interface OpenRouteSpec<Query extends z.ZodType, Body extends z.ZodType> extends RouteFacts, Schemas<Query, Body> {
  readonly handle: (
    call: OpenCall & { readonly query: z.output<Query>; readonly body: z.output<Body> },
  ) => ApiAnswer | Promise<ApiAnswer>
}

export interface ApiRoute extends RouteFacts {
  /** Needs no token: what is sent says who asks. */
  readonly isOpen: boolean
  readonly hasBody: boolean
  /** @throws {ApiError} E0000001, E0000003; whatever the command refuses with. */
  run(call: OpenCall & RawParts): Promise<ApiAnswer>
}

/** An operation for holders of a token; types of query and body come from their schemas. */
export function defineRoute<Query extends z.ZodType = z.ZodUndefined, Body extends z.ZodType = z.ZodUndefined>(
  spec: RouteSpec<Query, Body>,
): ApiRoute {
  const { query, body, handle, ...facts } = spec
  return {
    ...facts,
    isOpen: false,
    hasBody: body !== undefined,
    async run({ caller, ...call }) {
      if (caller === undefined) throw new Error(`${facts.name} was reached without a token.`)
      return handle({ ...call, ...caller, query: readQuery(query, call.query), body: readBody(body, call.body) })
    },
  }
}

/** An operation anybody may call: sign-in and sessions. */
export function defineOpenRoute<Query extends z.ZodType = z.ZodUndefined, Body extends z.ZodType = z.ZodUndefined>(
  spec: OpenRouteSpec<Query, Body>,
): ApiRoute {
  const { query, body, handle, ...facts } = spec
  return {
    ...facts,
    isOpen: true,
    hasBody: body !== undefined,
    async run({ caller: _, ...call }) {
      return handle({ ...call, query: readQuery(query, call.query), body: readBody(body, call.body) })
    },
  }
}

function readQuery<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> {
  return schema === undefined ? (undefined as z.output<S>) : read(schema, value)
}

/** A body that is no object or list at all is not well-formed; members at fault are named. An optional one may be left out. */
function readBody<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> {
  if (schema === undefined) return undefined as z.output<S>
  if (value === undefined) {
    const absent = schema.safeParse(undefined)
    if (absent.success) return absent.data
  }
  if (typeof value !== 'object' || value === null) throw new ApiError('E0000003')
  return read(schema, value)
}

/** @throws {ApiError} E0000001 with every problem: `profile.login: …`. */
function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), issue }))
  const first = problems[0]?.path ?? ''
  throw new ApiError('E0000001', {
    summary: first === '' ? 'Api validation failed' : `Api validation failed: ${first}`,
    causes: problems.map(({ path, issue }) => (path === '' ? issue.message : `${path}: ${wordsOf(issue)}`)),
  })
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined')
  return isMissing ? 'The field cannot be left blank' : issue.message
}

/** The named part of the path. */
export function paramOf(call: OpenCall, name: string): string {
  return call.params[name] ?? ''
}

/** `true` and `false` as query parameters have them. */
export function flag(byDefault: boolean) {
  return z
    .enum(['true', 'false'])
    .optional()
    .transform((given) => (given === undefined ? byDefault : given === 'true'))
}
